"""In how many passages each word stands, kept up to date by every write. The counts serve rank, growth and spelling."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from django.db import connection

from tips.index.models import Word
from tips.index.slips import sound
from tips.index.stemming import stem
from tips.index.words import tokens

EVERY = ""  # stands in every passage: its count is their number
LONGEST = 40  # characters; longer "words" are addresses and noise
SPELLED = re.compile(r"[^\W\d_]{3,30}")  # words whose spelling can be wrong
FORM_LETTERS = 7  # SymSpell's prefix: what comes after is compared, not stored

UPSERT = (
    "INSERT INTO index_word (word, stem, df) VALUES (%s, %s, %s)"
    " ON CONFLICT (word) DO UPDATE SET df = index_word.df + excluded.df"
)

ADD_FORM = "INSERT INTO index_spelling (form, word_id) VALUES (%s, %s)"


def words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if len(word) <= LONGEST) | {EVERY}


def count(new: Iterable[frozenset[str]], old: Iterable[frozenset[str]]) -> None:
    """Passages with these words have come and gone. Inside the transaction that stores them."""
    change = Counter(word for words in new for word in words)
    change.subtract(Counter(word for words in old for word in words))
    changed = {word: by for word, by in sorted(change.items()) if by}
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [(word, stem(word), by) for word, by in changed.items()])
    if gone := [word for word, by in changed.items() if by < 0]:
        Word.objects.filter(word__in=gone, df__lte=0).delete()
    _spell({word: by for word, by in changed.items() if by > 0})


def frequencies(stems: Iterable[str]) -> dict[str, int]:
    """Passages by stem, an estimate from above, and under EVERY the number of all. One query."""
    wanted = sorted({EVERY, *stems})
    places = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stem, SUM(df) FROM index_word WHERE stem IN ({places}) GROUP BY stem", wanted)
        found = {stem: int(df) for stem, df in cursor.fetchall()}
    total = found.get(EVERY, 0)
    return {word: min(found.get(word, 0), total) for word in wanted}


def forms(word: str) -> frozenset[str]:
    """The beginning of the word, whole and with one letter left out, from five letters on also with two; its sound."""
    start = word[:FORM_LETTERS]
    most = 1 if len(word) < 5 else 2
    gaps = (gap for size in range(most + 1) for gap in combinations(range(len(start)), size))
    spelled = ("".join(letter for at, letter in enumerate(start) if at not in gap) for gap in gaps)
    return frozenset((*spelled, f"~{sound(word)}"[:FORM_LETTERS]))


def _spell(added: Mapping[str, int]) -> None:
    """Forms for the words that were not there before."""
    spelled = [word for word in added if SPELLED.fullmatch(word)]
    if not spelled:
        return
    places = ", ".join(["%s"] * len(spelled))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, word, df FROM index_word WHERE word IN ({places}) ORDER BY id", spelled)
        fresh = [(pk, word) for pk, word, df in cursor.fetchall() if df == added[word]]
        cursor.executemany(ADD_FORM, [(form, pk) for pk, word in fresh for form in sorted(forms(word))])
