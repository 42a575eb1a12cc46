"""Telling what became of one appointment."""

from hallterm.commands import arrangement_shapes
from hallterm.commands.arrangement_text import appointment_lines
from hallterm.commands.exits import RefusedError
from hallterm.commands.output import emit, say_lines
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import refuse


def tell(desk: Desk, actor: Actor, appointment_id: str, *, as_json: bool) -> None:
    """Tell how an appointment stands.

    Raises:
        RefusedError: There is none of this id.
    """
    row = ArrangementBoard(desk).appointment(appointment_id, actor)
    if row is None:
        raise RefusedError(refuse("unknown_appointment"))
    if as_json:
        emit(arrangement_shapes.appointment(row))
    else:
        say_lines(appointment_lines([row]))
