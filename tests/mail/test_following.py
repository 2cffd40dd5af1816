"""What a room adds to its mails: the letter is written once, what follows happens with the acceptance or not at all."""

from datetime import timedelta

from django.db import OperationalError

from tips.mail.errors import Temporary
from tips.mail.letters import Letter
from tips.mail.models import Delivery, State, Suppression
from tips.mail.sending import Purpose

LEASE = timedelta(minutes=10)


def write(_delivery, context):
    return Letter(**context)


def run_out(delivery):
    """The lease ends, by the clock of the database."""
    Delivery.objects.filter(pk=delivery.pk).update(lease_until="2020-01-01T00:00:00Z")


def test_a_letter_is_written_once_however_often_it_is_sent(compose, work, post, now):
    minted: list[str] = []

    def render(_delivery, _context):
        minted.append(f"secret{len(minted)}")
        return Letter("Your link", f"https://site.example/{minted[-1]}\n")

    compose()
    post.answers["ana@example.org"] = [Temporary("451")]
    work(purpose=Purpose(render))
    work(now + timedelta(minutes=5), purpose=Purpose(render))

    assert minted == ["secret0"]
    assert b"secret0" in post.taken[0].body


def test_what_follows_happens_with_the_acceptance(compose, work, now):
    followed = []
    delivery = compose()
    work(purpose=Purpose(write, lambda row, moment: followed.append((row.pk, row.state, moment))))

    assert followed == [(delivery.pk, State.ACCEPTED, now)]


def test_nothing_follows_a_refusal(compose, work, post, now):
    followed = []
    compose()
    post.answers["ana@example.org"] = [Temporary("451")]
    work(purpose=Purpose(write, lambda row, moment: followed.append(row)))

    assert followed == []


def test_if_what_follows_fails_the_mail_becomes_uncertain_and_the_others_go(compose, work, post, now):
    def fail_for_ana(row, moment):
        Suppression.objects.create(address_digest="written by the room", reason="", since=now)
        if row.pk == delivery.pk:
            raise LookupError

    delivery = compose("ana@example.org")
    compose("vik@example.org")
    purpose = Purpose(write, fail_for_ana)

    assert work(purpose=purpose) == 2
    delivery.refresh_from_db()
    assert delivery.state == State.SENDING
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == 1
    assert Suppression.objects.count() == 1

    run_out(delivery)
    work()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    Suppression.objects.all().delete()
    assert work(now + timedelta(minutes=10)) == 1
    assert [envelope.to for envelope in post.taken].count("ana@example.org") == 2
    assert len({envelope.body for envelope in post.taken if envelope.to == "ana@example.org"}) == 1


def test_a_render_that_fails_kills_its_mail_alone_and_undoes_what_it_wrote_m10(compose, work, post, now):
    def render(delivery, context):
        Suppression.objects.create(address_digest="written by the room", reason="", since=now)
        raise KeyError("name")

    delivery = compose()
    work(purpose=Purpose(render))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_code) == (State.DEAD, "render KeyError")
    assert not delivery.sealed_to
    assert not Suppression.objects.exists()


def test_poison_between_good_mails_stops_none_of_them_m10(compose, work, post):
    compose("ana@example.org")
    bad = [
        compose(context={"subject": "Two\r\nBcc: all@example.org", "text": "x"}),
        compose(context={"unknown": "field"}),
        compose("not an address"),
        compose("ü@example.org"),
        compose("a" * 65 + "@example.org"),
        compose(context={"subject": "x", "text": "x", "headers": {"Bcc": "all@example.org"}}),
    ]
    compose("vik@example.org")

    assert work() == 8

    assert [envelope.to for envelope in post.taken] == ["ana@example.org", "vik@example.org"]
    codes = {Delivery.objects.get(pk=row.pk).last_code for row in bad}
    assert codes == {"control character", "render TypeError", "address", "header name"}
    assert Delivery.objects.filter(state=State.DEAD).count() == len(bad)


def test_a_database_that_fails_while_rendering_is_not_the_letters_fault(compose, work, post):
    def render(delivery, context):
        raise OperationalError("database is locked")

    delivery = compose()
    try:
        work(purpose=Purpose(render))
    except OperationalError:
        delivery.refresh_from_db()

    assert delivery.state == State.LEASED
    run_out(delivery)
    assert work() == 1
    assert len(post.taken) == 1
