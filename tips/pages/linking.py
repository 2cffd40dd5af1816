"""What leads to a page: for whoever is about to change it, and for its readers."""

from django.db.models import Q, QuerySet

from tips.pages import fresh
from tips.pages.models import Page
from tips.sql.asking import Question

NEWEST = 6
_newest = Question(lambda name: Page.objects.published().named().listed(name)[:NEWEST])


def leading_to(page: Page) -> QuerySet[Page]:
    """Published pages whose text or whose writer leads there, by title."""
    link = f'href="{page.get_absolute_url()}'
    in_text = Q(html__contains=f'{link}"') | Q(html__contains=f"{link}#")
    return Page.objects.published().exclude(pk=page.pk).filter(in_text | Q(about=page)).distinct().order_by("title")


def newest_about(page: Page) -> list[Page]:
    """Visitors' pages about this one."""
    return _newest(fresh.about(page))
