"""The site's own words without their markup, by the file they stand in: what reading_age.py measures."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.house.reading_age import without_labels
from tests.house.source import ROOT, modules, templates

CONTENT = ROOT / "tips" / "content"
FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
# What a helpline fills in: a number, or a few short words.
HELPLINES = {"emergency": "999", "advice": "111", "crisis": "116 123"}
# Who works at the desk has been shown round; visitors have not.
STAFF_ROOMS = ("moderation/", "desk/", "mfa/", "allauth/", "accounts/")

UNSEEN = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->|<(script|style|svg)\b.*?</\1>", re.DOTALL)
HANDED_ON = re.compile(r'\b(?:heading|text|label|here)="([^"{]+)"')
INCLUDE = re.compile(r"{%\s*include\b.*?%}", re.DOTALL)
INLINE = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|kbd|span|strong|time)\b[^>]*>", re.DOTALL)
LOGIC = re.compile(r"{%.*?%}", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)

ANCHOR = re.compile(r" \{#[^}]*\}|(?<=\])\([^)]*\)|\[\^[^\]]*\]:?")
MARKS = re.compile(r"[\[\]*#|]")
SAYS_SOMETHING = re.compile(r"[A-Z][^{}<>]*[a-z] [^{}<>]*", re.DOTALL)


def of_templates() -> dict[str, str]:
    """The sentences on the pages that visitors see. What a variable fills in counts as one short word."""
    return {
        name: without_labels(visible(html)) for name, html in templates().items() if not name.startswith(STAFF_ROOMS)
    }


def visible(html: str) -> str:
    html = UNSEEN.sub(" ", html)
    html = INCLUDE.sub(lambda include: "\n".join(["", *HANDED_ON.findall(include[0]), ""]), html)
    lines = TAG.sub("\n", INLINE.sub("", LOGIC.sub(" ", VARIABLE.sub("it", html)))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip() not in ("", "it"))


def of_forms() -> dict[str, str]:
    """Labels, helps, choices and complaints: the sentences among the strings of a form's module."""
    return {
        path: without_labels("\n".join(spoken(tree)))
        for path, tree in modules().items()
        if path.endswith(("/forms.py", "/fields.py", "/choices.py")) and "/desk/" not in path
    }


def spoken(tree: ast.Module) -> Iterator[str]:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in told and SAYS_SOMETHING.fullmatch(words):
                yield words


def of_exercises() -> dict[str, str]:
    """Steps, who should ask first, and when to stop."""
    return {
        name: "\n".join(front["steps"] + front["not_for"] + front["stop_if"])
        for name, front, _ in markdown("exercises")
    }


def of_flags() -> dict[str, str]:
    """Each warning sign's card: heading, signs and advice, and those of its more urgent form."""
    flags = tomllib.loads((CONTENT / "flags.toml").read_text())["flag"]
    return {flag["slug"]: "\n".join(card(flag)).format(**HELPLINES) for flag in flags}


def card(flag: dict[str, Any]) -> list[str]:
    raised = [flag["raised_action"], *flag["raised_signs"], *flag["raised_advice"]] if "raised_action" in flag else []
    return [flag["action"], *flag["signs"], *flag["advice"], *raised]


def of_pages(folder: str) -> dict[str, str]:
    """Body of each article, lesson or information page."""
    return {f"{folder}/{name}": MARKS.sub(" ", ANCHOR.sub(" ", body)) for name, _, body in markdown(folder)}


def markdown(folder: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name, front matter and body of each file of a folder."""
    for path in sorted((CONTENT / folder).glob("*.md")):
        if parts := FRONT_MATTER.match(path.read_text(encoding="utf-8")):
            yield path.stem, tomllib.loads(parts[1]), parts[2]
