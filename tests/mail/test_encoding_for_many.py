"""A letter that many get: encoded once, each reader's own links set in, and every line within its bounds."""

import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.test_letters import content, read, wire
from tips.mail import wire as wires
from tips.mail.errors import Poison
from tips.mail.letters import Letter

HERE, AWAY = "https://here.invalid/", "https://away.invalid/"
LINKS = {HERE: "https://site.example/me/#kL9-_x", AWAY: f"https://site.example/u/{'x' * 90}/"}


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_no_line_is_too_long_for_a_blank_at_its_end(blank):
    for letters in range(60, 80):
        text = f"üü{'o' * letters}{blank}\nand on\n"
        data = wires.encoded(text)
        assert max(map(len, data.split(b"\r\n"))) <= 76
        assert quopri.decodestring(data).replace(b"\r\n", b"\n").decode() == text


@given(
    parts=st.lists(st.text(max_size=90) | st.sampled_from(["ü" * 40, "x" * 76, "soft ", "\n", HERE, AWAY]), max_size=9)
)
def test_a_letter_for_many_carries_each_readers_own_links(parts):
    body = "".join(parts)
    filled = body.replace(HERE, LINKS[HERE]).replace(AWAY, LINKS[AWAY])
    try:
        data = wire(Letter("Lesson", body, f"<p>{body}</p>", links=LINKS))
    except Poison:
        return

    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78  # a header; quoted-printable has 76
    assert max(map(len, data.partition(b"--=_")[2].split(b"\r\n"))) <= 76
    assert [content(part) for part in read(data).iter_parts()] == [
        content(part) for part in read(wire(Letter("Lesson", filled, f"<p>{filled}</p>"))).iter_parts()
    ]


def test_what_many_get_alike_is_encoded_once(monkeypatch):
    encoded, real = [], wires.encoded
    monkeypatch.setattr(wires, "encoded", lambda text: (encoded.append(len(text)), real(text))[1])
    for number in range(20):
        link = f"https://site.example/me/#{number}"
        data = wire(Letter("Lesson", f"{'Breathe out. ' * 99}{HERE}\n", links={HERE: link}))
        assert link in content(read(data))
    assert sum(length > 999 for length in encoded) == 1


@pytest.mark.parametrize("link", ["https://site.example/\r\nBcc: x", "https://site.example/ü"])
def test_a_link_that_is_none_is_refused(link):
    with pytest.raises(Poison):
        wire(Letter("Lesson", f"Look: {HERE}", links={HERE: link}))
