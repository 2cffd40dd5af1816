"""The fence behind the renderers: only these tags, attributes and addresses leave this room."""

from collections.abc import Callable

import nh3

from tips.text import links

VISITOR_TAGS = {"p", "br", "ul", "ol", "li", "em", "strong", "a"}
NOWHERE: dict[str, set[str]] = {"*": set()}  # without it the sanitiser lets title and lang through everywhere
VISITOR_ATTRIBUTES = NOWHERE | {"p": {"id"}, "ul": {"id"}, "ol": {"id"}, "li": {"value"}, "a": {"href"}}
STAFF_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
STAFF_TAGS = (
    VISITOR_TAGS
    | STAFF_HEADINGS
    | {"blockquote", "code", "dd", "dl", "dt", "figcaption", "figure", "hr", "img", "pre", "section", "span", "sup"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
STAFF_ATTRIBUTES = NOWHERE | {
    **{heading: {"id"} for heading in STAFF_HEADINGS},
    "a": {"href", "id", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"aria-label"},
    "span": {"aria-hidden"},
    "th": {"scope"},
}
STAFF_CLASSES = {
    "a": {"footnote-backref"},
    "figure": {"photo"},
    "p": {"video"},
    "section": {"footnotes"},
    "span": {"side-note"},
    "sup": {"footnote-ref"},
    "td": {"align-center", "align-right"},
    "th": {"align-center", "align-right"},
}
STAFF_ROLES = {"a": {"role": {"doc-noteref", "doc-backlink"}}, "section": {"role": {"doc-endnotes"}}}


def _kept(attribute: str, value: str, allowed: Callable[[str], bool]) -> str | None:
    if attribute == "src":
        return value if links.is_local(value) else None
    if attribute == "href":
        return value if allowed(value) else None
    return value


def _staff_address(address: str) -> bool:
    return links.is_web(address) or links.is_local(address) or links.is_contact(address)


_visitor = nh3.Cleaner(
    tags=VISITOR_TAGS,
    attributes=VISITOR_ATTRIBUTES,
    attribute_filter=lambda _, attribute, value: _kept(attribute, value, links.is_web),
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https"},
    url_relative="deny",
)
_staff = nh3.Cleaner(
    tags=STAFF_TAGS,
    attributes=STAFF_ATTRIBUTES,
    attribute_filter=lambda _, attribute, value: _kept(attribute, value, _staff_address),
    allowed_classes=STAFF_CLASSES,
    tag_attribute_values=STAFF_ROLES,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


def visitor_html(html: str) -> str:
    """Twice, because a parser may read its own repair differently: what is kept is a fixed point."""
    clean = _visitor.clean(html)
    return clean if clean == html else _visitor.clean(clean)


def staff_html(html: str) -> str:
    """As `visitor_html`, with what the owner's articles need besides."""
    return _staff.clean(_staff.clean(html))
