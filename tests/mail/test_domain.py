"""`check_sending_domain`: what other servers look up, in plain words, from name servers that are made up here."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from backsite.management.commands.check_sending_domain import Command
from tips.mail.domain import Level, Unanswered, check

KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
HEALTHY = {
    ("TXT", "tips.example"): ["v=spf1 include:_spf.post.example ~all", "some-site-verification=1"],
    ("TXT", "s1._domainkey.tips.example"): [KEY],
    ("TXT", "_dmarc.tips.example"): ["v=DMARC1; p=reject; rua=mailto:olga@tips.example"],
    ("MX", "tips.example"): ["mx.post.example"],
    ("A", "out.tips.example"): ["192.0.2.7"],
    ("PTR", "192.0.2.7"): ["out.tips.example"],
}


class Made:
    def __init__(self, over=()):
        self.known = {**HEALTHY, **dict(over)}

    def texts(self, name):
        return self.known.get(("TXT", name), [])

    def mail_servers(self, name):
        return self.known.get(("MX", name), [])

    def addresses(self, name):
        return self.known.get(("A", name), [])

    def names(self, address):
        return self.known.get(("PTR", address), [])


class Silent(Made):
    def texts(self, name):
        raise Unanswered(f"TXT {name}")


def found(over=(), domain="tips.example", selectors=("s1",)):
    checked = check(domain, selectors=selectors, servers=["out.tips.example"], look_up=Made(over))
    return {each.about.partition(" ")[0]: (each.level, each.words) for each in checked}


def test_a_domain_in_order_is_called_good():
    assert {level for level, _ in found().values()} == {Level.GOOD}
    assert set(found()) == {"SPF", "DKIM", "DMARC", "Replies", "PTR"}


@pytest.mark.parametrize(
    ("about", "where", "says", "level", "word"),
    [
        ("SPF", ("TXT", "tips.example"), [], Level.BAD, "Nothing says"),
        ("SPF", ("TXT", "tips.example"), ["v=spf1 a -all", "v=spf1 mx -all"], Level.BAD, "2 records"),
        ("SPF", ("TXT", "tips.example"), ["v=spf1 +all"], Level.CARE, "anybody"),
        ("SPF", ("TXT", "tips.example"), ["v=spf1 include:x.example"], Level.CARE, "no end"),
        ("SPF", ("TXT", "tips.example"), ["V=SPF1 redirect=x.example"], Level.GOOD, "who may send"),
        ("DKIM", ("TXT", "s1._domainkey.tips.example"), [], Level.BAD, "no key"),
        ("DKIM", ("TXT", "s1._domainkey.tips.example"), ["v=DKIM1; p="], Level.BAD, "taken back"),
        ("DKIM", ("TXT", "s1._domainkey.tips.example"), ["p=" + "A" * 216], Level.CARE, "short"),
        ("DKIM", ("TXT", "s1._domainkey.tips.example"), ["k=ed25519; p=" + "A" * 44], Level.GOOD, "a key"),
        ("DMARC", ("TXT", "_dmarc.tips.example"), [], Level.BAD, "_dmarc.tips.example"),
        ("DMARC", ("TXT", "_dmarc.tips.example"), ["v=DMARC1; p=none"], Level.GOOD, "watches"),
        ("DMARC", ("TXT", "_dmarc.tips.example"), ["v=DMARC1; p=perhaps"], Level.BAD, "no rule"),
        ("Replies", ("MX", "tips.example"), [], Level.BAD, "Nobody receives"),
        ("PTR", ("PTR", "192.0.2.7"), [], Level.BAD, "no name"),
        ("PTR", ("PTR", "192.0.2.7"), ["host7.rented.example"], Level.BAD, "leads elsewhere"),
    ],
)
def test_each_thing_that_is_wrong_is_told_in_words(about, where, says, level, word):
    told = found({where: says})[about]

    assert told[0] == level
    assert word in told[1]


def test_a_name_below_has_the_rule_of_the_domain_above():
    above = {("TXT", "_dmarc.tips.example"): ["v=DMARC1; p=reject; sp=none"]}
    assert "watches" in found(above, domain="letters.tips.example")["DMARC"][1]


def test_without_a_selector_it_says_where_to_find_one():
    assert found(selectors=())["DKIM"][0] == Level.CARE


def run(monkeypatch, look_up, *arguments):
    monkeypatch.setattr(Command, "look_up", look_up)
    out = StringIO()
    call_command("check_sending_domain", "Tips.Example.", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_it_line_by_line(monkeypatch, settings):
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "Tips <letters@mail.tips.example>", "https://tips.example"
    said = run(monkeypatch, Made(), "--selector", "s1", "--server", "out.tips.example")

    assert "SPF: good." in said
    assert "DKIM s1: good." in said
    assert "FROM_EMAIL" not in said
    assert "SITE_URL" not in said


def test_the_command_notices_another_sender_and_a_long_way_out(monkeypatch, settings):
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "letters@else.example", "https://a-rather-long-name.tips.example"
    said = run(monkeypatch, Made())

    assert "FROM_EMAIL: look at this. Your letters come from else.example" in said
    assert "SITE_URL: look at this." in said


def test_the_command_fails_where_something_must_be_mended(monkeypatch):
    with pytest.raises(CommandError, match="spam"):
        run(monkeypatch, Made({("TXT", "tips.example"): []}))


def test_silence_of_the_name_servers_is_no_judgement(monkeypatch):
    with pytest.raises(CommandError, match="do not answer"):
        run(monkeypatch, Silent())
