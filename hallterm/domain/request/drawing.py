"""Draws the states of a request from the table that the fold itself uses."""

from hallterm.domain.request.transitions import ANYWHERE, STEPS, WITHDRAWABLE


def mermaid() -> str:
    """Return the states and what leads from one to the next, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for (origin, event), after in STEPS.items():
        lines.append(f"    {origin or '[*]'} --> {after}: {event.type}")
    lines.append("    closed --> [*]")
    return "\n".join(lines)


def elsewhere() -> str:
    """Return a table in Markdown: events that happen in many states, and in which."""
    rows = [
        ("request_withdrawn", "→ `closed`", WITHDRAWABLE),
        ("request_reopened", "→ the state it was closed from", frozenset({"closed"})),
    ]
    rows += [(event.type, "stays", states) for event, states in ANYWHERE.items()]
    lines = ["| event | state after | in |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {after} | {', '.join(f'`{state}`' for state in sorted(states))} |"
        for name, after, states in rows
    ]
    return "\n".join(lines)
