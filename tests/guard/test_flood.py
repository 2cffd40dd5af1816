"""A flood of programs (T30): slow now turns itself on, honest people are taken as before, and nothing is dropped."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.cases.models import Case, Kind, State
from tips.guard import duplicates, proof
from tips.guard.forms import UNPROVEN
from tips.guard.taking import NEWCOMERS
from tips.pages.models import Page
from tips.practice import pace
from tips.practice.current import site

pytestmark = pytest.mark.django_db

BOTS = 40
ADVERT = (
    "My back was broken for {} years until Doctor Miracle sent me his herbal mixture from https://pills{}.example/x"
)
STORY = "Walking twenty minutes every morning did more for my lower back than any chair or cushion ever has."


def bot(number: int) -> int:
    """Each from a network of its own, without a proof, into the hidden field as well."""
    client = Client(REMOTE_ADDR=f"203.0.{number}.9")
    said = make.story(title=f"Wonder {number}", story=ADVERT.format(number, number), website="x")
    return client.post("/share/", {**make.filled(client, "/share/"), **said}).status_code


def vik(title: str = "What a walk did") -> Case:
    client = Client(REMOTE_ADDR="198.51.100.7")
    said = make.filled(client, "/share/", **make.story(title=title, story=STORY))
    assert client.post("/share/", {**said, "proof": proof.find(said["form_token"])}).status_code == 303
    return Case.objects.get(revision__title=title)


def waits(count: int, *, hours: float = 0) -> None:
    opened = timezone.now() - timedelta(hours=hours)
    Case.objects.bulk_create(Case(kind=Kind.PAGE, opened_at=opened) for _ in range(count))


def look(capture) -> bool:
    with capture(execute=True):
        pace.look(timezone.now())
    return site().slow


@pytest.fixture
def small_queue(settings):
    settings.SLOW_FROM_WAITING, settings.SLOW_FROM_ARRIVALS = 20, 1000


def test_a_flood_is_kept_folded_and_told_and_an_honest_page_is_taken_t30(
    small_queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert {bot(number) for number in range(BOTS)} == {303}
        honest = vik()

    assert Page.objects.count() == BOTS + 1
    assert Case.objects.waiting().count() == BOTS + 1
    first = Case.objects.order_by("pk").first()
    folded = duplicates.folded(Case.objects.values_list("pk", flat=True))
    assert len(folded) == BOTS - 1
    assert set(folded.values()) == {first.pk if first else 0}
    assert honest.pk not in folded
    assert honest.signals == []
    assert all(UNPROVEN in case.signals for case in Case.objects.exclude(pk=honest.pk))
    assert look(django_capture_on_commit_callbacks)


def test_visitors_are_told_that_it_takes_longer_and_that_nothing_is_lost(django_capture_on_commit_callbacks, settings):
    settings.SLOW_FROM_WAITING = 3
    waits(3)
    assert "takes longer than usual" not in Client().get("/share/").content.decode()

    assert look(django_capture_on_commit_callbacks)

    page = make.page()
    for address in ("/share/", f"{page.get_absolute_url()}comment/", "/contact/"):
        shown = Client().get(address).content.decode()
        assert "takes longer than usual" in shown, address
        assert "no need to send it twice" in shown
    writer = Client()
    writer.post("/share/", make.filled(writer, "/share/", **make.story()))
    assert "takes longer than usual" in writer.get("/share/received/").content.decode()


def test_it_turns_itself_off_when_the_queue_is_read_and_does_not_flicker(
    small_queue, django_capture_on_commit_callbacks
):
    waits(19)
    assert not look(django_capture_on_commit_callbacks)
    waits(1)
    assert look(django_capture_on_commit_callbacks)
    read = Case.objects.waiting().values_list("pk", flat=True)
    Case.objects.filter(pk__in=list(read[:4])).update(state=State.PUBLISHED)
    assert look(django_capture_on_commit_callbacks)
    Case.objects.filter(pk__in=list(read[:1])).update(state=State.PUBLISHED)
    assert not look(django_capture_on_commit_callbacks)


def test_many_within_an_hour_are_a_rush_and_the_same_over_a_day_are_not(settings, django_capture_on_commit_callbacks):
    settings.SLOW_FROM_WAITING, settings.SLOW_FROM_ARRIVALS = 1000, 10
    waits(10, hours=2)
    assert not look(django_capture_on_commit_callbacks)
    waits(10)
    assert look(django_capture_on_commit_callbacks)


def test_looking_writes_nothing_while_nothing_changes(django_assert_num_queries):
    waits(3)
    pace.look(timezone.now())

    with django_assert_num_queries(1):
        pace.look(timezone.now())


def test_a_newcomers_fourth_page_of_a_day_is_taken_and_told(settings):
    settings.SLOW_FROM_ARRIVALS = 1000
    cases = [vik(f"Number {number}") for number in range(4)]

    assert [NEWCOMERS["share"] in case.signals for case in cases] == [False, False, False, True]


def test_a_newcomers_eleventh_reply_of_a_day_is_taken_and_told():
    page, client = make.page(), Client()
    address = f"{page.get_absolute_url()}comment/"
    for number in range(11):
        said = make.filled(client, address, text=f"It helped me too, time {number}.", consent="on", action="send")
        assert client.post(address, said).status_code == 303

    told = [NEWCOMERS["comment"] in case.signals for case in Case.objects.filter(kind=Kind.COMMENT).order_by("pk")]
    assert told == [False] * 10 + [True]


def test_one_link_is_no_reason_for_anything_and_two_are_told_not_refused():
    one, two = "Look at https://a.example today please.", "Look at https://a.example and https://b.example please."
    for story in (one, two):
        client = Client()
        assert client.post("/share/", make.filled(client, "/share/", **make.story(story=story))).status_code == 303

    first, second = Case.objects.order_by("pk")
    assert not any("link" in each for each in first.signals)
    assert "more than one link: b.example" in second.signals
