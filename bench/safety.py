"""How much the warning signs notice, flag by flag, and how often they cry wolf; docs/SAFETY.md tells the story.

`python -m bench safety` reads both halves of the corpus; of the held-out half it prints sums only, never a text.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from bench.safety_data import Half, Post, corpus
from tips.safety.find import find, find_by_rules
from tips.safety.matches import Finding
from tips.safety.rules import flags

HALVES: tuple[Half, ...] = ("tuning", "held_out", "held_out_2")
WAYS: dict[str, Callable[[str], Finding]] = {"rules alone": find_by_rules, "rules and weights": find}
LENGTH = 10_000  # characters


@dataclass(frozen=True)
class Share:
    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right}/{self.of}"


@dataclass(frozen=True)
class Figures:
    """`flags`: of the posts that should raise it, how many do. `levels`: of the posts of a level, how many raise one of
    their own flags, at any level. `noticed`: raise anything. `as_urgent`: of these, at their level or above.
    `beside`: flags raised that were neither wanted nor allowed.
    """

    flags: dict[str, Share]
    levels: dict[str, Share]
    noticed: Share
    as_urgent: Share
    false_alarms: Share
    beside: int


def measure(posts: Sequence[Post], way: Callable[[str], Finding]) -> Figures:
    found = [(post, way(post.text)) for post in posts]
    real = [(post, _alarms(each), each.level) for post, each in found if post.marks]
    calm = [_alarms(each) for post, each in found if not post.marks]
    return Figures(
        flags={
            each.slug: _share([each.slug in got for post, got, _ in real if each.slug in post.slugs])
            for each in flags()
        },
        levels={
            level: _share([bool(post.slugs & got) for post, got, _ in real if post.level == level]) for level in "ESG"
        },
        noticed=_share([bool(got) for _, got, _ in real]),
        as_urgent=_share(
            [
                "ESG".index(level) <= "ESG".index(post.level)
                for post, got, level in real
                if got and level in tuple("ESG")
            ]
        ),
        false_alarms=_share([bool(got) for got in calm]),
        beside=sum(len(got - post.slugs - post.beside) for post, got, _ in real),
    )


def main() -> dict[str, object]:
    answer: dict[str, object] = {}
    for half in HALVES:
        posts = corpus(half)
        figures = {name: measure(posts, way) for name, way in WAYS.items()}
        answer[half] = {name: asdict(each) for name, each in figures.items()}
        print(f"\n{half.replace('_', ' ')} half\n\n| | {' | '.join(figures)} |\n|--|{'--|' * len(figures)}")
        for slug in [each.slug for each in flags()]:
            print(f"| `{slug}` | {' | '.join(str(each.flags[slug]) for each in figures.values())} |")
        for name, row in _sums(figures).items():
            print(f"| {name} | {' | '.join(row)} |")
    text = " ".join(post.text for post in corpus("tuning"))
    answer["milliseconds"] = {name: _milliseconds(text[:LENGTH], way) for name, way in WAYS.items()}
    print(f"\nCPU for {LENGTH:,} characters, the best of ten: {answer['milliseconds']} ms")
    return answer


def _sums(figures: dict[str, Figures]) -> dict[str, list[str]]:
    each = figures.values()
    return {
        "all flags": [_percent(_added(one.flags.values())) for one in each],
        "emergencies": [_percent(one.levels["E"]) for one in each],
        "same day": [_percent(one.levels["S"]) for one in each],
        "within days": [_percent(one.levels["G"]) for one in each],
        "any alarm": [_percent(one.noticed) for one in each],
        "of these as urgent as they should be": [_percent(one.as_urgent) for one in each],
        "false alarms": [_percent(one.false_alarms) for one in each],
        "flags that do not belong, in all": [str(one.beside) for one in each],
    }


def _alarms(finding: Finding) -> set[str]:
    return {match.flag.slug for match in finding.matches if match.is_alarm}


def _share(answers: Sequence[bool]) -> Share:
    return Share(sum(answers), len(answers))


def _added(shares: object) -> Share:
    listed = list(shares)  # type: ignore[call-overload]
    return Share(sum(each.right for each in listed), sum(each.of for each in listed))


def _percent(share: Share) -> str:
    return f"{share} ({100 * share.right / max(share.of, 1):.1f} %)"


def _milliseconds(text: str, way: Callable[[str], Finding]) -> float:
    times = []
    for _ in range(10):
        start = time.process_time()
        way(text)
        times.append(1000 * (time.process_time() - start))
    return round(min(times), 1)
