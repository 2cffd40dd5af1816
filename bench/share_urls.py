"""The site's addresses, and one more whose view does nothing: what Django and our middleware cost by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("empty/", empty), path("", include("backsite.urls"))]
