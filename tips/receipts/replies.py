"""Letters to authors about replies: only to an address that was confirmed, bursts as one, stopped by one press."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from tips.cases.models import SETTLES_AFTER
from tips.comments.models import Comment, CommentQuerySet
from tips.keys import words
from tips.keys.sealing import digest, seal
from tips.mail.errors import Unwanted
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.outbox import cancel, compose
from tips.mail.sending import Purpose
from tips.practice.current import site
from tips.receipts import store
from tips.receipts.models import Address, Receipt

CONFIRM, REPLIED = "receipts/mail/confirm", "receipts/mail/replied"
UNCONFIRMED_FOR = timedelta(days=7)
STOP = "no more letters about replies"


@transaction.atomic
def ask(*, receipt: Receipt, email: str, now: datetime) -> None:
    """Keep the address for replies and mail it a link to confirm; nothing else is mailed before that is pressed."""
    stop(receipt=receipt)
    kept = Address.objects.create(
        receipt=receipt,
        purpose=Address.Purpose.REPLIES,
        sealed=seal("addresses", email.encode()),
        consent_on=now.date(),
        told_up_to=_newest(receipt),
    )
    compose(CONFIRM, to=email, context={"address": kept.pk}, key=f"confirm:{kept.pk}", group=_group(kept), now=now)


def find_unconfirmed(token: str, *, today: date) -> Address | None:
    """None for an unknown, used or old link alike."""
    waiting = Address.objects.filter(confirmed_on=None, consent_on__gt=today - UNCONFIRMED_FOR)
    return waiting.filter(confirm_digest=_digest(token)).first()


@transaction.atomic
def confirm(*, token: str, today: date) -> bool:
    found = find_unconfirmed(token, today=today)
    if found is None:
        return False
    found.confirmed_on, found.confirm_digest = today, ""
    found.save(update_fields=["confirmed_on", "confirm_digest"])
    return True


@transaction.atomic
def stop(*, receipt: Receipt) -> None:
    for kept in receipt.addresses.filter(purpose=Address.Purpose.REPLIES):
        cancel(_group(kept))
        kept.delete()


def stop_by_word(word: str) -> None:
    """One press, or one click of a mail program (RFC 8058). An unknown word changes nothing and nobody learns it."""
    number = words.number(STOP, word)
    if number is None:
        return
    kept = Address.objects.filter(pk=number, purpose=Address.Purpose.REPLIES).select_related("receipt").first()
    if kept:
        stop(receipt=kept.receipt)


@transaction.atomic
def announce(*, comment: Comment, now: datetime) -> None:
    """Somebody replied: one letter for all replies of ten minutes, ten minutes after the last of them at the latest."""
    seconds = int(SETTLES_AFTER.total_seconds())
    window = int(now.timestamp()) // seconds
    due = datetime.fromtimestamp((window + 2) * seconds, tz=UTC)
    for kept in _listening(comment):
        compose(
            REPLIED,
            to=store.address(kept.receipt, Address.Purpose.REPLIES),
            context={"address": kept.pk, "due": due.isoformat()},
            key=f"replied:{kept.pk}:{window}",
            group=_group(kept),
            now=now,
            due=due,
        )


def forget_unconfirmed(*, today: date) -> int:
    old = Address.objects.filter(purpose=Address.Purpose.REPLIES, confirmed_on=None)
    return old.filter(consent_on__lte=today - UNCONFIRMED_FOR).delete()[0]


def _listening(comment: Comment) -> list[Address]:
    """Of the page's author and of the one who is answered; never the writer of the reply."""
    answered = Q(receipt__page=comment.page_id) | Q(receipt__comment=comment.parent_id or 0)
    confirmed = Address.objects.filter(answered, purpose=Address.Purpose.REPLIES, confirmed_on__isnull=False)
    return list(confirmed.exclude(receipt__comment=comment.pk).select_related("receipt"))


def _about(receipt: Receipt) -> CommentQuerySet:
    replies = Comment.objects.published()
    return replies.on(receipt.page) if receipt.page else replies.filter(parent=receipt.comment)


def _newest(receipt: Receipt) -> int:
    newest = _about(receipt).order_by("-sequence").first()
    return newest.sequence if newest else 0


def _confirm_letter(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    kept = Address.objects.filter(pk=context["address"], confirmed_on=None).first()
    if kept is None:
        raise Unwanted("stopped or confirmed")
    token = secrets.token_urlsafe(16)
    kept.confirm_digest = _digest(token)
    kept.save(update_fields=["confirm_digest"])
    link = f"{settings.SITE_URL}{reverse('replies_confirm', args=[token])}"
    return from_templates(CONFIRM, {"site": site(), "link": link})


def _replied_letter(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    """What is public when it is sent, under the names shown then; nothing younger than ten minutes."""
    kept = Address.objects.filter(pk=context["address"]).select_related("receipt__page", "receipt__comment").first()
    if kept is None:
        raise Unwanted("stopped")
    news = _about(kept.receipt).filter(sequence__gt=kept.told_up_to).select_related("page").order_by("sequence")
    found = list(news.settled(datetime.fromisoformat(context["due"])))
    if not found:
        raise Unwanted("told already, or gone")
    kept.told_up_to = found[-1].sequence
    kept.save(update_fields=["told_up_to"])
    stop_link = f"{settings.SITE_URL}{reverse('replies_stop', args=[words.word(STOP, kept.pk)])}"
    letter = from_templates(REPLIED, {"site": site(), "count": len(found), "first": found[0], "stop": stop_link})
    headers = {
        "List-Id": f"<replies.{settings.SITE_HOST}>",
        "List-Unsubscribe": f"<{stop_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return Letter(letter.subject, letter.text, headers=headers)


def _group(kept: Address) -> str:
    return f"replies:{kept.pk}"


def _digest(token: str) -> str:
    return digest("confirm-replies", token)


PURPOSES: Mapping[str, Purpose] = {CONFIRM: Purpose(_confirm_letter), REPLIED: Purpose(_replied_letter)}
