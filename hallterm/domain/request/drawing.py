"""Draws the states of a request from the table that the fold itself uses."""

from hallterm.domain import drawing
from hallterm.domain.request.transitions import ANYWHERE, STEPS, WITHDRAWABLE
from hallterm.domain.request.words import RequestState


def drawn() -> str:
    """Return the diagram, and the table of what can happen in many states, in Markdown."""
    diagram = drawing.mermaid({step: (after,) for step, after in STEPS.items()})
    return f"```mermaid\n{diagram}\n```\n\n{elsewhere()}"


def elsewhere() -> str:
    """Return a table in Markdown: events that happen in many states, and in which."""
    rows = [
        ("request_withdrawn", "→ `closed`", WITHDRAWABLE),
        ("request_reopened", "→ the state it was closed from", {RequestState.CLOSED}),
        *((event.type, "stays", states) for event, states in ANYWHERE.items()),
    ]
    lines = ["| event | state after | in |", "|---|---|---|"]
    for name, after, states in rows:
        every = "every state" if len(states) == len(RequestState) else ""
        listed = ", ".join(f"`{state}`" for state in RequestState if state in states)
        lines.append(f"| `{name}` | {after} | {every or listed} |")
    return "\n".join(lines)
