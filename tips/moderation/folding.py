"""Nearly the same words sent many times are one row: the first of them stands for the others while it waits."""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tips.cases.models import Case, CaseQuerySet, Priority
from tips.guard.models import Fingerprint


def folded() -> CaseQuerySet:
    """What stands behind another: never what may be somebody in need, nor anything behind what is less urgent."""
    waiting = Case.objects.waiting().to_be_shown()
    soon = Q(priority=Priority.SEE_GP, pk__in=_like(waiting.filter(priority__gte=Priority.SEE_GP)))
    return waiting.filter(Q(priority=Priority.ORDINARY, pk__in=_like(waiting)) | soon)


def _like(firsts: QuerySet[Case]) -> QuerySet[Fingerprint, int]:
    return Fingerprint.objects.filter(twin__in=firsts.values("pk")).values_list("about", flat=True)


def behind(cases: Iterable[int]) -> list[int]:
    """The numbers of the cases that stand behind these."""
    return list(_folded().filter(twin__in=list(cases)).order_by("about").values_list("about", flat=True))


def how_many_behind() -> Coalesce:
    """An expression for each case of a query."""
    same = _folded().filter(twin=OuterRef("pk")).order_by().values("twin").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(same, output_field=IntegerField()), 0)


def _folded() -> QuerySet[Fingerprint]:
    return Fingerprint.objects.filter(about__in=folded().values("pk"))
