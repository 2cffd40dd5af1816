"""Mails to authors about what they sent. Each mints its private link when it is sent; only a digest is stored."""

from collections.abc import Mapping
from typing import Any

from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose, nothing
from tips.practice.care import cards_for
from tips.practice.current import site
from tips.receipts import replies, store
from tips.receipts.codes import grouped
from tips.receipts.models import Receipt


def received(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    receipt = Receipt.objects.select_related("page", "comment__page").get(pk=context["receipt"])
    code = store.new_code(receipt)
    thing = receipt.page or receipt.comment
    return from_templates(
        "sharing/mail/received",
        {
            "site": site(),
            "code": grouped(code),
            "link": f"{site().url}/mine/#{code}",
            "cards": cards_for(thing.flags if thing else []),
        },
    )


PURPOSES: Mapping[str, Purpose] = {"sharing/mail/received": Purpose(received, nothing), **replies.PURPOSES}
