"""Pages with the places where the words stand: made when shown, since marking a text costs more than finding it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from tips.index.marking import Marker
from tips.index.match import Hit
from tips.search.public import Subject

PASSAGES_SHOWN = 3


@dataclass(frozen=True)
class Occurrence:
    """One place where the words stand. `html` is escaped text with <mark>."""

    html: str
    url: str
    heading: str


@dataclass(frozen=True)
class Found:
    """One page. title: escaped, with <mark>. places: how many there are on it; `passages` may be the best of them."""

    subject: Subject
    title: str
    score: float
    passages: tuple[Occurrence, ...]
    places: int
    chosen: bool = False  # by the staff, for these very words


@dataclass(frozen=True)
class Group:
    """The hits of one page, best first."""

    subject: Subject
    hits: tuple[Hit, ...]
    score: float
    chosen: bool = False


class Pages(Sequence[Found]):
    """Groups in order; each becomes a `Found` when it is asked for."""

    def __init__(self, groups: Sequence[Group], marker: Marker) -> None:
        self.groups = groups
        self.marker = marker

    def __len__(self) -> int:
        return len(self.groups)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> list[Found]: ...
    def __getitem__(self, at: int | slice) -> Found | list[Found]:
        if isinstance(at, slice):
            return [best_of(group, self.marker) for group in self.groups[at]]
        return best_of(self.groups[at], self.marker)


def best_of(group: Group, marker: Marker) -> Found:
    """The page with its three best passages."""
    read = [(hit, marker.read(hit.body)) for hit in _shown(group)]
    # A passage may be here for the title of its page alone: it is no place where the words stand.
    told = [(hit, text) for hit, text in read if text.found] or read[:1]
    return Found(
        group.subject,
        marker.read(group.subject.title).whole(),
        group.score,
        tuple(Occurrence(text.best(), hit.url, hit.heading) for hit, text in told[:PASSAGES_SHOWN]),
        places=sum(len(text.places()) for _, text in told),
        chosen=group.chosen,
    )


def every_place(group: Group, marker: Marker) -> Found:
    """The page with every place on it, from its beginning to its end."""
    hits = sorted(_shown(group), key=lambda hit: hit.id)
    places = [Occurrence(line, hit.url, hit.heading) for hit in hits for line in marker.read(hit.body).lines()]
    title = marker.read(group.subject.title).whole()
    return Found(group.subject, title, group.score, tuple(places), len(places), group.chosen)


def _shown(group: Group) -> list[Hit]:
    return [hit for hit in group.hits if hit.source not in group.subject.hidden]
