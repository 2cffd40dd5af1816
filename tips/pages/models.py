"""Everything with an address: the owner's articles, exercises and reference pages, and visitors' pages."""

import secrets
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.safestring import SafeString
from django.utils.text import slugify

from tips.cases.models import Case, Decision, State
from tips.pages.endings import Closed, tombstone
from tips.pages.lists import Listed, PageArea  # noqa: F401 - Django looks for models in this module
from tips.text.markup import safe

SLUG_LENGTH = 70


class Kind(models.TextChoices):
    ARTICLE = "article"
    EXERCISE = "exercise"
    CHECK = "check"
    INFO = "info", "about this site"
    QUESTION = "question"
    TIP = "tip"
    EXPERIENCE = "experience"


OWNER_KINDS = (Kind.ARTICLE, Kind.EXERCISE, Kind.CHECK, Kind.INFO)
VISITOR_KINDS = (Kind.QUESTION, Kind.TIP, Kind.EXPERIENCE)
HOME = "start-here"
FOLDERS = {Kind.ARTICLE: "/articles/", Kind.EXERCISE: "/exercises/", Kind.CHECK: "/exercises/", Kind.INFO: "/"}


class Visibility(models.TextChoices):
    """What strangers get: the page, a 404, or a 410 for what was there once."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    GONE = "gone"


def address(kind: str, slug: str) -> str:
    return "/" if slug == HOME else f"{FOLDERS.get(Kind(kind), '/pages/')}{slug}/"


def new_public_id() -> str:
    """80 random bits for addresses: not guessable, and telling nothing about order or time."""
    return secrets.token_hex(10)


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> Self:
        return self.filter(visibility=Visibility.PUBLISHED)

    def by_visitors(self) -> Self:
        return self.exclude(kind__in=OWNER_KINDS)  # asked for by kinds, SQLite would sort them all to find the newest

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def at(self, slug: str) -> Self:
        """The page at this address, or what is left of it when it was erased."""
        return self.filter(slug__in=(slug, tombstone(slug)))

    def settled(self, now: datetime) -> Self:
        """Nothing was decided about them in the last ten minutes: what feeds may carry away."""
        lately = Decision.objects.lately(now).filter(case__revision__page=OuterRef("pk"))
        return self.exclude(Exists(lately))

    def newest_first(self) -> Self:
        return self.order_by("-sequence", "-pk")

    def older_than(self, sequence: int) -> Self:
        return self.filter(sequence__lt=sequence)

    def listed(self, name: str, *, kind: str = "", before: int | None = None) -> Self:
        """Those of a narrowed list, newest first: all, or of one kind, or older than a sequence."""
        narrower = {"listed__kind": kind} if kind else {}
        older = {} if before is None else {"listed__sequence__lt": before}
        return self.filter(listed__name=name, **narrower, **older).order_by("-listed__sequence", "-listed__page_id")

    def named(self) -> Self:
        """Without what only the page itself says: lists are read faster so."""
        return self.defer("source", "html", "headings", "facts", "flags")

    def indexable(self) -> Self:
        return self.published().filter(in_search_engines=True)


class Page(models.Model):
    """One page. Nothing here, and nothing it points at, says who sent it: `byline` is all that is known in public."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    slug = models.SlugField(max_length=SLUG_LENGTH + 10, unique=True, default=new_public_id)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    byline = models.CharField(max_length=60, blank=True)  # empty: "A visitor"
    place = models.CharField(max_length=60, blank=True)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)  # none before a visitor's page is published
    headings = models.JSONField(default=list, editable=False)  # [[level, id, text], …]
    facts = models.JSONField(default=dict, blank=True)  # what the kind needs besides its text: see pages/facts.py
    about = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="visitors_pages")

    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.UNPUBLISHED)
    published_on = models.DateField(null=True, blank=True)  # a day, never a time
    updated_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # order of publishing, kept where times are not
    comments_open = models.BooleanField(default=True)
    closed_because = models.CharField(max_length=12, choices=Closed.choices, blank=True)
    in_search_engines = models.BooleanField(default=True)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    flags = models.JSONField(default=list, editable=False)  # warning signs in a visitor's words: the card stays on top
    reviewed_by = models.CharField(max_length=120, blank=True)  # signed by a named person, or empty
    reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)  # of the content file last loaded

    objects: ClassVar[models.Manager["Page"]] = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="page_kind_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="page_visibility_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLISHED) | Q(published_on__isnull=False),
                name="page_published_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "kind", "-sequence"], name="page_lists"),
            models.Index(fields=["visibility", "-sequence"], name="page_newest"),
            models.Index(fields=["visibility", "kind", "title"], name="page_by_title"),
            # all that the sitemap says: it need not open the rows, which are long
            models.Index(
                fields=["id", "visibility", "in_search_engines", "kind", "slug", "updated_on"], name="page_sitemap"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_by_visitor(self) -> bool:
        return self.kind in VISITOR_KINDS

    @property
    def is_published(self) -> bool:
        return self.visibility == Visibility.PUBLISHED

    @property
    def name_shown(self) -> str:
        return self.byline or "A visitor"

    def get_absolute_url(self) -> str:
        return address(self.kind, self.slug)

    @property
    def body(self) -> SafeString:
        return safe(self.html)

    @property
    def source_key(self) -> str:
        """How the search index and the page cache call this page."""
        return f"page:{self.pk}"

    def freeze_slug(self) -> None:
        """The readable address of a visitor's page, chosen once, when it is first published."""
        if self.published_on is not None or not self.is_by_visitor:
            return
        wish = slugify(self.title)[:SLUG_LENGTH].strip("-") or self.kind
        taken = Page.objects.at(wish).exclude(pk=self.pk).exists()
        self.slug = f"{wish}-{secrets.token_hex(3)}" if taken else wish

    def show(self, today: date) -> None:
        """Public from now on. A page that comes back keeps its address, its day and its place in the order."""
        self.freeze_slug()
        if self.published_on is None:
            self.published_on = today
            self.sequence = next_sequence()
        self.updated_on = today
        self.visibility = Visibility.PUBLISHED
        self.save()

    def take_down(self) -> None:
        self.visibility = Visibility.GONE if self.published_on else Visibility.UNPUBLISHED
        self.save(update_fields=["visibility"])


def next_sequence() -> int:
    return (Page.objects.aggregate(newest=Max("sequence"))["newest"] or 0) + 1


class RevisionQuerySet(models.QuerySet["Revision"]):
    def read(self) -> Self:
        """Somebody looked at it and published it."""
        return self.filter(case__state=State.PUBLISHED)

    def in_hand(self) -> Self:
        """Nobody has decided about it for good: it waits, or is with its author again."""
        return self.filter(case__state__in=(State.WAITING, State.CHANGES_ASKED))


class Revision(models.Model):
    """What a page said at one moment, never changed afterwards. A visitor's revision waits in a case until decided."""

    class Origin(models.TextChoices):
        CONTENT = "content", "the files the site came with"
        OWNER = "owner"
        VISITOR = "visitor"
        MODERATOR = "moderator"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    title = models.CharField(max_length=120)
    source = models.TextField(blank=True)
    byline = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # see outcomes/answers.py; empty: as its page has them
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="revision")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # staff only
    made_on = models.DateField()
    why = models.CharField(max_length=200, blank=True)  # an editor's own line about it

    objects: ClassVar[models.Manager["Revision"]] = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="revision_numbered_once"),
            models.CheckConstraint(
                condition=Q(origin="visitor", by__isnull=True) | ~Q(origin="visitor"), name="revision_hides_visitor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None and not self.number:
            newest = self.page.revisions.aggregate(newest=Max("number"))["newest"]
            self.number = (newest or 0) + 1
        super().save(*args, **kwargs)
