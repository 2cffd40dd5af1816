"""What the browser finds on the site besides its own texts: people, visitors' pages with replies, things waiting.

`tell()` runs inside the site's own surroundings: `manage.py shell -c "from tests.browser.stories import tell; tell()"`.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Role, User
from backsite.owner import make_owner
from tips.cases.models import Case
from tips.moderation import flows as moderation
from tips.pages.models import Page
from tips.sharing import flows as sharing

PASSWORD = "a long enough password"
OLGA, MINA, NORA = "olga@example.org", "mina@example.org", "nora@example.org"
VOICES = "It went quiet after the fourth time"
SIGNS = "Numb after my back went"
WAITING = "Two cushions under the knees"

EXPERIENCE = """I had been digging over the vegetable bed all Saturday. On Sunday I could not get out of the chair: \
a bar of pain across the low back, nothing in the legs.

I put both hands on the kitchen table and let myself down a little at a time. It pulled, I waited, it let go, I went \
down a little more. After about ten minutes my forehead nearly touched the wood. I came up slowly, as the article says.

I did that four times on Sunday and twice on Monday. **By Tuesday it was an ache and no more.**"""
QUESTION = """Last week it was on the left of my low back. Since Thursday it sits on the right, and today it is back \
where it began. No pain in the leg, nothing numb.

- Does it wander for anybody else?
- Did you go on with the bends?"""
TIP = """A kitchen chair, turned round, is steady enough to lean on. Put its back against a wall so that it cannot \
slide. I keep mine in the hall and bend over it twice a day while the kettle boils."""
NUMB = """My back went on Friday. This morning I noticed that I am numb between my legs when I wipe. Is that normal?"""
WORSE = """I hung my leg off the table for two minutes on the first day. Too long: I was sore in the groin for a week. \
Half a minute, a month later, was fine. Start smaller than you think."""
LONG_WORDS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_ADDRESS = f"A title of one long word, and https://example.org/{'without-any-space-' * 8} in the text."

BENT = "supported-standing-forward-bend"
WENT_QUIET = {
    "tried": [BENT, "walking"],
    "duration": "under-1-week",
    "pain_before": 8,
    "pain_after": 3,
    "after_how_long": "2-7-days",
    "change": "much-better",
    "again": "yes-the-same",
}
WENT_WRONG = {"tried": ["psoas-table-hang"], "pain_before": 4, "pain_after": 6, "change": "a-little-worse"}

# Words, name, and the number of the reply that it answers.
REPLIES = [
    ("Same here. Leaning on the worktop helped me; it is a little higher than a table.", "", None),
    ("How long did you stay down each time?", "Ana", None),
    ("Half a minute or so, until it stopped pulling. Then a little lower.", "", 1),
    ("Thank you. I will try that tonight.", "Ana", 2),
    ("The worktop for me too, ever since the second child.", "Ben", 0),
]


def tell() -> None:
    people()
    visitors_page("tip", LONG_WORDS, LONG_ADDRESS)
    visitors_page("question", SIGNS, NUMB, areas=["lower-back", "pelvis-buttock"])
    visitors_page("experience", "The psoas stretch made mine worse", WORSE, "Tomasz", ["psoas"], outcome=WENT_WRONG)
    visitors_page("tip", "A chair turned round is steady enough", TIP, about=["back-exercises", BENT])
    visitors_page("question", "Is it normal that the pain moves?", QUESTION, "Birgit", ["back-exercises"])
    page = visitors_page(
        "experience", VOICES, EXPERIENCE, place="Wales", about=["back-exercises", BENT], outcome=WENT_QUIET
    )
    replies(page)
    waiting_page("tip", WAITING, "Two cushions under the knees at night, and I wake up without the ache.")
    waiting_page("question", "Numb since this morning", NUMB)
    sharing.submit_reply(said=reply_said("The same for me.", ""), page=page, signals=[], now=timezone.now())


def people() -> None:
    make_owner(OLGA, PASSWORD)
    for email in (MINA, NORA):
        moderator = User.objects.create_user(email, PASSWORD, role=Role.MODERATOR)
        EmailAddress.objects.create(user=moderator, email=email, verified=True, primary=True)


def waiting_page(
    kind: str,
    title: str,
    story: str,
    name: str = "",
    about: list[str] | None = None,
    *,
    place: str = "",
    areas: list[str] | None = None,
    outcome: dict[str, Any] | None = None,
) -> None:
    said = {"kind": kind, "title": title, "story": story, "name": name, "place": place, "email": "", "activity": ""}
    sharing.submit_page(
        said={**said, "areas": areas or ["lower-back"]},
        about=list(Page.objects.published().filter(slug__in=about or [])),
        outcome=outcome or {},
        signals=[],
        now=timezone.now(),
    )


def visitors_page(kind: str, title: str, *args: Any, **said: Any) -> Page:
    waiting_page(kind, title, *args, **said)
    publish_newest()
    return Page.objects.get(title=title)


def replies(page: Page) -> None:
    ids: list[str] = []
    for text, name, answers in REPLIES:
        said = reply_said(text, name, ids[answers] if answers is not None else "")
        sharing.submit_reply(said=said, page=page, signals=[], now=timezone.now())
        ids.append(publish_newest().comment.public_id)


def reply_said(text: str, name: str, reply_to: str = "") -> dict[str, str]:
    return {"text": text, "name": name, "email": "", "reply_to": reply_to}


def publish_newest() -> Case:
    case = Case.objects.latest("pk")
    moderation.publish(case=case, by=None, version=case.version, now=timezone.now())
    return case
