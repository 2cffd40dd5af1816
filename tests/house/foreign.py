"""Where a form may say it comes from, and does not come from us."""

from django.conf import settings as site

OURS = site.SITE_URL
FOREIGN_ORIGINS = [
    "null",
    "https://evil.example",
    "http://evil.example",
    f"{OURS}.evil.example",
    OURS.replace("//", "//evil.example@"),
    OURS.replace(":8000", ":9000"),
    "http://testserver.evil.example",
    "ftp://testserver",
    "file://",
    "http://[",
    "",
    "testserver",
    "http://testserver, http://evil.example",
]
