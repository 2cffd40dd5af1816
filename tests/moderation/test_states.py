"""T12: whatever moderators and authors do, in whatever order, no step is taken that the table does not know, and
nothing is public that nobody approved."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests import make
from tests.sharing.mine import STORY
from tips.audit import log
from tips.cases.models import STEPS, Action, Case, Conflict, Decision, NotAllowed, State
from tips.moderation import flows, objecting
from tips.pages.models import Page
from tips.receipts import store
from tips.sharing import mine_edits, mine_flows, mine_objecting

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("STATES", "6"))
APPROVING = {Action.PUBLISH, Action.EDIT}
OTHER = "Something else entirely, which nobody has read so far, number {}."


class OnePage(RuleBasedStateMachine):
    """Vik's page, moderators who press anything at any version, and Vik with the private code."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.now = timezone.now()
        self.page = make.waiting_page("Wheelbarrow morning", STORY)
        self.receipt, _code = store.issue(page=self.page, email="", today=make.TODAY)
        self.mina = make.mina()
        self.edits = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def newest(self) -> Case:
        return Case.objects.filter(revision__page=self.page).latest("pk")

    def common(self, stale: bool) -> dict[str, Any]:
        case = self.newest()
        return {"case": case, "by": self.mina, "version": case.version - stale, "now": self.now}

    def taken(self, act: Any, *, to: State | None = None, stale: bool = False, **said: Any) -> None:
        before = self.newest()
        try:
            with transaction.atomic():
                act(**self.common(stale), **said)
        except NotAllowed:
            assert to is None or to not in STEPS[before.state]
            assert self.newest().version == before.version
        except Conflict:
            assert stale
            assert self.newest().version == before.version
        else:
            assert not stale
            assert to in STEPS[before.state]
            assert self.newest().state == to

    @rule(stale=st.booleans())
    def publish(self, stale: bool) -> None:
        self.taken(flows.publish, to=State.PUBLISHED, stale=stale)

    @rule()
    def edit(self) -> None:
        if self.newest().state in {State.WAITING, State.CHANGES_ASKED}:
            self.taken(flows.edit_and_publish, to=State.PUBLISHED, title="Edited", source=STORY, note="")

    @rule(stale=st.booleans(), to=st.sampled_from([State.DECLINED, State.CHANGES_ASKED, State.HIDDEN, State.REMOVED]))
    def against(self, stale: bool, to: State) -> None:
        acts = dict(zip(AGAINST, (flows.decline, flows.ask_for_changes, flows.hide, flows.remove), strict=True))
        self.taken(acts[to], to=to, stale=stale, reason="hate", note="Words.")

    @rule(stale=st.booleans())
    def spam(self, stale: bool) -> None:
        self.taken(flows.mark_spam, to=State.SPAM, stale=stale)

    @rule(days=st.integers(0, 40))
    def undo(self, days: int) -> None:
        decision = self.newest().decisions.first()
        while decision and decision.action == Action.UNDO:
            decision = self.newest().decisions.filter(pk__lt=decision.undoes_id).first()
        if decision is None:
            return
        try:
            with transaction.atomic():
                flows.undo(decision=decision, by=self.mina, now=self.now + timedelta(days=days))
        except (NotAllowed, Conflict):
            return
        assert days < 30
        assert self.newest().state == decision.state_before

    @rule()
    def author_changes_it(self) -> None:
        self.edits += 1
        with transaction.atomic():
            try:
                mine_edits.edit_page(
                    receipt=self.receipt, title="Another", story=OTHER.format(self.edits), later=[], now=self.now
                )
            except (mine_edits.NotNow, ValueError):
                return

    @rule()
    def author_takes_it_down(self) -> None:
        mine_flows.withdraw(receipt=self.receipt, today=make.TODAY)

    @rule()
    def author_brings_it_back(self) -> None:
        mine_flows.come_back(receipt=self.receipt, today=make.TODAY)

    @precondition(lambda self: mine_objecting.contested(self.receipt) is not None)
    @rule(right=st.booleans())
    def author_objects(self, right: bool) -> None:
        said = mine_objecting.object_to_decision(receipt=self.receipt, text="No.", now=self.now)
        answer: dict[str, Any] = {
            "case": said.case,
            "note": "Looked at.",
            "by": self.mina,
            "version": 1,
            "now": self.now,
        }
        if right:
            objecting.overturn(**answer)
        else:
            objecting.uphold(**answer, reason="hate")

    @invariant()
    def what_is_public_was_approved(self) -> None:
        self.page = Page.objects.get(pk=self.page.pk)
        if not self.page.is_published:
            return
        shown = [case for case in Case.objects.filter(revision__page=self.page) if case.state == State.PUBLISHED]
        assert shown
        approved = Decision.objects.filter(case__in=shown, action__in=APPROVING, undone_by__isnull=True)
        assert approved.exists()
        assert "Something else entirely" not in self.page.source or approved.filter(
            case__revision__source=self.page.source
        )

    @invariant()
    def nothing_else_is_public(self) -> None:
        """Of one version alone, what readers have and how its case stands are the same thing."""
        states = list(Case.objects.filter(revision__page=self.page).values_list("state", flat=True))
        if len(states) == 1:
            assert Page.objects.get(pk=self.page.pk).is_published == (states[0] == State.PUBLISHED)


AGAINST = (State.DECLINED, State.CHANGES_ASKED, State.HIDDEN, State.REMOVED)


@pytest.mark.timeout(120 + 10 * EXAMPLES)
def test_no_sequence_of_steps_leads_where_none_may_t12():
    """`STATES=250 pytest -k t12` is the campaign: 250 times 20 steps."""
    few = settings(
        max_examples=EXAMPLES, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(OnePage, settings=few)
    assert log.verify() is None
