"""Whatever staff do is in the log that only grows, in the same transaction, and without anybody's words."""

import pytest
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press
from tips.audit import log
from tips.audit.models import AuditEvent, ItemKey
from tips.cases.models import Conflict
from tips.moderation import flows
from tips.pages.flows import edit_page

pytestmark = pytest.mark.django_db


def logged() -> list[tuple[str, str, str, str]]:
    return list(AuditEvent.objects.order_by("seq").values_list("actor", "action", "object", "reason"))


def test_a_decision_and_its_undoing():
    mina, case = make.mina(), make.case_of(make.waiting_page())
    before = len(logged())
    decision = flows.decline(case=case, reason="off-topic", note="No.", by=mina, version=1, now=timezone.now())
    flows.undo(decision=decision, by=mina, now=timezone.now())
    who, what = f"staff:{mina.pk}", f"case:{case.pk}"
    assert logged()[before:] == [(who, "decline", what, "off-topic"), (who, "undo", what, "")]
    assert log.verify() is None


def test_a_decision_that_was_not_stored_is_not_logged():
    case = make.case_of(make.waiting_page())
    before = len(logged())
    with pytest.raises(Conflict):
        flows.publish(case=case, by=None, version=7, now=timezone.now())
    assert len(logged()) == before


def test_editing_the_sites_own_pages():
    page, olga = make.article(), make.olga()
    page.title = "Other exercises"
    edit_page(page=page, by=olga, today=make.TODAY, why="A slip")
    assert logged()[-1] == (f"staff:{olga.pk}", "edit", page.source_key, "A slip")


def test_answering_a_message():
    case = make.case("message")
    olga = make.olga()
    flows.deal_with_message(case=case, spam=True, by=olga, version=1, now=timezone.now())
    assert logged()[-1] == (f"staff:{olga.pk}", "spam", f"case:{case.pk}", "")


def test_no_words_are_kept_and_erasing_makes_the_digest_say_nothing():
    page, code = page_and_code(story="The quibblefish of my grandmother let my back go after ten minutes of rest.")
    case = make.case_of(page)
    row = AuditEvent.objects.get(object=f"case:{case.pk}")
    assert row.content
    assert "quibblefish" not in str(vars(row))
    assert ItemKey.objects.filter(object=f"case:{case.pk}").exists()
    press(opened(code), "erase")
    assert not ItemKey.objects.filter(object=f"case:{case.pk}").exists()
    assert log.verify() is None
