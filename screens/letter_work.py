"""The forms' letters, for one signed-in person; on the desk's thread."""

from dataclasses import dataclass

from hallterm.desk.desk import Desk
from hallterm.desk.post_status import LetterView, ReceivedView, letters, loose
from hallterm.desk.sending import may_settle, settle
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.store.post.spool import ENDED, LetterState

_UNDER_WAY = tuple(state for state in LetterState if state not in ENDED)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that is not out yet."""

    letter: LetterView
    settles: bool
    """Whether this person says what became of it."""


class LetterWork:
    """Binds the use cases to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk, self._actor = desk, actor

    def rows(self) -> "tuple[LetterRow | ReceivedView, ...]":
        """Return what somebody has to settle first, then what goes out, then what came in."""
        made = [LetterRow(one, self._settles(one)) for one in letters(self._desk, _UNDER_WAY)]
        made.sort(key=lambda row: (not row.settles, not row.letter.asks, row.letter.made))
        return (*made, *loose(self._desk))

    def _settles(self, one: LetterView) -> bool:
        doubtful = one.state in {LetterState.UNCERTAIN, LetterState.REFUSED}
        return doubtful and may_settle(self._actor, one.purpose)

    def settle(self, row: LetterRow, arrived: bool) -> bool | Refusal:  # noqa: FBT001 - the answer
        """Say that a letter has arrived, or that it has to be sent again."""
        return settle(self._desk, self._actor, row.letter.id, arrived=arrived)
