"""Made-up pages as rows, many at a time, as publishing would have left them, and found by the search."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.db import models, transaction
from django.db.models import Prefetch, prefetch_related_objects

from backsite.synthetic.drafts import Draft
from tips.cases.models import Action, Case, Decision, State
from tips.cases.models import Kind as CaseKind
from tips.comments.models import DEEPEST, Comment
from tips.comments.passages import passage as of_comment
from tips.index.passages import store_many
from tips.outcomes.models import Outcome
from tips.pages.listing import list_again
from tips.pages.lists import PageArea
from tips.pages.models import Kind, Page, Revision, Visibility, next_sequence
from tips.pages.passages import passages as of_page
from tips.pages.rendering import render_page
from tips.sql.plain import insert_all
from tips.text import render

MARK = "make_load "  # how `loaded_digest` of a made-up page begins
REPLY_MARK = "load"  # and `public_id` of a reply: no random one has these letters


@transaction.atomic
def store_drafts(drafts: Sequence[Draft], *, seed: int) -> None:
    first = next_sequence()
    pages = [_page(draft, seed, first + place) for place, draft in enumerate(drafts)]
    for page in pages:
        render_page(page)
    insert_all(pages, numbered=True)
    _revisions(pages, drafts)
    _said_of(pages, drafts)
    comments = _comments(pages, drafts)
    prefetch_related_objects(pages, "areas", Prefetch("about", Page.objects.only("pk")))
    list_again(*pages)
    store_many(
        {page.source_key: of_page(page) for page in pages}
        | {comment.source_key: [of_comment(comment)] for comment in comments}
    )


def _page(draft: Draft, seed: int, sequence: int) -> Page:
    is_article = draft.kind == Kind.ARTICLE
    return Page(
        kind=draft.kind,
        slug=draft.slug,
        title=draft.title,
        summary=draft.source.partition("\n\n")[2][:200] if is_article else "",
        source=draft.source,
        facts={"exercises": list(draft.about)} if is_article else {},
        visibility=Visibility.PUBLISHED,
        published_on=draft.day,
        updated_on=draft.day,
        sequence=sequence,
        comment_count=len(draft.replies),
        loaded_digest=f"{MARK}{seed} {draft.number}",
    )


def _cases(kind: CaseKind, days: Iterable[date]) -> list[Case]:
    """Opened and published on these days."""
    opened = (datetime.combine(day, time(9), UTC) for day in days)
    cases = [Case(kind=kind, state=State.PUBLISHED, version=2, opened_at=moment) for moment in opened]
    insert_all(cases, numbered=True)
    insert_all([_published(case) for case in cases])
    return cases


def _published(case: Case) -> Decision:
    return Decision(
        case=case,
        action=Action.PUBLISH,
        state_before=State.WAITING,
        state_after=State.PUBLISHED,
        decided_at=case.opened_at,
    )


def _revisions(pages: Sequence[Page], drafts: Sequence[Draft]) -> None:
    days = {page.pk: draft.day for page, draft in zip(pages, drafts, strict=True)}
    visitors = [page.pk for page in pages if page.is_by_visitor]
    cases = dict(zip(visitors, _cases(CaseKind.PAGE, (days[pk] for pk in visitors)), strict=True))
    insert_all(
        [
            Revision(
                page=page,
                number=1,
                origin=Revision.Origin.VISITOR if page.pk in cases else Revision.Origin.CONTENT,
                title=page.title,
                source=page.source,
                facts=page.facts,
                case=cases.get(page.pk),
                made_on=days[page.pk],
            )
            for page in pages
        ]
    )


def _said_of(pages: Sequence[Page], drafts: Sequence[Draft]) -> None:
    """Areas; what a visitor's page is about; what an experience tried."""
    both = list(zip(pages, drafts, strict=True))
    insert_all([PageArea(page=page, slug=slug) for page, draft in both for slug in draft.areas])
    known = {page.slug: page.pk for page in Page.objects.of_kind(Kind.EXERCISE).only("slug")}
    link: type[models.Model] = Page.about.through
    visitors = [(page, draft) for page, draft in both if page.is_by_visitor]
    insert_all([link(from_page_id=page.pk, to_page_id=known[slug]) for page, draft in visitors for slug in draft.about])
    told = [(page, draft) for page, draft in visitors if page.kind == Kind.EXPERIENCE]
    insert_all([Outcome(page=page, tried=list(draft.about), change="much-better") for page, draft in told])


def _comments(pages: Sequence[Page], drafts: Sequence[Draft]) -> list[Comment]:
    """Level by level, since a reply needs the number of the one that it answers."""
    threads = [_thread(page, draft) for page, draft in zip(pages, drafts, strict=True)]
    made = [comment for thread in threads for comment in thread]
    days = (draft.day for draft in drafts for _ in draft.replies)
    for comment, case in zip(made, _cases(CaseKind.COMMENT, days), strict=True):
        comment.case = case
    for depth in range(DEEPEST + 1):
        level = [comment for comment in made if comment.depth == depth]
        for comment in level:
            comment.parent_id = comment.parent.pk if comment.parent else None
        insert_all(level, numbered=True)
    return made


def _thread(page: Page, draft: Draft) -> list[Comment]:
    made: list[Comment] = []
    for sequence, reply in enumerate(draft.replies, 1):
        parent = made[reply.to] if reply.to is not None else None
        if parent and parent.depth == DEEPEST:
            parent = parent.parent
        made.append(_comment(page, parent, reply.text, f"{REPLY_MARK}{draft.number:x}-{sequence:x}", sequence))
    return made


def _comment(page: Page, parent: Comment | None, text: str, name: str, sequence: int) -> Comment:
    return Comment(
        public_id=name,
        page=page,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        source=text,
        html=render.visitor(text, prefix=f"{name}-").html,
        visibility=Visibility.PUBLISHED,
        published_on=page.published_on,
        sequence=sequence,
        thread=parent.thread if parent else sequence,
    )
