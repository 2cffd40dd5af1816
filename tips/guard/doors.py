"""Doors of pages that not everybody may open."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.roles import Visitor

View = Callable[..., HttpResponse]


def only(allowed: Callable[[Visitor], bool]) -> Callable[[View], View]:
    """Strangers are sent to the sign-in page; whoever is signed in and not `allowed` gets a 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        @never_cache
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
