"""Requests whose number is another one since their home has heard of them, to be told once."""

from dataclasses import dataclass

from hallterm.desk.desk import Desk
from hallterm.domain.request.state import Request


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A request that was taken down here while cut off."""

    before: str
    """The number that people here have seen, and may have told the customer."""
    now: str
    opened_by: str
    """工号."""


class NumberWatch:
    """Knows the numbers under which one process has shown the requests of its terminal."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._version = desk.replica.version
        self._known = self._numbers()

    def _numbers(self) -> dict[str, tuple[str, Request]]:
        company, device = self._desk.replica.company, self._desk.device
        here = (*company.requests.values(), *company.closed_requests.values())
        return {
            one.id: (one.number, one) for one in here if one.moves and one.moves[0].device == device
        }

    def new(self) -> list[Renumbered]:
        """Return what has another number since the last call."""
        if self._desk.replica.version == self._version:
            return []
        self._version, before, now = self._desk.replica.version, self._known, self._numbers()
        self._known = now
        changed = ((before[key][0], one) for key, (_number, one) in now.items() if key in before)
        return [
            Renumbered(number, one.number, one.opened_by)
            for number, one in changed
            if number != one.number
        ]
