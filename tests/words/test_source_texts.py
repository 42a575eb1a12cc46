"""Every text in `_()` can be found by the extractor and translated whole."""

import ast
import re
import string
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hallterm.words import LOCALE_FOLDER

TOP = LOCALE_FOLDER.resolve().parent.parent
SOURCES = sorted(
    path
    for room in ("hallterm", "screens")
    for path in (TOP / room).rglob("*.py")
    if "__pycache__" not in path.parts
)
MARKERS = {"_": 1, "mark": 1, "ngettext": 2}
POSITIONAL = re.compile(r"%[sdrf]|\{\}|\{\d")
LANGUAGE_MODULE = "language.py"


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in MARKERS
            and path.name != LANGUAGE_MODULE
        ):
            yield node


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def faults(source: str) -> list[str]:
    """Say what is wrong with the texts of one module."""
    found = []
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in node.args[: MARKERS.get(node.func.id, 0)]:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    found.append(f"{node.lineno}: not a constant")
                elif POSITIONAL.search(argument.value):
                    found.append(f"{node.lineno}: placeholder without a name")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "format"
            and isinstance(text := node.func.value, ast.Call)
            and isinstance(text.func, ast.Name)
            and text.func.id in MARKERS
            and isinstance(text.args[0], ast.Constant)
        ):
            wanted = placeholders(str(text.args[0].value))
            given = {keyword.arg for keyword in node.keywords}
            if node.args or (None not in given and wanted != given):
                found.append(f"{node.lineno}: values don't match the placeholders")
    return found


def test_there_are_texts_to_look_at() -> None:
    assert sum(1 for path in SOURCES for _call in calls(path)) > 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TOP)))
def test_texts_are_constants_with_named_placeholders(path: Path) -> None:
    if path.name != LANGUAGE_MODULE:
        assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "_(f'{x}')",
        "_('a' + b)",
        "_(name)",
        "_('{}').format(1)",
        "_('%s') % 1",
        "_('{a}').format(b=1)",
        "_('{a}').format(a=1, b=2)",
        "ngettext('{n}', many, 2)",
    ],
)
def test_the_check_sees_a_fault(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize("source", ["_('{a}').format(a=1)", "_('a' 'b')", "_('{a}').format(**b)"])
def test_the_check_lets_good_texts_pass(source: str) -> None:
    assert faults(source) == []


CATALOGUES = sorted(LOCALE_FOLDER.glob("*/LC_MESSAGES/hallterm.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_the_placeholders(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)
    pairs = [
        pair
        for message in catalogue
        if message.id
        for pair in zip(_forms(message.id), _forms(message.string), strict=False)
    ]
    translated = [(source, text) for source, text in pairs if text]
    assert translated
    for source, text in translated:
        assert placeholders(source) == placeholders(text), source


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return a message's text, or its singular and plural."""
    return [text] if isinstance(text, str) else text or []
