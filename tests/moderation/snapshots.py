"""Everything that a decision may touch, as one value: to be compared before and after."""

import hashlib
import json
from typing import Any

from tips.cases.models import Case
from tips.comments.models import Comment
from tips.index.models import StoredPassage, Word
from tips.outcomes.models import Outcome
from tips.pages.lists import Listed, PageArea
from tips.pages.models import Page, Revision
from tips.photos.models import Photo
from tips.receipts.models import Address

NOT_COMPARED = {
    Case: {"version"},
    Photo: {"folder"},
    StoredPassage: {"id"},
    Word: {"id"},
    PageArea: {"id"},
    Listed: {"id"},
    Outcome: {"id"},
}
COMPARED: tuple[Any, ...] = (
    Case, Page, PageArea, Listed, Outcome, Revision, Comment, Photo, Address, StoredPassage, Word,
)  # fmt: skip


def snapshot() -> dict[str, str]:
    """Table -> hash of its rows. Versions only ever grow, numbers of the index are its own, photos change folders."""
    return {model.__name__: _hash(model) for model in COMPARED}


def _hash(model: Any) -> str:
    skipped = NOT_COMPARED.get(model, ())
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in skipped]
    rows = sorted(json.dumps(row, default=_plain) for row in model.objects.values_list(*names))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
