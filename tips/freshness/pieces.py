"""Pieces of pages that say nothing but what they are told: rendered once, and kept for whoever is told the same.

`{% piece "reading/_reply.html" with reply=each %}` is `{% include … only %}` for plain values: words, numbers, days,
and tuples of them. The template gets these and nothing else, no request either: the same values are the same text, and
a piece is never stale. But it may be of words that are public no more. So all are forgotten as soon as anything went
(slots.GONE), and after a minute at the latest. For what strangers read, not for what anybody typed.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import blake2b
from time import monotonic
from typing import Any

from django.template import Context, Engine, Library, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.loader_tags import do_include
from django.utils.safestring import SafeString

from tips.freshness import slots

MOST_BYTES = 1024 * 1024  # in each process
BESIDE = 250  # bytes that a piece takes beside its text
SECONDS = 60.0
WORDS = frozenset({str, int, bool, date, type(None)})
register = Library()


class NotPlain(TypeError):
    """A value that may change, or say more than it shows: nothing rendered from it can be kept."""


class Pieces:
    """`clock` in seconds, for tests. `rendered`: how often a template had to be."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.kept: dict[bytes, SafeString] = {}
        self.bytes = 0
        self.rendered = 0
        self._gone, self._until = -1, 0.0
        self._lock = threading.Lock()

    def of(self, template: Template, values: Mapping[str, Any]) -> SafeString:
        safe = [name for name, value in values.items() if type(value) is SafeString]  # which `repr` does not tell
        if not all(name in safe or plain(value) for name, value in values.items()):
            raise NotPlain(template.name, values)
        key = blake2b(repr((template.name, values, safe)).encode(), digest_size=16).digest()
        self.forget_what_went()
        text = self.kept.get(key)
        if text is None:
            text = template.render(Context(values))
            self._keep(key, text)
        return text

    def forget_what_went(self) -> None:
        gone = slots.counters()[slots.GONE]
        if gone == self._gone and self.clock() < self._until:
            return
        with self._lock:
            self.kept.clear()
            self.bytes, self._gone, self._until = 0, gone, self.clock() + SECONDS

    def _keep(self, key: bytes, text: SafeString) -> None:
        with self._lock:
            self.rendered += 1
            self._drop(key)
            self.kept[key] = text
            self.bytes += size(text)
            while self.bytes > MOST_BYTES:
                self._drop(next(iter(self.kept)))

    def _drop(self, key: bytes) -> None:
        old = self.kept.pop(key, None)
        self.bytes -= 0 if old is None else size(old)


def size(text: str) -> int:
    return text.__sizeof__() + BESIDE


def plain(value: object) -> bool:
    return type(value) in WORDS or (isinstance(value, tuple) and all(map(plain, value)))


class PieceNode(Node):
    def __init__(self, name: str, values: Mapping[str, FilterExpression]) -> None:
        self.name, self.values = name, values
        self.template: Template | None = None  # looked for when it is needed: a template may be a piece of itself

    def render(self, context: Context) -> SafeString:
        if self.template is None:
            self.template = Engine.get_default().get_template(self.name)
        return pieces.of(self.template, {name: each.resolve(context) for name, each in self.values.items()})


@register.tag("piece")
def piece(parser: Parser, token: Token) -> PieceNode:
    """It reads as `{% include %}` does."""
    node = do_include(parser, token)
    if node.isolated_context or not isinstance(node.template.var, str):
        raise TemplateSyntaxError("a piece has a fixed name, and never gets more than it is told: leave out 'only'")
    return PieceNode(node.template.var, node.extra_context)


pieces = Pieces()
