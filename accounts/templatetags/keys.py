from django import template

register = template.Library()


@register.filter
def in_fours(key: str) -> str:
    """A key as people copy it by hand: ABCD EFGH …"""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
