"""What visitors see when something is wrong: always a page in the site's own words, with the next sensible step."""

import logging
import re
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader

from tips.moved.models import new_address

logger = logging.getLogger("backsite.trouble")

TRY_AGAIN_AFTER = "30"  # seconds
MOST_WORDS = 60  # letters of an address that nobody has that are worth searching for
TOO_BIG = (RequestDataTooBig, TooManyFilesSent)


class TroublePages:
    """Turns a locked or full database into a 503, and an over-long request into a 413, instead of a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TOO_BIG):
            return render(request, "413.html", status=413)
        if isinstance(exception, OperationalError | OSError):
            logger.error("storage trouble", exc_info=exception)
            return no_room(request)
        return None


trouble_pages = TroublePages


def no_room(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(loader.get_template("503.html").render({}, request), status=503)
    response["Retry-After"] = TRY_AGAIN_AFTER
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.method in ("GET", "HEAD") and (leads_to := new_address(request.path)):
        return redirect(leads_to, permanent=True)
    return render(request, "404.html", {"words": words_of(request.path)}, status=404)


def words_of(path: str) -> str:
    """What somebody may have been after, as the search wants it: the last part of the address that has words."""
    named = [" ".join(re.findall(r"[^\W\d_]{2,}", part)) for part in path.split("/")]
    return next((words for words in reversed(named) if words), "")[:MOST_WORDS]


def broken(request: HttpRequest) -> HttpResponse:
    """Without a database or a context: whatever is wrong must not be wrong twice."""
    return HttpResponse(loader.get_template("500.html").render({}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A signed-in form whose token went stale: show what was typed, so that nothing is lost."""
    typed = [
        (name, value)
        for name in request.POST
        for value in request.POST.getlist(name)
        if len(value) > 20 and "token" not in name and "password" not in name
    ]
    return render(request, "403.html", {"typed": typed}, status=403)
