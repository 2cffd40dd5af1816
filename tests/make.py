"""Rows for tests: plain functions that make one good thing, with what matters to the test said by name."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from tips.cases.models import Case, Decision
from tips.cases.models import Kind as CaseKind
from tips.comments.flows import propose_comment
from tips.comments.models import Comment
from tips.glossary.models import Term
from tips.moderation import flows as moderation
from tips.pages.flows import propose_page, publish_page
from tips.pages.models import Kind, Page, Revision
from tips.photos.files import write_sealed
from tips.photos.models import Photo
from tips.photos.store import publish

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def user(email: str, role: str = Role.MEMBER, password: str = "a long enough password") -> User:
    return User.objects.create_user(email, password, role=role)


def olga() -> User:
    """The owner."""
    return User.objects.filter(email="olga@example.org").first() or user("olga@example.org", Role.OWNER)


def mina() -> User:
    """A moderator."""
    return User.objects.filter(email="mina@example.org").first() or user("mina@example.org", Role.MODERATOR)


def ana() -> User:
    """A member."""
    return User.objects.filter(email="ana@example.org").first() or user("ana@example.org")


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def case(kind: str = CaseKind.PAGE, **over: Any) -> Case:
    return Case.objects.create(kind=kind, **{"opened_at": timezone.now(), **over})


def waiting_page(
    title: str = "How I got up again",
    story: str = "I bent forward over the kitchen table and it let go.",
    kind: str = Kind.EXPERIENCE,
    *,
    byline: str = "",
    areas: Sequence[str] = ("lower-back",),
    about: Sequence[Page] = (),
    flags: Sequence[str] = (),
) -> Page:
    """A visitor's page that nobody has read yet."""
    return propose_page(
        kind=kind,
        title=title,
        source=story,
        byline=byline,
        place="",
        areas=areas,
        about=about,
        facts={},
        flags=flags,
        case=case(flags=list(flags)),
        today=TODAY,
    )


def page(title: str = "How I got up again", story: str = "I bent forward over the table.", **over: Any) -> Page:
    """A visitor's page that everybody can read."""
    waiting = waiting_page(title, story, **over)
    decide(case_of(waiting))
    waiting.refresh_from_db()
    return waiting


def case_of(thing: Page | Comment) -> Case:
    if isinstance(thing, Comment):
        return thing.case
    return Case.objects.get(revision__page=thing)


def decide(about: Case) -> None:
    moderation.publish(case=about, by=None, version=about.version, now=timezone.now())


def photo(on: Page, *, shown: bool = False, **over: Any) -> Photo:
    """A photo with a page, without the child process that draws real ones."""
    made = Photo.objects.create(
        **{"page": on, "case": case_of(on), "width": 96, "height": 64, "widths": [96], "taken_on": TODAY, **over}
    )
    write_sealed(made.folder, dict.fromkeys(made.names, b"RIFF\x04\x00\x00\x00WEBP"))
    if shown:
        publish(page=on)
        made.refresh_from_db()
    return made


def article(
    slug: str = "back-exercises", title: str = "Back exercises", source: str = "## Why\n\nBack muscles.", **over: Any
) -> Page:
    """One of the owner's pages, published."""
    made = Page.objects.create(**{"kind": Kind.ARTICLE, "slug": slug, "title": title, "source": source, **over})
    Revision.objects.create(page=made, origin="content", title=title, source=source, made_on=TODAY)
    return publish_page(page=made, today=TODAY)


def exercise(slug: str = "hip-hinge", title: str = "Hip hinge", **facts: Any) -> Page:
    filled = {"steps": ["Stand tall.", "Push your hips back."], "stop_if": ["It hurts more."], **facts}
    return article(slug, title, "Bend at the hips.", kind=Kind.EXERCISE, facts=filled)


def settle(now: datetime) -> None:
    """Eleven minutes go by since every decision: feeds carry it."""
    for decision in Decision.objects.all():
        decision.decided_at = min(decision.decided_at, now) - timedelta(minutes=11)
        decision.save(update_fields=["decided_at"])


def waiting_comment(
    on: Page, text: str = "This helped me as well.", *, parent: Comment | None = None, byline: str = ""
) -> Comment:
    return propose_comment(page=on, parent=parent, text=text, byline=byline, flags=(), case=case(CaseKind.COMMENT))


def comment(on: Page, text: str = "This helped me as well.", **over: Any) -> Comment:
    waiting = waiting_comment(on, text, **over)
    decide(waiting.case)
    waiting.refresh_from_db()
    on.refresh_from_db()
    return waiting


def term(name: str = "Psoas", definition: str = "A deep muscle from the spine to the thigh.", **over: Any) -> Term:
    return Term.objects.create(
        **{"slug": name.lower().replace(" ", "-"), "name": name, "definition": definition, **over}
    )


def filled(client: Client, address: str, **answers: Any) -> dict[str, Any]:
    """What a browser sends when somebody reads the form at `address`, fills it in and presses a button."""
    found = FORM_TOKEN.search(client.get(address).content.decode())
    assert found, f"no form at {address}"
    return {"form_token": found[1], "website": "", **answers}


def story(**over: Any) -> dict[str, Any]:
    """Good answers to the form at /share/."""
    return {
        "kind": "experience",
        "title": "Wheelbarrow morning",
        "story": "After pushing a wheelbarrow my lower back seized. Bending forward let it go after ten minutes.",
        "consent": "on",
        "action": "send",
        **over,
    }
