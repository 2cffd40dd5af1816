"""How old a reader must be: the grade of Kincaid and others, from sentences, words and syllables.

The formula: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, Derivation of New Readability Formulas
for Navy Enlisted Personnel, Research Branch Report 8-75, Naval Technical Training Command, 1975.
A grade of an American school; a reader's age is about five years more (grade 6: eleven years).
It sees length and nothing else: a good figure is no proof of a clear text, a bad one is a reason to look.
"""

import re
from dataclasses import dataclass

# A word with hyphens counts once, and so does a number.
WORD = re.compile(r"[A-Za-z]+(?:['’&-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
# A line (heading, list item, label) is a sentence, and so is what a full stop or a question mark closes.
END = re.compile(r"(?<=[.?])[\"”’')*_]*(?=\s)|\n")
VOWELS = re.compile(r"[aeiouy]+")
# A syllable is a group of vowels. To that a few rules of thumb, right for nine words in ten (see the test):
# an e that is not heard at the end (make, stages, asked, fatigue) or within (safely, sometimes, every) ...
SILENT_AT_THE_END = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouy][lr])e|(?<=[gq])ue|(?<![aeiouycgsxz])(?<![cs]h)(?<![^aeiouy][lr])es|(?<![aeiouytd])ed)$"
)
SILENT_WITHIN = re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|ful|fully|ment|less|where|times?)$)|(?<=^ev)e(?=ry)")
# ... and vowels side by side that are spoken apart (trial, period, quiet, usual, lying, idea).
APART = re.compile(
    r"(?<![tcs])ia|[tcs]ia(?![ln])|(?<![tcsgnlx])io|sio(?!n|us)|(?<![tcs])ie(?=n[ct])|i(?:et|um)"
    r"|(?<![qg])u(?:a|ou|et|el$|en)|[eo]ing$|ying$|eou|eop(?!l)|ea(?=s?$|t[ei]o?|ct)|soa"
)


def syllables(word: str) -> int:
    """At least 1. Capitals without a vowel (GP, NHS) are spelt out; of `e-mail` each part counts."""
    return sum(_of_a_part(part) for part in re.split(r"[&-]", word))


def _of_a_part(part: str) -> int:
    if part.isupper() and not VOWELS.search(part.lower()):
        return len(part)
    written = re.sub(r"['’]", "", part.lower())
    heard = SILENT_AT_THE_END.sub("", SILENT_WITHIN.sub("", written))
    return max(1, len(VOWELS.findall(heard)) + len(APART.findall(written)))


@dataclass(frozen=True)
class Measure:
    """The counts of a text. Those of several texts add up, so that a group can be measured as one."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables)

    @property
    def grade(self) -> float:
        """0 for an empty text; a very easy one can fall below 0."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def sentences(text: str) -> list[str]:
    """The parts that hold at least one word, without the space around them."""
    return [part.strip() for part in END.split(text) if WORD.search(part)]


def measure(text: str) -> Measure:
    found = [WORD.findall(sentence) for sentence in sentences(text)]
    words = [word for each in found for word in each]
    return Measure(len(found), len(words), sum(syllables(word) for word in words))


def without_labels(text: str) -> str:
    """The sentences of five words or more. Two words on a button are neither easy nor hard, and would hide the rest."""
    return "\n".join(sentence for sentence in sentences(text) if len(WORD.findall(sentence)) > 4)


def worst(text: str, count: int = 3) -> list[tuple[float, str]]:
    """The sentences of five words or more that are hardest to read: their grade and their words."""
    graded = [(measure(sentence).grade, sentence) for sentence in sentences(without_labels(text))]
    return sorted(graded, reverse=True)[:count]
