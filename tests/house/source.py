"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accounts", "backsite", "tips")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the packages but the migrations, parsed, by its path from the root."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text())
        for path in paths
        if "migrations" not in path.parts
    }


@cache
def templates() -> dict[str, str]:
    """Every HTML template, by its path below templates/."""
    folder = ROOT / "templates"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*.html"))}


@cache
def rooms() -> list[str]:
    """The packages of tips. (Its content is data, not a package.)"""
    return sorted(path.parent.name for path in (ROOT / "tips").glob("*/__init__.py"))


def functions() -> Iterator[tuple[str, Function]]:
    """Every function with the place to look it up, methods and functions within functions too."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path}:{node.lineno} {node.name}", node


def called(tree: ast.AST) -> Iterator[str]:
    """The last name of everything that is called or decorates: `mark_safe`, `receiver`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield last_name(node.func)
        if isinstance(node, Function | ast.ClassDef):
            yield from (last_name(decorator) for decorator in node.decorator_list)


def last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func):
            return last_name(func)
    return ""


def imported(tree: ast.AST) -> Iterator[str]:
    """The full name of everything that is imported, wherever in the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
