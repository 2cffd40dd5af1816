"""The letters of the course, written when they are sent: secrets are minted and lessons chosen then, not before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from tips.course import capabilities, flows, leaving, plain
from tips.course.capabilities import Purpose as Secret
from tips.course.models import ENROLLED, Enrolment, Lesson, LessonRevision, LessonSent, State
from tips.mail.errors import Temporary, Unwanted
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose
from tips.practice.current import site
from tips.text.markup import safe


def confirm(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """Carries no lesson and nothing else that was not asked for."""
    enrolment = _reader(context, State.PENDING)
    if context["silent"]:
        raise Unwanted("cooldown")
    token = capabilities.mint(Secret.CONFIRM, enrolment, now=datetime.fromisoformat(context["asked"]))
    return from_templates(flows.CONFIRM, {"site": site(), "link": _link("course_confirm", token)})


def already(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    enrolment = _reader(context, *ENROLLED)
    if context["silent"]:
        raise Unwanted("cooldown")
    return _letter(flows.ENROLLED_ALREADY, enrolment, now=datetime.fromisoformat(context["asked"]))


def lesson(delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """The first lesson still to come, as it reads today; the farewell where all that was left has been taken away."""
    enrolment = _reader(context, State.ACTIVE)
    now = datetime.fromisoformat(context["due"])
    chosen = Lesson.objects.to_come(enrolment).first()
    if chosen is None:
        if not enrolment.cursor:
            raise Temporary("no lessons")
        flows.complete(enrolment, day=now.date())
        return _letter(flows.COMPLETED, enrolment, now=now)
    revision = chosen.latest
    LessonSent.objects.update_or_create(
        enrolment=enrolment,
        run=enrolment.run,
        lesson=chosen,
        defaults={"revision": revision, "delivery_key": delivery.idem_key},
    )
    return _letter(flows.LESSON, enrolment, now=now, **_contents(chosen, revision))


def completed(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    enrolment = _reader(context, State.COMPLETED)
    return _letter(flows.COMPLETED, enrolment, now=datetime.fromisoformat(context["due"]))


def _reader(context: Mapping[str, Any], *states: str) -> Enrolment:
    """Raises Unwanted when the mail has lost its point: they left, confirmed by another mail, or began anew."""
    enrolment = Enrolment.objects.filter(pk=context["enrolment"], run=context["run"], state__in=states).first()
    if enrolment is None:
        raise Unwanted("moved on")
    return enrolment


def _contents(chosen: Lesson, revision: LessonRevision) -> dict[str, Any]:
    course = Lesson.objects.published()
    options = zip("abcdefgh", revision.selfcheck.get("options", []), strict=False)
    return {
        "number": course.filter(position__lte=chosen.position).count(),
        "total": course.count(),
        "revision": revision,
        "text": plain.text(revision.html, site_url=settings.SITE_URL),
        "html": safe(revision.html.replace('href="/', f'href="{settings.SITE_URL}/')),
        "question": revision.selfcheck.get("question", ""),
        "options": [{"letter": letter, **option} for letter, option in options],
    }


def _letter(name: str, enrolment: Enrolment, *, now: datetime, **more: Any) -> Letter:
    """With the way out in its foot and in its headers (RFC 8058, RFC 2919)."""
    leave = _link("course_leave", leaving.word(enrolment.pk))
    me = f"{_link('course_me')}#{capabilities.mint(Secret.LEARNER, enrolment, now=now)}"
    letter = from_templates(name, {"site": site(), "leave": leave, "me": me, **more})
    headers = {
        "List-Id": f"<course.{settings.SITE_HOST}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Post": "NO",
    }
    return Letter(letter.subject, letter.text, letter.html, headers=headers)


def _link(name: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


PURPOSES: Mapping[str, Purpose] = {
    flows.CONFIRM: Purpose(confirm),
    flows.ENROLLED_ALREADY: Purpose(already),
    flows.LESSON: Purpose(lesson, flows.advance),
    flows.COMPLETED: Purpose(completed),
}
