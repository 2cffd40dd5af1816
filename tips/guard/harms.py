"""What could hurt a reader or somebody named, so that it is read before what could not. It orders and never refuses.

The writer's own warning signs are `safety`'s. These are about others: doses said to a reader, care talked out of,
medicines for sale, where somebody can be found, children, threats. Each finding has the words that show it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tips.guard.signs import MEDICINES, drug_sales
from tips.text.personal import personal

TODAY, SOON = "S", "G"  # as the levels of warning signs
DOSE, AGAINST_CARE, SALE = "a dose or a change of medicines", "advice against care", "medicines for sale"
CONTACT, CHILD, THREAT = "contact details", "a child or a teenager", "a threat"
FINDS = {"phone", "email", "account"}  # what sellers leave as well

_DRUG = (
    rf"(?:{MEDICINES}|paracetamol|ibuprofen|nurofen|aspirin|morphine|oramorph|naproxen|amitriptyline|co-?codamol|"
    r"opioids?|opiates?|antidepressants?|steroids?|insulin|warfarin|blood thinners?|painkillers?|pain ?killers?|"
    r"tablets?|pills?|capsules?|meds|medicines?|medications?|patch(?:es)?|dose|prescriptions?)"
)
_AMOUNT = r"\d[\d.,]{0,6}\s?(?:mg|mcg|milligrams?|grams?|g|ml|drops|tablets?|pills?|capsules?)\b"
_DOSING = (
    r"(?:tak(?:e|es|ing)|swallow(?:ing)?|doubl(?:e|ed|ing)|tripl(?:e|ing)|increas(?:e|ing)|stop(?:ping)?"
    r"|com(?:e|ing) off|quit(?:ting)?|skip(?:ping)?|cut(?:ting)? (?:out|down)|mix(?:ing)?|combin(?:e|ing)"
    r"|inject(?:ing)?|crush(?:ing)?"
    r"|more than|up to|bin|throw(?:ing)?|flush(?:ing)?|ditch(?:ing)?|swap(?:ping)?|replac(?:e|es|ing)|instead of"
    r"|give (?:him|her|them|your)|get off|without)"
)
_MEDICAL = (
    r"(?:doctors?|gps?|a ?& ?e|a and e|hospitals?|casualty|999|111|911|ambulances?|surgeons?|specialists?|surgery)"
)
_SHUN = (
    r"(?:(?:don['’]?t|do not|never|no need to|no point in|needn['’]?t|stop|avoid|instead of|forget|ignore)"
    r"\s(?:\w+\s){0,2}"
    r"(?:see(?:ing)?|go(?:ing)?|ring(?:ing)?|call(?:ing)?|trust(?:ing)?|listen(?:ing)?|need|bother(?:ing)?|ask(?:ing)?"
    r"|wait(?:ing)?|visit(?:ing)?)|(?:avoid|ignore|forget|skip))"
)
_AGE = r"(?:[5-9]|1[0-5]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
_SENTENCE = re.compile(r"[^.!?\n]+")
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
    rf"\b{_DOSING}\s{_WORDS_BETWEEN}(?:{_AMOUNT}|{_DRUG}\b)"
    rf"|{_AMOUNT}\s(?:of\s)?(?:\w+\s){{0,2}}(?:every|a day|at once|twice)",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"\b(?:9|[1-9]\d|nine|ten|twelve|twenty)\s(?:\w+\s)?(?:{_DRUG})"
    r"\s(?:a|per|each|every|in one|in a|at once|in the)\b",
    re.IGNORECASE,
)
_NO_CARE = re.compile(rf"\b{_SHUN}\s(?:\w+\s){{0,3}}{_MEDICAL}\b", re.IGNORECASE)
_SPARE = re.compile(
    rf"\b(?:sell(?:ing)?|spare|leftover|left over|surplus|supply|post you|send you|get you|got some)"
    rf"\s{_WORDS_BETWEEN}{_DRUG}\b",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    rf"\bi(?:['’]?m| am)(?: only| just| nearly| almost| a| an){{0,2}} {_AGE}"
    r"(?=[ -]?(?:years?[ -]old|yrs?[ -]old|y/?o\b|f\b|m\b)| and (?!a )|[,.!;]|\s*$| in (?:year|school))"
    rf"|\bi(?:['’]?m| am) in year (?:[1-9]|1[01])\b|\baged? {_AGE}\b(?= (?:and i|here|girl|boy))"
    r"|\b(?:don['’]?t|do not) tell (?:your|ur) (?:mum|mom|dad|parents|teachers?|family)\b"
    r"|(?<!my )(?<!our )\b(?:girls?|boys?|teens?|teenagers?|kids?)(?: \w+){0,6},?"
    r" (?:dm|message|text|snap|meet|contact) (?:me|us)\b",
    re.IGNORECASE | re.MULTILINE,
)
_THREAT = re.compile(
    r"\b(?:i|we) know where (?:you|he|she|they|\w{2,20}) (?:live|work|park)s?\b"
    r"|\b(?:i|we)(?:['’]ll| will| am going to|['’]m going to|['’]re going to) (?:find|kill|hurt|come for|smash|burn"
    r"|make) (?:you|him|her|them|his|your|their)\b(?! (?:smile|laugh|a |some))"
    r"|\b(?:go|went|come|get) round (?:there |to (?:his|her|their) (?:house|home|place) )?and"
    r" (?:tell|teach|show|sort|smash)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Harm:
    """`level`: how soon to look, "S" today, "G" soon. `words`: as they were written."""

    rule: str
    words: str
    level: str = SOON


def harms(text: str, *, sells: bool) -> list[Harm]:
    """Each rule once, with the first words that show it. `sells`: an advert, whose telephone number is its own."""
    found = [*_advice(text), *_of_sale(text), *_of_people(text, sells=sells)]
    return list({harm.rule: harm for harm in reversed(found)}.values())[::-1]


def _advice(text: str) -> Iterator[Harm]:
    for match in _MANY.finditer(text):
        yield Harm(DOSE, match[0])
    for sentence in _SENTENCE.finditer(text):
        said = sentence[0]
        if not _TO_READERS.search(said) or _ASKS_SOMEBODY.search(said):
            continue
        if dose := _DOSE.search(said):
            yield Harm(DOSE, dose[0])
        if shun := _NO_CARE.search(said):
            yield Harm(AGAINST_CARE, shun[0])


def _of_sale(text: str) -> Iterator[Harm]:
    for words in drug_sales(text):
        yield Harm(SALE, words)
    if spare := _SPARE.search(text):
        yield Harm(SALE, spare[0])


def _of_people(text: str, *, sells: bool) -> Iterator[Harm]:
    for hint in personal(text):
        if hint.kind != "person" and not (sells and hint.kind in FINDS):
            yield Harm(CONTACT, hint.words)
    if young := _YOUNG.search(text):
        yield Harm(CHILD, young[0], TODAY)
    if threat := _THREAT.search(text):
        yield Harm(THREAT, threat[0], TODAY)
