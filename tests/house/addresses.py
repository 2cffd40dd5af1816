"""Every address of the site, with something to be seen at each: for tests that go round them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.links import link_path
from accounts.models import Role, User
from tests import make
from tips.cases.models import Case, Decision, Objection
from tips.contact import flows as contact
from tips.contact.models import CannedAnswer, Message
from tips.course import announcing, capabilities, leaving
from tips.course import flows as course
from tips.course.loading import load_lessons
from tips.course.models import ConsentEvent, Enrolment, Lesson
from tips.glossary.models import SynonymGroup, Term
from tips.guard.models import WatchedWord
from tips.mail.models import Delivery
from tips.moderation import by_letter
from tips.moderation import flows as moderation
from tips.moved.models import OldAddress
from tips.pages.models import Page
from tips.photos.links import author_link
from tips.search.flows import promote

OWN_PICTURE = r"^media/o/(?P<folder>[0-9a-f]{32})/(?P<name>[1-9]\d{0,3}x[1-9]\d{0,3}\.webp)\Z"
ROLES = ("stranger", "member", "moderator", "lead", "owner")


def patterns() -> Iterator[str]:
    """As the site's url files have them: articles/<slug:slug>/."""
    return _below(get_resolver(), "")


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        path = f"{prefix}{each.pattern}"
        if isinstance(each, URLPattern):
            yield _without_list_of_apps(path)
        else:
            yield from _below(each, path)


def _without_list_of_apps(path: str) -> str:
    return "admin/<app>/" if path.startswith("admin/^(?P<app_label>") else path


@dataclass(frozen=True)
class World:
    """A small site with one of everything, and where each is seen."""

    people: dict[str, User]
    places: dict[str, str]  # the pattern of an address with variable parts -> such an address

    def address(self, pattern: str) -> str:
        return self.places.get(pattern, f"/{pattern}")

    def client(self, role: str, **over: Any) -> Client:
        client = Client(**over)
        if role != "stranger":
            client.force_login(self.people[role])
        return client


def world() -> World:
    people = {role: make.user(f"{role}@example.org", Role(role)) for role in ROLES if role != "stranger"}
    for who in people.values():
        EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return World(
        people,
        {
            **_of_pages(),
            **_of_photos(),
            **_of_moderation(),
            **_of_course(),
            **_of_accounts(people),
            **_of_admin(people),
        },
    )


def _of_pages() -> dict[str, str]:
    about = make.article("about", "About", kind="info")
    article, exercise, page = make.article(), make.exercise(), make.page()
    make.comment(page)
    return {
        r"^(?P<slug>about|privacy|accessibility|house-rules)/$": about.get_absolute_url(),
        "sitemap-<int:number>.xml": "/sitemap-0.xml",
        "articles/<slug:slug>/": article.get_absolute_url(),
        "articles/<slug:slug>/comment/": f"{article.get_absolute_url()}comment/",
        "exercises/<slug:slug>/": exercise.get_absolute_url(),
        "exercises/<slug:slug>/comment/": f"{exercise.get_absolute_url()}comment/",
        "articles/<slug:slug>/comments.atom": f"{article.get_absolute_url()}comments.atom",
        "exercises/<slug:slug>/comments.atom": f"{exercise.get_absolute_url()}comments.atom",
        "desk/preview/<int:pk>/": f"/desk/preview/{article.pk}/",
        "pages/<slug:slug>/": page.get_absolute_url(),
        "pages/<slug:slug>/comments.atom": f"{page.get_absolute_url()}comments.atom",
        "pages/<slug:slug>/comment/": f"{page.get_absolute_url()}comment/",
        "desk/searches/<int:pk>/stop/": f"/desk/searches/{promote(words='bend', page=article).pk}/stop/",
    }


def _of_photos() -> dict[str, str]:
    shown, waiting = make.photo(make.page("With a photo"), shown=True), make.photo(make.waiting_page("With another"))
    return {
        OWN_PICTURE: f"/media/o/{'0' * 32}/9x9.webp",
        r"^media/p/(?P<folder>[0-9a-f]{32})/(?P<width>[1-9]\d{0,3})\.(?P<form>webp|jpg|avif)\Z": shown.src,
        "photos/<str:word>/": author_link(waiting, now=timezone.now()),
        "moderation/photos/<slug:public_id>.webp": f"/moderation/photos/{waiting.public_id}.webp",
    }


def _of_moderation() -> dict[str, str]:
    contact.send(name="", email="", text="Are you there?", wants_course=False, signals=(), now=timezone.now())
    waiting, message = make.case_of(make.waiting_page("Waiting")), Case.objects.get(kind="message")
    declined = make.case_of(make.waiting_page("Declined"))
    decision = moderation.decline(case=declined, reason="test", note="", by=None, version=1, now=timezone.now())
    contested = make.case("objection", regards=declined)
    Objection.objects.create(case=contested, decision=decision, text="Why?", made_on=make.TODAY)
    return {
        "moderation/<int:pk>/edit/": f"/moderation/{waiting.pk}/edit/",
        "moderation/objections/<int:pk>/": f"/moderation/objections/{contested.pk}/",
        "moderation/spam/<slug:batch>/undo/": "/moderation/spam/no-such-batch/undo/",
        "moderation/letter/<str:word>/": f"/moderation/letter/{by_letter.word(waiting, now=timezone.now())}/",
        "moderation/<int:pk>/": f"/moderation/{waiting.pk}/",
        "moderation/messages/<int:pk>/": f"/moderation/messages/{message.pk}/",
        "desk/messages/<int:pk>/": f"/desk/messages/{message.pk}/",
        "moderation/decisions/<int:pk>/undo/": f"/moderation/decisions/{Decision.objects.latest('pk').pk}/undo/",
    }


def _of_course() -> dict[str, str]:
    now = timezone.now()
    load_lessons(Path(settings.CONTENT_DIR) / "lessons", now=now)
    course.request(email="vik@example.org", place="/course/", now=now)
    enrolment = Enrolment.objects.get()
    token = capabilities.mint(capabilities.Purpose.CONFIRM, enrolment, now=now)
    letter = announcing.write(subject="News", source="Words.", today=now.date())
    lesson = Lesson.objects.latest("pk")
    return {
        "course/me/lessons/<slug:slug>/": f"/course/me/lessons/{lesson.slug}/",
        "desk/course/lessons/<int:pk>/": f"/desk/course/lessons/{lesson.pk}/",
        "desk/course/letters/<int:pk>/": f"/desk/course/letters/{letter.pk}/",
        "course/confirm/<str:token>/": f"/course/confirm/{token}/",
        "desk/letters/<int:pk>/": f"/desk/letters/{Delivery.objects.latest('pk').pk}/",
        "u/<str:word>": f"/u/{leaving.word(enrolment.pk)}",
    }


def _of_accounts(people: dict[str, User]) -> dict[str, str]:
    """The passkey is somebody else's: none of those who go round may touch it."""
    nils = make.user("nils@example.org", Role.MODERATOR)
    key = Authenticator.objects.create(
        user=nils, type="webauthn", data={"name": "Blue key", "credential": {"clientExtensionResults": {}}}
    )
    return {
        "accounts/owner/<str:token>/": unquote(link_path(people["owner"])),
        r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": "/accounts/confirm-email/made-up/",
        r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "/accounts/password/reset/key/1-x/",
        "accounts/2fa/webauthn/keys/<int:pk>/remove/": f"/accounts/2fa/webauthn/keys/{key.pk}/remove/",
        "accounts/2fa/webauthn/keys/<int:pk>/edit/": f"/accounts/2fa/webauthn/keys/{key.pk}/edit/",
    }


def _of_admin(people: dict[str, User]) -> dict[str, str]:
    term, page = make.term(), Page.objects.get(slug="back-exercises")
    one_of_each = {
        "accounts/user": people["member"],
        "account/emailaddress": EmailAddress.objects.get(user=people["member"]),
        "mfa/authenticator": Authenticator.objects.get(),
        "contact/message": Message.objects.get(),
        "contact/cannedanswer": CannedAnswer.objects.create(title="A canned answer", text="Thank you."),
        "moved/oldaddress": OldAddress.objects.create(old="/old.html", new="/about/"),
        "course/lesson": Lesson.objects.order_by("pk").first(),
        "course/enrolment": Enrolment.objects.get(),
        "course/consentevent": ConsentEvent.objects.order_by("pk").first(),
        "glossary/term": term,
        "guard/watchedword": WatchedWord.objects.create(pattern="casino*", label="gambling"),
        "glossary/synonymgroup": SynonymGroup.objects.create(lay=["crick"], means=["stiff neck"]),
        "pages/page": page,
    }
    places = {
        f"admin/{model}/<path:object_id>/{what}": f"/admin/{model}/{row.pk}/{what}"
        for model, row in one_of_each.items()
        for what in ("", "change/", "delete/", "history/")
    }
    kind = ContentType.objects.get_for_model(Term)
    return {
        **places,
        "admin/<app>/": "/admin/pages/",
        "admin/(?P<url>.*)$": "/admin/nowhere",
        "admin/r/<path:content_type_id>/<path:object_id>/": f"/admin/r/{kind.pk}/{term.pk}/",
    }
