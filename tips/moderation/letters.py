from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tips.cases.models import Case, Decision
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery
from tips.mail.sending import Purpose, nothing
from tips.moderation import by_letter, objecting, reporting
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


def decided_text(planned: Decision) -> str:
    """The letter that its author would get, for the moderator to read before it is sent."""
    context = {
        "site": site(),
        "decision": planned,
        "about": subject(planned.case),
        "code": "(their private code)",
        "link": "(their private link)",
    }
    return from_templates("moderation/mail/decided", context).text


def reported(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    return from_templates(reporting.OUTCOME, {"site": site(), "hidden": context["hidden"]})


def objected(_delivery: Delivery, context: Mapping[str, Any]) -> Letter:
    answer = Decision.objects.get(pk=context["answer"])
    code = store.new_code(Receipt.objects.get(pk=context["receipt"]))
    return from_templates(objecting.ANSWERED, {"site": site(), "answer": answer, "link": f"{site().url}/mine/#{code}"})


def waiting(_delivery: Delivery, _context: Mapping[str, Any]) -> Letter:
    """The link leads to the first of them, for two days and until somebody decides."""
    cases = Case.objects.waiting().each_once().most_urgent_first()
    first = cases.first()
    link = f"{site().url}/moderation/letter/{by_letter.word(first, now=timezone.now())}/" if first else ""
    context = {"site": site(), "count": cases.count(), "first": first, "link": link}
    return from_templates("moderation/mail/waiting", context)


PURPOSES: Mapping[str, Purpose] = {
    "moderation/mail/decided": Purpose(decided, nothing),
    "moderation/mail/waiting": Purpose(waiting, nothing),
    reporting.OUTCOME: Purpose(reported, nothing),
    objecting.ANSWERED: Purpose(objected, nothing),
}
