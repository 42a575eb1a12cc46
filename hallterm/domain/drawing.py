"""Draws states from the tables that the folds themselves use."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from hallterm.domain.stream import Event

State = TypeVar("State", bound=StrEnum)
Kind = TypeVar("Kind", bound=Event)


def mermaid(
    transitions: Mapping[tuple[State | None, type[Kind]], Iterable[State | None]],
) -> str:
    """Return the states and what leads from one to the next, as a Mermaid state diagram.

    None before an event: there is nothing yet; after it: there is nothing any more.
    """
    lines = ["stateDiagram-v2"]
    for (origin, event), after in transitions.items():
        for state in after:
            lines.append(f"    {origin or '[*]'} --> {state or '[*]'}: {event.type}")
    return "\n".join(lines)


def causes_table(causes: Mapping[type[Kind], str]) -> str:
    """Return a table in Markdown: each event and what makes it happen."""
    rows = [f"| `{event.type}` | {cause} |" for event, cause in causes.items()]
    return "\n".join(["| event | given by |", "|---|---|", *rows])
