"""Response headers that hold for every answer (OWASP ASVS 3.4). No inline script or style anywhere."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOTHING_ELSE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SITE_POLICY = f"{NOTHING_ELSE}; require-trusted-types-for 'script'"
# Django's admin builds elements from strings, which Trusted Types would refuse.
ADMIN_POLICY = NOTHING_ELSE
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = ADMIN_POLICY if request.path.startswith("/admin/") else SITE_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # WhiteNoise opens static files to the scripts of every site; nobody has a use for that.
        response.headers.pop("Access-Control-Allow-Origin", None)
        return response

    return middleware


def of_a_page() -> dict[str, str]:
    """What a page of the page cache says, packed with gzip, beside its length and tag; names in lower case.

    deploy/nginx/page.conf says the same of the pages that nginx hands out itself.
    """
    said = {
        "content-type": "text/html; charset=utf-8",
        "content-encoding": "gzip",
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
        "content-security-policy": SITE_POLICY,
        "permissions-policy": PERMISSIONS,
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": settings.X_FRAME_OPTIONS,
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
    }
    if settings.SECURE_HSTS_SECONDS:
        said["strict-transport-security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    return said
