"""Where a page is found besides its address: parts of the body, and the narrowed lists of visitors' pages."""

from django.db import models


class PageArea(models.Model):
    page = models.ForeignKey("pages.Page", on_delete=models.CASCADE, related_name="areas")
    slug = models.SlugField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="page_area_once")]
        indexes = [models.Index(fields=["slug", "page"], name="page_area_of")]

    def __str__(self) -> str:
        return self.slug


class Listed(models.Model):
    """A visitor's page in one narrowed list, while it is public. `kind` and `sequence` are those of the page: an index
    has each list in its order, also that of one kind, so that no list is gathered and sorted (docs/adr/0057)."""

    page = models.ForeignKey("pages.Page", on_delete=models.CASCADE, related_name="listed", db_index=False)
    name = models.CharField(max_length=60)  # as `fresh` calls it
    kind = models.CharField(max_length=12)
    sequence = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "name"], name="listed_once")]
        indexes = [
            models.Index(fields=["name", "-sequence", "-page"], name="listed_newest"),
            models.Index(fields=["name", "kind", "-sequence", "-page"], name="listed_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name
