"""The parts of the body to choose from: the same for every search, so drawn once."""

import functools

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tips.pages.areas import areas


@functools.cache
def area_options(chosen: str) -> SafeString:
    rows = [("", "Anywhere"), *((each.slug, each.name) for each in areas())]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        [(slug, " selected" if slug == chosen else "", name) for slug, name in rows],
    )
