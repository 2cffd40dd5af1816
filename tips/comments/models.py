from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.safestring import SafeString

from tips.cases.models import Case, Decision
from tips.comments.standing import Standing
from tips.pages.models import Page, Visibility, new_public_id
from tips.text.markup import safe

DEEPEST = 2  # levels of replies below a comment; deeper ones stand beside their parent


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> Self:
        return self.filter(visibility=Visibility.PUBLISHED, page__visibility=Visibility.PUBLISHED)

    def on(self, page: Page) -> Self:
        return self.filter(page=page)

    def in_reading_order(self) -> Self:
        return self.order_by("thread", "sequence", "pk")

    def beginning_at(self, thread: int, sequence: int) -> Self:
        """From this place of the reading order on."""
        return self.filter(Q(thread__gt=thread) | Q(sequence__gte=sequence), thread__gte=thread)

    def ending_before(self, thread: int, sequence: int) -> Self:
        return self.filter(Q(thread__lt=thread) | Q(sequence__lt=sequence), thread__lte=thread)

    def settled(self, now: datetime) -> Self:
        """Nothing was decided about them in the last ten minutes: what feeds and mails may carry away."""
        return self.exclude(Exists(Decision.objects.lately(now).filter(case=OuterRef("case"))))


class Comment(models.Model):
    """A reply under a page. As with pages, nothing here says who sent it."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    depth = models.PositiveSmallIntegerField(default=0)
    byline = models.CharField(max_length=60, blank=True)
    source = models.TextField()
    html = models.TextField(editable=False)
    read_source = models.TextField(blank=True, editable=False)  # as a moderator read it, if corrected since
    written = models.TextField(blank=True, editable=False)  # by its author, where a moderator changed it
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="comment")
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.UNPUBLISHED)
    published_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    thread = models.PositiveIntegerField(default=0, editable=False)  # sequence of the first comment of the thread
    flags = models.JSONField(default=list, editable=False)

    objects: ClassVar[models.Manager["Comment"]] = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="comment_visibility_known"),
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="comment_depth"),
        ]
        indexes = [
            models.Index(fields=["page", "visibility", "thread", "sequence"], name="comment_thread"),
            models.Index(fields=["page", "visibility", "-sequence"], name="comment_newest"),
        ]

    def __str__(self) -> str:
        return f"reply {self.public_id}"

    @property
    def is_published(self) -> bool:
        return self.visibility == Visibility.PUBLISHED

    @property
    def standing(self) -> Standing:
        return Standing(self.public_id, self.byline, self.thread, self.sequence)

    @property
    def name_shown(self) -> str:
        return self.standing.name_shown

    @property
    def body(self) -> SafeString:
        return safe(self.html)

    @property
    def anchor(self) -> str:
        return self.standing.anchor

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}{self.standing.link}"

    @property
    def source_key(self) -> str:
        return f"comment:{self.pk}"

    def show(self, today: date) -> None:
        if self.published_on is None:
            self.published_on = today
            newest = Comment.objects.on(self.page).aggregate(newest=Max("sequence"))["newest"]
            self.sequence = (newest or 0) + 1
            self.thread = self.parent.thread if self.parent and self.parent.thread else self.sequence
        self.visibility = Visibility.PUBLISHED
        self.read_source = ""
        self.save()

    def take_down(self) -> None:
        self.visibility = Visibility.GONE if self.published_on else Visibility.UNPUBLISHED
        self.save(update_fields=["visibility"])


def recount(page: Page) -> None:
    """Keep the page's counter equal to its published replies."""
    Page.objects.filter(pk=page.pk).update(
        comment_count=Comment.objects.on(page).filter(visibility=Visibility.PUBLISHED).count()
    )
