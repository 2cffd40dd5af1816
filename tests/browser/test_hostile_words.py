"""T18, T19, T21, T29, the short version: one page and one reply full of hostile words, on all their ways.

The long one, over public collections and every field, is tests/faults/test_hostile_words.py.
"""

from tests.faults.eyes import Eyes
from tests.faults.hostile import CLASSICS, ODD
from tests.faults.reading_round import Round


def test_hostile_words_stay_words_wherever_they_are_read_t18_t21_t29(context_of, sessions, site):
    eyes = {
        "vik": Eyes(context_of(viewport={"width": 360, "height": 740}), site.url),
        "stranger": Eyes(context_of(viewport={"width": 360, "height": 740}), site.url),
        "mina": Eyes(context_of(storage_state=sessions("mina@example.org")), site.url),
        "olga": Eyes(context_of(storage_state=sessions("olga@example.org")), site.url),
    }
    lines = [*CLASSICS, *ODD]
    every = Round(site, eyes, lines)
    every.long_text(lines, 0)
    for line in CLASSICS[:3]:
        every.searched(line)
    every.machines()
    every.owner()
    every.letters()

    assert [fault for each in eyes.values() for fault in each.everything] == []
    assert sum(each.seen.total() for each in eyes.values()) > 30


def test_the_eyes_would_notice(browser, site):
    """A page on which words did become more than words: each of its faults is told."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    eyes = Eyes(context, site.url)
    eyes.letter(
        "<p onclick=alert(1)>Words<script>alert(1)</script><img src=//evil.example/x>", "Others", what="a letter"
    )
    told = "\n".join(eyes.everything)
    context.close()

    for fault in ("a dialog: 1", "P onclick", "SCRIPT", "asked another host", "does not show 'Others'"):
        assert fault in told
