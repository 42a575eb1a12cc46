"""Draws the states of a reception from the table that the fold itself uses."""

from hallterm.domain import drawing
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


def drawn() -> str:
    """Return the diagram and the table of causes, in Markdown."""
    return f"```mermaid\n{drawing.mermaid(TRANSITIONS)}\n```\n\n{drawing.causes_table(CAUSES)}"
