"""What links to a page, for whoever is about to change it."""

from django.db.models import Q, QuerySet

from tips.pages.models import Page


def leading_to(page: Page) -> QuerySet[Page]:
    """Published pages whose text or whose writer leads there, by title."""
    link = f'href="{page.get_absolute_url()}'
    in_text = Q(html__contains=f'{link}"') | Q(html__contains=f"{link}#")
    return Page.objects.published().exclude(pk=page.pk).filter(in_text | Q(about=page)).distinct().order_by("title")
