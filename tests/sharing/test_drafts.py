"""T08: what Vik has begun to write comes back after anything, and only in his browser."""

import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from tests import make
from tips.guard import drafts
from tips.guard.models import Draft
from tips.keys import sealing
from tips.pages.models import Page
from tips.sharing import drafting

pytestmark = pytest.mark.django_db

WORDS = "After pushing a wheelbarrow my lower back seized"


def begun(client: Client, **over):
    """Vik types, and the page saves; he closes the tab without pressing anything."""
    data = make.filled(client, "/share/", **make.story(consent="", **over))
    return client.post("/share/draft/", data)


def test_what_was_typed_comes_back_with_a_line_that_says_so_t08():
    vik = Client()
    assert begun(vik, areas=["lower-back"], tried=["walking"], pain_before="7").status_code == 204
    text = vik.get("/share/").content.decode()
    assert "We kept what you wrote" in text
    assert WORDS in text
    form = vik.get("/share/").context["form"]
    assert (form["areas"].value(), form["tried"].value(), form["pain_before"].value()) == (
        ["lower-back"],
        ["walking"],
        "7",
    )


def test_nobody_else_gets_it_and_the_form_of_a_stranger_is_empty_t08():
    begun(Client())
    stranger = Client().get("/share/")
    assert WORDS not in stranger.content.decode()
    assert not stranger.cookies


def test_the_database_alone_can_neither_read_a_draft_nor_find_it_t08():
    vik = Client()
    begun(vik, email="vik@example.org")
    row = Draft.objects.get()
    kept = " ".join(map(str, Draft.objects.values_list().get())) + repr(bytes(row.sealed))
    assert "wheelbarrow" not in kept
    assert "vik@example.org" not in kept
    key, secret = vik.cookies["draft"].value.split(".")
    assert key not in kept
    assert secret not in kept
    with pytest.raises(sealing.Unreadable):
        sealing.unseal_with(b"another secret", bytes(row.sealed))
    assert WORDS in json.loads(sealing.unseal_with(secret.encode(), bytes(row.sealed)))["story"][0]


def test_the_cookie_is_for_the_server_alone_and_outlives_the_browser():
    vik = Client()
    begun(vik)
    cookie = vik.cookies["draft"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 7 * 24 * 3600


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "\x00", f"{'a' * 22}.{'b' * 43}", "a" * 4000])
def test_a_made_up_cookie_opens_nothing(cookie):
    begun(Client())
    vik = Client()
    vik.cookies["draft"] = cookie
    assert WORDS not in vik.get("/share/").content.decode()


def test_a_form_that_was_open_too_long_says_so_and_can_be_sent_t08():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    with patch("tips.guard.tokens.VALID_FOR", timedelta(seconds=-1)):
        assert vik.post("/share/draft/", data).status_code == 204
        answer = vik.post("/share/", data)
    assert answer.status_code == 422
    assert "open for a long time" in answer.content.decode()
    again = make.filled(vik, "/share/", **make.story())
    assert again["form_token"] != data["form_token"]
    assert vik.post("/share/", again).status_code == 303


def test_checking_keeps_it_too_for_browsers_without_script():
    vik = Client()
    vik.post("/share/", make.filled(vik, "/share/", **make.story(action="check")))
    assert "We kept what you wrote" in Client(headers={"cookie": cookie_of(vik)}).get("/share/").content.decode()


def test_what_was_refused_is_kept_as_well():
    vik = Client()
    assert vik.post("/share/", make.filled(vik, "/share/", **make.story(title=""))).status_code == 422
    assert WORDS in vik.get("/share/").content.decode()


def cookie_of(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def test_it_goes_only_when_the_receipt_has_been_seen_and_then_for_good():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    vik.post("/share/draft/", data)
    vik.post("/share/", data)
    assert Draft.objects.count() == 1, "the answer may never have arrived"
    vik.get("/share/received/")
    assert Draft.objects.count() == 0
    assert vik.cookies["draft"].value == ""
    vik.post("/share/draft/", data)
    assert Draft.objects.count() == 0, "a late save brings nothing back"


def test_who_saw_no_receipt_sends_the_restored_form_and_gets_the_same_one_t03():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    vik.post("/share/draft/", data)
    vik.post("/share/", data)
    again = make.filled(vik, "/share/", **make.story())
    assert again["form_token"] == data["form_token"]
    assert vik.post("/share/", again).status_code == 303
    assert Page.objects.count() == 1


def test_seeing_an_old_receipt_leaves_a_new_draft_alone():
    vik = Client()
    vik.post("/share/", make.filled(vik, "/share/", **make.story()))
    begun(vik, title="Another one")
    vik.get("/share/received/")
    assert "Another one" in vik.get("/share/").content.decode()


def test_forgetting_leaves_nothing_here_or_in_the_browser():
    vik = Client()
    begun(vik)
    answer = vik.post("/share/draft/forget/?about=psoas&kind=tip")
    assert (answer.status_code, answer["Location"]) == (303, "/share/?kind=tip&about=psoas")
    assert '"cache"' in answer["Clear-Site-Data"]
    assert Draft.objects.count() == 0
    page = vik.get("/share/")
    assert WORDS not in page.content.decode()
    assert "no-store" in page["Cache-Control"], "the way back shows an empty form, not a stored one"


@pytest.mark.parametrize("address", ["/share/draft/", "/share/"])
def test_on_a_shared_computer_no_draft_is_kept_and_what_was_kept_goes(address):
    vik = Client()
    begun(vik)
    data = make.filled(vik, "/share/", **make.story(keep_no_draft="on", action="check"))
    answer = vik.post(address, data)
    assert answer.status_code in {200, 204}
    assert Draft.objects.count() == 0
    assert vik.cookies["draft"].value == ""
    assert vik.post("/share/", {**data, "action": "send"}).status_code == 303


def test_after_a_week_it_is_gone():
    key = drafts.new_key()
    drafts.keep(key, "share", {"title": ["Mine"]}, nonce="", today=make.TODAY)
    last, after = make.TODAY + timedelta(days=7), make.TODAY + timedelta(days=8)
    assert drafts.purge(today=last) == 0
    assert drafts.find(key, "share", today=last) == {"title": ["Mine"]}
    assert drafts.find(key, "share", today=after) is None
    assert drafts.purge(today=after) == 1


def test_a_reply_has_a_draft_of_its_own():
    page, vik = make.page(), Client()
    address = f"{page.get_absolute_url()}comment/"
    data = make.filled(vik, address, text="This helped me as well.", consent="on", action="send")
    assert vik.post(f"/share/draft/?of={page.slug}", data).status_code == 204
    assert "This helped me as well." in vik.get(address).content.decode()
    assert "helped me as well" not in vik.get("/share/").content.decode()
    vik.post(address, data)
    vik.get("/share/received/")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "https://evil.example"}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403), ({}, 204)],
)
@pytest.mark.parametrize("address", ["/share/draft/", "/share/draft/forget/", "/share/photo/"])
def test_another_site_can_neither_keep_nor_forget_a_draft_t43(address, headers, status):
    vik = Client()
    begun(vik)
    answer = vik.post(address, {"story": "Something else"}, headers=headers)
    assert answer.status_code == (
        status if status == 403 else {"/share/draft/": 204, "/share/photo/": 422}.get(address, 303)
    )
    assert (WORDS in vik.get("/share/").content.decode()) == (status == 403 or address == "/share/photo/")


def test_new_drafts_are_limited_and_saving_an_old_one_is_not(settings):
    settings.FORM_LIMITS = "draft=1/3600"
    vik = Client()
    assert [begun(vik).status_code for _ in range(3)] == [204, 204, 204]
    answer = begun(Client())
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_more_than_a_form_can_hold_is_not_kept():
    assert begun(Client(), story="x" * 500_000).status_code == 413
    assert Draft.objects.count() == 0


def test_a_database_that_cannot_store_says_so_and_the_check_page_comes_all_the_same():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(action="check"))
    with patch.object(drafting.drafts, "keep", side_effect=OperationalError("database is locked")):
        kept = vik.post("/share/draft/", data)
        checked = vik.post("/share/", data)
    assert (kept.status_code, checked.status_code) == (503, 200)
    assert kept["Retry-After"]
    assert WORDS in checked.content.decode()


def test_a_receipt_is_shown_though_its_draft_cannot_be_forgotten_now():
    vik = Client()
    vik.post("/share/", make.filled(vik, "/share/", **make.story()))
    with patch.object(drafting.drafts, "forget_sent", side_effect=OperationalError("database is locked")):
        assert "waiting to be read" in vik.get("/share/received/").content.decode()
