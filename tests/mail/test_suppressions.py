"""Scenario 15, as far as it is mail: who left stays away from imports, whatever else was erased."""

from datetime import timedelta

from tips.mail import outbox, suppressions
from tips.mail.models import Delivery, Suppression

ANA, VIK = "ana@example.org", "vik@example.org"


def test_an_import_brings_nobody_back_who_left_m15(db, now):
    outbox.suppress(ANA, suppressions.LEFT, now, scope="course")
    outbox.suppress("gone@example.org", "5.1.1", now)
    Delivery.objects.all().delete()

    listed = [" Ana@Example.org", VIK, "gone@example.org"]
    assert suppressions.importable(listed, scope="course") == [VIK]
    assert suppressions.importable(listed, scope="letters") == [" Ana@Example.org", VIK]


def test_who_left_one_list_still_gets_other_mail_m15(compose, work, post, now):
    outbox.suppress(ANA, suppressions.LEFT, now, scope="course")
    compose(ANA)
    work()

    assert [envelope.to for envelope in post.taken] == [ANA]


def test_who_asks_again_is_welcome_and_who_complained_is_let_be_m15(db, now):
    outbox.suppress(ANA, suppressions.LEFT, now, scope="course")
    outbox.suppress(VIK, suppressions.COMPLAINT, now)
    outbox.lift(ANA, scope="course")
    outbox.lift(VIK)

    assert not outbox.is_suppressed(ANA, scope="course")
    assert outbox.is_suppressed(VIK)


def test_an_address_that_bounced_is_tried_again_after_ninety_days_m14(db, now):
    outbox.suppress(ANA, "5.1.1", now)
    outbox.suppress(VIK, suppressions.COMPLAINT, now)

    for email in (ANA, VIK):
        outbox.try_again(email, now + timedelta(days=89))
    assert outbox.is_suppressed(ANA)
    for email in (ANA, VIK):
        outbox.try_again(email, now + timedelta(days=90))
    assert not outbox.is_suppressed(ANA)
    assert outbox.is_suppressed(VIK), "after a complaint, never"


def test_no_address_can_be_read_from_it_m15(db, now):
    outbox.suppress(ANA, suppressions.LEFT, now, scope="course")

    assert "ana" not in repr(list(Suppression.objects.values_list())).lower()
