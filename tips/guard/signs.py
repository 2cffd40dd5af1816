"""What selling, floods and disguise look like in a text: each sign finds the words that show it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Finder = Callable[[str], list[str]]

SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl is.gd ow.ly cutt.ly rb.gy shorturl.at rebrand.ly tiny.cc lnkd.in buff.ly".split()
)
FREE_LINKS = 1  # newcomers may bring one (product page 4.3)
MEDICINES = (
    "tramadol|oxycontin|oxycodone|codeine|xanax|valium|diazepam|zopiclone|pregabalin|gabapentin|fentanyl|viagra|cialis|"
    "adderall|ambien|soma|percocet|vicodin|hydrocodone|cbd|kratom"
)
_HOST = re.compile(r"(?:https?://|www\.)([\w-]{1,63}(?:\.[\w-]{1,63}){0,5})[^\s]{0,500}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@.-])([\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:com|net|org|info|biz|shop|store|online|site|xyz|top|ru|ly|io))\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/.-])\+?\d(?:[ ().-]{0,2}\d){8,14}(?![\w-])")
_CHAT = re.compile(r"\b(?:whats ?app|wa\.me|telegram|t\.me|signal me|wechat|viber|kik me|snapchat)\b", re.IGNORECASE)
_PRICE = re.compile(r"(?:[£$€]\s?\d[\d.,]{0,8}|\b\d[\d.,]{0,8}\s?(?:£|\$|€|usd|eur|gbp|dollars)\b)", re.IGNORECASE)
_OFFER = re.compile(
    r"\b\d{1,3}\s?%\s?(?:off|discount|guaranteed|cure[ds]?|satisfaction)"
    r"|\bdiscount code\b|\bpromo code\b|\bmoney.back\b",
    re.IGNORECASE,
)
_DRUG_SALE = re.compile(
    rf"\b(?:buy|order|cheap|sell\w{{0,4}}|online|overnight)\s(?:\w{{1,15}}\s){{0,2}}(?:{MEDICINES})\b"
    rf"|\b(?:{MEDICINES})\s(?:\w{{1,15}}\s){{0,2}}(?:for sale|online|overnight|delivery|shipped)\b"
    r"|\b(?:no|without(?: a)?) prescription (?:needed|required)\b",
    re.IGNORECASE,
)
_MEDICINE = re.compile(rf"\b(?:{MEDICINES})\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sign:
    """`each`: points of one finding, `most`: of all of them. `words` stand before what was found."""

    rule: str
    words: str
    each: int
    most: int
    find: Finder


def _all(pattern: re.Pattern[str]) -> Finder:
    return lambda text: list(dict.fromkeys(found[0].strip()[:60] for found in pattern.finditer(text)))


drug_sales = _all(_DRUG_SALE)


def hosts(text: str) -> list[str]:
    """Where the links of a text lead, written as links or not."""
    rest = _HOST.sub(" ", text)
    return [found[1].lower() for found in (*_HOST.finditer(text), *_BARE.finditer(rest))]


def _links(text: str) -> list[str]:
    return hosts(text)[FREE_LINKS:]


def _shortened(text: str) -> list[str]:
    return [host for host in dict.fromkeys(hosts(text)) if host.removeprefix("www.") in SHORTENERS]


def _capitals(text: str) -> list[str]:
    loud, quiet = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return ["most of it"] if loud + quiet >= 40 and loud > 0.6 * (loud + quiet) else []


def _mixed(text: str) -> list[str]:
    """Words written in two alphabets, as a disguise is and a name is not."""
    if text.isascii():
        return []
    return [word for word in dict.fromkeys(_WORD.findall(text)) if not word.isascii() and len(_scripts(word)) > 1]


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
