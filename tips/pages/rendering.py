"""From the Markdown kept to the HTML shown. Stored with the page, so that reading a page renders nothing."""

from tips.glossary.links import term_links
from tips.pages.models import Page
from tips.pages.updates import page_html
from tips.text import render
from tips.text.terms import link_terms


def render_page(page: Page) -> None:
    """Fill in `html` and `headings` from `source`; does not save."""
    if page.is_by_visitor:
        page.html = page_html(page.source, page.facts)
        page.headings = []
        return
    rendered = render.staff(page.source)
    page.html = link_terms(rendered.html, term_links())
    page.headings = [[heading.level, heading.id, heading.text] for heading in rendered.headings]


def render_if_shown(page: Page) -> None:
    """The same, but for a visitor's page that was never public: publishing renders it, and nobody reads its HTML."""
    if page.published_on or not page.is_by_visitor:
        render_page(page)
    else:
        page.html = ""
