"""What every sending asks and keeps, as SQL (docs/adr/0043, 0050).

Columns are named here: who renames one meets the tests of the guard.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tips.guard.models import Draft
from tips.sql.plain import day, rows, run

FEW, MOST = 20, 2000  # rows that are asked for at first, and then
TAKEN = "SELECT body_digest, receipt FROM guard_acknowledgement WHERE key_digest = %s"
# Each part's index has its rows in the order of `about`: a database merges the four and stops at the limit.
BY_PART = "SELECT about, twin, a, b, c, d FROM guard_fingerprint WHERE {part} = %s AND about > %s"
ALIKE = " UNION ALL ".join(BY_PART.format(part=part) for part in "abcd")
KEEP = """
INSERT INTO guard_draft (browser, form, sealed, nonce_digest, expires_on)
SELECT %s, %s, %s, %s, %s WHERE NOT EXISTS (SELECT 1 FROM guard_acknowledgement WHERE key_digest = %s)
ON CONFLICT (browser, form) DO UPDATE
SET sealed = excluded.sealed, nonce_digest = excluded.nonce_digest, expires_on = excluded.expires_on
"""


class Known(NamedTuple):
    """The fingerprint of case `about`, in its four parts."""

    about: int
    twin: int | None
    a: int
    b: int
    c: int
    d: int


def taken(key_digest: str) -> tuple[str, bytes] | None:
    """The digest of what was sent under this key, and its sealed receipt."""
    return next(((body, bytes(receipt)) for body, receipt in rows(TAKEN, key_digest)), None)


def alike(a: int, b: int, c: int, d: int) -> Iterator[Known]:
    """Those of which a part is the same, the first cases first; some more than once.

    Of a flood the first is enough: the other thousands are not fetched.
    """
    last = 0
    for limit in (FEW, MOST):
        found = rows(f"{ALIKE} ORDER BY about LIMIT {limit}", a, last, b, last, c, last, d, last)
        yield from map(Known._make, found)
        if len(found) < limit:
            return
        last = found[-1][0]


def keep_draft(draft: Draft, key_digest: str) -> bool:
    """In place of the one that this browser has of this form. False where the filling-in of this key was taken."""
    values = (draft.browser, draft.form, draft.sealed, draft.nonce_digest, day(draft.expires_on))
    return run(KEEP, *values, key_digest)
