"""Ana opens her course with the code from a lesson; a cookie keeps it open for a while."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.course.mailbox import hidden_token, link_of
from tips.course import doing
from tips.course.models import Enrolment, State
from tips.guard import passes

ME = "/course/me/"


@pytest.fixture
def today(monkeypatch, now):
    for module in ("tips.guard.forms", "tips.course.me_views"):
        monkeypatch.setattr(f"{module}.timezone.now", lambda: now)


@pytest.fixture
def code(enrol):
    return link_of(enrol(), ME).partition("#")[2]


@pytest.fixture
def opened(code, fill_in, today, client):
    assert fill_in(ME, {"code": code})["Location"] == ME
    return client


def press(client, action, **more):
    return client.post(ME, {"action": action, **more})


def test_the_code_shows_what_was_sent_and_what_is_to_come(opened):
    page = opened.get(ME).content.decode()
    assert "You have read one of eight lessons. The next letter comes on Thursday 7 May." in page
    assert page.count("sent on <time") == 1
    assert page.count('class="later"') == 7
    assert "ana@example.org" not in page


def test_the_door_is_shut_without_a_code_and_after_twenty_minutes(opened, client, monkeypatch, now):
    assert "Open my course" in client.__class__().get(ME).content.decode()
    later = now + timedelta(minutes=21)
    monkeypatch.setattr("tips.course.me_views.timezone.now", lambda: later)
    assert "Open my course" in opened.get(ME).content.decode()
    assert press(opened, "leave").status_code == 422
    assert Enrolment.objects.get().state == State.ACTIVE


def test_the_cookie_says_nothing_and_ends_with_the_browser(code, fill_in, today):
    cookie = fill_in(ME, {"code": code}).cookies["pass-course"]
    assert code not in cookie.value
    assert code not in bytes.fromhex(cookie.value).decode("latin-1")
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Strict")


def test_a_pass_for_something_else_opens_nothing(code, client, now, today):
    answer = client.get(ME)
    passes.grant(answer, "course-asked", code, now=now)
    client.cookies["pass-course"] = answer.cookies["pass-course-asked"].value
    assert "Open my course" in client.get(ME).content.decode()


def test_its_button_stops_the_course_and_shuts_the_page(opened):
    assert press(opened, "leave")["Location"] == "/course/left/"
    assert Enrolment.objects.get().state == State.UNSUBSCRIBED
    assert "Open my course" in opened.get(ME).content.decode()


@pytest.mark.parametrize("action", sorted(doing.ACTIONS))
def test_05_no_button_is_pressed_by_looking(action, opened):
    before = Enrolment.objects.values().get()
    for _ in range(3):
        assert opened.get(f"{ME}?action={action}&wanted=yes", headers={"Purpose": "prefetch"}).status_code == 200
        assert opened.head(f"{ME}?action={action}").status_code == 200
    assert Enrolment.objects.values().get() == before


@pytest.mark.parametrize("action", sorted(doing.ACTIONS))
def test_a_page_elsewhere_presses_no_button(action, opened):
    before = Enrolment.objects.values().get()
    answer = opened.post(ME, {"action": action}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert Enrolment.objects.values().get() == before


@pytest.mark.parametrize("action", sorted(doing.ACTIONS))
def test_every_button_leads_on_and_none_breaks(action, opened):
    for state in (State.ACTIVE, State.PAUSED, State.COMPLETED, State.UNSUBSCRIBED):
        Enrolment.objects.exclude(state=State.ERASED).update(state=state)
        assert opened.get(ME).status_code == 200
        assert press(opened, action).status_code in {303, 422}


@pytest.mark.parametrize("typed", ["", "wrong", "\x00", "\u202eolleh", "x" * 5_000, "<b>"])
def test_a_wrong_code_gets_a_kind_answer(typed, code, fill_in, today):
    answer = fill_in(ME, {"code": typed})
    assert answer.status_code == 422
    assert "Stop the course" not in answer.content.decode()


def test_trying_many_codes_is_slowed_down(client, db):
    token = hidden_token(client.get(ME).content.decode())
    answers = [client.post(ME, {"form_token": token, "code": f"guess-{n}"}) for n in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_confirmation_link_does_not_open_it(ask, mailbox, lessons, fill_in, now, today):
    ask()
    (letter,) = mailbox.work(now)
    assert fill_in(ME, {"code": link_of(letter, "/course/confirm/").split("/")[-2]}).status_code == 422


def test_a_lesson_is_read_on_the_web_and_its_question_answered(opened):
    page = f"{ME}lessons/story-and-safety-first/"
    shown = opened.get(page).content.decode()
    assert "Why the story comes first" in shown
    assert "hours count" not in shown
    wrong = opened.post(page, {"answer": "1"}).content.decode()
    assert "hours count" in wrong
    right = opened.post(page, {"answer": "2"}).content.decode()
    assert "Somebody else should drive" in right
    assert opened.post(page, {}).status_code == 422
    assert "/share/?kind=experience&amp;about=pain-map-and-score" in shown


def test_a_question_without_a_choice_asks_for_one(opened):
    """A browser that runs no script sends an empty form."""
    answer = opened.post(f"{ME}lessons/story-and-safety-first/", {})
    assert answer.status_code == 422
    assert "Please choose one." in answer.content.decode()


def test_a_button_that_changed_nothing_says_so_and_does_not_look_like_success(opened):
    page = opened.get(press(opened, "resume")["Location"]).content.decode()
    assert '<div class="notice" role="status"><p>That did not fit any more.' in page
    page = opened.get(press(opened, "now")["Location"]).content.decode()
    assert '<div class="notice" role="status"><p>Not yet: leave half a day' in page


def test_a_lesson_asked_for_at_once_is_on_its_way(opened, now):
    Enrolment.objects.update(last_at=now - timedelta(hours=13))
    page = opened.get(press(opened, "now")["Location"]).content.decode()
    assert "The next letter is on its way." in page


def test_the_way_to_begin_again_and_to_stop_are_there_while_there_is_something_to_stop(opened):
    page = opened.get(ME).content.decode()
    assert 'value="restart"' in page
    assert page.index('value="flare-up"') < page.index('id="lessons"'), "what helps on a bad day comes first"
    Enrolment.objects.update(state=State.SUPPRESSED)
    page = opened.get(ME).content.decode()
    assert 'value="leave"' not in page
    assert 'value="letters"' not in page
    assert 'value="erase"' in page
    assert 'href="/course/"' in page


def test_a_lesson_to_come_is_not_there_yet_and_none_is_for_strangers(opened, client):
    assert opened.get(f"{ME}lessons/moving-range-and-pain-response/").status_code == 404
    assert opened.get(f"{ME}lessons/never-was/").status_code == 404
    stranger = client.__class__()
    for path in ("lessons/story-and-safety-first/", "everything.json"):
        assert stranger.get(ME + path)["Location"] == ME


def test_a_copy_of_everything_is_given_and_names_no_machine(opened, enrol):
    told = json.loads(opened.get(f"{ME}everything.json").content)
    assert told["address"] == "ana@example.org"
    assert told["lessons"][0] == {
        "lesson": "Story and safety first", "run": 1, "sent on": "2026-05-04", "skipped": False,
    }  # fmt: skip
    assert [each["what"] for each in told["agreed and withdrawn"]] == ["requested", "confirmed"]
    assert timezone.now().isoformat()[:4] not in told["plan"]


def test_the_same_can_be_read_in_words(opened, client):
    page = opened.get(f"{ME}everything/").content.decode()
    for words in (
        "ana@example.org", "weekdays: Monday, Tuesday", "Story and safety first: sent on 2026-05-04",
        "requested on /course/: “I would like the eight lessons by e-mail.", "wants letters: no",
    ):  # fmt: skip
        assert words in page
    assert client.__class__().get(f"{ME}everything/")["Location"] == ME


def test_a_bad_plan_comes_back_as_it_was_filled_in(opened):
    answer = press(opened, "plan", pace="2", weekdays=["9"], hours="9-12", zone="Mars/Olympus")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mars/Olympus" in page
    assert "I do not know this time zone" in page
    assert press(opened, "pause", until="2020-01-01").status_code == 422
    assert press(opened, "pause", until="soon").status_code == 422


def test_the_page_asks_the_database_as_often_for_eight_lessons_as_for_two(opened, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        opened.get(ME)
