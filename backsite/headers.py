"""Response headers that hold for every answer (OWASP ASVS 3.4). No inline script or style anywhere."""

from collections.abc import Callable

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
