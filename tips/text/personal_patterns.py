"""What personal details look like, kind by kind. Every repetition is bounded, so that no text takes long."""

import re

Kind = str


def _looks_like(kind: Kind, pattern: str, flags: int = 0) -> tuple[Kind, "re.Pattern[str]"]:
    return kind, re.compile(pattern, re.VERBOSE | flags)


MONTH = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"""
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
NUMBER_OF_MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19[2-9]\d|20[012]\d|'?\d\d)"
NTH = r"(?:st|nd|rd|th)?"
DATE = rf"""(?:{DAY}\s?[/.-]\s?{NUMBER_OF_MONTH}\s?[/.-]\s?{YEAR}
|{DAY}{NTH}\s{{1,3}}(?:of\s)?{MONTH},?\s{{1,3}}{YEAR}
|{MONTH}\s{DAY}{NTH},?\s{YEAR})"""
STREET = r"""(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Gardens|Grove|Terrace|Way|Court|Place|Hill
|Mews|Square|Row|Park|Walk)"""
NAME = r"(?:[A-Z]['’])?[A-Z][a-zà-ÿ]{1,20}(?:[A-Z][a-zà-ÿ]{1,20})?(?:-[A-Z][a-zà-ÿ]{1,20})?"
TITLE = r"(?:Dr|Doctor|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Nurse|Sister)"
PERSON = r"""(?:physio(?:therapist)?|osteopath|chiropractor|consultant|surgeon|GP|doctor|neighbour|boss|manager
|colleague|husband|wife|therapist|daughter|son|friend)"""
DOT = r"\s?(?:\.|\(dot\)|\[dot\])\s?"
NOT_NAMES = frozenset(
    "Who When Where What Why How The This That These Those He She It They We You And But Or If So Said Told Then There"
    " Google Motivator Right Wrong Yes No Not Is Was In On At For To Of My Your His Her Please Thanks Thank"
    " January February March April June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)

PATTERNS = (
    _looks_like(
        "email",
        rf"(?<![\w.])[\w.+%-]{{1,64}}\s?(?:@|\(at\)|\[at\])\s?[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,4}}{DOT}[a-z]{{2,24}}\b",
        re.IGNORECASE,
    ),
    _looks_like("email", r"\b[\w.+-]{2,64}\ at\ [\w-]{2,40}\ dot\ (?:com|co|org|net|uk|de|ie)\b", re.IGNORECASE),
    _looks_like("nhs", r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)"),
    _looks_like("phone", r"(?<![\w+])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){7,13}(?!\d)"),
    _looks_like("phone", r"(?<![\w+.,])\(?0[1-9](?:[ ().-]{0,2}\d){8,9}(?!\d)"),
    _looks_like(
        "phone",
        r"""\b(?:tel|telephone|phone|mobile|call\ me|text\ me|ring\ me|whatsapp|telegram)\b[^\d\n]{0,20}
        (?:\d[ -]?){5,14}\d""",
        re.IGNORECASE,
    ),
    _looks_like(
        "postcode",
        r"""\b(?:GIR\ ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])
        \ ?\d[ABD-HJLNP-UW-Z]{2})\b""",
    ),
    _looks_like("postcode", r"\b[a-pr-uwyz][a-hk-y]?\d[\da-z]?\ \d[abd-hjlnp-uw-z]{2}\b"),
    _looks_like(
        "address", rf"\b(?:[Ff]lat\ \w{{1,4}},?\ )?\d{{1,4}}[a-z]?,?\ (?:[A-Z][\w'’]{{1,20}}\ ){{1,3}}{STREET}\b"
    ),
    _looks_like(
        "birth",
        rf"\b(?:born|birthday|date\ of\ birth|birth\ date|d\.?o\.?b\.?)(?=\W)[^\n\d]{{0,20}}?{DATE}(?!\d)",
        re.IGNORECASE,
    ),
    _looks_like("birth", rf"(?<![\d/]){DAY}[/.-]{NUMBER_OF_MONTH}[/.-](?:19[2-9]\d|200\d)(?!\d)"),
    _looks_like("person", rf"\b{TITLE}\b\.?\ ?({NAME}(?:\ {NAME})?)"),
    _looks_like(
        "person",
        rf"""\b(?:[Mm]y\ name\ is|[Mm]y\ name['’]s|I\ am\ called|I['’]m\ called|[Yy]ours,?|[Rr]egards,?)\s
        ({NAME}\ {NAME})\b""",
    ),
    _looks_like("person", rf"\b{PERSON},?\ (?:is\ |was\ |called\ |named\ )?({NAME}\ {NAME})\b"),
)
