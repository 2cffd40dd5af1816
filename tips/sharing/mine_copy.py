"""A copy of everything kept about what somebody sent: for programs as JSON, for people as a page of its own."""

import base64
import json
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tips.cases.statements import statement
from tips.comments.models import Comment
from tips.outcomes import answers
from tips.outcomes.models import Outcome
from tips.pages.models import Page
from tips.pages.updates import page_html, updates
from tips.photos import store as photo_store
from tips.photos.models import Photo
from tips.photos.serving import sealed_response
from tips.practice.current import site
from tips.receipts.models import Receipt
from tips.sharing.mine_flows import cases_of
from tips.text.markup import safe

FORMAT = "backsite-copy-1"


def copy(receipt: Receipt) -> dict[str, Any]:
    """JSON values. An address that was left is not in it, only that there is one: this file may be passed on."""
    what = _of_page(receipt.page) if receipt.page else _of_reply(receipt.comment) if receipt.comment else {}
    cases = cases_of(receipt)
    return {
        "format": FORMAT,
        "site": site().url,
        **what,
        "state": cases[-1].state,
        "received_on": [case.opened_at.date().isoformat() for case in cases],
        "decisions": [_said(statement(each)) for case in cases for each in case.decisions.order_by("pk")],
        "consent": {"wording": receipt.consent, "on": receipt.consent_on.isoformat()},
        "addresses_kept_for": [
            {"purpose": each.get_purpose_display(), "since": _day(each.consent_on), "deleted_on": _day(each.purge_on)}
            for each in receipt.addresses.all()
        ],
        "taken_down_on": _day(receipt.withdrawn_on),
    }


def _of_page(page: Page) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "address": f"{site().url}{page.get_absolute_url()}" if page.published_on else "",
        "title": page.title,
        "name": page.byline,
        "place": page.place,
        "words": page.source,
        "updates": [{"on": each.on.isoformat(), "words": each.source} for each in updates(page.facts)],
        "facts": {name: value for name, value in page.facts.items() if name != "updates"},
        "outcome": answers.answered(Outcome.objects.filter(page=page).first()),
        "areas": sorted(area.slug for area in page.areas.all()),
        "about": [each.get_absolute_url() for each in page.about.published().order_by("pk")],
        "photos": [
            {
                "name": f"photo-{number}",
                "description": photo.alt,
                "caption": photo.caption,
                "width": photo.width,
                "height": photo.height,
            }
            for number, photo in enumerate(photo_store.all_of(page), 1)
        ],
        "published_on": _day(page.published_on),
        "shown_to_search_engines": page.in_search_engines,
        "open_to_replies": page.comments_open,
        "versions": [
            {
                "number": each.number,
                "on": _day(each.made_on),
                "title": each.title,
                "words": each.source,
                "facts": each.facts,
                "answers": each.answers,
            }
            for each in page.revisions.all()
        ],
    }


def _of_reply(comment: Comment) -> dict[str, Any]:
    return {
        "kind": "reply",
        "address": f"{site().url}{comment.get_absolute_url()}" if comment.published_on else "",
        "under": comment.page.title,
        "name": comment.byline,
        "words": comment.source,
        "published_on": _day(comment.published_on),
    }


def _said(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "day": told["day"].isoformat()}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def as_json(receipt: Receipt) -> HttpResponse:
    text = json.dumps(copy(receipt), ensure_ascii=False, indent=2)
    return attachment(text, "my-page.json", "application/json")


def as_html(receipt: Receipt) -> HttpResponse:
    context = {
        "copy": copy(receipt),
        "html": _body(receipt),
        "photos": [(photo, _picture(photo)) for photo in photo_store.all_of(receipt.page)] if receipt.page else [],
        "site_name": site().name,
    }
    return attachment(render_to_string("sharing/mine_copy.html", context), "my-page.html", "text/html; charset=utf-8")


def _body(receipt: Receipt) -> SafeString:
    """A page that waits was not rendered yet."""
    if receipt.comment:
        return receipt.comment.body
    return safe(page_html(receipt.page.source, receipt.page.facts) if receipt.page else "")


def _picture(photo: Photo) -> str:
    """The photo itself as an address; "" when its files are lost, which must not lose the copy."""
    try:
        data = sealed_response(photo).content
    except Http404:
        return ""
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}"


def attachment(text: str, name: str, kind: str) -> HttpResponse:
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
