"""What a site has that came neither with it nor from `make_load`: a reason to keep made-up pages away."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import Role, User
from backsite.synthetic.storing import REPLY_MARK
from tips.comments.models import Comment
from tips.contact.models import Message
from tips.course.models import Enrolment
from tips.glossary.models import Term
from tips.pages.models import Page, Revision

OWN = (Revision.Origin.OWNER, Revision.Origin.MODERATOR)


def real_content() -> dict[str, int]:
    """How many of each there are; only what there is."""
    return {what: count for what, rows in _kinds() if (count := rows.count())}


def _kinds() -> Iterator[tuple[str, QuerySet[Any]]]:
    yield "pages", Page.objects.filter(loaded_digest="")
    yield "changes to pages", Revision.objects.filter(origin__in=OWN)
    yield "replies", Comment.objects.exclude(public_id__startswith=REPLY_MARK)
    yield "terms", Term.objects.filter(loaded_digest="")
    yield "messages", Message.objects.all()
    yield "readers of the course", Enrolment.objects.all()
    yield "accounts", User.objects.exclude(role=Role.OWNER)
