"""Draws the states of an appointment."""

from hallterm.domain import drawing
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment import events as ev
from hallterm.domain.appointment.transitions import TRANSITIONS

CAUSES: dict[type[ev.AppointmentEvent], str] = {
    ev.AppointmentBooked: cmd.BookAppointment.__name__,
    ev.AppointmentChanged: cmd.ChangeAppointment.__name__,
    ev.AppointmentLate: cmd.NoteLate.__name__,
    ev.AppointmentArrived: "TakeTicket that names the appointment",
    ev.AppointmentMissed: f"{cmd.MissAppointment.__name__}, or the day ends",
    ev.AppointmentCancelled: cmd.CancelAppointment.__name__,
    ev.AppointmentUndone: f"{cmd.UndoAppointment.__name__}, or the ticket is taken back",
}
"""What makes each event happen."""


def drawn() -> str:
    """Return the diagram and the table of causes, in Markdown."""
    return f"```mermaid\n{drawing.mermaid(TRANSITIONS)}\n```\n\n{drawing.causes_table(CAUSES)}"
