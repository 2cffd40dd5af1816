"""What the views of this room share: who may come in, who decides, where it goes on."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from accounts.roles import can_moderate
from tips.cases.models import Case, Decision, Kind
from tips.guard.doors import only

moderators_only = only(can_moderate)
QUEUE = "/moderation/"
JUST_NOW = timedelta(minutes=10)


def moderator(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def onwards(request: HttpRequest) -> HttpResponse:
    """To the next thing that waits, when the form asked for it; else to the list."""
    following = Case.objects.waiting().each_once().most_urgent_first().first() if "onwards" in request.POST else None
    return see_other(address_of(following) if following else QUEUE)


def address_of(case: Case) -> str:
    rooms = {Kind.MESSAGE: "messages/", Kind.OBJECTION: "objections/"}
    return f"{QUEUE}{rooms.get(Kind(case.kind), '')}{case.pk}/"


def last_decision(user: User, now: datetime) -> Decision | None:
    """What this moderator did a moment ago and can take back with one press."""
    newest = Decision.objects.filter(by=user).select_related("case", "undone_by").order_by("-pk").first()
    if newest is None or newest.case.kind not in {Kind.PAGE, Kind.COMMENT} or now - newest.decided_at > JUST_NOW:
        return None
    return newest if newest.can_be_undone(now) else None
