"""One word as somebody typed it, made plain, and without its ending."""

import re
import unicodedata

LONGEST_WORD = 40  # characters kept of one word
ENDINGS, LAST_LETTERS = ("ing", "ed", "es", "s"), "gds"
SHORTEST_STEM = 3  # letters that stay before an ending
NUMBER = "#"  # the stem of every number

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
WORD = re.compile(rf"[^\W\d_][^\W_]*(?:['{INVISIBLE}]+[^\W_]+)*|&|\d+(?:[.,]\d+)?")
UNSEEN = str.maketrans("", "", f"' {INVISIBLE}")  # a blank too: some single letters are written out as several words


def plain(word: str) -> str:
    """Lower case without apostrophes: "can't" is "cant", "it's" is "it", "I'll" is "i" (not "ill")."""
    if word.isascii() and word.isalpha():
        return word[:LONGEST_WORD].lower()
    word = unicodedata.normalize("NFKC", word[:LONGEST_WORD]).translate(QUOTES).lower().replace("&", "and")
    stem, apostrophe, ending = word.rpartition("'")
    if apostrophe and ending in {"s", "ll", "ve", "re", "d", "m"}:
        word = stem
    if word[0].isdigit():
        word = re.split(r"[.,]", word)[0]
    return word.translate(UNSEEN)


def stem(word: str) -> str:
    if word[0].isdigit():
        return NUMBER
    if word[-1] not in LAST_LETTERS or word.endswith("ss"):
        return word
    return next(
        (word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + SHORTEST_STEM), word
    )
