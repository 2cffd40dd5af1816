"""What a case is about, behind one face: pages and replies are shown, taken down and described alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from textwrap import shorten
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from tips.cases.models import Case, Kind, State
from tips.comments import flows as comment_flows
from tips.comments.models import Comment
from tips.outcomes import answers, wording
from tips.outcomes.told import Line
from tips.pages import flows as page_flows
from tips.pages.models import Page, Revision, Visibility
from tips.pages.revising import edit_proposed, restore_page, take_edit_back
from tips.pages.updates import page_html, words
from tips.photos import store as photo_store
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.safety.rules import marked
from tips.text.markup import safe

WITH_SUBJECTS = ("revision__page", "comment__page")
ADDRESS = ("slug", "published_on", "sequence", "thread")  # what a thing keeps once somebody may have been told of it
PAGE_STANDING = ("slug", "published_on", "sequence", "updated_on", "visibility", "flags")
REPLY_STANDING = ("published_on", "sequence", "thread", "visibility")


@dataclass(frozen=True)
class Subject:
    case: Case
    page: Page  # the page itself, or the one that the reply stands under
    revision: Revision | None = None
    comment: Comment | None = None

    @property
    def kind(self) -> str:
        return "reply" if self.comment else self.page.get_kind_display()

    @property
    def title(self) -> str:
        """With the first words of a reply, by which one is told from another."""
        return f"{self.name}: {shorten(self.comment.source, 60, placeholder='…')}" if self.comment else self.name

    @property
    def name(self) -> str:
        """Without them: for what is folded until somebody wants to read it."""
        if self.comment:
            return f"Reply to “{self.page.title}”"
        return self.revision.title if self.revision else self.page.title

    @property
    def signs(self) -> list[str]:
        """Names of the warning signs found in it."""
        return [flag.name for flag in map(marked, self.case.flags) if flag]

    @property
    def body(self) -> SafeString:
        """The words to decide about: those of a revision may differ from what readers have."""
        if self.comment:
            return self.comment.body
        return safe(page_html(self.revision.source, self.revision.facts)) if self.revision else self.page.body

    @property
    def is_new_version(self) -> bool:
        """Readers have an earlier version meanwhile."""
        return self.comment is None and self.page.is_published and self.case.state == State.WAITING

    @property
    def answers(self) -> list[Line]:
        """What is shown beside the words: of the revision that waits, not of an earlier one."""
        return [] if self.comment else answers.lines((self.revision or self.page).facts, self.said)

    @cached_property
    def said(self) -> dict[str, Any]:
        """The answers, as outcomes/answers.py has them."""
        return answers.of_revision(self.revision) if self.revision else answers.of_page(self.page)

    @property
    def pieces(self) -> list[wording.Piece]:
        """What its author said besides title and story, each for itself."""
        return [] if self.comment else wording.pieces((self.revision or self.page).facts, self.said)

    @property
    def byline(self) -> str:
        return self.comment.name_shown if self.comment else self.page.name_shown

    @property
    def address(self) -> str:
        return (self.comment or self.page).get_absolute_url()

    def show(self, today: date) -> None:
        if self.comment:
            comment_flows.publish_comment(comment=self.comment, today=today)
            return
        if self.revision:
            answers.put(page=self.page, kept=self.revision.answers)
        page_flows.publish_page(page=self.page, revision=self.revision, today=today)
        photo_store.publish(page=self.page)
        comment_flows.index_comments_of(self.page)

    def take_down(self) -> None:
        if self.comment:
            comment_flows.take_down_comment(comment=self.comment)
        else:
            page_flows.take_down_page(page=self.page)
            photo_store.hide(page=self.page)

    @property
    def source(self) -> str:
        """The words as they were typed."""
        if self.comment:
            return self.comment.source
        return self.revision.source if self.revision else self.page.source

    @property
    def story(self) -> str:
        """The words that wait, as one text, without the answers."""
        if self.comment or not self.revision:
            return self.source
        return f"{self.revision.title}\n\n{words(self.source, self.revision.facts)}"

    @property
    def everything(self) -> str:
        """All that waits in its author's own words."""
        return self.source if self.comment else wording.as_text(self.name, self.source, self.pieces)

    @property
    def scope(self) -> str:
        """What a decision is about."""
        if self.comment:
            return "reply"
        return "new version" if self.page.published_on and self.revision and self.revision.number > 1 else "page"

    def edit(self, *, title: str, source: str, besides: Mapping[str, str], by: User | None, today: date) -> None:
        if self.comment:
            comment_flows.edit_comment(comment=self.comment, text=source)
        elif self.revision:
            facts, said = self._in_other_words(self.revision, besides)
            words = {"title": title, "source": source}
            edit_proposed(page=self.page, case=self.case, facts=facts, answers=said, by=by, today=today, **words)

    def _in_other_words(self, revision: Revision, besides: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
        facts, said = wording.in_other_words(revision.facts, self.said, besides)
        if said == self.said:
            return facts, revision.answers  # none, if nobody ever changed them
        answers.keep(self.page)
        return facts, said

    def standing(self) -> dict[str, Any]:
        """What a decision is about to change, as JSON values and without any words: for undo."""
        thing = self.comment or self.page
        kept = {name: _json(getattr(thing, name)) for name in (REPLY_STANDING if self.comment else PAGE_STANDING)}
        return kept if self.comment else {**kept, "revision": self._words_of()}

    def _words_of(self) -> int:
        """The number of the revision whose words the page has."""
        same = self.page.revisions.filter(title=self.page.title, source=self.page.source).order_by("-number")
        facts, said = self.page.facts, answers.of_page(self.page)
        found = (each for each in same if (each.facts, answers.beside(said, each.answers)) == (facts, said))
        return next((each.number for each in found), 0)

    def restore(self, kept: Mapping[str, Any], *, edited: bool) -> None:
        """As it stood before a decision; `edited`: that decision had changed words. (After the case has moved.)"""
        if self.comment:
            comment_flows.restore_comment(comment=self.comment, kept=kept, edited=edited)
            return
        columns = {name: value for name, value in kept.items() if name != "revision"}
        if edited:
            take_edit_back(page=self.page, case=self.case)
        said = self.page.revisions.filter(number=kept.get("revision", 0)).first()
        if said:
            answers.put(page=self.page, kept=said.answers)
        restore_page(page=self.page, kept=columns, revision=said)
        if self.case.state == State.PUBLISHED:
            photo_store.publish(page=self.page)
            comment_flows.index_comments_of(self.page)
        else:
            photo_store.hide(page=self.page, case=self.case)
            if kept["visibility"] == Visibility.UNPUBLISHED:
                photo_store.of_case(self.case).update(visibility=Visibility.UNPUBLISHED)

    def receipt(self) -> Receipt | None:
        return store.of_comment(self.comment) if self.comment else store.of_page(self.page)


def subject(case: Case) -> Subject:
    """Raises LookupError for a case that nothing shows, such as a message."""
    if case.kind == Kind.COMMENT:
        return Subject(case, case.comment.page, comment=case.comment)
    if case.kind == Kind.PAGE:
        return Subject(case, case.revision.page, revision=case.revision)
    raise LookupError(case.kind)


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def subjects(cases: Iterable[Case]) -> list[Subject]:
    return [subject(case) for case in cases]
