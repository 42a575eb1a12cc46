"""What a terminal that follows a home puts into a command, so that it still says the same later."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.hall import Hall
from hallterm.domain.numbering import lane_number
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import StartService, TakeTicket, UndoAction
from hallterm.domain.tiers import NUMBER_LETTER


def prepared(
    command: Command, hall: Hall, confirmed: Hall, where: Circumstances, lane: int
) -> Command:
    """Return the command with the number that the slip will say, the counter, what is undone.

    confirmed: the hall as the facts alone have it. Only numbers whose lease is a fact are given
    out: one that is still pending here may be pending elsewhere too.
    """
    match command:
        case TakeTicket(number=None):
            return command.model_copy(
                update={"number": _number(command, hall, confirmed, where, lane)}
            )
        case StartService(counter_id=None):
            duty = hall.counter_of(where.actor.staff_id)
            return command.model_copy(update={"counter_id": duty.counter_id if duty else None})
        case UndoAction(action=None):
            ticket = hall.tickets.get(command.ticket_id)
            action = ticket.last_action if ticket else None
            return command.model_copy(update={"action": action.type if action else None})
        case _:
            return command


def _number(
    command: TakeTicket, hall: Hall, confirmed: Hall, where: Circumstances, lane: int
) -> str:
    lent = confirmed.lent_numbers(NUMBER_LETTER[command.tier], where.device)
    free = next((number for number in lent if number not in hall.numbers), None)
    return free or lane_number(NUMBER_LETTER[command.tier], lane, hall.numbers)
