"""An errand as it stands."""

from datetime import date, datetime

from hallterm.domain.errand.words import (
    OPEN_ERRANDS,
    ErrandCancel,
    ErrandKind,
    ErrandNote,
    ErrandOutcome,
    ErrandState,
)
from hallterm.domain.frozen import Frozen
from hallterm.domain.past import Past


class NoteRef(Frozen):
    """Where a free text about the errand is found: its id in the persons' room."""

    about: ErrandNote
    id: str


class ErrandMove(Frozen):
    """One event of an errand: what, who, when, from where."""

    event: str
    """Type of the event."""
    state: ErrandState
    """State after it."""
    seq: int
    """Place in the stream."""
    at: datetime
    staff_id: str
    device: str
    detail: str = ""
    """Reason, outcome, or 工号."""


class Errand(Past):
    """One visit or delivery to a customer."""

    id: str
    errand_kind: ErrandKind
    state: ErrandState
    last_event: str
    """Type of the event that made it so; an undo brings back the one before."""
    last_by: str
    """Who gave it, 工号."""
    person_id: str
    business_id: str
    begins: datetime
    ends: datetime
    """The window in which somebody comes, aware, UTC."""
    goes: str | None = None
    """工号 of whoever goes."""
    notes: tuple[NoteRef, ...] = ()
    """One for each kind of text."""
    origin: str | None = None
    """Id of the ticket or request that it comes from."""
    calls: int = 0
    """Calls ahead for this window, answered or not."""
    misses: int = 0
    """Times that nobody was there."""
    left_note: bool = False
    """A note was left at the last miss."""
    outcome: ErrandOutcome | None = None
    cancel_reason: ErrandCancel | None = None
    ended_day: date | None = None
    """Business day on which it ended; None while it is open."""
    moves: tuple[ErrandMove, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state in OPEN_ERRANDS

    def note_id(self, about: ErrandNote) -> str | None:
        """Return where a text is found; None: there is none."""
        return next((note.id for note in self.notes if note.about is about), None)
