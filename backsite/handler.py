"""Django's own application, read ahead of the processes (docs/adr/0056); `backsite.wsgi` is what a server runs."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
