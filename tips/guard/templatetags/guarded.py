"""For pages that carry a filled-in form along without showing it."""

from django import forms, template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tips.text.markup import safe

register = template.Library()


@register.simple_tag
def again(form: forms.Form) -> SafeString:
    """Everything that was sent, as hidden fields, so that it can be sent again."""
    pairs = [(name, value) for name in form.fields for value in _values(form, name) if value]
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def rendered(html: str) -> SafeString:
    """HTML that `tips.text.render` made just now and nobody stored."""
    return safe(html)


def _values(form: forms.Form, name: str) -> list[str]:
    if hasattr(form.data, "getlist"):
        return [str(value) for value in form.data.getlist(name)]
    return [str(form.data.get(name, ""))]
