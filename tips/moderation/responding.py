"""What the views of this room share: who may come in, who decides, where it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from accounts.roles import can_moderate
from tips.cases.models import Case, Decision, Kind
from tips.guard.doors import only
from tips.moderation.queueing import waiting

moderators_only = only(can_moderate)
QUEUE = "/moderation/"
MOST_LEFT = 50
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
    return next_after(_numbers(request.POST["onwards"])) if "onwards" in request.POST else see_other(QUEUE)


def next_after(left: Sequence[int]) -> HttpResponse:
    """The most urgent thing but for those that were left for now; the list when there is no other."""
    following = waiting().exclude(pk__in=left).most_urgent_first().first()
    return see_other(f"{address_of(following)}{_past(left)}" if following else QUEUE)


def left_for_now(request: HttpRequest) -> Sequence[int]:
    """What this moderator passed over, as the address says it, "?past=12.7", or the form that was sent."""
    return _numbers(request.POST.get("onwards", request.GET.get("past", "")))


def _numbers(typed: str) -> list[int]:
    numbers = [int(each) for each in typed.split(".") if each.isdecimal() and len(each) < 16]
    return list(dict.fromkeys(numbers))[-MOST_LEFT:]


def _past(left: Sequence[int]) -> str:
    return f"?past={'.'.join(map(str, left))}" if left else ""


def going_on(request: HttpRequest, case: Case) -> dict[str, str]:
    """For the forms and links of a page about one thing: what was passed over, and the way past this one as well."""
    left = left_for_now(request)
    skipped = [each for each in left if each != case.pk] + [case.pk]
    return {"past": _past(left).removeprefix("?past="), "later": f"{QUEUE}next/{_past(skipped)}"}


def address_of(case: Case) -> str:
    rooms = {Kind.MESSAGE: "messages/", Kind.OBJECTION: "objections/"}
    return f"{QUEUE}{rooms.get(Kind(case.kind), '')}{case.pk}/"


def last_decision(user: User, now: datetime) -> Decision | None:
    """What this moderator did a moment ago and can take back with one press."""
    newest = Decision.objects.filter(by=user).select_related("case", "undone_by").order_by("-pk").first()
    if newest is None or newest.case.kind not in {Kind.PAGE, Kind.COMMENT} or now - newest.decided_at > JUST_NOW:
        return None
    return newest if newest.can_be_undone(now) else None
