"""What allauth's enrolment lacks under our policy, which allows no image inside a page."""

from io import BytesIO

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_required
@never_cache
@require_safe
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The key that this session is about to enrol, as a QR code; 404 when it is not enrolling."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    picture = BytesIO()
    link = get_adapter().build_totp_url(request.user, secret)
    segno.make(link, micro=False).save(picture, kind="svg", light="#fff", scale=5)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
