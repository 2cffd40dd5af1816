"""Everything that may happen to what strangers read, one step at a time, each to one of the things that are there."""

import contextlib
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils import timezone

from tests import make
from tips.cases.models import Case, Decision, NotAllowed, State
from tips.comments.models import Comment
from tips.desk.flows import save_practice
from tips.glossary.models import Term
from tips.moderation import flows as moderation
from tips.outcomes.answers import of_page
from tips.pages import terms
from tips.pages.flows import edit_page, publish_page, take_down_page
from tips.pages.models import Page
from tips.photos import store as photo_store
from tips.photos.models import Photo
from tips.practice.models import Practice
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.sharing import mine_answers, mine_captions, mine_edits, mine_flows, mine_photos
from tips.sharing.mine_edits import NotNow

T = TypeVar("T")
AREAS = ("lower-back", "neck")
STORY = "I bent forward over the kitchen table in small steps, my psoas let go, and after some minutes I could walk."
PLACES = (
    "/", "/articles/", "/exercises/", "/exercises/?area=neck", "/pages/", "/pages/?kind=experience",
    "/pages/?area=neck",
    "/pages/?about=hip-hinge", "/pages/?about=bird-dog", "/glossary/", "/warning-signs/", "/robots.txt",
    "/manifest.webmanifest", "/sitemap.xml", "/feeds/articles.atom", "/feeds/pages.atom", "/feeds/pages.atom?area=neck",
    "/feeds/pages.atom?about=hip-hinge",
)  # fmt: skip


class World:
    """`wait` lets eleven minutes pass: for the database here, for whoever keeps pages by what is given."""

    def __init__(self, chance: random.Random, wait: Callable[[], None]) -> None:
        self.chance, self._wait = chance, wait
        make.article("start-here", "Where to start", facts={"exercises": ["hip-hinge", "bird-dog"]})
        self.articles = [
            make.article(facts={"exercises": ["hip-hinge"], "related": ["bird-dog"]}, source="## Why\n\nThe psoas."),
            make.exercise(related=["back-exercises", "bird-dog"]),
        ]
        self.addresses = dict.fromkeys(PLACES)
        for _ in range(3):
            self.publish()
        self.reply()
        make.settle(timezone.now())

    @property
    def steps(self) -> list[Callable[[], None]]:
        return [
            self.publish, self.reply, self.reply, self.read, self.read_with_changes, self.hide, self.hide, self.undo,
            self.undo, self.mend_reply, self.mend_reply, self.mend_title, self.mend_answers, self.mend_caption,
            self.remove_photo, self.unname, self.close_or_open, self.hide_from_engines, self.withdraw, self.come_back,
            self.erase, self.edit, self.come_or_go, self.explain, self.explain_no_more, self.rename_site, self.wait,
        ]  # fmt: skip

    def note_addresses(self) -> None:
        """Also those that lead nowhere any more."""
        for page in Page.objects.exclude(published_on=None):
            address = page.get_absolute_url()
            self.addresses |= dict.fromkeys([address, f"{address}comments.atom"])
        for page in Page.objects.by_visitors().order_by("-sequence")[1:2]:
            self.addresses[f"/pages/?before={page.sequence}"] = None

    def one_of(self, things: Sequence[T]) -> list[T]:
        return [self.chance.choice(things)] if things else []

    def words(self) -> str:
        return f"{STORY} {self.chance.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}."

    def receipts(self, **chosen: Any) -> list[Receipt]:
        return list(Receipt.objects.filter(**chosen).order_by("pk"))

    # What moderators do
    def publish(self) -> None:
        about = self.chance.sample(self.articles, self.chance.randrange(3))
        page = make.waiting_page(
            f"Page {self.words()[-2]}", self.words(), about=about, areas=[self.chance.choice(AREAS)]
        )
        store.issue(page=page, email="", today=make.TODAY)
        make.photo(page)
        make.decide(make.case_of(page))

    def reply(self) -> None:
        for page in self.one_of(list(Page.objects.published().order_by("pk"))):
            above = self.one_of([None, *Comment.objects.published().on(page).order_by("pk")])
            comment = make.waiting_comment(page, self.words(), parent=above[0], byline="Bea")
            store.issue(comment=comment, email="", today=make.TODAY)
            make.decide(comment.case)

    def read(self) -> None:
        for case in self.one_of(list(Case.objects.to_be_shown().filter(state=State.WAITING).order_by("pk"))):
            make.decide(case)

    def read_with_changes(self) -> None:
        comment = make.waiting_comment(self.chance.choice(self.articles), self.words())
        said: dict[str, Any] = {"title": "", "source": f"{STORY} Changed.", "note": "", "by": make.mina()}
        moderation.edit_and_publish(case=comment.case, version=comment.case.version, now=timezone.now(), **said)

    def hide(self) -> None:
        for case in self.one_of(list(Case.objects.filter(state=State.PUBLISHED).order_by("pk"))):
            said: dict[str, Any] = {"reason": "off-topic", "note": "", "by": make.mina(), "version": case.version}
            moderation.hide(case=case, now=timezone.now(), **said)

    def undo(self) -> None:
        for decision in self.one_of(list(Decision.objects.order_by("pk"))):
            with contextlib.suppress(NotAllowed):
                moderation.undo(decision=decision, by=make.mina(), now=timezone.now())

    # What authors do
    def mend_reply(self) -> None:
        text = self.words() if self.chance.random() < 0.7 else f"No. It was quite another thing. {self.words()}"
        for receipt in self.one_of(self.receipts(comment__isnull=False)):
            with contextlib.suppress(NotNow):
                mine_edits.edit_reply(receipt=receipt, text=text, now=timezone.now())

    def mend_title(self) -> None:
        for receipt in self.one_of(self.receipts(page__isnull=False)):
            title = f"Page {self.words()[-2]}"
            with contextlib.suppress(NotNow):
                mine_edits.edit_page(receipt=receipt, title=title, story=self.words(), later=[], now=timezone.now())

    def mend_answers(self) -> None:
        for page in self.one_of(list(Page.objects.published().by_visitors().order_by("pk"))):
            receipt = Receipt.objects.get(page=page)
            about = self.chance.sample(["back-exercises", "hip-hinge"], 1)
            outcome = {"tried": ["hip-hinge"], "pain_before": self.chance.randrange(11)}
            said = {**of_page(page), "areas": [self.chance.choice(AREAS)], "about": about, "outcome": outcome}
            with contextlib.suppress(NotNow):
                mine_answers.change_answers(receipt=receipt, facts={}, answers=said, now=timezone.now())

    def mend_caption(self) -> None:
        for photo in self.one_of(list(Photo.objects.published().order_by("pk"))):
            for receipt in self.receipts(page=photo.page):
                words = {photo.public_id: ["A table", f"Photo {self.chance.choice('ABC')}"]}
                with contextlib.suppress(NotNow):
                    mine_captions.describe(receipt=receipt, photos=words, now=timezone.now())

    def remove_photo(self) -> None:
        for page in self.one_of(list(Page.objects.published().by_visitors().order_by("pk"))):
            for photo in photo_store.of(page):
                mine_photos.remove_photo(page=page, handle=photo.public_id)

    def unname(self) -> None:
        for receipt in self.one_of(self.receipts()):
            mine_flows.take_name_off(receipt=receipt)

    def close_or_open(self) -> None:
        for page in self.one_of(list(Page.objects.published().by_visitors().order_by("pk"))):
            mine_flows.open_to_replies(page=page, wanted=not page.comments_open)

    def hide_from_engines(self) -> None:
        for page in self.one_of(list(Page.objects.published().by_visitors().order_by("pk"))):
            mine_flows.show_to_search_engines(page=page, wanted=not page.in_search_engines)

    def withdraw(self) -> None:
        for receipt in self.one_of(self.receipts()):
            mine_flows.withdraw(receipt=receipt, today=timezone.localdate())

    def come_back(self) -> None:
        for receipt in self.one_of(self.receipts(withdrawn_on__isnull=False)):
            mine_flows.come_back(receipt=receipt, today=timezone.localdate())

    def erase(self) -> None:
        for receipt in self.one_of(self.receipts()):
            mine_flows.erase(receipt=receipt)

    # What the owner does
    def edit(self) -> None:
        page = Page.objects.get(pk=self.chance.choice(self.articles).pk)
        if self.chance.random() < 0.5:
            page.title = f"Title {self.chance.random()}"
        page.source = f"## Why\n\nBecause of the psoas, {self.chance.random()}."
        edit_page(page=page, by=make.olga(), today=timezone.localdate())

    def come_or_go(self) -> None:
        page = Page.objects.filter(slug="bird-dog").first()
        if page is None:
            make.exercise("bird-dog", "Bird dog")
        elif page.is_published:
            take_down_page(page=page)
        else:
            publish_page(page=page, today=timezone.localdate())

    def explain(self) -> None:
        term = Term.objects.first() or Term(slug="psoas", name="Psoas")
        term.definition = f"A deep muscle. {self.chance.random()}"
        terms.save_term(term=term)

    def explain_no_more(self) -> None:
        for term in Term.objects.all():
            terms.remove_term(term=term)

    def rename_site(self) -> None:
        row = Practice.current()
        row.name = f"Olga {self.chance.random()}"
        save_practice(practice=row, photo=None, remove_photo=False, by=None, now=timezone.now())

    # What time does
    def wait(self) -> None:
        make.settle(timezone.now())
        self._wait()
