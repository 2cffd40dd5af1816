"""Rows for tests: plain functions that make one good thing, with what matters to the test said by name."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from tips.cases.models import Case
from tips.cases.models import Kind as CaseKind
from tips.comments.flows import propose_comment
from tips.comments.models import Comment
from tips.glossary.models import Term
from tips.moderation import flows as moderation
from tips.pages.flows import propose_page, publish_page
from tips.pages.models import Kind, Page, Revision

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


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
    form = client.get(address).context["form"]
    return {"form_token": form["form_token"].value(), "website": "", **answers}


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
