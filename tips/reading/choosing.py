"""Which of the visitors' pages a reader asked for, by the address: one kind, one part of the body, one subject."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from tips.pages import fresh
from tips.pages.areas import Area, area
from tips.pages.models import VISITOR_KINDS, Page, PageQuerySet
from tips.text.clean import one_line


@dataclass(frozen=True)
class Choice:
    kind: str
    area: Area | None
    subject: Page | None
    missed: bool = False  # a subject was asked for that is not there

    def newest(self, pages: PageQuerySet, *, before: int | None = None) -> PageQuerySet:
        """Of these pages what was asked for, newest first; `before`: only what is older than this sequence."""
        if self._list:
            return pages.listed(self._list, kind=self.kind, before=before)
        pages = (pages.of_kind(self.kind) if self.kind else pages.by_visitors()).newest_first()
        return pages if before is None else pages.older_than(before)

    @property
    def _list(self) -> str:
        """The name of the narrowed list, if it is one."""
        area = fresh.area(self.area.slug) if self.area else ""
        about = fresh.about(self.subject) if self.subject else ""
        return fresh.both(about, area) if about and area else about or area

    @property
    def fresh(self) -> list[str]:
        """The names of what is chosen from: the narrowest list, and what its title says."""
        if self.subject:
            return [fresh.about(self.subject), self.subject.source_key]
        # A subject that nobody knows yet may be published.
        return [fresh.area(self.area.slug) if self.area else fresh.VISITORS, *([fresh.ANY] if self.missed else [])]

    @property
    def query(self) -> str:
        """As it stands in an address, in one order, without its question mark."""
        chosen = {"kind": self.kind, "area": self.area and self.area.slug, "about": self.subject and self.subject.slug}
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def address(self) -> str:
        return f"/pages/?{self.query}" if self.query else "/pages/"

    @property
    def title(self) -> str:
        what = f"Visitors’ {self.kind}s" if self.kind else "Visitors’ pages"
        about = self.subject.title if self.subject else f"the {self.area.name.lower()}" if self.area else ""
        return f"{what} about {about}" if about else what


def chosen(asked: QueryDict) -> Choice:
    """What is unknown counts as not asked for."""
    kind = asked.get("kind", "")
    about = one_line(asked.get("about", ""))
    subject = Page.objects.published().filter(slug=about).first() if about else None
    return Choice(
        kind=kind if kind in VISITOR_KINDS else "",
        area=area(asked.get("area", "")),
        subject=subject,
        missed=bool(about) and subject is None,
    )
