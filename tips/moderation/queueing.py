"""What waits, as the rows of one list: each thing once, with why it is here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from tips.cases.models import Case, CaseQuerySet, Kind, Priority
from tips.guard.points import LOOK
from tips.moderation.folding import folded, how_many_behind
from tips.moderation.subjects import WITH_SUBJECTS, Subject, subject
from tips.pages.models import Visibility
from tips.photos.models import Photo
from tips.safety.rules import marked
from tips.text.marking import around

PER_PAGE = 25
FIRST_LINES = 220  # characters
MOST_REASONS = 3
URGENCY = {Priority.EMERGENCY: "At once", Priority.SAME_DAY: "Today", Priority.SEE_GP: "Soon"}
_PUBLIC = Q(revision__page__visibility=Visibility.PUBLISHED)
SORTS: dict[str, tuple[str, Q]] = {
    "pages": ("Pages", Q(kind=Kind.PAGE) & ~_PUBLIC),
    "versions": ("New versions", Q(kind=Kind.PAGE) & _PUBLIC),
    "replies": ("Replies", Q(kind=Kind.COMMENT)),
    "photos": ("With photos", Q(Exists(Photo.objects.filter(case=OuterRef("pk"))), kind=Kind.PAGE)),
    "reports": ("Reports", Q(kind=Kind.MESSAGE) & ~Q(message__about="")),
    "objections": ("Objections", Q(kind=Kind.OBJECTION)),
    "messages": ("Messages", Q(kind=Kind.MESSAGE, message__about="")),
}
# Long texts that no row prints.
HEAVY = (
    "revision__page__html",
    "revision__page__source",
    "comment__html",
    "comment__page__html",
    "comment__page__source",
)


@dataclass(frozen=True)
class Why:
    """A rule, and the words that it noticed in what stands around them; words may be empty. Points make it later."""

    rule: str
    before: str = ""
    words: str = ""
    after: str = ""
    points: int = 0


@dataclass(frozen=True)
class Row:
    case: Case
    kind: str
    title: str
    address: str
    text: str  # the first lines
    why: Sequence[Why]
    hours: int
    photos: int = 0
    reports: int = 0  # how many people said the same
    alike: int = 0  # how many more with nearly the same words stand behind it

    @property
    def urgency(self) -> str:
        return URGENCY.get(Priority(self.case.priority), "")

    @property
    def is_hard(self) -> bool:
        """Folded until somebody wants to read it."""
        return is_hard(self.case)

    @property
    def looks(self) -> str:
        """What its points say, in words."""
        if self.case.late:
            return "Looks like an advert"
        return "Worth a second look" if self.case.points >= LOOK else ""

    @property
    def may_be_spam(self) -> bool:
        """One of many: never where somebody may be in need."""
        return self.case.priority < Priority.SAME_DAY and self.case.kind in {Kind.PAGE, Kind.COMMENT}


def is_hard(case: Case) -> bool:
    """Its writer may be in danger: a story that not everybody wants to read at any moment."""
    return case.priority >= Priority.EMERGENCY and bool(case.flags)


def waiting(sort: str = "") -> CaseQuerySet:
    """Each thing once. Unknown sorts show everything."""
    found = Case.objects.waiting().each_once().exclude(pk__in=folded().values("pk"))
    return found.filter(SORTS[sort][1]) if sort in SORTS else found


def rows(cases: CaseQuerySet, *, now: datetime, first: int = 0, most: int = PER_PAGE) -> list[Row]:
    """Up to `most` from the `first` on; three queries, however many wait."""
    wanted = cases.select_related(*WITH_SUBJECTS, "message", "objection__decision").defer(*HEAVY)
    wanted = wanted.annotate(alike=how_many_behind())
    shown = list(wanted.most_urgent_first()[first : first + most])
    photos = _count(Photo.objects.filter(case__in=shown).values_list("case_id", flat=True))
    reported = [case.pk for case in shown if case.kind == Kind.MESSAGE]
    reports = Case.objects.filter(joins__in=reported).values_list("joins").annotate(many=Count("pk"))
    joined = dict(reports) if reported else {}
    return [replace(_row(case, now, photos[case.pk], joined.get(case.pk, 0)), alike=case.alike) for case in shown]


def _count(numbers: Iterable[int | None]) -> Counter[int | None]:
    return Counter(numbers)


def _row(case: Case, now: datetime, photos: int, joined: int) -> Row:
    hours = int(case.age(now).total_seconds() // 3600)
    if case.kind == Kind.MESSAGE:
        return _of_message(case, hours, joined)
    if case.kind == Kind.OBJECTION:
        text, link = case.objection.text, f"/moderation/objections/{case.pk}/"
        return Row(case, "objection", "Objection to a decision", link, _cut(text), _why(case, text), hours)
    about = subject(case)
    text, title = about.source, about.name if is_hard(case) else about.title
    link = f"/moderation/{case.pk}/"
    return Row(case, kind_of(about), title, link, _cut(text), _why(case, text), hours, photos)


def _of_message(case: Case, hours: int, joined: int) -> Row:
    message = case.message
    kind = "report" if message.about else "message"
    title = f"Report about {message.about}" if message.about else f"Message from {message.name_shown}"
    link = f"/moderation/messages/{case.pk}/"
    why = _why(case, message.text)
    return Row(case, kind, title, link, _cut(message.text), why, hours, reports=joined + 1 if message.about else 0)


def kind_of(about: Subject) -> str:
    return f"new version of {about.kind.lower()}" if about.is_new_version else about.kind


def why(case: Case, text: str) -> list[Why]:
    """Every rule with the words it was found by, then what the form noticed. Rows show the first three."""
    found = [Why(rule, *around(text, words)) for rule, words in case.matches]
    named = {each.rule for each in found}
    unseen = [flag.name for flag in map(marked, case.flags) if flag and flag.name not in named]
    weights = [*case.weights, *[0] * len(case.signals)]
    told = [Why(signal, points=points) for signal, points in zip(case.signals, weights, strict=False)]
    return [*found, *map(Why, unseen), *told]


def _why(case: Case, text: str) -> list[Why]:
    return why(case, text)[:MOST_REASONS]


def _cut(text: str) -> str:
    short = " ".join(text[: 2 * FIRST_LINES].split())
    return short if len(short) <= FIRST_LINES else f"{short[:FIRST_LINES].rpartition(' ')[0]}…"
