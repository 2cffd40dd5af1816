"""Mina reads what the author will read, before it is sent; and what is stored says why."""

import pytest

from tests import make
from tests.sharing.mine import page_and_code, text_of
from tips.cases.models import Case, Decision
from tips.cases.reasons import Reason, way_on
from tips.cases.statements import statement
from tips.moderation.letters import decided_text

pytestmark = pytest.mark.django_db


def look(case, step, **over):
    said = {"look": step, "version": case.version, "reason": "personal-data-other", "note": "", **over}
    return make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", said)


@pytest.mark.parametrize("step", ["ask", "decline"])
def test_the_letter_is_shown_and_nothing_is_decided(step):
    page, _code = page_and_code(public=False, email="vik@example.org")
    case = make.case_of(page)
    answer = look(case, step)
    assert answer.status_code == 200
    assert "details by which strangers could find somebody else" in text_of(answer)
    assert "leave out other people" in text_of(answer)
    assert Decision.objects.count() == 0


def test_canned_words_can_be_changed_and_are_what_is_sent():
    page, _code = page_and_code(public=False, email="vik@example.org")
    case = make.case_of(page)
    assert "Only the surname, please." in text_of(look(case, "decline", note="Only the surname, please."))
    make.signed_in(make.mina()).post(
        f"/moderation/{case.pk}/",
        {"action": "decline", "version": 1, "reason": "personal-data-other", "note": "Only the surname, please."},
    )
    decision = case.decisions.get()
    assert "Only the surname, please." in decided_text(decision)
    assert way_on(Reason.PERSONAL_OTHER) not in decided_text(decision)


def test_without_a_reason_there_is_no_letter():
    case = make.case_of(make.waiting_page())
    assert look(case, "decline", reason="").status_code == 422
    assert look(case, "decline", reason="nonsense").status_code == 422


def test_the_statement_of_reasons_is_whole():
    case = make.case_of(make.waiting_page(flags=["cauda-equina"]))
    Case.objects.filter(pk=case.pk).update(signals=["sent within 3 seconds"])
    make.signed_in(make.mina()).post(
        f"/moderation/{case.pk}/",
        {"action": "decline", "version": 1, "reason": "off-topic", "note": "It is about knees."},
    )
    said = statement(case.decisions.get())
    assert said["action"] == "decline"
    assert said["about"] == "page"
    assert said["code"] == "off-topic"
    assert said["note"] == "It is about knees."
    assert "sent within 3 seconds" in said["helped"]
    assert len(said["helped"]) == 2
    assert "private link" in said["how_to_object"]
    assert said["day"]
