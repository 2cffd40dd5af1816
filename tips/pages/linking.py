"""What leads to a page: for whoever is about to change it, and for its readers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tips.pages.models import Page


def leading_to(page: Page) -> QuerySet[Page]:
    """Published pages whose text or whose writer leads there, by title."""
    link = f'href="{page.get_absolute_url()}'
    in_text = Q(html__contains=f'{link}"') | Q(html__contains=f"{link}#")
    return Page.objects.published().exclude(pk=page.pk).filter(in_text | Q(about=page)).distinct().order_by("title")


def newest_about(page: Page, most: int) -> list[Page]:
    """Visitors' pages about this one, of those written last. That is the order of the links: no more are looked at."""
    shown = Page.objects.published().by_visitors().filter(pk=OuterRef("from_page"))
    links = Page.about.through._default_manager.filter(Exists(shown), to_page=page).order_by("-pk")
    found = [link.from_page for link in links.select_related("from_page")[:most]]
    return sorted(found, key=lambda each: each.sequence, reverse=True)
