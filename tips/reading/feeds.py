"""Atom feeds. What visitors wrote comes into one ten minutes after it was published: whoever takes their name off is
quicker than the feed readers. Days only, and nothing but the printed byline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from tips.comments.models import Comment
from tips.freshness.noting import rendered_from
from tips.pages import fresh
from tips.pages.models import HOME, Kind, Page
from tips.practice.current import site
from tips.reading.choosing import Choice, chosen
from tips.text.excerpt import excerpt

SHOWN = 30


def midnight(day: object) -> datetime | None:
    """Feeds want a time: the first moment of the day tells no more than the day."""
    return datetime.combine(day, time(), tzinfo=UTC) if day else None  # type: ignore[arg-type]


def on_this_site(path: str) -> str:
    """Absolute by SITE_URL: a reader keeps these addresses, so the Host that a request named must not enter them."""
    return f"{site().url}{path}"


class AtomByDay(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """A feed without entries was changed today, as far as anybody is told: Django would say this very moment."""
        return super().latest_post_date().replace(hour=0, minute=0, second=0, microsecond=0)


class SiteFeed(Feed):
    feed_type = AtomByDay

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Without Last-Modified: of two changes in one day, the second would look like none."""
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    def item_link(self, item: Page | Comment) -> str:
        return on_this_site(item.get_absolute_url())


class PageFeed(SiteFeed):
    def item_title(self, item: Page) -> str:
        return item.title

    def item_description(self, item: Page) -> str:
        return escape(item.summary or excerpt(item.html, words=60))  # Django writes it as HTML

    def item_author_name(self, item: Page) -> str:
        return item.name_shown if item.is_by_visitor else site().owner_name or site().name

    def item_pubdate(self, item: Page) -> datetime | None:
        return midnight(item.published_on)

    def item_updateddate(self, item: Page) -> datetime | None:
        return midnight(item.updated_on)


class ArticleFeed(PageFeed):
    def get_object(self, request: HttpRequest) -> list[Page]:
        newest = Page.objects.indexable().of_kind(Kind.ARTICLE).exclude(slug=HOME).newest_first()
        shown = list(newest[:SHOWN])
        rendered_from(request, fresh.OWN, *fresh.titles(shown))
        return shown

    def link(self) -> str:
        return on_this_site("/articles/")

    def feed_url(self) -> str:
        return on_this_site("/feeds/articles.atom")

    def title(self) -> str:
        return f"{site().name}: articles"

    def items(self, obj: list[Page]) -> list[Page]:
        return obj


@dataclass(frozen=True)
class Chosen:
    choice: Choice
    pages: list[Page]


class VisitorFeed(PageFeed):
    """All of them, or those of one kind, one part of the body, one subject: as `/pages/` shows with the same words."""

    def get_object(self, request: HttpRequest) -> Chosen:
        choice = chosen(request.GET)
        pages = Page.objects.indexable().settled(timezone.now())
        shown = list(choice.newest(pages)[:SHOWN])
        rendered_from(request, *choice.fresh, *fresh.titles(shown))
        return Chosen(choice, shown)

    def link(self, obj: Chosen) -> str:
        return on_this_site(obj.choice.address)

    def feed_url(self, obj: Chosen) -> str:
        query = obj.choice.query
        return on_this_site(f"/feeds/pages.atom?{query}" if query else "/feeds/pages.atom")

    def title(self, obj: Chosen) -> str:
        return f"{site().name}: {obj.choice.title}"

    def items(self, obj: Chosen) -> list[Page]:
        return obj.pages


class ReplyFeed(SiteFeed):
    """Under a page of one of `kinds`."""

    def get_object(self, request: HttpRequest, slug: str, kinds: Sequence[str]) -> Page:
        page = get_object_or_404(Page.objects.indexable().of_kind(*kinds), slug=slug)
        rendered_from(request, *fresh.lines([page]))
        return page

    def title(self, obj: Page) -> str:
        return f"Replies to {obj.title}"

    def link(self, obj: Page) -> str:
        return on_this_site(obj.get_absolute_url())

    def feed_url(self, obj: Page) -> str:
        return on_this_site(f"{obj.get_absolute_url()}comments.atom")

    def items(self, obj: Page) -> QuerySet[Comment]:
        settled = Comment.objects.published().on(obj).settled(timezone.now())
        return settled.select_related("page").order_by("-sequence")[:SHOWN]

    def item_title(self, item: Comment) -> str:
        return f"Reply by {item.name_shown}"

    def item_description(self, item: Comment) -> str:
        return escape(excerpt(item.html, words=60))

    def item_author_name(self, item: Comment) -> str:
        return item.name_shown

    def item_pubdate(self, item: Comment) -> datetime | None:
        return midnight(item.published_on)
