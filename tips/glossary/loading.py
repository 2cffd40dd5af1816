"""Terms and everyday words from `content/`: loaded as often as wanted, and what the owner changed since is kept.

A row remembers the digest of the entry it came from. While its own fields still give that digest, nobody has edited it.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tips.freshness.slots import bump
from tips.glossary.models import SynonymGroup, Term
from tips.glossary.passages import passage
from tips.glossary.words import GENERATION
from tips.index.passages import remove, store

TERM_FIELDS = ("slug", "name", "variants", "lay", "definition", "autolink")
DEFAULTS: dict[str, list[str]] = {"pages": []}
GROUP_FIELDS = ("lay", "means", "both", "pages")


@dataclass(frozen=True)
class Loaded:
    """`changed`: how many rows are new, different or gone; `kept`: names of what the owner's edits were kept of."""

    changed: int = 0
    kept: tuple[str, ...] = ()


@transaction.atomic
def load_terms() -> Loaded:
    """From `glossary.toml`, with what the search finds of them."""
    rows = {term.slug: term for term in Term.objects.all()}
    loaded, kept = [], []
    for entry in _entries("glossary.toml", "term", TERM_FIELDS):
        term, mark = rows.pop(entry["slug"], Term()), digest(entry)
        if term.loaded_digest == mark:
            continue
        if term.pk and is_edited(term, TERM_FIELDS):
            kept.append(term.name)
        else:
            _fill(term, entry)
            loaded.append(term)
        term.loaded_digest = mark
        term.save()
    dropped = [term for term in rows.values() if term.loaded_digest and not is_edited(term, TERM_FIELDS)]
    _index(loaded, dropped)
    return Loaded(len(loaded) + len(dropped), tuple(kept))


def _index(loaded: Sequence[Term], dropped: Sequence[Term]) -> None:
    for term in loaded:
        store(term.source_key, [passage(term)])
    for term in dropped:
        remove(term.source_key)
        term.delete()
    if loaded or dropped:
        transaction.on_commit(lambda: bump(GENERATION))


@transaction.atomic
def load_synonyms() -> Loaded:
    """From `synonyms.toml`. Entries have no names: one that changed replaces the one that is gone."""
    rows = {group.loaded_digest: group for group in SynonymGroup.objects.exclude(loaded_digest="")}
    entries = {digest(entry): entry for entry in _entries("synonyms.toml", "group", GROUP_FIELDS)}
    gone = [group for mark, group in rows.items() if mark not in entries]
    kept = [group for group in gone if is_edited(group, GROUP_FIELDS)]
    new = [SynonymGroup(**entry, loaded_digest=mark) for mark, entry in entries.items() if mark not in rows]
    SynonymGroup.objects.bulk_create(new)
    _keep_as_the_owners(kept)
    dropped = [group.pk for group in gone if group not in kept]
    SynonymGroup.objects.filter(pk__in=dropped).delete()
    if new or dropped:
        transaction.on_commit(lambda: bump(GENERATION))
    return Loaded(len(new) + len(dropped), tuple(map(str, kept)))


def _keep_as_the_owners(groups: Sequence[SynonymGroup]) -> None:
    """From now on they come from no file, and nobody is told of them again."""
    SynonymGroup.objects.filter(pk__in=[group.pk for group in groups]).update(loaded_digest="")


def digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def is_edited(row: Term | SynonymGroup, names: Iterable[str]) -> bool:
    own = {name: getattr(row, name) for name in names}
    without = {name: value for name, value in own.items() if name not in DEFAULTS or value != DEFAULTS[name]}
    return row.loaded_digest not in (digest(own), digest(without))  # `without`: loaded before the field came


def _fill(term: Term, entry: Mapping[str, Any]) -> None:
    for name, value in entry.items():
        setattr(term, name, value)


def _entries(file: str, table: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The tables of a file, with exactly these keys. Raises KeyError for one that is missing and has no default."""
    data = tomllib.loads((Path(settings.CONTENT_DIR) / file).read_text("utf-8"))
    return [
        {name: row[name] if name in row or name not in DEFAULTS else DEFAULTS[name] for name in names}
        for row in data[table]
    ]
