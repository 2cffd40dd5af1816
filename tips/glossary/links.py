from tips.glossary.models import Term
from tips.text.terms import TermLink


def term_links() -> list[TermLink]:
    """Every term with the words that are linked to it; everyday words are not."""
    return [
        TermLink(slug=term.slug, words=(term.name, *term.variants), definition=term.definition)
        for term in Term.objects.in_order()
    ]
