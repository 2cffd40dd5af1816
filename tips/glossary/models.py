from typing import ClassVar, Self

from django.db import models


class TermQuerySet(models.QuerySet["Term"]):
    def in_order(self) -> Self:
        return self.order_by("slug")


class Term(models.Model):
    """A word the site explains. `lay` are everyday words for it: they help the search and are never linked."""

    class Autolink(models.TextChoices):
        EVERYWHERE = "everywhere"
        ARTICLES = "articles"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    variants = models.JSONField(default=list, blank=True)
    lay = models.JSONField(default=list, blank=True)
    definition = models.CharField(max_length=300)  # 25 words or fewer
    autolink = models.CharField(max_length=12, choices=Autolink.choices, default=Autolink.EVERYWHERE)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[models.Manager["Term"]] = TermQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/glossary/#{self.slug}"

    @property
    def source_key(self) -> str:
        return f"term:{self.pk}"


class SynonymGroup(models.Model):
    """Everyday words and what the site calls the thing; `both`: each finds the other."""

    lay = models.JSONField()
    means = models.JSONField()
    both = models.BooleanField(default=False)
    pages = models.JSONField(default=list, blank=True)  # slugs of the pages that answer the everyday words best
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    def __str__(self) -> str:
        return f"{', '.join(self.lay)} → {', '.join(self.means)}"
