"""British and American spellings of a word: either finds the other."""

import re
from collections.abc import Iterable
from functools import lru_cache

# British beginning or word, American one. Whatever may follow stays: "colours", "centred", "travelling".
PAIRS = (
    ("aeroplane", "airplane"), ("aesthe", "esthe"), ("anaem", "anem"), ("anaesth", "anesth"), ("armour", "armor"),
    ("behaviour", "behavior"), ("cancell", "cancel"), ("catalogue", "catalog"), ("centre", "center"),
    ("colour", "color"), ("cosy", "cozy"), ("counsell", "counsel"), ("defence", "defense"), ("diarrhoea", "diarrhea"),
    ("disc", "disk"), ("doughnut", "donut"), ("enrol", "enroll"), ("favour", "favor"), ("fibre", "fiber"),
    ("flavour", "flavor"), ("foetal", "fetal"), ("fuell", "fuel"), ("fulfil", "fulfill"), ("grey", "gray"),
    ("gynaeco", "gyneco"), ("haem", "hem"), ("harbour", "harbor"), ("honour", "honor"), ("humour", "humor"),
    ("instalment", "installment"), ("jewellery", "jewelry"), ("kerb", "curb"), ("labell", "label"),
    ("labour", "labor"), ("levell", "level"), ("licence", "license"), ("litre", "liter"),
    ("manoeuvre", "maneuver"), ("metre", "meter"), ("modell", "model"), ("mould", "mold"), ("mum", "mom"),
    ("neighbour", "neighbor"), ("odour", "odor"), ("oedema", "edema"), ("oesoph", "esoph"), ("oestro", "estro"),
    ("offence", "offense"), ("orthopaed", "orthoped"), ("paediat", "pediat"), ("paraesth", "paresth"),
    ("pedall", "pedal"), ("practise", "practice"), ("programme", "program"), ("pyjama", "pajama"),
    ("rumour", "rumor"), ("sceptic", "skeptic"), ("shovell", "shovel"), ("signall", "signal"),
    ("skilful", "skillful"), ("swivell", "swivel"), ("theatre", "theater"), ("travell", "travel"),
    ("tumour", "tumor"), ("tyre", "tire"), ("vapour", "vapor"), ("vigour", "vigor"),
)  # fmt: skip
ENDINGS = (
    (re.compile("(?<=...)is(?=(?:e[drs]?|ers|ing|ations?|able)$)"), "iz"),
    (re.compile("(?<=...)iz(?=(?:e[drs]?|ers|ing|ations?|able)$)"), "is"),
    (re.compile("(?<=...)ys(?=(?:e[drs]?|ers|ing)$)"), "yz"),
    (re.compile("(?<=...)yz(?=(?:e[drs]?|ers|ing)$)"), "ys"),
    (re.compile("(?<=t)re(?=[ds]?$)"), "er"),
)


def other_spellings(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of folded words those that the other side of the ocean may spell in another way. Not all are words."""
    found = {word: _others(word) for word in words}
    return {word: others for word, others in found.items() if others}


@lru_cache(maxsize=20_000)
def _others(word: str) -> tuple[str, ...]:
    by_ending = (pattern.sub(ending, word) for pattern, ending in ENDINGS)
    by_start = (
        there + word.removeprefix(here)
        for british, american in PAIRS
        for here, there in ((british, american), (american, british))
        if word.startswith(here) and not (there.startswith(here) and word.startswith(there))
    )
    return tuple(dict.fromkeys(other for other in (*by_ending, *by_start) if other != word))
