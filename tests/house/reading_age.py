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
# A line (heading, list item, label) ends a sentence, and so does a full stop, a question mark or a colon in it.
END = re.compile(r"[.?:][\"”’')*_]*(?=\s|$)|\n")
# Syllables are groups of vowels, but for these. Checked against a list in test_reading_age.py: close, not perfect.
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[a-z])(?:(?<![lr])e|(?<=[aeiour])[lr]e|(?<=[aeioul])le|(?<=[aeiouy])re|(?<![cgsxz])es|(?<![td])ed)$")
SILENT_WITHIN = re.compile(r"(?<=[a-z][a-z])(?<=[^aeiouy])e(?=(?:ly|ful|ment|less|where)$)")
APART = re.compile(r"i(?:a|o|u)(?!n$|ns$|us|u)|i(?:et|um|us)|(?<![qg])u(?:a|e[lnt]|o)|[eo]ing$|[aeouy]ying$|[aeo]o[nr]?i|rea(?=te|ct)")
JOINED = re.compile(r"(?:[tcs]ia)(?=l|n)|[tcsg]io(?=us|n)|[aeo]u(?=i)")


@dataclass(frozen=True)
class Measure:
    """The counts of a text. Those of several texts add up, so that a group can be measured as one."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        sentences, words = self.sentences + other.sentences, self.words + other.words
        return Measure(sentences, words, self.syllables + other.syllables)

    @property
    def grade(self) -> float:
        """0 for an empty text; easy texts can fall below 0."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
