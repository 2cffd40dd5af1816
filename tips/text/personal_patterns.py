"""What personal details look like, kind by kind. Every repetition is bounded, so that no text takes long.

Each says what a text must have for it to be there at all, and how it begins (`spots.spot`): most texts have none of it.
"""

import re

from tips.text.spots import CODE, NUMBER, Spot, spot

Kind = str


def _looks_like(
    kind: Kind, pattern: str, *needs: str, flags: int = 0, digits: int = 0, holds: str = "", begins: str = ""
) -> tuple[Kind, Spot]:
    return kind, spot(re.compile(pattern, re.VERBOSE | flags), *needs, digits=digits, holds=holds, begins=begins)


SEP = r"[ ().\u2010-\u2015-]{0,2}"  # between the digits of a number, dashes of every kind included
SPOKEN = r"(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred)"
MONTH = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"""
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
NUMBER_OF_MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19[2-9]\d|20[012]\d|['’]?\d\d)"
NTH = r"(?:st|nd|rd|th)?"
DATE = rf"""(?:(?:19[2-9]\d|20[012]\d)-{NUMBER_OF_MONTH}-{DAY}
|{DAY}\s?[/.-]\s?{NUMBER_OF_MONTH}\s?[/.-]\s?{YEAR}
|{DAY}{NTH}\s{{1,3}}(?:of\s)?{MONTH},?\s{{1,3}}{YEAR}
|{MONTH}\s{DAY}{NTH},?\s{YEAR})"""
STREETS = (
    "Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Gardens|Grove|Terrace|Way|Court|Place|Hill|Mews|Square"
    "|Row|Park|Walk"
)
PLAIN_STREETS = "road|street|avenue|lane|close|crescent|gardens|terrace"
HOUSES = "Cottage|House|Farm|Lodge|Barn|Court"
HOMES = "live|lives|lived|living|address|come|house|home"
UPPER = "[A-ZÀ-ÖØ-ÞĆČĎĐĘĚĞİŁŃŇŒŘŚŞŠŤŮŹŻŽ]"
LOWER = "[a-zß-öø-ÿā-ž]"
NAME = rf"(?:{UPPER}['’])?{UPPER}{LOWER}{{1,20}}(?:{UPPER}{LOWER}{{1,20}})?(?:-{UPPER}{LOWER}{{1,20}})?"
OF = r"(?:(?:van|von|de|del|della|di|da|dos|der|den|ter|bin|al|el)\ ){0,2}"
FULL_NAME = rf"{NAME}\ {OF}{NAME}"
TITLES = "Dr|Doctor|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Nurse|Sister"
PEOPLE = (
    "physio|physiotherapist|osteopath|chiropractor|consultant|surgeon|gp|doctor|neighbour|boss|manager|colleague"
    "|therapist|teacher|trainer|nurse|friend"
)
KIN = (
    "husband|wife|partner|fiance|fiancé|fiancee|fiancée|girlfriend|boyfriend|daughter|son|mum|mother|dad|father|sister"
    "|brother|aunt|uncle|nan|gran|grandson|granddaughter"
)
DOT = r"\s?(?:\.|\(dot\)|\[dot\]|\{dot\})\s?"
AT = r"\s?(?:@|\(at\)|\[at\]|\{at\})\s?"
MAILERS = "gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet|aol|protonmail|virginmedia|talktalk"
NETWORKS = "facebook|fb|instagram|insta|tiktok|twitter|snapchat|telegram|linkedin|skype|discord"

# Outward and inward part; which areas there are is asked afterwards. "M62 3rd" and "A4 5ft" are none.
POSTCODE = r"""\b([A-Z]{1,2})(?:\d{1,2}|\d[A-Z])[ -]{0,2}
(?!\d(?-i:st|nd|rd|th|ft|lb|hr|yr)\b)\d[ABD-HJLNP-UW-Z]{2}\b"""

PATTERNS = (
    _looks_like(
        "email",
        rf"(?<![\w.])[\w.+%-]{{1,64}}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,4}}{DOT}[a-z]{{2,24}}\b",
        flags=re.IGNORECASE,
        holds="@|(at)|[at]|{at}",
    ),
    _looks_like(
        "email",
        r"\b[\w.+-]{2,64}\ at\ [\w-]{2,40}\ dot\ (?:com|co|org|net|uk|de|ie)\b",
        "dot at",
        flags=re.IGNORECASE,
    ),
    _looks_like(
        "email",
        rf"\b[\w.+-]{{2,64}}\ at\ (?:{MAILERS})\b(?:\s?(?:\.|dot)\s?\w{{2,3}}){{0,2}}",
        f"{MAILERS} at",
        flags=re.IGNORECASE,
    ),
    _looks_like(
        "email",
        r"""\b(?:e-?mail|write\ to|reach|contact)\b[^\n@]{0,25}?\s[\w.+-]{2,64}\ at\ [\w-]{2,40}
        \.(?:com|co|org|net|uk|ie)\b""",
        "com|co|org|net|uk|ie at",
        flags=re.IGNORECASE,
        begins="e-mail*|email|write to*|reach|contact",
    ),
    _looks_like(
        "account",
        rf"\b(?:{NETWORKS})\.com/(?!groups|watch)[\w.@/-]{{3,60}}",
        f"{NETWORKS} com",
        flags=re.IGNORECASE,
        begins=NETWORKS,
    ),
    _looks_like(
        "account",
        rf"\b(?:{NETWORKS})\b[^\n\w@]{{0,3}}(?:(?:is|as|me)\b)?[^\n\w@]{{0,2}}@[\w.]{{3,30}}",
        NETWORKS,
        flags=re.IGNORECASE,
        holds="@",
        begins=NETWORKS,
    ),
    _looks_like("account", r"(?<![\w@./])@[a-z_][\w.]{3,30}\b", flags=re.IGNORECASE, holds="@", begins="@*"),
    _looks_like("nhs", r"(?<![\d+])\d{3}[ .-]?\d{3}[ .-]?\d{4}(?!\d)", "#", digits=10, begins=NUMBER),
    _looks_like(
        "nhs labelled",
        r"\bNHS\ ?(?:(?:number|no|num|id)\b\.?)?[ :]{0,2}(?:is\ )?\d{3}[ .-]?\d{3}[ .-]?\d{4}(?!\d)",
        "#",
        flags=re.IGNORECASE,
        digits=10,
        begins="nhs*",
    ),
    _looks_like("phone", rf"(?<![\w+])(?:\+|00)[1-9](?:{SEP}\d){{7,13}}(?!\d)", "#", digits=8, begins="+*|00*"),
    _looks_like("phone", rf"(?<![\w+.,])\(?[0Oo][1-9](?:{SEP}\d){{8,9}}(?!\d)", "#", digits=9),
    _looks_like("phone", r"(?<![\w/])0[ ]?7(?:[ /]?\d){9}(?![\d/]|\ \d)", "#", digits=11, begins="0*"),
    _looks_like(
        "phone",
        rf"\b(?:oh|zero|nought)(?:[\s,-]{{1,2}}{SPOKEN}){{6,14}}\b",
        "oh|zero|nought",
        flags=re.IGNORECASE,
        begins="oh|zero|nought",
    ),
    _looks_like(
        "phone",
        r"""\b(?:tel|telephone|phone|mobile|call\ me|text\ me|ring\ me|whatsapp|telegram)\b[^\d\n]{0,20}
        (?:\d[ -]?){5,14}\d""",
        "tel|telephone|phone|mobile|call|text|ring|whatsapp|telegram #",
        flags=re.IGNORECASE,
        digits=6,
        begins="tel|telephone|phone|mobile|call me*|text me*|ring me*|whatsapp|telegram",
    ),
    _looks_like("postcode", POSTCODE, "#", flags=re.IGNORECASE, begins=CODE),
    _looks_like(
        "address",
        rf"""\b(?:[Ff]lat\ \w{{1,4}},?\ )?\d{{1,4}}[a-z]?,?\ ((?:St\.?\ )?(?:{UPPER}[\w'’]{{1,20}}\ ){{1,3}})
        (?:{STREETS})\b""",
        f"{STREETS.lower()} #",
        begins=f"flat|{NUMBER}",
    ),
    _looks_like(
        "address",
        rf"""\b(?:{HOMES})\b\ (?:is\ |at\ |in\ |on\ |to\ ){{0,2}}
        (\d{{1,4}}[a-z]?\ (?:[a-z'’]{{3,20}}\ ){{1,2}})(?:{PLAIN_STREETS})\b""",
        f"{PLAIN_STREETS} {HOMES} #",
        flags=re.IGNORECASE,
        begins=HOMES,
    ),
    _looks_like(
        "address",
        rf"""\b({UPPER}\w{{2,20}}\ (?:{HOUSES})),\ (?:{UPPER}[\w'’]{{1,20}}\ ){{1,2}}(?:{STREETS})\b""",
        f"{HOUSES} {STREETS}".lower(),
        holds="cottage, |house, |farm, |lodge, |barn, |court, ",
    ),
    _looks_like(
        "birth",
        rf"\b(?:born|birthday|date\ of\ birth|birth\ date|d\.?o\.?b\.?|b\.(?=\ ?\d))(?=\W)[^\n\d]{{0,20}}?{DATE}(?!\d)",
        "born|birthday|birth|dob|ob|b #",
        flags=re.IGNORECASE,
        begins="born|birthday|birth|date|dob|d|do|b",
    ),
    _looks_like(
        "birth",
        rf"\bturn(?:ed)?\ \d{{1,3}}\ on\ (?:the\ )?{DATE}(?!\d)",
        "turn|turned #",
        flags=re.IGNORECASE,
        begins="turn|turned",
    ),
    _looks_like(
        "birth", rf"(?<![\d/]){DAY}[/.-]{NUMBER_OF_MONTH}[/.-](?:19[2-9]\d|200\d)(?!\d)", "#", digits=6, begins=NUMBER
    ),
    _looks_like(
        "person",
        rf"\b(?:{TITLES})\b\.?\ ?({OF}{NAME}(?:\ {NAME})?)",
        TITLES.lower(),
        begins=TITLES.lower(),
    ),
    _looks_like(
        "person",
        r"(?<![\w’'])(?:dr|DR|mr|MR|mrs|MRS|prof|PROF)\.?\ ([a-z]{3,20}|[A-Z]{3,20})\b",
        "dr|mr|mrs|prof",
        begins="dr|mr|mrs|prof",
    ),
    _looks_like(
        "person",
        rf"""\b(?:[Mm]y\ name\ is|[Mm]y\ name['’]s|I\ am\ called|I['’]m\ called)\s({FULL_NAME})\b""",
        "name|called",
        begins="my name*|i am called*|i'm called*|i’m called*",
    ),
    _looks_like(
        "person",
        rf"""\b(?:[Yy]ours(?:\ \w{{5,10}})?|[Rr]egards|[Ww]ishes|[Cc]heers|[Tt]hanks|[Ll]ove|[Bb]est),?\s{{1,3}}
        ({FULL_NAME})
        (?=[.!]?\s{{0,3}}(?:\n|\Z))""",
        "yours|regards|wishes|cheers|thanks|love|best",
        begins="yours|regards|wishes|cheers|thanks|love|best",
    ),
    _looks_like(
        "person",
        rf"\b(?:I['’]m|I\ am|[Tt]his\ is)\ ({FULL_NAME})(?=,?\ (?:from|aged|of|here|writing|again|and\ I)\b)",
        "from|aged|of|here|writing|again|and i|this",
        begins="i'm *|i’m *|i am *|this is *",
    ),
    _looks_like(
        "person",
        rf"\b(?:(?i:{PEOPLE})|{KIN}),?\ (?:is\ |was\ )?(?:called\ |named\ )?({FULL_NAME})\b",
        f"{PEOPLE}|{KIN}",
        begins=f"{PEOPLE}|{KIN}",
    ),
    _looks_like(
        "person",
        rf"\b(?:{PEOPLE.replace('gp', 'GP')}|{KIN}),?\ (?:is\ |was\ )?(?:called|named)\ ({NAME})\b",
        f"called|named {PEOPLE}|{KIN}",
        begins=f"{PEOPLE}|{KIN}",
    ),
    _looks_like("person", rf"\b[Mm]y\ (?:{KIN}),?\ ({NAME})\b", f"{KIN} my", begins="my"),
)
