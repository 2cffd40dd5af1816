from django.http import HttpRequest

from tips.practice import current


def site(_request: HttpRequest) -> dict[str, current.Site]:
    """`site` in every template."""
    return {"site": current.site()}
