"""What a case is about, behind one face: pages and replies are shown, taken down and described alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from tips.cases.models import Case, Kind
from tips.comments import flows as comment_flows
from tips.comments.models import Comment
from tips.pages import flows as page_flows
from tips.pages.models import Page, Revision
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.safety.rules import marked

WITH_SUBJECTS = ("revision__page", "comment__page")


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
        if self.comment:
            return f"Reply to “{self.page.title}”: {self.comment.source[:60]}"
        return self.revision.title if self.revision else self.page.title

    @property
    def signs(self) -> list[str]:
        """Names of the warning signs found in it."""
        return [flag.name for flag in map(marked, self.case.flags) if flag]

    @property
    def body(self) -> SafeString:
        return self.comment.body if self.comment else self.page.body

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
        page_flows.publish_page(page=self.page, revision=self.revision, today=today)
        comment_flows.index_comments_of(self.page)

    def take_down(self) -> None:
        if self.comment:
            comment_flows.take_down_comment(comment=self.comment)
        else:
            page_flows.take_down_page(page=self.page)

    def receipt(self) -> Receipt | None:
        return store.of_comment(self.comment) if self.comment else store.of_page(self.page)


def subject(case: Case) -> Subject:
    """Raises LookupError for a case that nothing shows, such as a message."""
    if case.kind == Kind.COMMENT:
        return Subject(case, case.comment.page, comment=case.comment)
    if case.kind == Kind.PAGE:
        return Subject(case, case.revision.page, revision=case.revision)
    raise LookupError(case.kind)


def subjects(cases: Iterable[Case]) -> list[Subject]:
    return [subject(case) for case in cases]
