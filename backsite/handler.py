"""Django's own application, made before the processes are forked (docs/adr/0056); servers run `backsite.wsgi`.

Once imported it knows the style sheets that lie ready, and no others.
"""

import os
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backsite.settings")
application = get_wsgi_application()


def read_for(path: str) -> None:
    """Ask for a page, so that all it needs has been read, and throw the answer away."""
    scheme = "https" if settings.SITE_IS_SECURE else "http"
    environ = {"PATH_INFO": path, "HTTP_HOST": settings.ALLOWED_HOSTS[0]}
    environ |= {"wsgi.url_scheme": scheme, "HTTP_X_FORWARDED_PROTO": scheme}
    setup_testing_defaults(environ)
    answer = application(environ, lambda *_: bytes)
    b"".join(answer)
    answer.close()
