from django.template import Context, Engine
from django.utils.safestring import SafeString

from tips.text.markup import safe
from tips.text.render import visitor


def test_rendered_words_are_printed_as_markup_and_their_source_is_not():
    template = Engine().from_string("{{ html }}{{ source }}")
    source = "<b>me</b>"
    html = safe(visitor(source).html)
    assert isinstance(html, SafeString)
    assert template.render(Context({"html": html, "source": source})) == (
        '<p id="p-1">&lt;b&gt;me&lt;/b&gt;</p>&lt;b&gt;me&lt;/b&gt;'
    )
