"""A piece is rendered once for the same values, knows nothing else, and is forgotten when anything went."""

from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe

from tests import make
from tips.freshness import pieces as module
from tips.freshness import slots
from tips.freshness.pieces import NotPlain, Pieces

TEMPLATE = Template("{{ words }}, {{ day|date:'F Y' }}{{ secret }}{{ request }}", name="a test")
VALUES = {"words": "Bend forward <slowly>", "day": date(2026, 11, 30)}
TEXT = "Bend forward &lt;slowly&gt;, November 2026"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pieces(clock) -> Pieces:
    return Pieces(clock)


@pytest.fixture
def of_the_site(monkeypatch) -> Pieces:
    monkeypatch.setattr(module, "pieces", Pieces())
    return module.pieces


def test_the_same_values_are_rendered_once_and_others_again(pieces):
    assert [pieces.of(TEMPLATE, {**VALUES}) for _ in range(3)] == [TEXT] * 3
    assert pieces.rendered == 1
    assert pieces.of(TEMPLATE, VALUES | {"day": date(2026, 12, 1)}).endswith("December 2026")
    assert pieces.of(Template("{{ words }}", name="another"), VALUES) == "Bend forward &lt;slowly&gt;"
    assert pieces.rendered == 3


def test_one_and_true_and_their_digit_are_three_things(pieces):
    template = Template("{{ it }}", name="one value")
    assert [pieces.of(template, {"it": it}) for it in (1, True, "1", ("1",), None)] == [
        "1", "True", "1", "(&#x27;1&#x27;,)", "None",
    ]  # fmt: skip


def test_what_may_stand_there_as_it_is_says_nothing_of_the_same_words_of_anybody(pieces):
    template = Template("{{ it }}", name="one value")
    for it, text in ((mark_safe("<b>"), "<b>"), ("<b>", "&lt;b&gt;"), (mark_safe("<b>"), "<b>")):
        assert pieces.of(template, {"it": it}) == text
    assert pieces.rendered == 2


@pytest.mark.django_db
@pytest.mark.parametrize("value", [[], {}, object(), 1.5, (1, ([],)), (mark_safe("<b>"),)])
def test_what_may_change_or_say_more_than_it_shows_is_refused(pieces, value):
    for each in (value, make.article()):
        with pytest.raises(NotPlain):
            pieces.of(TEMPLATE, {"words": each})
    assert pieces.kept == {}


def test_no_more_is_kept_than_a_megabyte_and_the_oldest_goes_first(pieces, monkeypatch):
    template = Template("{{ words }}", name="long")
    pieces.of(template, {"words": "a" * 100})
    monkeypatch.setattr(module, "MOST_BYTES", 3 * pieces.bytes)
    for letter in "bcd":
        pieces.of(template, {"words": letter * 100})
    assert [text[0] for text in pieces.kept.values()] == ["b", "c", "d"]
    assert pieces.bytes == sum(map(module.size, pieces.kept.values())) <= module.MOST_BYTES


@pytest.mark.parametrize(
    ("change", "renderings"),
    [
        (lambda: slots.bump("replies:1"), 2),
        (lambda: slots.bump("replies:1", only_came=True), 1),
        (slots.bump_everything, 2),
    ],
)
def test_all_are_forgotten_when_anything_went_and_not_when_something_only_came(pieces, change, renderings):
    pieces.of(TEMPLATE, VALUES)
    change()
    pieces.forget_what_went()
    assert len(pieces.kept) == 2 - renderings
    pieces.of(TEMPLATE, VALUES)
    assert pieces.rendered == renderings


def test_all_are_forgotten_after_a_minute_whatever_nobody_could_say(pieces, clock):
    pieces.of(TEMPLATE, VALUES)
    clock.now = 59.9
    pieces.forget_what_went()
    assert pieces.kept
    clock.now = 60.0
    pieces.forget_what_went()
    assert pieces.kept == {}
    assert pieces.bytes == 0


def test_a_template_says_it_as_an_inclusion_that_gets_nothing_else(of_the_site):
    said = Template('{% piece "ui/_breadcrumb.html" with here=title %}')
    texts = [said.render(Context({"title": title, "label": "secret", "href": "/secret/"})) for title in "AAB"]
    assert "secret" not in "".join(texts)
    assert texts[0] == texts[1] == texts[2].replace(">B<", ">A<")
    assert of_the_site.rendered == 2


@pytest.mark.parametrize("said", ['{% piece "ui/_breadcrumb.html" with here=1 only %}', "{% piece name with here=1 %}"])
def test_a_piece_has_a_fixed_name_and_no_only(said):
    with pytest.raises(TemplateSyntaxError):
        Template(said)
