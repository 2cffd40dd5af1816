"""What the rules noticed and what the learned weights hear, put together.

A passage that sounds alarming raises the flags it speaks for, though no rule knew its words. A rule's alarm becomes a
quiet mention where the whole passage tells of something long past, seen on television, denied or said in jest.
"""

from collections.abc import Iterator, Sequence

from tips.safety.concepts import Sense
from tips.safety.judging import Judge, Judgement
from tips.safety.matches import Match, match
from tips.safety.phrasebook import Span
from tips.safety.rules import RAISED, Flag, flag
from tips.safety.telling import Telling
from tips.safety.weights import Weights

DESPAIR = "self-harm-crisis"
LEAST_WORDS = 5  # of a passage, to be heard beyond the rules
LEAST_SPEAKING = 3  # of these, different ones, that speak for the alarm by themselves
MOST_WORDS = 3  # of the heaviest are named as the reason


class Hearing:
    def __init__(self, text: str, telling: Telling, weights: Weights) -> None:
        self._text, self._telling, self._weights = text, telling, weights
        self._judge = Judge(telling, weights)
        self._judged = self._judge.passages()

    def together(self, ruled: Sequence[list[Match]]) -> list[Match]:
        """All matches: those of the rules by stretch (`ruled`), hushed where need be, and those that were heard."""
        kept = list(self._kept(ruled))
        alarms = {each.flag.slug for each in kept if each.is_alarm}
        for judgement in self._judged:
            if judgement.score > self._weights.thresholds["alarm"] and self._is_borne_out(judgement):
                is_known = any(each.is_alarm for matches in ruled[slice(*judgement.stretches)] for each in matches)
                for shown in self._marks(judgement, is_known=is_known):
                    if shown.slug not in alarms:
                        alarms.add(shown.slug)
                        kept.append(self._explained(judgement, shown))
        return kept

    def _is_borne_out(self, judgement: Judgement) -> bool:
        """ "Buy cheap pills now": two words alone make no alarm, whatever stands around them that means nothing."""
        speaking: set[str] = set()
        for word in self._judge.speaking(judgement) if self._says_enough(*judgement.stretches) else ():
            speaking.add(word)
            if len(speaking) == LEAST_SPEAKING:
                return True
        return False

    def _says_enough(self, first: int, last: int) -> bool:
        """ "Neck pain" is what people search for; the rules alone read so few words."""
        return sum(len(stretch.words) for stretch in self._telling.reading.stretches[first:last]) >= LEAST_WORDS

    def _kept(self, ruled: Sequence[list[Match]]) -> Iterator[Match]:
        """An alarm of the rules stands unless every passage around it sounds harmless, and says enough to sound so.

        Despair must sound harmless by itself as well: the longest cheerful story may end in "I want to die".
        """
        loudest, least = self._loudest(), self._weights.thresholds["kept"]
        for number, matches in enumerate(ruled):
            is_harmless = number in loudest and loudest[number] <= least
            for each in matches:
                is_doubted = is_harmless and not (each.flag.slug == DESPAIR and self._stands_alone(number))
                yield each.hushed() if is_doubted else each

    def _loudest(self) -> dict[int, float]:
        """By stretch, how alarming the loudest passage around it sounds, of those that say enough."""
        found: dict[int, float] = {}
        for judgement in self._judged:
            if self._says_enough(*judgement.stretches):
                for number in range(*judgement.stretches):
                    found.setdefault(number, judgement.score)
        return found

    def _stands_alone(self, number: int) -> bool:
        kept = self._weights.thresholds["kept"]
        return not self._says_enough(number, number + 1) or self._judge.alone(number) > kept

    def _marks(self, judgement: Judgement, *, is_known: bool) -> Iterator[Flag]:
        """The flag that is heard most clearly, and all that are heard beside it; fewer where a rule knew the words."""
        thresholds = self._weights.thresholds
        plain = {label: score for label, score in judgement.flags.items() if not label.endswith(RAISED)}
        least = thresholds["beside a rule" if is_known else "beside"]
        for slug, score in plain.items():
            if score >= (least if is_known else min(least, max(plain.values()))):
                is_raised = judgement.flags.get(slug + RAISED, -1.0) > thresholds["raised"]
                yield flag(slug).raised() if is_raised else flag(slug)

    def _explained(self, judgement: Judgement, shown: Flag) -> Match:
        """The words that weighed most for the flag, in the stretch where they weigh most together."""
        stretches = self._telling.reading.stretches
        reasons = [(stretches[number], self._reasons(number, shown)) for number in range(*judgement.stretches)]
        stretch, heaviest = max(reasons, key=lambda each: (sum(weight for weight, _ in each[1]), -each[0].sentence))
        spans = [Span(start, end) for _, (start, end, _) in heaviest]
        return match(self._text, stretch, shown, shown.level, spans or [Span(0, len(stretch.words))])

    def _reasons(self, number: int, shown: Flag) -> list[tuple[float, Sense]]:
        weighed = ((self._weights.of(feature, shown.slug), sense) for feature, sense in self._telling.placed(number))
        heavy = sorted((each for each in weighed if each[0] > 0), key=lambda each: (-each[0], each[1]))
        return heavy[:MOST_WORDS]
