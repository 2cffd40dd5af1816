"""Everybody can read the site: words on buttons and warnings at 9 to 11 years, articles at 13 or below."""

from functools import reduce
from operator import add

import pytest

from tests.house import site_texts
from tests.house.reading_age import Measure, measure, sentences, syllables, without_labels, worst

# An American grade and five years make an age. Of a text of a few words the grade says nothing.
GRADE_OF_ELEVEN_YEARS = 6
GRADE_OF_THIRTEEN_YEARS = 8
FEWEST_WORDS = 40

GROUPS = {
    "templates": site_texts.of_templates,
    "forms": site_texts.of_forms,
    "exercises": site_texts.of_exercises,
    "warning signs": site_texts.of_flags,
}


def grades(texts: dict[str, str]) -> dict[str, float]:
    """Of the files that are long enough to be measured."""
    measures = {name: measure(text) for name, text in texts.items()}
    return {name: found.grade for name, found in measures.items() if found.words >= FEWEST_WORDS}


def together(texts: dict[str, str]) -> float:
    return reduce(add, map(measure, texts.values()), Measure()).grade


def table(texts: dict[str, str], above: float) -> str:
    """The files above a grade, each with its hardest sentences."""
    hard = {name: grade for name, grade in grades(texts).items() if grade > above}
    rows = [
        f"{grade:6.1f}  {name}\n{hardest(texts[name])}"
        for name, grade in sorted(hard.items(), key=lambda each: -each[1])
    ]
    return "\n".join(["", " grade  file and its hardest sentences", *rows])


def hardest(text: str) -> str:
    return "\n".join(f"        {grade:5.1f}  {sentence}" for grade, sentence in worst(text))


@pytest.mark.parametrize("group", GROUPS)
def test_a_child_of_eleven_can_read_what_guides_and_what_warns(group):
    texts = GROUPS[group]()

    assert together(texts) <= GRADE_OF_ELEVEN_YEARS, table(texts, above=GRADE_OF_ELEVEN_YEARS)
    assert max(grades(texts).values()) <= GRADE_OF_THIRTEEN_YEARS, table(texts, above=GRADE_OF_THIRTEEN_YEARS)


@pytest.mark.parametrize("folder", ["articles", "info", "lessons"])
def test_a_child_of_thirteen_can_read_every_page(folder):
    texts = site_texts.of_pages(folder)

    assert max(grades(texts).values()) <= GRADE_OF_THIRTEEN_YEARS, table(texts, above=GRADE_OF_THIRTEEN_YEARS)


def test_the_formula_is_that_of_the_report():
    text = "The cat sat on the mat. It was a very comfortable mat."

    assert measure(text) == Measure(sentences=2, words=12, syllables=16)
    assert measure(text).grade == pytest.approx(0.39 * 12 / 2 + 11.8 * 16 / 12 - 15.59)
    assert measure("").grade == 0


def test_long_words_and_long_sentences_are_harder():
    plain = measure("Stop if your leg goes numb. Then ring your doctor.")
    latin = measure("Discontinue immediately if paraesthesia develops. Subsequently contact a physician.")
    joined = measure("Stop if your leg goes numb and then, as soon as you can get to it, ring your own doctor.")

    assert plain.grade < joined.grade < latin.grade
    assert plain.grade < 3 < 12 < latin.grade


def test_a_line_a_heading_and_a_label_are_sentences_and_a_decimal_point_is_not():
    assert sentences("Stop if\nyour leg goes numb\n\nRest for 2.5 hours. Is it better? Good") == [
        "Stop if",
        "your leg goes numb",
        "Rest for 2.5 hours.",
        "Is it better?",
        "Good",
    ]


COUNTED_BY_EAR = {
    1: "make bone spine asked used eased goes knees breathe shoes whole tongue queue don't bridge".split(),
    2: "table little muscle people stages places wanted safely million sometimes lying trial technique GP".split(),
    3: "everything area idea usual period visitor serious carefully opinion initial previous vigorous NHS".split(),
    4: "emergency operation sciatica experience diagnosis moderators continuous".split(),
    5: "inflammatory individual examination possibility".split(),
    6: "physiotherapist osteoporosis responsibility".split(),
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, words in COUNTED_BY_EAR.items() for word in words]
)
def test_syllables_are_counted_as_they_are_heard(count, word):
    assert syllables(word) == count


def test_a_word_with_a_hyphen_is_one_word_with_the_syllables_of_both():
    assert measure("your e-mail") == Measure(sentences=1, words=2, syllables=3)


def test_what_stands_on_a_button_is_left_out_where_sentences_are_asked_for():
    assert without_labels("Send\nYour own page\nYou can send this page now.") == "You can send this page now."


def test_only_what_is_seen_of_a_template_is_read():
    html = """{% comment %}For us alone.{% endcomment %}<p class="x">Write to <b>{{ owner }}</b>.</p>
    {% include "ui/_empty.html" with heading="Nobody yet" href="/share/" only %}<script>let x = 1</script>"""

    assert site_texts.visible(html) == "Write to it.\nNobody yet"


def test_the_table_names_the_file_and_its_hardest_sentences():
    texts = {
        "easy": "Go to bed now. " * 20,
        "hard": "Extraordinary circumstances necessitate professional evaluation. " * 20,
    }

    said = table(texts, above=8)

    assert "hard" in said
    assert "Extraordinary circumstances necessitate" in said
    assert "easy" not in said
