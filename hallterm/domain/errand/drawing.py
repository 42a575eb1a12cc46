"""Draws the states of an errand."""

from hallterm.domain import drawing
from hallterm.domain.errand import commands as cmd
from hallterm.domain.errand import events as ev
from hallterm.domain.errand.transitions import TRANSITIONS

CAUSES: dict[type[ev.ErrandEvent], str] = {
    ev.ErrandPlanned: cmd.PlanErrand.__name__,
    ev.ErrandAssigned: cmd.AssignErrand.__name__,
    ev.ErrandCalled: cmd.CallAhead.__name__,
    ev.ErrandDeparted: cmd.DepartErrand.__name__,
    ev.ErrandFinished: cmd.FinishErrand.__name__,
    ev.ErrandMissed: cmd.MissErrand.__name__,
    ev.ErrandRebooked: cmd.RebookErrand.__name__,
    ev.ErrandCancelled: cmd.CancelErrand.__name__,
    ev.ErrandUndone: cmd.UndoErrand.__name__,
}
"""What makes each event happen."""


def drawn() -> str:
    """Return the diagram and the table of causes, in Markdown."""
    return f"```mermaid\n{drawing.mermaid(TRANSITIONS)}\n```\n\n{drawing.causes_table(CAUSES)}"
