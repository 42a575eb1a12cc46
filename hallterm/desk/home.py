"""The home of the streams: takes what terminals did, orders it, and hands the facts out."""

import logging
from collections.abc import Sequence

from hallterm.desk.desk import Desk
from hallterm.desk.taking import FAULTS, Taking
from hallterm.desk.verifying import Believing, Verifying
from hallterm.store.connection import reading, writing
from hallterm.store.log import epoch_of, heads
from hallterm.store.serving import facts_to_send
from hallterm.wire import Facts, Problem, Push, Pushed

log = logging.getLogger(__name__)


class HubHome:
    """Orders the streams of one store. Belongs to one thread, as the desk does.

    verify: says whether a command's actor has given it.
    """

    def __init__(self, desk: Desk, verify: Verifying | None = None) -> None:
        self._desk = desk
        self._verify = verify or Believing()

    @property
    def epoch(self) -> int:
        """Grows when the store is restored from a backup."""
        with reading(self._desk.connection) as connection:
            return epoch_of(connection)

    def heads(self) -> dict[str, int]:
        """Return stream → last place given out."""
        with reading(self._desk.connection) as connection:
            return heads(connection)

    def receive(self, pushes: Sequence[tuple[str, Push]]) -> list[Pushed | Problem]:
        """Take pushes (device, push) in one durable transaction; an answer for each.

        Raises:
            StoreFaultError: nothing of any push was written.
        """
        try:
            return self._receive(pushes, careful=False)
        except FAULTS:
            log.exception("a command could not be decided; each is tried by itself")
            return self._receive(pushes, careful=True)

    def _receive(
        self, pushes: Sequence[tuple[str, Push]], *, careful: bool
    ) -> list[Pushed | Problem]:
        desk = self._desk
        with writing(desk.connection) as connection:
            desk.replica.catch_up(connection)
            taking = Taking(desk, self._verify, epoch_of(connection), careful=careful)
            answers = [taking.push(device, push) for device, push in pushes]
            taking.write()
            told = heads(connection)
        taking.keep()
        return [
            answer.model_copy(update={"heads": told}) if isinstance(answer, Pushed) else answer
            for answer in answers
        ]

    def facts(self, stream: str, after: int, most: int) -> Facts | Problem:
        """Return the facts behind a place, contiguous, at most so many, with what goes beside.

        A stream in which nothing has happened yet, as in a new hall, is empty.
        """
        with reading(self._desk.connection) as connection:
            head = heads(connection).get(stream, 0)
            if after > head:
                return Problem(code="gap", expected={"after": head})
            facts = list(facts_to_send(connection, stream, after, most))
            epoch = epoch_of(connection)
        return Facts(stream=stream, epoch=epoch, after=after, head=head, facts=facts)
