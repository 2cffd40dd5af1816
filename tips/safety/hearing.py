"""What the rules noticed and what the learned weights hear, put together.

A passage that sounds alarming raises the flags it speaks for, though no rule knew its words. A rule's alarm becomes a
quiet mention where the whole passage tells of something long past, seen on television, denied or said in jest.
"""

from collections.abc import Iterator, Sequence

from tips.safety import judging
from tips.safety.concepts import Sense, lexicon
from tips.safety.judging import Judgement
from tips.safety.matches import Match, match
from tips.safety.phrasebook import Span
from tips.safety.rules import RAISED, Flag, flag
from tips.safety.telling import Reader, Telling
from tips.safety.weights import Weights
from tips.safety.words import Stretch

DESPAIR = "self-harm-crisis"
LEAST_WORDS = 5  # of a passage, to be heard beyond the rules
MOST_WORDS = 3  # of the heaviest are named as the reason


def together(
    text: str, tellings: Sequence[Telling], ruled: Sequence[list[Match]], judged: Sequence[Judgement], weights: Weights
) -> list[Match]:
    """All matches: those of the rules by stretch (`ruled`), hushed where need be, and those that were heard."""
    kept = list(_kept(ruled, tellings, judged, weights))
    alarms = {each.flag.slug for each in kept if each.is_alarm}
    for judgement in judged:
        passage = tellings[judgement.first : judgement.last]
        if judgement.score > weights.thresholds["alarm"] and _says_enough(passage):
            is_known = any(each.is_alarm for matches in ruled[judgement.first : judgement.last] for each in matches)
            for shown in _marks(judgement, weights, is_known=is_known):
                if shown.slug not in alarms:
                    alarms.add(shown.slug)
                    kept.append(_explained(text, passage, shown, weights))
    return kept


def _says_enough(tellings: Sequence[Telling]) -> bool:
    """ "Neck pain" is what people search for; the rules alone read so few words."""
    return sum(len(telling.stretch.words) for telling in tellings) >= LEAST_WORDS


def _kept(
    ruled: Sequence[list[Match]], tellings: Sequence[Telling], judged: Sequence[Judgement], weights: Weights
) -> Iterator[Match]:
    """An alarm of the rules stands unless every passage around it sounds harmless, and says enough to sound so.

    Despair must sound harmless by itself as well: the longest cheerful story may end in "I want to die".
    """
    doubted = [each for each in judged if _says_enough(tellings[each.first : each.last])]
    for place, matches in enumerate(ruled):
        scores = [each.score for each in doubted if each.first <= place < each.last] if matches else []
        is_harmless = bool(scores) and max(scores) <= weights.thresholds["kept"]
        for each in matches:
            is_doubted = is_harmless and not (each.flag.slug == DESPAIR and _stands_alone(tellings[place], weights))
            yield each.hushed() if is_doubted else each


def _stands_alone(telling: Telling, weights: Weights) -> bool:
    return not _says_enough([telling]) or judging.alone(telling, weights) > weights.thresholds["kept"]


def _marks(judgement: Judgement, weights: Weights, *, is_known: bool) -> Iterator[Flag]:
    """The flag that is heard most clearly, and all that are heard beside it; fewer where a rule knew the words."""
    plain = {label: score for label, score in judgement.flags.items() if not label.endswith(RAISED)}
    least = weights.thresholds["beside a rule" if is_known else "beside"]
    for slug, score in plain.items():
        if score >= (least if is_known else min(least, max(plain.values()))):
            is_raised = judgement.flags.get(slug + RAISED, -1.0) > weights.thresholds["raised"]
            yield flag(slug).raised() if is_raised else flag(slug)


def _explained(text: str, tellings: Sequence[Telling], shown: Flag, weights: Weights) -> Match:
    """The words that weighed most for the flag, in the stretch where they weigh most together."""
    reader = Reader(lexicon())
    reasons = [(telling.stretch, _reasons(reader, telling.stretch, shown, weights)) for telling in tellings]
    stretch, heaviest = max(reasons, key=lambda each: (sum(weight for weight, _ in each[1]), -each[0].sentence))
    spans = [Span(start, end) for _, (start, end, _) in heaviest]
    return match(text, stretch, shown, shown.level, spans or [Span(0, len(stretch.words))])


def _reasons(reader: Reader, stretch: Stretch, shown: Flag, weights: Weights) -> list[tuple[float, Sense]]:
    weighed = ((weights.of(feature, shown.slug), sense) for feature, sense in reader.placed(stretch))
    heavy = sorted((each for each in weighed if each[0] > 0), key=lambda each: (-each[0], each[1]))
    return heavy[:MOST_WORDS]
