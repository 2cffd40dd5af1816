"""What everybody can see of it: numbers by reason, never a name, never a number that points at somebody."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import text_of
from tips.cases.models import Case, Decision
from tips.moderation import flows
from tips.moderation.transparency import figures, merged

pytestmark = pytest.mark.django_db


def decline(many: int, reason: str) -> None:
    for _ in range(many):
        case = make.case_of(make.waiting_page())
        flows.decline(case=case, reason=reason, note="For Vik.", by=make.mina(), version=1, now=timezone.now())


def test_numbers_by_reason_and_no_names():
    decline(6, "off-topic")
    answer = Client().get("/transparency/")
    text = text_of(answer)
    assert "<td>it is not about backs, necks or living with pain</td><td>6</td>" in text
    assert "mina" not in text
    assert "For Vik" not in text
    assert not answer.cookies


def test_small_numbers_are_merged():
    decline(7, "off-topic")
    decline(2, "hate")
    decline(3, "test")
    said = figures(timezone.now())
    assert [(line.words, line.count) for line in said.reasons][-1] == ("other reasons", "5")
    assert "attacks people" not in text_of(Client().get("/transparency/"))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 9, "b": 6, "c": 2}, {"a": "9", "other reasons": "8"}),
        ({"a": 9, "b": 3, "c": 2}, {"a": "9", "other reasons": "5"}),
        ({"a": 2}, {"other reasons": "fewer than 5"}),
        ({"a": 5}, {"a": "5"}),
        ({}, {}),
    ],
    ids=["with the next larger", "together enough", "few even so", "enough", "none"],
)
def test_what_is_left_over_is_never_one_to_four(counts, told):
    assert {line.words: line.count for line in merged(counts)} == told


def test_what_was_undone_does_not_count():
    decline(6, "off-topic")
    flows.undo(decision=Decision.objects.latest("pk"), by=None, now=timezone.now())
    assert [line.count for line in figures(timezone.now()).reasons] == ["5"]


def test_the_share_overturned_is_told_once_it_points_at_nobody():
    def answered(action: str, many: int) -> None:
        for _ in range(many):
            Decision.objects.create(
                case=make.case("objection"), action=action, state_before="waiting", state_after="answered"
            )

    answered("overturn", 5)
    answered("uphold", 4)
    assert figures(timezone.now()).overturned == ""
    answered("uphold", 6)
    assert figures(timezone.now()).overturned == "33 %"


def test_how_long_it_took_is_measured():
    for number in range(3):
        case = make.case_of(make.waiting_page())
        Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timezone.timedelta(hours=3 + number))
        make.decide(case)
    assert "within about 4 hours" in text_of(Client().get("/transparency/"))


def test_the_house_rules_lead_there():
    words = (settings.CONTENT_DIR / "info" / "house-rules.md").read_text()
    assert "](/transparency/)" in words
