"""Several commands in one transaction: all of them, or none."""

from collections.abc import Iterable, Sequence

from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.note import Beside, Note
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command, Event


def act_together(
    desk: Desk, actor: Actor, commands: Sequence[Command], notes: Iterable[Note] = ()
) -> Done | Refusal:
    """Carry out commands one after the other; the first refusal undoes those before it.

    notes: free words that go with the last command, beside the log.

    Raises:
        StoreFaultError: the store could not be written; nothing has changed.
    """
    events: list[Event] = []
    with desk.transaction(actor) as transaction:
        for place, command in enumerate(commands, 1):
            last = place == len(commands)
            beside = Beside(notes=tuple(notes) if last else ())
            answer = transaction.perform(command, beside)
            if isinstance(answer, Refusal):
                transaction.abandon()
                return answer
            events += answer
    return Done(tuple(events))
