"""Pictures for the articles. The editor's toolbar asks for JSON, people get a page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import can_edit_pages
from tips.desk.pictures import PictureForm, add_picture, line, remove_picture
from tips.guard.doors import only
from tips.photos.own import kept

SHOWN = 30


@only(can_edit_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        raise Http404
    if request.method != "POST":
        return _page(request, PictureForm())
    if folder := request.POST.get("remove"):
        return _removed(request, folder, request.user)
    form = PictureForm(request.POST, request.FILES)
    made = _add(form, request.user)
    if request.accepts("text/html"):
        return _page(request, PictureForm() if made else form, made=made, status=200 if made else 422)
    if made:
        return JsonResponse({"line": made})
    return JsonResponse({"error": " ".join(str(each) for lines in form.errors.values() for each in lines)}, status=422)


def _add(form: PictureForm, by: User) -> str:
    """The line that shows it; empty where the form was refused."""
    if not form.is_valid():
        return ""
    try:
        return add_picture(**form.cleaned_data, by=by)
    except forms.ValidationError as refused:
        form.add_error("photo", refused)
        return ""


def _removed(request: HttpRequest, folder: str, by: User) -> HttpResponse:
    if remove_picture(folder=folder, by=by):
        messages.success(request, "The picture is gone.")
    else:
        messages.error(request, "A page still shows this picture. Take it out of the text first.")
    response = HttpResponseRedirect("/desk/pictures/")
    response.status_code = 303
    return response


def _page(request: HttpRequest, form: PictureForm, *, made: str = "", status: int = 200) -> HttpResponse:
    shown = [(picture, line(picture.address, "What it shows")) for picture in kept()[:SHOWN]]
    context: dict[str, Any] = {"form": form, "made": made, "pictures": shown}
    return render(request, "desk/pictures.html", context, status=status)
