"""Draws the states of a call-back."""

from hallterm.domain import drawing
from hallterm.domain.call_back import commands as cmd
from hallterm.domain.call_back import events as ev
from hallterm.domain.call_back.transitions import TRANSITIONS

CAUSES: dict[type[ev.CallBackEvent], str] = {
    ev.CallBackPromised: "AnswerDiversion with a yes to it",
    ev.CallBackAssigned: cmd.AssignCallBack.__name__,
    ev.CallBackUnanswered: cmd.NoteNoAnswer.__name__,
    ev.CallBackDone: cmd.NoteCalledBack.__name__,
    ev.CallBackWithdrawn: "undo of the customer's yes",
    ev.CallBackUndone: cmd.UndoCallBack.__name__,
}
"""What makes each event happen."""


def drawn() -> str:
    """Return the diagram and the table of causes, in Markdown."""
    return f"```mermaid\n{drawing.mermaid(TRANSITIONS)}\n```\n\n{drawing.causes_table(CAUSES)}"
