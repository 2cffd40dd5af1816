"""The owner's desk. Strangers are sent to the sign-in page; everybody but the owner gets a 404."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Visitor, can_run_the_site, is_staff
from tips.desk import flows
from tips.desk.forms import SetupForm
from tips.desk.numbers import numbers
from tips.drawing.files import drawing_of
from tips.practice.current import site
from tips.practice.models import Practice

View = Callable[..., HttpResponse]


def only(allowed: Callable[[Visitor], bool]) -> Callable[[View], View]:
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


@only(can_run_the_site)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    context = {"numbers": numbers(timezone.localdate()), "mail_to_files": not settings.EMAIL_URL}
    return render(request, "desk/desk.html", context)


@only(can_run_the_site)
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    practice = Practice.current()
    if request.method != "POST":
        return _setup(request, SetupForm(instance=practice))
    form = SetupForm(request.POST, request.FILES, instance=practice)
    if not form.is_valid():
        return _setup(request, form, status=422)
    said = form.cleaned_data
    flows.save_practice(
        practice=form.save(commit=False),
        photo=said["photo_file"],
        remove_photo=said["remove_photo"],
        by=request.user if isinstance(request.user, User) else None,
        now=timezone.now(),
    )
    messages.success(request, "Saved. Every page of the site says so from now on.")
    return _see_other("/desk/setup/")


def _setup(request: HttpRequest, form: SetupForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "mail_to_files": not settings.EMAIL_URL, "mail_folder": settings.MAIL_FOLDER}
    return render(request, "desk/setup.html", context, status=status)


@only(can_run_the_site)
@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    to = site().notify
    if to:
        flows.send_test_mail(to=to, now=timezone.now())
        messages.success(request, f"A letter to {to} is on its way. It should be there within a minute.")
    else:
        messages.error(request, "Please enter your address first, and save.")
    return _see_other("/desk/setup/")


@require_safe
@cache_control(public=True, max_age=3600)
def owner_photo(_request: HttpRequest) -> HttpResponse:
    """Public, as the page that shows it is."""
    photo = Practice.objects.filter(pk=1).values_list("photo", flat=True).first()
    if not photo:
        raise Http404
    return HttpResponse(bytes(photo), content_type="image/webp")


@only(is_staff)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/style.html", {"drawing": drawing_of("bridge")})


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
