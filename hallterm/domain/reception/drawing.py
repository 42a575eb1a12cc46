"""Draws the states of a reception from the table that the fold itself uses."""

from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception import events as ev
from hallterm.domain.reception.transitions import TRANSITIONS

CAUSES: dict[type[ev.ReceptionEvent], str] = {
    ev.ReceptionOffered: "TakeTicket or ChangeTier to VIP",
    ev.ReceptionEscalated: cmd.EscalateReception.__name__,
    ev.ReceptionAccepted: f"{cmd.AcceptReception.__name__}, ReceiveCustomer or StartService",
    ev.ReceptionReleased: f"{cmd.ReleaseReception.__name__}, or undo of the acceptance",
    ev.CustomerGuided: cmd.GuideTo.__name__,
    ev.ReceptionClosed: f"{cmd.CloseReception.__name__}, or the ticket or the day ends",
    ev.ReceptionReopened: f"{cmd.ReopenReception.__name__}, or undo of what had ended the ticket",
}
"""What makes each event happen."""


def mermaid() -> str:
    """Return the states and what leads from one to the next, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for (origin, event), after in TRANSITIONS.items():
        for state in after:
            lines.append(f"    {origin or '[*]'} --> {state}: {event.type}")
    return "\n".join(lines)


def causes() -> str:
    """Return a table in Markdown: each event and what makes it happen."""
    rows = [f"| `{event.type}` | {cause} |" for event, cause in CAUSES.items()]
    return "\n".join(["| event | given by |", "|---|---|", *rows])
