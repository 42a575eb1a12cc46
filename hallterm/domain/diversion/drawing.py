"""Draws the states of an offer to go elsewhere."""

from hallterm.domain import drawing
from hallterm.domain.diversion.transitions import TRANSITIONS
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev

CAUSES: dict[type[ev.TicketEvent], str] = {
    ev.DiversionOffered: cmd.OfferDiversion.__name__,
    ev.DiversionAnswered: cmd.AnswerDiversion.__name__,
    ev.ActionUndone: cmd.UndoAction.__name__,
}
"""What makes each event happen."""


def drawn() -> str:
    """Return the diagram and the table of causes, in Markdown."""
    return f"```mermaid\n{drawing.mermaid(TRANSITIONS)}\n```\n\n{drawing.causes_table(CAUSES)}"
