"""Scenario 10, as far as it is one letter: text first, pure ASCII, nothing smuggled into a header."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.mail import addresses
from tips.mail.errors import Poison
from tips.mail.letters import Letter, from_templates, isolated, serialise

DATE = datetime(2026, 5, 4, 12, tzinfo=UTC)
OVERRIDE = "\u202e"


def wire(letter, **over):
    given = {"sender": "Back tips <letters@site.example>", "to": "ana@example.org", "message_id": "<1@site.example>"}
    return serialise(letter, date=DATE, **{**given, **over})


def read(data):
    return message_from_bytes(data, policy=policy.default)


def content(part):
    return part.get_content().replace("\r\n", "\n")


def header_names(data):
    return {
        line.partition(b":")[0].lower() for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n") if line[:1] > b" "
    }


def test_text_comes_first_and_everything_is_ascii():
    data = wire(Letter("Schön – 背痛", "Grüße, 你好\n" + "long " * 999, "<p>Grüße</p>"))
    message = read(data)

    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "quoted-printable"
    assert content(text).startswith("Grüße, 你好\n")
    assert message["Subject"] == "Schön – 背痛"


def test_the_headers_are_those_of_a_machines_letter():
    message = read(wire(Letter("Hello", "Text", reply_to="vik@example.org")))

    assert message["From"] == "Back tips <letters@site.example>"
    assert message["To"] == "ana@example.org"
    assert message["Reply-To"] == "vik@example.org"
    assert message["Message-ID"] == "<1@site.example>"
    assert message["Date"].datetime == DATE
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


def test_a_long_way_out_stays_in_one_piece():
    link = f"<https://site.example/u/{'x' * 120}>"
    data = wire(Letter("Lesson", "Text", headers={"List-Unsubscribe": link}))

    assert b"\r\nList-Unsubscribe: " + link.encode() + b"\r\n" in data


@pytest.mark.parametrize(
    "sign", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x7f", "\ud800"]
)
@pytest.mark.parametrize("place", ["subject", "reply_to", "value", "name", "to", "sender"])
def test_a_control_character_in_a_header_is_refused_m10(sign, place):
    bad = f"Hello{sign}Bcc: all@example.org"
    letter = Letter(
        bad if place == "subject" else "Hello",
        "Text",
        reply_to=bad if place == "reply_to" else "",
        headers={
            f"List-Id{bad if place == 'name' else ''}": f"<list.site.example>{bad if place == 'value' else ''}",
        },
    )
    over = {place: f"{bad} <x@example.org>"} if place in {"to", "sender"} else {}
    with pytest.raises(Poison):
        wire(letter, **over)


@pytest.mark.parametrize("name", ["Bcc", "X-Thing", "list-id", "List-Id: x\r\nBcc", "Subject", ""])
def test_a_header_that_is_not_on_the_list_is_refused_m10(name):
    with pytest.raises(Poison):
        wire(Letter("Hello", "Text", headers={name: "all@example.org"}))


@pytest.mark.parametrize(
    "address", ["", "ana", "ana@", "a b@example.org", "ü@example.org", "a@exa\U0001f600mple.org", "a@b@c.org"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Poison):
        wire(Letter("Hello", "Text"), to=address)


def test_an_international_domain_goes_out_in_ascii():
    assert read(wire(Letter("Hello", "Text"), to="ana@bücher.example"))["To"] == "ana@xn--bcher-kva.example"


def test_text_is_never_turned_around_and_other_controls_go():
    data = wire(Letter(f"Hel{OVERRIDE}lo", f"Te{OVERRIDE}x\u2066t\x0b\x00 one\r\ntwo\rthree\n", f"<p>{OVERRIDE}x</p>"))
    message = read(data)
    text, html = message.iter_parts()

    assert message["Subject"] == "Hello"
    assert content(text) == "Text one\ntwo\nthree\n"
    assert content(html) == "<p>x</p>\n"


def test_a_header_longer_than_smtp_allows_is_refused():
    with pytest.raises(Poison):
        wire(Letter("Lesson", "Text", headers={"List-Unsubscribe": f"<https://site.example/{'x' * 1000}>"}))


@given(subject=st.text(max_size=300), text=st.text(max_size=500), html=st.text(max_size=100))
def test_no_text_makes_a_header_of_its_own_m10(subject, text, html):
    try:
        data = wire(Letter(subject, text, html))
    except Poison:
        return
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert header_names(data) <= {
        b"from", b"to", b"subject", b"date", b"message-id", b"auto-submitted", b"mime-version", b"content-type",
        b"content-transfer-encoding",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org", "Ana.B+c-d_9@Example.ORG", f"{'a' * 64}@example.org", f"{'a' * 65}@example.org",
        f"ana@{'b' * 64}.org", f"a@{'b' * 60}.{'b' * 60}.{'b' * 60}.{'b' * 60}.org", "ana@example.test",
        "ana@-example.org", "ana@xn--bcher-kva.example", "ana@bücher.example", "ana.@example.org", "ana@[127.0.0.1]",
        f"{'a' * 64}@{'b' * 60}.{'b' * 60}.{'b' * 60}.org", "ana@example.org ", '"ana"@example.org', "@example.org",
    ],
)  # fmt: skip
def test_the_short_cut_for_addresses_says_what_the_whole_way_says(address):
    def said(look):
        try:
            return look(address)
        except Poison:
            return None

    assert said(addresses.deliverable) == said(addresses._checked)


@pytest.fixture
def templates(settings, tmp_path):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    settings.SITE_URL = "https://site.example"
    folder = tmp_path / "sharing" / "mail"
    folder.mkdir(parents=True)
    (folder / "received_subject.txt").write_text("We have {{ title }}\n")
    (folder / "received_message.txt").write_text("Your page {{ title }}: {{ site_url }}/mine/\n\n")
    return folder


def test_a_letter_is_written_from_its_templates_and_only_html_is_escaped(templates):
    (templates / "received_message.html").write_text("<style>p {color: red}</style><p>{{ title }}</p>")
    letter = from_templates("sharing/mail/received", {"title": "Tom & Jerry's <back>"})

    assert letter.subject == "We have Tom & Jerry's <back>"
    assert letter.text == "Your page Tom & Jerry's <back>: https://site.example/mine/\n"
    assert "Tom &amp; Jerry" in letter.html
    assert 'style="color: red;"' in letter.html
    assert "<style" not in letter.html


def test_the_dark_colours_of_a_letter_stay_in_a_sheet(templates):
    sheet = "p {color: black} @media (prefers-color-scheme: dark) { p {color: white !important} }"
    (templates / "received_message.html").write_text(f"<html><style>{sheet}</style><p>Hello</p></html>")
    html = from_templates("sharing/mail/received", {"title": "x"}).html

    assert 'style="color: black;"' in html
    assert "<style>@media (prefers-color-scheme: dark) { p {color: white !important} }" in html


def test_a_letter_needs_no_html(templates):
    assert from_templates("sharing/mail/received", {"title": "x"}).html == ""


def test_a_line_end_in_a_subject_from_a_visitor_is_refused_not_folded(templates):
    letter = from_templates("sharing/mail/received", {"title": "x\r\nBcc: all@example.org"})
    with pytest.raises(Poison):
        wire(letter)


def test_a_name_written_from_right_to_left_leaves_the_words_around_it_alone():
    text = f"A reply from {isolated('דנה')}: thank you!\n"
    part = read(wire(Letter("Hello", text)))

    assert content(part) == "A reply from \u2068דנה\u2069: thank you!\n"


def test_a_name_cannot_break_out_of_its_isolation():
    assert isolated("x\u2069\u202ey\u2068") == "\u2068x\u202ey\u2069"
    assert content(read(wire(Letter("Hello", isolated("x\u2069\u202ey"))))) == "\u2068xy\u2069\n"


def test_html_that_a_mail_program_would_cut_off_is_left_out():
    short, long = f"<p>{'x' * 90_000}</p>", f"<p>{'x' * 101_000}</p>"

    assert read(wire(Letter("Hello", "Text", short))).get_content_type() == "multipart/alternative"
    assert read(wire(Letter("Hello", "Text", long))).get_content_type() == "text/plain"


def test_a_subject_that_hides_another_is_shown_as_it_was_typed():
    assert read(wire(Letter("=?utf-8?q?=E2=80=AEtxt?=", "Text")))["Subject"] == "= ?utf-8?q?=E2=80=AEtxt?="


@given(text=st.text(max_size=400))
def test_every_text_arrives_as_it_was_written(text):
    try:
        data = wire(Letter("Hello", text + "\n", "<p>x</p>"))
    except Poison:
        return
    expected = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text + "\n")
    expected = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", "", expected)
    assert content(next(read(data).iter_parts())) == expected
