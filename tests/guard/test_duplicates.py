"""Nearly the same words are known again for a month, honest stories are not taken for each other."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.guard import duplicates
from tips.guard.duplicates import fingerprint, near
from tips.guard.models import Fingerprint
from tips.guard.skeleton import plain
from tips.sharing.mine_flows import _forget

ADVERT = (
    "Dear friend, my back was broken for {} years until I met Doctor Miracle, who sent me the herbal mixture from his "
    "shop at https://pills{}.example/buy and within days all my pain was gone, so write to him now at once."
)
STORIES = [
    "I bent forward over the kitchen table and it let go. Ten minutes later I could stand up straight again.",
    "I bent forward in the shower and it seized. Ten days later I could still not stand up straight again.",
    "Walking twenty minutes every morning did more for my lower back than any chair or cushion ever has.",
    "After my second child my lower back hurt for months. Bridges and short walks got me lifting her again.",
    "Nobody told me that a scan can look awful while you feel fine. That sentence alone changed how I moved.",
]


def noted(text: str, about: int) -> int | None:
    print_ = fingerprint(text)
    twin = duplicates.twin_of(print_)
    duplicates.note(about, print_, twin=twin, today=make.TODAY)
    return twin


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: f"  {text}!!",
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("a", "\u0430"),
        lambda text: text.replace("a", "\u0430").replace(" ", "\r\n"),
    ],
)
def test_dress_numbers_and_links_make_no_other_words_of_it(change):
    one, other = fingerprint(ADVERT.format(3, 17)), fingerprint(change(ADVERT.format(12, 945)))

    assert one is not None
    assert other is not None
    assert near(one, other)


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t", "\x0b", "\x85", "\u2028", "\u00a0"])
@pytest.mark.parametrize("written", ["A café{}and a walk", "A cafe{}und ein Spaß", "A \u0441afe{}and a walk"])
def test_what_parts_two_words_parts_them_in_any_script(written, gap):
    assert plain(written.format(gap)).split() == plain(written.format(" ")).split()


def test_honest_stories_are_not_taken_for_each_other():
    prints = [fingerprint(story) for story in STORIES]

    assert not any(near(one, other) for at, one in enumerate(prints) for other in prints[:at])


def test_a_few_words_of_thanks_are_everybodys():
    assert fingerprint("Thank you, this helped me.") is None


@pytest.mark.django_db
def test_all_that_come_later_point_at_the_first():
    assert noted(STORIES[0], 10) is None
    assert noted(ADVERT.format(1, 1), 11) is None
    assert [noted(ADVERT.format(each, each), each) for each in (12, 13, 14)] == [11, 11, 11]
    assert duplicates.folded([10, 11, 12, 14]) == {12: 11, 14: 11}


@pytest.mark.django_db
@pytest.mark.parametrize("bits", [(0, 1, 2), (0, 20, 40), (15, 16, 63), (5, 37, 53)])
def test_wherever_three_bits_differ_it_is_found_and_with_four_it_is_not(bits):
    noted(STORIES[0], 10)
    print_ = fingerprint(STORIES[0])
    assert print_ is not None
    for bit in bits:
        print_ ^= 1 << bit
    assert duplicates.twin_of(print_) == 10
    print_ ^= 1 << 30
    assert duplicates.twin_of(print_) is None


@pytest.mark.django_db
def test_it_is_found_in_one_query_among_many(django_assert_num_queries):
    for number in range(300):
        Fingerprint.objects.create(about=1000 + number, a=number, b=number, c=number, d=number, made_on=make.TODAY)
    noted(STORIES[2], 5)

    with django_assert_num_queries(1):
        assert duplicates.twin_of(fingerprint(STORIES[2])) == 5


@pytest.mark.django_db
def test_a_fingerprint_goes_after_a_month_or_with_the_words():
    noted(STORIES[0], 10)
    noted(STORIES[1], 11)

    duplicates.forget(10)
    assert list(Fingerprint.objects.values_list("about", flat=True)) == [11]
    assert duplicates.purge(today=make.TODAY + timedelta(days=30)) == 0
    assert duplicates.purge(today=make.TODAY + timedelta(days=31)) == 1


@pytest.mark.django_db
def test_the_second_of_two_pages_says_whose_words_it_has_and_is_kept():
    for _ in range(2):
        vik = Client()
        assert vik.post("/share/", make.filled(vik, "/share/", **make.story(story=STORIES[3]))).status_code == 303
    first, second = Case.objects.order_by("pk")

    assert f"the same words as case {first.pk}" in second.signals
    assert duplicates.folded([first.pk, second.pk]) == {second.pk: first.pk}


@pytest.mark.django_db
def test_erasing_a_page_forgets_what_its_words_are_known_by():
    vik = Client()
    vik.post("/share/", make.filled(vik, "/share/", **make.story(story=STORIES[3])))
    assert Fingerprint.objects.count() == 1

    _forget(Case.objects.get())

    assert Fingerprint.objects.count() == 0
