"""What a visitor typed, taken apart. Pure, and there is nothing that it refuses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tips.index.words import ASKING_WORDS, STOP_WORDS, clean, tokens

MOST_CHARACTERS = (
    500  # a visitor's message pasted whole; with 200, nDCG@10 on Medline's long questions falls from .71 to .69
)
MOST_WORDS = 40  # of which `match` takes the most telling
MOST_PHRASES = 12
A_QUESTION = 4  # words
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
PIECE = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')
HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")  # noqa: RUF001 - both are hyphens that phones type


@dataclass(frozen=True)
class Query:
    """words: any of them will do, without stop words unless there are no others.

    compounds: what hyphens add to them, "birddog" for "bird-dog"; "sit up" too, where "sit" alone is among the words.
    phrases: every one must stand in a passage. excluded: words and phrases none of which may stand in it.
    All are folded (lower case, no accents). text: the positive words in order, stop words included. raw: for showing.
    """

    raw: str
    text: str = ""
    words: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything that earns a passage its score."""
        return _distinct((*self.words, *self.compounds, *self.phrases))


def parse(q: str) -> Query:
    """At most the first 500 characters of `q`, up to the end of a word, and 40 words of them."""
    raw = _shortened(clean(q[: 4 * MOST_CHARACTERS].translate(QUOTES)))
    plain, phrases, excluded, text = [], [], [], []
    for minus, phrase, word in PIECE.findall(raw):
        found = tokens(phrase or word)
        if not found:
            continue
        if minus:
            excluded.append(" ".join(found))
            continue
        text += found
        if phrase:
            phrases.append(" ".join(found))
        else:
            plain.append(word)
    words = _telling([token for word in plain for token in tokens(word)])
    return Query(
        raw=raw,
        text=" ".join(text),
        words=words,
        compounds=_compounds(" ".join(plain), words),
        phrases=_distinct(phrases)[:MOST_PHRASES],
        excluded=_distinct(excluded)[:MOST_PHRASES],
    )


def correct_words(query: Query, corrections: Mapping[str, str]) -> Query:
    """The same query with whole words (or runs of words) put right: {"siatica": "sciatica"}."""
    if not corrections:
        return query
    wrong = sorted(corrections, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wrong))})(?!\w)", re.IGNORECASE)
    return parse(pattern.sub(lambda found: corrections.get(found[0].lower(), found[0]), query.raw))


def _shortened(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[: MOST_CHARACTERS + 1].rpartition(" ")[0] or text[:MOST_CHARACTERS]


def _telling(words: list[str]) -> tuple[str, ...]:
    telling = [word for word in words if word not in STOP_WORDS] or words
    about = [word for word in telling if word not in ASKING_WORDS] if len(words) >= A_QUESTION else []
    return _distinct(about or telling)[:MOST_WORDS]


def _compounds(plain: str, words: tuple[str, ...]) -> tuple[str, ...]:
    parts = [tokens(compound) for compound in HYPHENATED.findall(plain)]
    joined = ["".join(part) for part in parts if set(part) & set(words)]
    apart = [" ".join(part) for part in parts if 0 < len(set(part) & set(words)) < len(set(part))]
    return _distinct((*apart, *joined))[:MOST_PHRASES]


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
