"""Issue, find and forget receipts."""

from datetime import date, timedelta

from accounts.models import User
from tips.comments.models import Comment
from tips.keys.sealing import Unreadable, seal, unseal
from tips.pages.models import Page
from tips.receipts.codes import code_digest, mint, normal
from tips.receipts.models import Address, PrivateCode, Receipt
from tips.sql.plain import insert, new, put

CONSENT = "health-2026-11"  # version of the wording at the consent box: docs/PRIVACY.md keeps them all
ADDRESS_KEPT_FOR = timedelta(days=30)  # after its last purpose ended


def issue(
    *, page: Page | None = None, comment: Comment | None = None, account: User | None = None, email: str, today: date
) -> tuple[Receipt, str]:
    """A receipt for one page or one comment, and the code that only its sender will hold."""
    receipt = new(
        Receipt,
        page_id=page and page.pk,
        comment_id=comment and comment.pk,
        account_id=account and account.pk,
        consent=CONSENT,
        consent_on=today,
    )
    insert(receipt)
    if email:
        sealed = seal("addresses", email.encode())
        put(Address, receipt_id=receipt.pk, purpose=Address.Purpose.DECISION, sealed=sealed, consent_on=today)
    return receipt, new_code(receipt)


def new_code(receipt: Receipt) -> str:
    code = mint()
    put(PrivateCode, receipt_id=receipt.pk, digest=code_digest(code))
    return code


def find(typed: str) -> Receipt | None:
    """The receipt that a code opens; None for a wrong, mistyped or withdrawn one, in the same time."""
    row = PrivateCode.objects.filter(digest=code_digest(normal(typed))).select_related("receipt").first()
    return row.receipt if row else None


def of_page(page: Page) -> Receipt | None:
    return Receipt.objects.filter(page=page).first()


def of_comment(comment: Comment) -> Receipt | None:
    return Receipt.objects.filter(comment=comment).first()


def address(receipt: Receipt, purpose: Address.Purpose) -> str:
    """The address left for this purpose; empty when there is none or its key is gone."""
    row = receipt.addresses.filter(purpose=purpose).first()
    if row is None:
        return ""
    try:
        return unseal("addresses", bytes(row.sealed)).decode()
    except Unreadable:
        return ""


def rotate(receipt: Receipt) -> str:
    """A new code; every one given before, mailed links included, opens nothing any more."""
    receipt.codes.all().delete()
    return new_code(receipt)


def purpose_ended(receipt: Receipt, *, today: date) -> None:
    decisions = receipt.addresses.filter(purpose=Address.Purpose.DECISION, purge_on__isnull=True)
    decisions.update(purge_on=today + ADDRESS_KEPT_FOR)


def purpose_goes_on(receipt: Receipt) -> None:
    """Something waits again, of which its author wants to be told."""
    receipt.addresses.filter(purpose=Address.Purpose.DECISION).update(purge_on=None)


def purge(*, today: date) -> int:
    """Addresses whose time is up."""
    return Address.objects.filter(purge_on__lte=today).delete()[0]
