from collections.abc import Mapping
from typing import Any

from tips.cases.models import Case, Decision
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose, nothing
from tips.moderation.subjects import subject
from tips.practice.current import site
from tips.receipts import store
from tips.receipts.codes import grouped
from tips.receipts.models import Receipt


def decided(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    decision = Decision.objects.select_related("case").get(pk=context["decision"])
    receipt = Receipt.objects.get(pk=context["receipt"])
    code = store.new_code(receipt)
    about = subject(decision.case)
    return from_templates(
        "moderation/mail/decided",
        {
            "site": site(),
            "decision": decision,
            "about": about,
            "public_link": f"{site().url}{about.address}",
            "code": grouped(code),
            "link": f"{site().url}/mine/#{code}",
        },
    )


def waiting(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    cases = Case.objects.waiting().most_urgent_first()
    return from_templates("moderation/mail/waiting", {"site": site(), "count": cases.count(), "first": cases.first()})


PURPOSES: Mapping[str, Purpose] = {
    "moderation/mail/decided": Purpose(decided, nothing),
    "moderation/mail/waiting": Purpose(waiting, nothing),
}
