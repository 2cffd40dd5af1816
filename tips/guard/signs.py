"""What selling, floods and disguise look like in a text: each sign finds the words that show it."""

import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tips.text.spots import NUMBER, Spot, Written, spot

Finder = Callable[[Written], list[str]]

SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl is.gd ow.ly cutt.ly rb.gy shorturl.at rebrand.ly tiny.cc lnkd.in buff.ly".split()
)
FREE_LINKS = 1  # newcomers may bring one (product page 4.3)
MEDICINES = (
    "tramadol|oxycontin|oxycodone|codeine|xanax|valium|diazepam|zopiclone|pregabalin|gabapentin|fentanyl|viagra|cialis|"
    "adderall|ambien|soma|percocet|vicodin|hydrocodone|cbd|kratom"
)
_ENDING = "com|net|org|info|biz|shop|store|online|site|xyz|top|ru|ly|io"
_ENDINGS = frozenset(_ENDING.split("|"))
_HOST = spot(
    re.compile(r"(?:https?://|www\.)([\w-]{1,63}(?:\.[\w-]{1,63}){0,5})[^\s]{0,500}", re.IGNORECASE),
    holds="://|www.",
    begins="http*|www.*",
)
_BARE = re.compile(rf"(?<![\w@.-])([\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,3}}\.(?:{_ENDING}))\b", re.IGNORECASE)
_PHONE = spot(re.compile(r"(?<![\w/.-])\+?\d(?:[ ().-]{0,2}\d){8,14}(?![\w-])"), "#", digits=9, begins=f"+*|{NUMBER}")
_CHAT = spot(
    re.compile(
        r"\b(?:whats ?app|wa\.me|telegram|t\.me|signal me|wechat|viber|kik me|snapchat)\b",
        re.IGNORECASE,
    ),
    "me|whatsapp|whats|telegram|wechat|viber|snapchat",
    begins="whats|whatsapp|wa.*|telegram|t.*|signal me*|wechat|viber|kik|snapchat",
)
_PRICE = spot(
    re.compile(r"(?:[£$€]\s?\d[\d.,]{0,8}|\b\d[\d.,]{0,8}\s?(?:£|\$|€|usd|eur|gbp|dollars)\b)", re.IGNORECASE),
    "#",
    holds="£|$|€|usd|eur|gbp|dollars",
    begins=f"£*|$*|€*|{NUMBER}",
)
_OFFER = spot(
    re.compile(
        r"\b\d{1,3}\s?%\s?(?:off|discount|guaranteed|cure[ds]?|satisfaction)"
        r"|\bdiscount code\b|\bpromo code\b|\bmoney.back\b",
        re.IGNORECASE,
    ),
    holds="%|discount code|promo code|money",
    begins=f"{NUMBER}|discount|promo|money*",
)
_DRUG_SALE = spot(
    re.compile(
        rf"\b(?:buy|order|cheap|sell\w{{0,4}}|online|overnight)\s(?:\w{{1,15}}\s){{0,2}}(?:{MEDICINES})\b"
        rf"|\b(?:{MEDICINES})\s(?:\w{{1,15}}\s){{0,2}}(?:for sale|online|overnight|delivery|shipped)\b"
        r"|\b(?:no|without(?: a)?) prescription (?:needed|required)\b",
        re.IGNORECASE,
    ),
    MEDICINES,
    "prescription",
    begins=f"buy|order|cheap|sell*|online|overnight|{MEDICINES}|no|without",
)
_MEDICINE = spot(re.compile(rf"\b(?:{MEDICINES})\b", re.IGNORECASE), MEDICINES, begins=MEDICINES)
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_NO_CAPITALS = bytes(set(range(128)) - set(string.ascii_uppercase.encode()))
_NO_SMALL = bytes(set(range(128)) - set(string.ascii_lowercase.encode()))


@dataclass(frozen=True)
class Sign:
    """`each`: points of one finding, `most`: of all of them. `words` stand before what was found."""

    rule: str
    words: str
    each: int
    most: int
    find: Finder


def _all(spot: Spot) -> Finder:
    return lambda written: list(dict.fromkeys(found[0].strip()[:60] for found in spot.all(written)))


drug_sales = _all(_DRUG_SALE)


def hosts(written: Written) -> list[str]:
    """Where the links of a text lead, written as links or not."""
    links = list(_HOST.all(written))
    if not links and not any(f".{ending}" in written.small for ending in _ENDINGS & written.words):
        return []
    rest = _HOST.pattern.sub(" ", written.text)
    return [found[1].lower() for found in (*links, *_BARE.finditer(rest))]


def _links(written: Written) -> list[str]:
    return hosts(written)[FREE_LINKS:]


def _shortened(written: Written) -> list[str]:
    return [host for host in dict.fromkeys(hosts(written)) if host.removeprefix("www.") in SHORTENERS]


def _capitals(written: Written) -> list[str]:
    plain = written.text.encode("ascii", "ignore")
    others = "" if written.text.isascii() else "".join(_BEYOND_ASCII.findall(written.text))
    loud = len(plain.translate(None, _NO_CAPITALS)) + sum(map(str.isupper, others))
    quiet = len(plain.translate(None, _NO_SMALL)) + sum(map(str.islower, others))
    return ["most of it"] if loud + quiet >= 40 and loud > 0.6 * (loud + quiet) else []


def _mixed(written: Written) -> list[str]:
    """Words written in two alphabets, as a disguise is and a name is not."""
    if all(map(str.isascii, written.words)):
        return []
    words = dict.fromkeys(_WORD.findall(written.text))
    return [word for word in words if not word.isascii() and len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    """Alphabets of the letters whose Latin look-alikes are used for disguise; others mix honestly (日本a)."""
    named = {unicodedata.name(each, "").partition(" ")[0] for each in word if each.isalpha()}
    return named & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}


SIGNS = (
    Sign("links", "more than one link", 8, 40, _links),
    Sign("shortener", "a shortened link", 20, 20, _shortened),
    Sign("telephone", "a telephone number", 10, 10, _all(_PHONE)),
    Sign("chat", "asks to be written to elsewhere", 20, 20, _all(_CHAT)),
    Sign("price", "a price", 5, 10, _all(_PRICE)),
    Sign("offer", "an offer", 15, 15, _all(_OFFER)),
    Sign("drug sale", "medicines for sale", 40, 40, drug_sales),
    Sign("medicine", "a medicine", 2, 4, _all(_MEDICINE)),
    Sign("capitals", "capital letters", 10, 10, _capitals),
    Sign("mixed", "two alphabets in one word", 15, 30, _mixed),
)
