"""What the search may find of a term: its name, what it means, and every word that people use for it."""

from tips.glossary.models import Term
from tips.index.passages import Passage

KIND = "term"


def passage(term: Term) -> Passage:
    words = ", ".join((*term.variants, *term.lay))
    also = f"({words})" if words else ""
    return Passage(
        kind=KIND,
        url=term.get_absolute_url(),
        title=term.name,
        heading="",
        body=f"{term.definition} {also}".strip(),
    )
