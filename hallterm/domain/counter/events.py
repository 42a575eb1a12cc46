"""What can happen to a counter."""

from typing import ClassVar

from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import PauseReason


class CounterEvent(Event):
    """Something that happened at one counter."""

    aggregate: ClassVar[str] = "counter"
    counter_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the counter."""
        return self.counter_id


class CounterTaken(CounterEvent):
    """Somebody sat down."""

    type: ClassVar[str] = "counter_taken"
    session_id: str


class CounterPaused(CounterEvent):
    """Calling stopped for a while."""

    type: ClassVar[str] = "counter_paused"
    reason: PauseReason


class CounterReopened(CounterEvent):
    """Calling goes on."""

    type: ClassVar[str] = "counter_reopened"


class CounterReleased(CounterEvent):
    """Nobody sits there any more."""

    type: ClassVar[str] = "counter_released"
