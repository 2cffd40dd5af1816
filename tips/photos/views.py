from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tips.photos.links import photo_behind
from tips.photos.serving import open_response, own_response, sealed_response


@require_safe
def open_photo(_request: HttpRequest, folder: str, width: str, form: str) -> FileResponse:
    return open_response(folder, int(width), form)


@require_safe
def own_picture(_request: HttpRequest, folder: str, name: str) -> FileResponse:
    return own_response(folder, name)


@require_safe
def authors_photo(_request: HttpRequest, word: str) -> HttpResponse:
    photo = photo_behind(word, now=timezone.now())
    if photo is None:
        raise Http404("no such photo, or not any more")
    return sealed_response(photo)
