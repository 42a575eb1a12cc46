"""A reception as it stands, and the roster of receivers."""

from datetime import date, datetime

from hallterm.domain.frozen import Frozen
from hallterm.domain.reception.words import CloseReason, ReceptionState


class Roster(Frozen):
    """Who receives VIPs (接待值班). It stands until it is set anew."""

    receivers: tuple[str, ...] = ()
    """工号 in the order of asking."""
    managers: tuple[str, ...] = ()
    """Managers on duty; empty: every 值班经理, or without any every 店面经理."""
    set_at: datetime | None = None
    set_by: str | None = None


class Move(Frozen):
    """One event of a reception: what, who, when, from where."""

    event: str
    """Type of the event."""
    state: ReceptionState
    """State after it."""
    at: datetime
    staff_id: str
    device: str
    detail: str = ""
    """Reason, or id of the counter."""


class Reception(Frozen):
    """The reception of one ticket."""

    ticket_id: str
    day: date
    state: ReceptionState
    asked: tuple[str, ...]
    """工号 of everybody asked since it was last offered, in that order."""
    offered_at: datetime
    """When it was first offered."""
    budget_s: int
    """Promised seconds from identity shown to received (S0)."""
    asked_at: datetime
    """When somebody was last asked; the wait for an answer runs from here."""
    receiver: str | None = None
    """Who has the customer now."""
    first_receiver: str | None = None
    """Who stopped the five minutes."""
    accepted_at: datetime | None = None
    """When the present receiver took over."""
    guided: bool = False
    counter_id: str | None = None
    """Where the customer was led; None with `guided`: a seat in the hall."""
    guided_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None
    closed_from: ReceptionState | None = None
    moves: tuple[Move, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is not ReceptionState.CLOSED
