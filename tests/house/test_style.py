"""The house style, as far as a program sees it: small modules, short functions, plain templates, one door for HTML."""

import ast
import re
from statistics import median, quantiles

from tests.house.source import ROOT, Function, called, functions, imported, modules, templates

BRANCHING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def lines_of(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def complexity_of(function: Function) -> int:
    """McCabe's number: one way through, and one more for every branching statement; an inner function has its own."""

    def branches(node: ast.AST) -> int:
        inner = [child for child in ast.iter_child_nodes(node) if not isinstance(child, Function | ast.Lambda)]
        return isinstance(node, BRANCHING) + sum(branches(child) for child in inner)

    return 1 + sum(branches(statement) for statement in function.body if not isinstance(statement, Function))


def test_no_module_is_longer_than_250_lines_nor_what_tries_and_measures_them():
    beside = [path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    sizes = {path: len((ROOT / path).read_text().splitlines()) for path in [*modules(), *beside]}

    assert beside
    assert {path: size for path, size in sizes.items() if size > 250} == {}


def test_half_of_all_functions_have_at_most_8_lines_and_nine_in_ten_fewer_than_25():
    sizes = [lines_of(function) for _, function in functions()]

    assert median(sizes) <= 8
    assert quantiles(sizes, n=10)[-1] < 25


def test_no_function_branches_more_than_8_ways():
    measured = {place: complexity_of(function) for place, function in functions()}

    assert {place: figure for place, figure in measured.items() if figure > 8} == {}


def test_everything_is_imported_at_the_top():
    hidden = [
        f"{place}: line {node.lineno}"
        for place, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_one_place_declares_html_safe():
    places = [path for path, tree in modules().items() for name in called(tree) if name in {"mark_safe", "SafeString"}]

    assert places == ["tips/text/markup.py"]


def test_no_module_has_a_name_that_says_nothing():
    empty_names = {"utils", "helpers", "common", "core", "misc", "services"}

    assert [path for path in modules() if empty_names & set(path.removesuffix(".py").split("/"))] == []


def test_what_follows_from_a_change_is_called_and_not_signalled():
    ours = {path: {*imported(tree), *called(tree)} for path, tree in modules().items()}

    assert [
        path for path, names in ours.items() if "receiver" in names or any(".signals" in name for name in names)
    ] == []


def test_no_row_points_at_just_anything():
    generic = {"GenericForeignKey", "GenericRelation"}

    assert [path for path, tree in modules().items() if generic & set(called(tree))] == []


def test_no_template_is_longer_than_100_lines():
    sizes = {name: len(text.splitlines()) for name, text in templates().items()}

    assert {name: size for name, size in sizes.items() if size > 100} == {}


def test_no_template_turns_escaping_off():
    unescaped = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")

    assert [name for name, text in templates().items() if unescaped.search(text)] == []


def test_no_template_carries_script_or_style_of_its_own():
    # The content security policy would refuse it: a reader would see a page without it.
    inline = re.compile(r"<style\b|\sstyle=|<script(?![^>]*\s(src=|type=.application/))|\son[a-z]+=", re.IGNORECASE)
    pages = {name: text for name, text in templates().items() if "mail" not in name.split("/")}

    assert [name for name, text in pages.items() if inline.search(text)] == []


def test_every_letter_has_a_subject_of_one_line_and_a_message_in_plain_text():
    folders = sorted((ROOT / "templates").glob("*/mail"))
    parts = re.compile(r"(.+)_(subject\.txt|message\.txt|message\.html)")
    letters: dict[str, set[str]] = {}
    for path in (path for folder in folders for path in folder.iterdir() if not path.name.startswith("_")):
        found = parts.fullmatch(path.name)
        assert found, f"{path.relative_to(ROOT)} is no part of a letter"
        letters.setdefault(f"{path.parent.relative_to(ROOT)}/{found[1]}", set()).add(found[2])

    assert letters
    assert {name for name, has in letters.items() if not has >= {"subject.txt", "message.txt"}} == set()
    subjects = {name: (ROOT / f"{name}_subject.txt").read_text() for name in letters}
    printed = {name: re.sub(r"{%.*?%}", "", text).strip() for name, text in subjects.items()}
    assert [name for name, text in printed.items() if len(text.splitlines()) != 1] == []
