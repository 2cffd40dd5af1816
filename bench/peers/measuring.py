"""The site beside WordPress and Wagtail with the same words: processor time for a request, uncached and at their best.

`python -m bench peers`, or `make bench-peers`. Everything is on loopback, in folders that are thrown away.
"""

import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.peers import corpus, wagtail, wordpress
from bench.speed.front import behind_nginx
from bench.speed.servers import Target, copied, made_pages, most_answered, site
from bench.speed.turns import Goal, Measure, in_turns, report
from bench.speed.uncached import NOT_KEPT, POSTS, crowded_site, numbers, send, send_replies
from bench.speed.wrk import Load, load

SECONDS = 2
GOALS = [
    Goal("article, site behind its nginx", "article, WordPress tuned", 25),
    Goal("article, site behind its nginx", "article, Wagtail tuned", 30),
    Goal("article, site", "article, WordPress tuned", 0),
    Goal("article, site", "article, Wagtail tuned", 0),
    Goal("50 replies, site, uncached", "50 replies, WordPress, uncached", 20),
    Goal("50 replies, site, uncached", "50 replies, Wagtail, uncached", 3),
    Goal("send a reply, site", "send a reply, WordPress", 8),
    Goal("send a reply, site", "send a reply, Wagtail", 0),
]


def send_comments(target: Target, path: str, fields: dict[str, str]) -> Load:
    """With new words in the field that is empty."""
    texts = [f"The {next(numbers)}th time it let go after some {next(numbers)} minutes." for _ in range(POSTS)]
    bodies = [urlencode({name: value or text for name, value in fields.items()}) for text in texts]
    return send(target, path, bodies, accepted=302)


def main() -> dict[str, object]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="backsite-peers-")))
        home = stack.enter_context(copied(crowded_site()))
        words = folder / "corpus.json"
        corpus.write(home, words)
        words.chmod(0o644)
        for name in ("wordpress", "wagtail"):
            (folder / name).mkdir()
        folder.chmod(0o755)
        post = wagtail.seed(folder / "wagtail", words)
        press = stack.enter_context(wordpress.served(folder / "wordpress", words))
        plain = stack.enter_context(wagtail.served(folder / "wagtail", cached=False))
        tuned = stack.enter_context(wagtail.served(folder / "wagtail", cached=True))
        own = stack.enter_context(site(home))
        front = stack.enter_context(behind_nginx(home))
        found = in_turns(measures(own, front, press, plain, tuned, home, post))
        memory = {"site": own.server.memory(), "WordPress": press.memory(), "Wagtail": plain.server.memory()}
    told = report(found, GOALS)
    print("\n| memory after load, MiB | |\n|--|--|")
    for name, used in memory.items():
        print(f"| {name} | {used:.0f} |")
    return told | {"memory": memory}


def measures(
    own: Target, front: Target, press: wordpress.Stack, plain: Target, tuned: Target, home: Path, post: str
) -> dict[str, Measure]:
    ask = partial(load, seconds=SECONDS)
    first, many = made_pages(home)["article"][0], most_answered(home)
    said = {"comment_post_ID": "1001", "comment": "", "author": "A visitor", "email": "visitor@example.org"}
    return {
        "article, site": partial(ask, own, [first], connections=16),
        "article, site behind its nginx": partial(ask, front, [first], connections=16),
        "article, WordPress tuned": partial(ask, press.cached, [wordpress.FIRST], connections=16),
        "article, Wagtail tuned": partial(ask, tuned, [wagtail.FIRST], connections=16),
        "5 replies, site, uncached": partial(ask, own, [first], connections=2, headers=NOT_KEPT),
        "5 replies, WordPress, uncached": partial(ask, press.plain, [wordpress.FIRST], connections=2),
        "5 replies, Wagtail, uncached": partial(ask, plain, [wagtail.FIRST], connections=2),
        "50 replies, site, uncached": partial(ask, own, [many], connections=2, headers=NOT_KEPT),
        "50 replies, WordPress, uncached": partial(ask, press.plain, [wordpress.MANY], connections=2),
        "50 replies, Wagtail, uncached": partial(ask, plain, [wagtail.MANY], connections=2),
        "send a reply, site": partial(send_replies, own),
        "send a reply, WordPress": partial(send_comments, press.plain, wordpress.POST, said),
        "send a reply, Wagtail": partial(send_comments, plain, post, {"name": "A visitor", "text": ""}),
    }
