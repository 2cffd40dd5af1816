"""Who gets what at every address: the table of T47.

Statuses stand for stranger, member, moderator, lead moderator and owner, in this order. POST is sent empty: 422 means
that it was read and found wanting, 405 that the address takes none. Whoever may not know of a page gets 404, or, while
not signed in, 302 to the sign-in page.
"""

Rows = dict[str, tuple[str, str]]


def rows(get: str, post: str, where: str) -> Rows:
    """One row for each address in `where`; a single status counts for all five."""
    return {pattern: (five(get), five(post)) for pattern in where.split()}


def five(statuses: str) -> str:
    return statuses if " " in statuses else " ".join([statuses] * 5)


READ = rows(
    "200",
    "405",
    r"""
    articles/ articles/<slug:slug>/ exercises/ exercises/print/ exercises/<slug:slug>/ pages/ pages/<slug:slug>/
    articles/<slug:slug>/comments.atom exercises/<slug:slug>/comments.atom pages/<slug:slug>/comments.atom
    glossary/ warning-signs/ feeds/articles.atom feeds/pages.atom sitemap.xml sitemap-<int:number>.xml
    ^(?P<slug>about|privacy|accessibility|house-rules)/$ robots.txt healthz manifest.webmanifest
    transparency/
    search/ search.json search/suggest/ share/similar/
    share/received/ contact/received/ course/check-your-mail/ course/confirmed/
    course/gentle/ course/left/ course/erased/
    """,
)
LED_ON = rows("301", "405", "favicon.ico")
WRITTEN_BY_ANYBODY = rows(
    "200",
    "422",
    """
    share/ mine/ pages/<slug:slug>/comment/ articles/<slug:slug>/comment/ exercises/<slug:slug>/comment/ contact/
    report/ course/ course/me/
    """,
)
WHILE_WRITING = {
    **rows("405", "204", "share/draft/"),
    **rows("405", "303", "share/draft/forget/"),
    **rows("405", "422", "share/photo/"),
}
BY_LINK = {
    **rows("303", "303", "course/me/lessons/<slug:slug>/"),  # without the code of a course, to where it is asked for
    **rows("303", "405", "course/me/everything.json course/me/everything/"),
    **rows(
        "200",
        "405",
        r"photos/<str:word>/ ^media/p/(?P<folder>[0-9a-f]{32})/(?P<width>[1-9]\d{0,3})\.(?P<form>webp|jpg|avif)\Z",
    ),
    **rows("200", "303", "course/confirm/<str:token>/"),
    **rows("405", "404", "webhooks/mail/"),  # no provider is named
    **rows("200", "200", "u/<str:word> r/<str:word> mine/replies/<str:token>/"),
    **rows("200", "303 303 303 303 200", "accounts/owner/<str:token>/"),  # the owner's last signing in used it up
}
STAFF = {
    **rows("302 404 200 200 200", "302 404 405 405 405", "moderation/ desk/style/ desk/handover/"),
    **rows("302 404 200 200 200", "302 404 405 405 405", "moderation/imminent-harm/"),
    **rows("302 404 303 303 303", "302 404 405 405 405", "moderation/next/"),
    **rows("302 404 200 200 200", "302 404 422 422 422", "moderation/<int:pk>/ moderation/<int:pk>/edit/"),
    **rows("302 404 200 200 200", "302 404 422 422 422", "moderation/objections/<int:pk>/"),
    **rows("302 404 405 405 405", "302 404 422 422 422", "moderation/spam/"),
    **rows("302 404 405 405 405", "302 404 303 303 303", "moderation/spam/<slug:batch>/undo/"),
    **rows("302 404 200 200 200", "302 404 303 303 303", "moderation/letter/<str:word>/"),
    **rows("302 404 200 200 200", "302 404 303 303 303", "moderation/messages/<int:pk>/"),
    **rows("302 404 405 405 405", "302 404 303 303 303", "moderation/decisions/<int:pk>/undo/"),
    **rows("302 404 404 404 200", "302 404 404 404 405", "desk/ desk/course/ desk/messages/"),
    **rows(
        "302 404 404 404 200",
        "302 404 404 404 422",
        """
        desk/course/lessons/new/ desk/course/lessons/<int:pk>/ desk/course/letters/new/ desk/course/letters/<int:pk>/
        desk/messages/<int:pk>/
        """,
    ),
    **rows("302 404 404 404 200", "302 404 404 404 422", "desk/setup/"),
    **rows("302 404 404 200 200", "302 404 404 422 422", "desk/pictures/"),
    **rows("302 404 404 405 405", "302 404 404 422 422", "desk/preview/<int:pk>/"),
    **rows("302 404 404 200 200", "302 404 404 422 422", "desk/searches/"),
    **rows("302 404 404 404 405", "302 404 404 404 303", "desk/setup/test-mail/ desk/letters/<int:pk>/"),
    **rows("302 404 404 405 405", "302 404 404 303 303", "desk/searches/<int:pk>/stop/"),
    **rows("302 404 404 404 200", "302 404 404 404 405", "desk/letters/"),
    **rows("404", "405", r"^media/o/(?P<folder>[0-9a-f]{32})/(?P<name>[1-9]\d{0,3}x[1-9]\d{0,3}\.webp)\Z"),
    **rows("404", "405", "about/photo.webp"),  # public; there is none yet
    **rows("302 404 200 200 200", "302 404 405 405 405", "moderation/photos/<slug:public_id>.webp"),
}
DOOR = {
    **rows("200 302 302 302 302", "200 302 302 302 302", "accounts/login/ accounts/signup/"),
    **rows("302 200 200 200 200", "302", "accounts/logout/"),
    **rows(
        "200",
        "405",
        """
        accounts/inactive/ accounts/confirm-email/ accounts/password/reset/key/done/ accounts/password/reset/done/
        """,
    ),
    **rows("200", "200", "accounts/password/reset/"),
    **rows("200", "200", r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
    **rows("200", "404", r"accounts/^confirm-email/(?P<key>[-:\w]+)/$"),
    **rows(
        "302",
        "302",
        """
        accounts/login/code/confirm/ accounts/2fa/authenticate/ accounts/2fa/webauthn/login/ accounts/password/set/
        accounts/2fa/reauthenticate/ accounts/2fa/webauthn/reauthenticate/
        """,
    ),
}
OWN_ACCOUNT = {
    **rows("302 200 200 200 200", "302 200 200 200 200", "accounts/reauthenticate/ accounts/password/change/"),
    **rows("302 200 200 200 200", "302", "accounts/email/"),
    **rows("302 200 200 200 200", "302 405 405 405 405", "accounts/2fa/ accounts/2fa/webauthn/"),
    **rows("302 404 404 404 404", "302 405 405 405 405", "accounts/2fa/totp/picture.svg accounts/2fa/recovery-codes/"),
    **rows(  # nothing enrolled yet
        "302 404 404 404 404",
        "302 404 404 404 404",
        "accounts/2fa/totp/deactivate/ accounts/2fa/recovery-codes/download/",
    ),
    **rows(  # the password once more, first
        "302",
        "302",
        """
        accounts/2fa/totp/activate/ accounts/2fa/recovery-codes/generate/ accounts/2fa/webauthn/add/
        accounts/2fa/webauthn/keys/<int:pk>/remove/ accounts/2fa/webauthn/keys/<int:pk>/edit/
        """,
    ),
}
ADMIN = {
    **rows("302 302 302 200 200", "302 302 302 200 200", "admin/ admin/password_change/ admin/<app>/"),
    **rows("302 404 404 302 302", "302 404 404 302 302", "admin/login/"),
    **rows("302 302 302 405 405", "302", "admin/logout/"),
    **rows("302 302 302 200 200", "302 302 302 405 405", "admin/password_change/done/ admin/jsi18n/"),
    **rows("302 302 302 403 403", "302 302 302 405 405", "admin/autocomplete/"),
    **rows("302", "302", "admin/r/<path:content_type_id>/<path:object_id>/"),
    **rows("302 302 302 404 404", "302 302 302 404 404", "admin/(?P<url>.*)$"),
}
# Who sees the rows of a table in the admin, and what they may do with them.
MODELS = {
    "accounts/user": "owner: add change delete",
    "account/emailaddress": "owner: add change delete",
    "mfa/authenticator": "owner: delete",
    "contact/message": "owner:",
    "contact/cannedanswer": "owner: add change delete",
    "course/lesson": "owner: add change delete",
    "course/enrolment": "owner:",
    "course/consentevent": "owner:",
    "moved/oldaddress": "editors: add change delete",
    "pages/page": "editors: change",
    "glossary/term": "editors: add change delete",
    "glossary/synonymgroup": "editors: add change delete",
    "guard/watchedword": "editors: add change delete",
}


def of_model(name: str, rights: str) -> Rows:
    who, _, may = rights.partition(":")

    def only(*, get: bool = True, post: bool = True) -> tuple[str, str]:
        return _staff(who, may=get), _staff(who, may=post)

    return {
        f"admin/{name}/": only(),
        f"admin/{name}/add/": only(get="add" in may, post="add" in may),
        f"admin/{name}/<path:object_id>/history/": only(),
        f"admin/{name}/<path:object_id>/change/": only(post="change" in may),
        f"admin/{name}/<path:object_id>/delete/": only(get="delete" in may, post="delete" in may),
        f"admin/{name}/<path:object_id>/": (five("302"), five("302")),
    }


def _staff(who: str, *, may: bool) -> str:
    lead, owner = may and who == "editors", may
    return f"302 302 302 {200 if lead else 403} {200 if owner else 403}"


TABLE: Rows = {
    "": (five("200"), five("405")),
    **READ,
    **LED_ON,
    **WRITTEN_BY_ANYBODY,
    **BY_LINK,
    **WHILE_WRITING,
    **STAFF,
    **DOOR,
    **OWN_ACCOUNT,
    **ADMIN,
    **{pattern: row for name, rights in MODELS.items() for pattern, row in of_model(name, rights).items()},
}
