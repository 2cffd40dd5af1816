"""T38: the private code opens one page for twenty minutes, leaks nowhere, and cannot be guessed or told from others."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import STORY, opened, page_and_code, press, receipt_of, text_of
from tips.guard import buckets
from tips.receipts import store
from tips.receipts.codes import grouped, mint
from tips.receipts.models import PrivateCode, Receipt
from tips.sharing import mine_flows, mine_session

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="form_token" value="[^"]+"')


def test_one_code_opens_it_and_the_next_presses_need_none():
    _page, code = page_and_code()
    vik = opened(code)
    assert "Published" in text_of(vik.get("/mine/"))
    assert "Change your words" in text_of(press(vik, "edit"))
    assert "Change or remove your page</h1>" in text_of(Client().get("/mine/"))


def test_the_cookie_is_sealed_ends_with_the_session_and_goes_nowhere_else(settings):
    settings.SITE_IS_SECURE, settings.COOKIE_PREFIX = True, "__Host-"
    _page, code = page_and_code()
    answer = press(Client(), code=code)
    cookie = answer.cookies["__Host-manage"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert code not in cookie.value
    assert code not in bytes.fromhex(cookie.value).decode("latin-1")


def test_it_closes_after_twenty_minutes_or_when_its_owner_says_so():
    _page, code = page_and_code()
    vik = opened(code)
    request = vik.get("/mine/").wsgi_request
    now = timezone.now()
    assert mine_session.recall(request, now=now + timedelta(minutes=19))
    assert mine_session.recall(request, now=now + timedelta(minutes=21)) is None
    press(vik, "close")
    assert "Change or remove your page</h1>" in text_of(vik.get("/mine/"))


def test_words_typed_while_it_closed_are_kept_and_saved_with_the_code():
    page, code = page_and_code()
    vik = Client()
    closed = press(vik, "save", title="Wheelbarrow evening", story=STORY)
    assert closed.status_code == 422
    assert 'name="title" value="Wheelbarrow evening"' in text_of(closed)
    assert "the words that you typed are kept" in text_of(closed).lower()
    press(vik, "save", code=code, title="Wheelbarrow evening", story=STORY)
    page.refresh_from_db()
    assert page.title == "Wheelbarrow evening"


def codes_that_open_nothing() -> dict[str, str]:
    _page, rotated = page_and_code()
    store.rotate(receipt_of(rotated))
    _page, erased = page_and_code()
    mine_flows.erase(receipt=receipt_of(erased))
    return {"unknown": mint(), "rotated": rotated, "erased": erased, "mistyped": "A" * 25, "no code at all": "☂"}


def test_codes_that_open_nothing_are_answered_alike_t38(django_assert_num_queries, settings):
    settings.FORM_LIMITS = "code=50/60"
    bodies, asked = set(), {}
    for name, code in codes_that_open_nothing().items():
        data = make.filled(Client(), "/mine/", code=code)
        with django_assert_num_queries(1) as queries:
            answer = Client().post("/mine/", data)
        asked[name] = len(queries)
        assert (answer.status_code, dict(answer.cookies)) == (422, {}), name
        bodies.add(TOKEN.sub("", text_of(answer)).replace(code, "CODE"))
    assert len(bodies) == 1


def test_only_a_digest_is_stored_and_a_stolen_database_opens_nothing_t38():
    _page, code = page_and_code()
    stored = PrivateCode.objects.get(receipt=Receipt.objects.get()).digest
    assert code not in stored
    assert store.find(stored) is None
    assert press(Client(), code=stored[:26]).status_code == 422


def test_a_sixth_code_within_a_minute_is_told_to_wait_and_presses_are_not_counted_t38():
    _page, code = page_and_code()
    vik = opened(code)
    answers = [press(Client(), code=mint()).status_code for _ in range(6)]
    assert answers.count(429) >= 1
    locked = press(Client(), code=mint())
    assert (locked.status_code, 0 < int(locked["Retry-After"]) <= 60) == (429, True)
    for _ in range(8):
        assert press(vik, "search-off").status_code == 200


def test_many_wrong_codes_of_everybody_together_raise_an_alarm_without_any_code_t38(caplog):
    now = timezone.now()
    for _ in range(200):
        assert buckets.take("wrong-code", "everybody", now=now) == 0
    code = mint()
    press(Client(), code=code)
    assert any("many wrong private codes" in record.getMessage() for record in caplog.records)
    assert code not in caplog.text


def test_a_new_code_voids_every_earlier_one_and_the_browser_goes_on_with_it_t38():
    _page, code = page_and_code()
    receipt = receipt_of(code)
    mailed = store.new_code(receipt)
    vik, elsewhere = opened(code), opened(mailed)
    answer = press(vik, "rotate")
    new = answer.context["code"]
    assert new.replace("-", "") not in {code, mailed}
    assert "Published" in text_of(vik.get("/mine/"))
    assert "Change or remove your page</h1>" in text_of(elsewhere.get("/mine/"))
    assert [store.find(each) for each in (code, mailed)] == [None, None]
    assert store.find(new) == receipt


def test_no_address_of_the_page_carries_the_code_but_behind_the_hash_t38():
    _page, code = page_and_code()
    vik = opened(code)
    for answer in (vik.get("/mine/"), press(vik, "edit"), press(vik, "name-off")):
        places = re.findall(r'(?:href|action|src)="([^"]*)"', text_of(answer))
        assert [place for place in places if code in place.partition("#")[0]] == []
        assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        assert answer["Referrer-Policy"] == "same-origin"
    assert f'href="{site.SITE_URL}/mine/#{code}"' in text_of(vik.get("/mine/"))
    assert vik.get(f"/mine/?code={code}&action=erase").status_code == 200
    assert store.find(code), "nothing is done by GET"


def test_it_can_be_kept_as_a_picture_and_as_a_text_file():
    _page, code = page_and_code()
    vik = opened(code)
    assert '<svg class="qr"' in text_of(vik.get("/mine/"))
    file = press(vik, "link")
    assert file["Content-Disposition"] == 'attachment; filename="private-link.txt"'
    assert f"/mine/#{code}" in text_of(file)
    assert grouped(code) in text_of(file)


def test_a_press_is_answered_by_a_way_to_look_at_it_so_that_loading_again_presses_nothing():
    page, code = page_and_code(byline="Vik")
    vik = opened(code)
    answer = vik.post("/mine/", make.filled(vik, "/mine/", action="name-off"))
    assert (answer.status_code, answer["Location"]) == (303, "/mine/")
    assert "Your name is off" in text_of(vik.get("/mine/"))
    assert "Your name is off" not in text_of(vik.get("/mine/")), "said once"
    page.refresh_from_db()
    assert page.byline == ""


@pytest.mark.parametrize(
    "form", ["edit", "answers", "captions", "update", "object", "ask-letters", "ask-photo", "ask-erase"]
)
def test_its_forms_have_addresses_that_open_only_in_this_browser(form):
    page, code = page_and_code()
    vik = opened(code)
    answer = vik.post("/mine/", make.filled(vik, "/mine/", action=form))
    assert (answer.status_code, answer["Location"]) == (303, f"/mine/?show={form}")
    assert "How it stands" not in text_of(vik.get(answer["Location"]))
    assert "Change or remove your page</h1>" in text_of(Client().get(answer["Location"]))
    page.refresh_from_db()
    assert page.is_published


@pytest.mark.parametrize(("action", "words"), [("close", "closed on this computer"), ("erase", "It is gone")])
def test_leaving_is_said_once_and_the_cookie_goes(action, words):
    _page, code = page_and_code()
    vik = opened(code)
    assert words in text_of(press(vik, action))
    assert words not in text_of(vik.get("/mine/"))
    assert vik.cookies["manage"].value == ""


def test_the_form_of_another_site_changes_nothing_although_the_browser_has_it_open():
    page, code = page_and_code()
    vik = opened(code)
    data = make.filled(vik, "/mine/", action="erase")
    assert vik.post("/mine/", data, headers={"origin": "https://evil.example"}).status_code == 403
    assert vik.post("/mine/", {**data, "form_token": "made up"}).status_code == 422
    page.refresh_from_db()
    assert page.is_published


def test_an_old_code_is_explained_to_everybody_alike_and_without_script_there_is_a_hint():
    vik = Client()
    assert "<noscript><p>Type the code from your receipt here.</p></noscript>" in text_of(vik.get("/mine/"))
    wrong = text_of(press(vik, code="aaaa-aaaa"))
    assert "If you asked for a new code, the old one no longer works." in wrong
