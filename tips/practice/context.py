from django.http import HttpRequest

from tips.practice import current


def site(_request: HttpRequest) -> dict[str, current.Site]:
    """`site` in every template, and once more as `practice`, since allauth puts Django's own under the first name."""
    now = current.site()
    return {"site": now, "practice": now}
