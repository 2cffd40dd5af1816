"""Why something is worth a second look, rule by rule, with points that order and colour and never refuse.

Every point has its words: the points of a judgement are the sum of its reasons', nothing else. How much is a guess of
ours, held low where honest visitors do the same: a link, a price, a medicine's name. What could hurt somebody is told
beside them, and has no points: it is read before the rest, not after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tips.guard.forms import HASTE, HONEYPOT, UNPROVEN
from tips.guard.harms import Harm, harms
from tips.guard.signs import SIGNS
from tips.guard.taking import NEWCOMERS
from tips.guard.watching import Watched, hits
from tips.text.spots import Written

LOOK, LATE = 20, 50  # from here on coloured; from here on read after the others of the same priority
TWIN = "the same words as case {}"
SELLS = 20  # points of a text, without its telephone number, from which on it is an advert
FORM = {HONEYPOT: ("honeypot", 40), UNPROVEN: ("no proof", 5)}


@dataclass(frozen=True)
class Reason:
    rule: str
    words: str  # for the person who reads it
    points: int


@dataclass(frozen=True)
class Judgement:
    reasons: tuple[Reason, ...]
    harms: tuple[Harm, ...] = ()

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def in_words(self) -> list[str]:
        return [reason.words for reason in self.reasons]

    @property
    def weights(self) -> list[int]:
        """Points, one by one beside `in_words`."""
        return [reason.points for reason in self.reasons]

    @property
    def band(self) -> str:
        return band(self.points)


def band(points: int) -> str:
    """ "plain", "look" (coloured) or "late" (read after the others of its priority)."""
    if points >= LATE:
        return "late"
    return "look" if points >= LOOK else "plain"


def judge(
    text: str, signals: Iterable[str] = (), *, watched: Iterable[Watched] = (), twin: int | None = None
) -> Judgement:
    """`signals` are those of the form, `watched` the owner's list, `twin` the case with nearly the same words."""
    written = Written(text)
    of_text = list(_of_text(written))
    reasons = [*map(_of_form, signals), *of_text]
    reasons += [
        Reason("watched", f"{hit.watched.label}: “{hit.words}”", hit.watched.points) for hit in hits(text, watched)
    ]
    if twin is not None:
        reasons.append(Reason("twin", TWIN.format(twin), 25))
    sells = sum(reason.points for reason in of_text if reason.rule != "telephone") >= SELLS
    return Judgement(tuple(reasons), tuple(harms(written, sells=sells)))


def is_hard(signals: Iterable[str]) -> bool:
    """Whether the form told more than that no proof of work came with it, which is no sign of anything bad."""
    return any(each != UNPROVEN for each in signals)


def is_of_form(signal: str) -> bool:
    """Whether the form told it, and not the words: it stays when the words are changed."""
    return signal in {*FORM, *NEWCOMERS.values()} or signal.startswith(HASTE.partition("{")[0])


def _of_form(signal: str) -> Reason:
    if signal.startswith(HASTE.partition("{")[0]):
        return Reason("haste", signal, 15)
    rule, points = FORM.get(signal, ("newcomer", 10))
    return Reason(rule, signal, points)


def _of_text(written: Written) -> Iterator[Reason]:
    for sign in SIGNS:
        found = sign.find(written)
        if found:
            yield Reason(sign.rule, f"{sign.words}: {', '.join(found[:3])}", min(sign.most, sign.each * len(found)))
