"""Every address of the site, room by room."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from backsite.webhooks import mail_events

# Django's admin has a sign-in of its own, without our second factor: send people to ours.
admin.site.login = login_required(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("tips.sharing.urls")),  # first: most others are read from the page cache
    path("", include("tips.reading.urls")),
    path("", include("tips.search.urls")),
    path("", include("tips.photos.urls")),
    path("", include("tips.contact.urls")),
    path("", include("tips.course.urls")),
    path("", include("tips.moderation.urls")),
    path("", include("tips.desk.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("webhooks/mail/", mail_events, name="mail_events"),
    path("admin/", admin.site.urls),
]

handler403 = "backsite.trouble.forbidden"
handler404 = "backsite.trouble.not_found"
handler500 = "backsite.trouble.broken"
