"""Everything that the desk says by code has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hallterm
from hallterm.dispatch.queue import Choice
from hallterm.domain.event_types import event_types
from hallterm.words.actions import action_word
from hallterm.words.reasons import explain_choice
from hallterm.words.refusals import codes

ROOMS = ("domain", "desk", "dispatch")
MAKERS = {"Picked", "_picked", "Choice"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in the rooms that make codes, by the name of what is called."""
    for room in ROOMS:
        for path in (Path(hallterm.__file__).parent / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield ast.unparse(node.func), node


def texts_in(node: ast.AST) -> set[str]:
    """Return the plain texts inside a piece of code."""
    values = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return {value for value in values if isinstance(value, str)}


def test_every_refusal_has_words() -> None:
    given = [call.args[0] for name, call in calls() if name in {"refuse", "Refusal"} and call.args]
    composed = {n for n in given if isinstance(n, ast.JoinedStr | ast.BinOp)}
    used = {text for node in given if node not in composed for text in texts_in(node)}
    assert len(used) > 60
    assert used <= codes(), sorted(used - codes())
    for part in {text for node in composed for text in texts_in(node)}:
        assert any(part in code for code in codes()), part


def test_every_reason_of_a_choice_has_words() -> None:
    used = {
        text
        for name, call in calls()
        if name in MAKERS and len(call.args) > 1
        for text in texts_in(call.args[1])
    }
    assert len(used) >= 4
    for reason in used:
        assert explain_choice(Choice("t", reason)) != reason, reason


@pytest.mark.parametrize(
    "type_name", [n for n, event in event_types().items() if event.aggregate == "ticket"]
)
def test_every_event_of_a_ticket_has_a_word(type_name: str) -> None:
    assert action_word(type_name) != type_name


def test_events_are_told_apart_by_their_type() -> None:
    types = event_types()
    assert all(event.type == name for name, event in types.items())
    assert {event.stream for event in types.values()} == {"hall", "company"}
    assert all(event.aggregate for event in types.values())
