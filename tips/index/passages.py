"""Writing the index: a source gives its passages, all at once, inside the transaction that publishes or hides it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Max

from tips.index import vocabulary
from tips.index.engine import engine
from tips.index.models import StoredPassage
from tips.sql.plain import insert_all

BATCH = 1_000  # sources in one transaction; the more, the fewer words are counted twice


@dataclass(frozen=True)
class Passage:
    """A piece of published plain text. group: the page that hits are gathered under; empty: the source itself."""

    kind: str
    url: str
    title: str
    heading: str
    body: str
    areas: tuple[str, ...] = ()
    day: date | None = None
    group: str = ""


@transaction.atomic(savepoint=False)
def store(source: str, passages: Sequence[Passage]) -> None:
    """These are from now on all the passages of the source ("page:12", "comment:7")."""
    _replace({source: passages})


@transaction.atomic(savepoint=False)
def store_many(wanted: Mapping[str, Sequence[Passage]]) -> None:
    """The same for many sources at once, which costs less each."""
    _replace(wanted)


def remove(source: str) -> None:
    """Nothing of the source is left, neither text nor words."""
    store(source, ())


@transaction.atomic(savepoint=False)
def remove_group(group: str) -> None:
    """Nothing is left of any source with a passage in the group: the page and all the comments under it."""
    engine().lock()
    sources = StoredPassage.objects.filter(group=group).values_list("source", flat=True).distinct()
    _replace(dict.fromkeys(sources, ()))


def rebuild(
    sources: Iterable[tuple[str, Sequence[Passage]]],
    *,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make the index hold exactly these sources; searches go on meanwhile. Returns the number of sources.

    A source is drawn inside the transaction that stores it. What is hidden meanwhile is therefore not stored again, as
    long as `sources` reads each one when it is drawn, not in pages ahead, and never through an open cursor
    (`QuerySet.iterator`), which a commit closes. What others store meanwhile stays.
    progress: gets the number of sources done so far.
    """
    last = StoredPassage.objects.aggregate(last=Max("pk", default=0))["last"]
    todo = iter(sources)
    seen: set[str] = set()
    while drawn := _store_next(todo, batch):
        seen |= drawn
        if progress:
            progress(len(seen))
    _remove_unseen(seen, last, batch)
    settle()
    engine().tidy()
    return len(seen)


def settle() -> None:
    """To be called when many sources were stored at once; a rebuild does it by itself."""
    engine().settle()


@transaction.atomic
def _store_next(todo: Iterable[tuple[str, Sequence[Passage]]], batch: int) -> set[str]:
    engine().lock()
    wanted = dict(islice(todo, batch))
    _replace(wanted)
    return set(wanted)


def _remove_unseen(seen: set[str], last: int, batch: int) -> None:
    before = StoredPassage.objects.filter(pk__lte=last).values_list("source", flat=True).distinct()
    unseen = iter(sorted(set(before) - seen))
    while gone := list(islice(unseen, batch)):
        with transaction.atomic():
            _replace(dict.fromkeys(gone, ()))


def _replace(wanted: Mapping[str, Sequence[Passage]]) -> None:
    """Sources that are as they were are left alone."""
    engine().lock()
    stored = _stored(wanted)
    grouped = {source: [_grouped(source, passage) for passage in passages] for source, passages in wanted.items()}
    changed = {source: passages for source, passages in grouped.items() if stored.get(source, []) != passages}
    old = [passage for source in changed for passage in stored.get(source, ())]
    new = [passage for passages in changed.values() for passage in passages]
    if old:
        StoredPassage.objects.filter(source__in=list(changed)).delete()
    insert_all([_row(source, passage) for source, passages in changed.items() for passage in passages])
    vocabulary.count(new=map(_words, new), old=map(_words, old))


def _stored(sources: Iterable[str]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for row in StoredPassage.objects.filter(source__in=list(sources)).order_by("pk"):
        found.setdefault(row.source, []).append(_passage(row))
    return found


def _row(source: str, passage: Passage) -> StoredPassage:
    return StoredPassage(
        source=source,
        group=passage.group,
        kind=passage.kind,
        url=passage.url,
        title=passage.title,
        heading=passage.heading,
        body=passage.body,
        areas=f"|{'|'.join(passage.areas)}|" if passage.areas else "",
        day=passage.day,
    )


def _passage(row: StoredPassage) -> Passage:
    return Passage(
        kind=row.kind,
        url=row.url,
        title=row.title,
        heading=row.heading,
        body=row.body,
        areas=tuple(row.areas.strip("|").split("|")) if row.areas else (),
        day=row.day,
        group=row.group,
    )


def _grouped(source: str, passage: Passage) -> Passage:
    return replace(passage, group=passage.group or source)


def _words(passage: Passage) -> frozenset[str]:
    return vocabulary.words_of(f"{passage.title} {passage.heading} {passage.body}")
