"""Django's own application, read ahead of the processes (docs/adr/0056); `backsite.wsgi` is what a server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backsite.settings")
application = get_wsgi_application()
