"""Atom feeds. What visitors wrote waits ten minutes in no feed: days only, and nothing but the printed byline."""

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed

from tips.comments.models import Comment
from tips.pages.models import HOME, Kind, Page
from tips.practice.current import site
from tips.text.excerpt import excerpt

SHOWN = 30


def midnight(day: object) -> datetime | None:
    """Feeds want a time: the first moment of the day tells no more than the day."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None  # type: ignore[arg-type]


def on_this_site(path: str) -> str:
    """Absolute by SITE_URL: a reader keeps these addresses, so the Host that a request named must not enter them."""
    return f"{site().url}{path}"


class SiteFeed(Feed):
    feed_type = Atom1Feed

    def item_link(self, item: Page | Comment) -> str:
        return on_this_site(item.get_absolute_url())


class PageFeed(SiteFeed):
    def item_title(self, item: Page) -> str:
        return item.title

    def item_description(self, item: Page) -> str:
        return item.summary or excerpt(item.html, words=60)

    def item_author_name(self, item: Page) -> str:
        return item.name_shown if item.is_by_visitor else site().owner_name or site().name

    def item_pubdate(self, item: Page) -> datetime | None:
        return midnight(item.published_on)

    def item_updateddate(self, item: Page) -> datetime | None:
        return midnight(item.updated_on)


class ArticleFeed(PageFeed):
    def link(self) -> str:
        return on_this_site("/articles/")

    def feed_url(self) -> str:
        return on_this_site("/feeds/articles.atom")

    def title(self) -> str:
        return f"{site().name}: articles"

    def items(self) -> QuerySet[Page]:
        return Page.objects.indexable().of_kind(Kind.ARTICLE).exclude(slug=HOME).newest_first()[:SHOWN]


class VisitorFeed(PageFeed):
    def link(self) -> str:
        return on_this_site("/pages/")

    def feed_url(self) -> str:
        return on_this_site("/feeds/pages.atom")

    def title(self) -> str:
        return f"{site().name}: pages by visitors"

    def items(self) -> QuerySet[Page]:
        return Page.objects.indexable().by_visitors().newest_first()[:SHOWN]


class ReplyFeed(SiteFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Page:
        return get_object_or_404(Page.objects.indexable().by_visitors(), slug=slug)

    def title(self, obj: Page) -> str:
        return f"Replies to {obj.title}"

    def link(self, obj: Page) -> str:
        return on_this_site(obj.get_absolute_url())

    def feed_url(self, obj: Page) -> str:
        return on_this_site(f"{obj.get_absolute_url()}comments.atom")

    def items(self, obj: Page) -> QuerySet[Comment]:
        return Comment.objects.published().on(obj).select_related("page").order_by("-sequence")[:SHOWN]

    def item_title(self, item: Comment) -> str:
        return f"Reply by {item.name_shown}"

    def item_description(self, item: Comment) -> str:
        return excerpt(item.html, words=60)

    def item_author_name(self, item: Comment) -> str:
        return item.name_shown

    def item_pubdate(self, item: Comment) -> datetime | None:
        return midnight(item.published_on)
