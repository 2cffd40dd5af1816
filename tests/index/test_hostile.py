"""Whatever is typed, into whatever field: an answer, and never more statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.index.texts import build, found
from tips.index.marking import mark
from tips.index.match import match
from tips.index.query import parse
from tips.index.spelling import correct, did_you_mean, known
from tips.index.suggest import suggest

HOSTILE = [
    "", " ", '"', '""', '"""', "'", "it's", "L4-L5", "foo AND", "AND", "NOT", "NEAR(", "NEAR(a b, 5)", "*", "a*", "-x",
    "--", "-", "(", ")", "((((", "^a", "title:x", "{title} : x", "a + b", "a:b:c", ":*", "&", "|", "!", "<->",
    "\\", "a\\", "%", "_", "%s", "%(x)s", "{}", "$1", ";", "'; DROP TABLE index_passage; --", "\x00", "a\x00b",
    "\u202e", "\u0301", "İstanbul ß ﬁ ½", "Ω≈ç√∫", "田中さん", "🙂🙂", "हिन्दी", "ﷺ", "1e5", "-7", "2.5", "http://a.b/c?d=e#f",
    "a <-> b", "\ud800", "a" * 5000, "a " * 5000, '"' * 5000, "-" * 5000, '-"' * 300,
    "<script>alert(1)</script>", "&amp;", "\n\r\t",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_every_way_in_answers(text: str):
    build()
    query = parse(text)
    with CaptureQueriesContext(connection) as queries:
        match(query, expansions=[text], kinds=frozenset({text}), area=text)
    assert len(queries) <= 2
    match(query, sort="newest")
    suggest(text)
    suggest(f"lower {text}")
    correct(text)
    did_you_mean(text)
    known(text)
    mark(text, query, [text])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "around", ["{}", "{}'", '"{}"', "({})", "{}*", "{}:", "^{}", "{}\\", "{}; --", "\x00{}", "{} AND"]
)
def test_signs_around_a_word_find_what_the_word_finds(around: str):
    build()
    assert found(around.format("sciatica")) == ["page:sciatica"]


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_answered(text: str, area: str):
    match(parse(text), expansions=[text], area=area)
    suggest(text)
    correct(text)


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(alphabet="abc \"'*-()+^:{}<>&|!\\%_AND.NEAR", max_size=60))
def test_any_text_in_the_languages_of_the_databases_is_answered(text: str):
    match(parse(text), expansions=[text], kinds=frozenset({text}))
    suggest(text)
