"""What could hurt a reader or somebody named, so that it is read before what could not. It orders and never refuses.

The writer's own warning signs are `safety`'s. These are about others: doses said to a reader, care talked out of,
medicines for sale, where somebody can be found, children, threats. Each finding has the words that show it.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from tips.guard.signs import MEDICINES, drug_sales
from tips.text.personal import personal_in
from tips.text.spots import NUMBER, Written, spot

TODAY, SOON = "S", "G"  # as the levels of warning signs
DOSE, AGAINST_CARE, SALE = "a dose or a change of medicines", "advice against care", "medicines for sale"
CONTACT, CHILD, THREAT = "contact details", "a child or a teenager", "a threat"
FINDS = {"phone", "email", "account"}  # what sellers leave as well

_DRUG = (
    f"{MEDICINES}|paracetamol|ibuprofen|nurofen|aspirin|morphine|oramorph|naproxen|amitriptyline|cocodamol|co-codamol"
    "|opioid|opioids|opiate|opiates|antidepressant|antidepressants|steroid|steroids|insulin|warfarin|blood thinner"
    "|blood thinners|painkiller|painkillers|pain killer|pain killers|tablet|tablets|pill|pills|capsule|capsules|meds"
    "|medicine|medicines|medication|medications|patch|patches|dose|prescription|prescriptions"
)
_UNIT = "mg|mcg|milligram|milligrams|gram|grams|g|ml|drops|tablet|tablets|pill|pills|capsule|capsules"
_AMOUNT = rf"\d[\d.,]{{0,6}}\s?(?:{_UNIT})\b"
_DOSING = (
    r"(?:tak(?:e|es|ing)|swallow(?:ing)?|doubl(?:e|ed|ing)|tripl(?:e|ing)|increas(?:e|ing)|stop(?:ping)?"
    r"|com(?:e|ing) off|quit(?:ting)?|skip(?:ping)?|cut(?:ting)? (?:out|down)|mix(?:ing)?|combin(?:e|ing)"
    r"|inject(?:ing)?|crush(?:ing)?"
    r"|more than|up to|bin|throw(?:ing)?|flush(?:ing)?|ditch(?:ing)?|swap(?:ping)?|replac(?:e|es|ing)|instead of"
    r"|give (?:him|her|them|your)|get off|without)"
)
_CARE = (
    "doctor|doctors|gp|gps|hospital|hospitals|casualty|ambulance|ambulances|surgeon|surgeons|specialist|specialists"
    "|surgery"
)
_MEDICAL = rf"(?:{_CARE}|a ?& ?e|a and e|999|111|911)"
_SHUN = (
    r"(?:(?:don['’]?t|do not|never|no need to|no point in|needn['’]?t|stop|avoid|instead of|forget|ignore)"
    r"\s(?:\w+\s){0,2}"
    r"(?:see(?:ing)?|go(?:ing)?|ring(?:ing)?|call(?:ing)?|trust(?:ing)?|listen(?:ing)?|need|bother(?:ing)?|ask(?:ing)?"
    r"|wait(?:ing)?|visit(?:ing)?)|(?:avoid|ignore|forget|skip))"
)
_AGE = r"(?:[5-9]|1[0-5]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
_SENTENCE_END = re.compile(r"[.!?\n]")
_TO_READERS = re.compile(
    r"\b(?:you|your|yours|u|ur|everyone|everybody|anyone|anybody|people|folks|guys)\b"
    r"|^\W*(?:just |simply |please |so |and |but |always |then |trust me,? )*"
    r"(?:take|double|triple|increase|stop|start|try|swallow|pop|come off|throw|bin|flush|ditch|forget|ignore|avoid|skip"
    r"|mix|combine|crush|inject|don['’]?t|do not|never|no need|no point|needn['’]?t|give|get off|quit|swap|replace)\b",
    re.IGNORECASE,
)
_ASKS_SOMEBODY = re.compile(
    r"\b(?:ask|asking|asked|talk to|talking to|speak to|speaking to|spoke to|check with|told by|see|tell|through)\s"
    r"(?:\w+\s){0,2}(?:gp|doctor|pharmacist|nurse|chemist|prescriber|111)\b",
    re.IGNORECASE,
)
_WORDS_BETWEEN = r"(?:[^\s.!?]{1,30}\s{1,3}){0,6}?"
_DOSE = re.compile(
    rf"\b{_DOSING}\s{_WORDS_BETWEEN}(?:{_AMOUNT}|(?:{_DRUG})\b)"
    rf"|{_AMOUNT}\s(?:of\s)?(?:\w+\s){{0,2}}(?:every|a day|at once|twice)",
    re.IGNORECASE,
)
_NO_CARE = re.compile(rf"\b{_SHUN}\s(?:\w+\s){{0,3}}{_MEDICAL}\b", re.IGNORECASE)
_DRUG_ENDS = frozenset(re.split(r"\W", each)[-1] for each in _DRUG.split("|"))  # "killers", of "pain killers"
_UNITS, _TOLD = frozenset(_UNIT.split("|")), frozenset({*_DRUG_ENDS, *_CARE.split("|")})
_DOCTORS_NUMBER = re.compile("999|111|911")
_MANY = spot(
    re.compile(
        rf"\b(?:9|[1-9]\d|nine|ten|twelve|twenty)\s(?:\w+\s)?(?:{_DRUG})"
        r"\s(?:a|per|each|every|in one|in a|at once|in the)\b",
        re.IGNORECASE,
    ),
    "|".join(_DRUG_ENDS),
    begins=f"{NUMBER}|nine|ten|twelve|twenty",
)
_SPARE = spot(
    re.compile(
        rf"\b(?:sell(?:ing)?|spare|leftover|left over|surplus|supply|post you|send you|get you|got some)"
        rf"\s{_WORDS_BETWEEN}(?:{_DRUG})\b",
        re.IGNORECASE,
    ),
    "|".join(_DRUG_ENDS),
    begins="sell|selling|spare|leftover|left|surplus|supply|post|send|get|got",
)
_YOUNG = spot(
    re.compile(
        rf"\bi(?:['’]?m| am)(?: only| just| nearly| almost| a| an){{0,2}} {_AGE}"
        r"(?=[ -]?(?:years?[ -]old|yrs?[ -]old|y/?o\b|f\b|m\b)| and (?!a )|[,.!;]|\s*$| in (?:year|school))"
        rf"|\bi(?:['’]?m| am) in year (?:[1-9]|1[01])\b|\baged? {_AGE}\b(?= (?:and i|here|girl|boy))"
        r"|\b(?:don['’]?t|do not) tell (?:your|ur) (?:mum|mom|dad|parents|teachers?|family)\b"
        r"|(?<!my )(?<!our )\b(?:girls?|boys?|teens?|teenagers?|kids?)(?: \w+){0,6},?"
        r" (?:dm|message|text|snap|meet|contact) (?:me|us)\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    "im|m|am",
    "age|aged",
    "tell mum|mom|dad|parents|teacher|teachers|family",
    "girl|girls|boy|boys|teen|teens|teenager|teenagers|kid|kids dm|message|text|snap|meet|contact",
    begins="i'm*|i’m*|im *|i am*|age|aged|don't tell*|don’t tell*|dont|do not tell*"
    "|girl|girls|boy|boys|teen|teens|teenager|teenagers|kid|kids",
)
_THREAT = spot(
    re.compile(
        r"\b(?:i|we) know where (?:you|he|she|they|\w{2,20}) (?:live|work|park)s?\b"
        r"|\b(?:i|we)(?:['’]ll| will| am going to|['’]m going to|['’]re going to) (?:find|kill|hurt|come for|smash|burn"
        r"|make) (?:you|him|her|them|his|your|their)\b(?! (?:smile|laugh|a |some))"
        r"|\b(?:go|went|come|get) round (?:there |to (?:his|her|their) (?:house|home|place) )?and"
        r" (?:tell|teach|show|sort|smash)\b",
        re.IGNORECASE,
    ),
    "know where",
    "find|kill|hurt|come|smash|burn|make i|we you|him|her|them|his|your|their",
    "round and",
    begins="i *|i'*|i’*|we *|we'*|we’*|go round*|went round*|come round*|get round*",
)


@dataclass(frozen=True)
class Harm:
    """`level`: how soon to look, "S" today, "G" soon. `words`: as they were written."""

    rule: str
    words: str
    level: str = SOON


def harms(written: Written, *, sells: bool) -> list[Harm]:
    """Each rule once, with the first words that show it. `sells`: an advert, whose telephone number is its own."""
    found = [*_advice(written), *_of_sale(written), *_of_people(written, sells=sells)]
    return list({harm.rule: harm for harm in reversed(found)}.values())[::-1]


def _advice(written: Written) -> Iterator[Harm]:
    for match in _MANY.all(written):
        yield Harm(DOSE, match[0])
    for said in _worth_reading(written):
        if not _TO_READERS.search(said) or _ASKS_SOMEBODY.search(said):
            continue
        if dose := _DOSE.search(said):
            yield Harm(DOSE, dose[0])
        if shun := _NO_CARE.search(said):
            yield Harm(AGAINST_CARE, shun[0])


def _worth_reading(written: Written) -> Iterator[str]:
    """The sentences that speak of medicines, of amounts or of doctors."""
    places = written.places((*(_TOLD & written.words), "&*", "and e*"))
    if written.numbers and (_DOCTORS_NUMBER.search(written.text) or not _UNITS.isdisjoint(written.words)):
        places += written.numbers
    if places:
        ends = [-1, *(end.start() for end in _SENTENCE_END.finditer(written.text)), len(written.text)]
        for number in sorted({bisect(ends, place) for place in places}):
            yield written.text[ends[number - 1] + 1 : ends[number]]


def _of_sale(written: Written) -> Iterator[Harm]:
    for words in drug_sales(written):
        yield Harm(SALE, words)
    if spare := _SPARE.first(written):
        yield Harm(SALE, spare[0])


def _of_people(written: Written, *, sells: bool) -> Iterator[Harm]:
    for hint in personal_in(written):
        if hint.kind != "person" and not (sells and hint.kind in FINDS):
            yield Harm(CONTACT, hint.words)
    if young := _YOUNG.first(written):
        yield Harm(CHILD, young[0], TODAY)
    if threat := _THREAT.first(written):
        yield Harm(THREAT, threat[0], TODAY)
