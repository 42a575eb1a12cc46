"""A special request as it stands."""

from datetime import date, datetime

from hallterm.domain.frozen import Frozen
from hallterm.domain.request.parts import (
    AssistForm,
    Decision,
    HallAuthority,
    Holder,
    Move,
    NoteId,
    Visit,
)
from hallterm.domain.request.words import Confirmation, RequestState, Result
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.tiers import Grade, Tier

STAGE_ROLES: dict[RequestState, frozenset[Role]] = {
    RequestState.EXPLAINED: FLOOR,
    RequestState.STORE_MANAGER: MANAGERS,
    RequestState.STORE_REPLY: FLOOR,
    RequestState.ACCOUNT_MANAGER: frozenset({Role.ACCOUNT_MANAGER}),
    RequestState.HANDED_OVER: frozenset({Role.ACCOUNT_MANAGER}),
    RequestState.AUTHORISED: FLOOR,
    RequestState.HALL_REPLY: FLOOR,
    RequestState.AGREEING: frozenset({Role.ACCOUNT_MANAGER}),
    RequestState.AGREED_REPLY: FLOOR,
    RequestState.VIP_OFFICE: frozenset({Role.VIP_LIAISON, Role.VIP_OFFICE_MANAGER}),
    RequestState.HALL_OPERATIONS: frozenset({Role.OPERATIONS_LIAISON}),
    RequestState.RETURNED: frozenset({Role.ACCOUNT_MANAGER}),
    RequestState.APPROVED: frozenset({Role.OPERATIONS_LIAISON}),
    RequestState.AT_HALL: FLOOR,
    RequestState.FOLLOW_UP: frozenset({Role.ACCOUNT_MANAGER}),
    RequestState.FOLLOWED_UP: FLOOR,
    RequestState.CLOSED: frozenset(),
}
"""State → roles that may hold a request there, deputies included."""

OFFICE: dict[RequestState, Role] = {
    RequestState.STORE_MANAGER: Role.STORE_MANAGER,
    RequestState.ACCOUNT_MANAGER: Role.ACCOUNT_MANAGER,
    RequestState.HANDED_OVER: Role.ACCOUNT_MANAGER,
    RequestState.AGREEING: Role.ACCOUNT_MANAGER,
    RequestState.VIP_OFFICE: Role.VIP_LIAISON,
    RequestState.HALL_OPERATIONS: Role.OPERATIONS_LIAISON,
    RequestState.RETURNED: Role.ACCOUNT_MANAGER,
    RequestState.APPROVED: Role.OPERATIONS_LIAISON,
    RequestState.AT_HALL: Role.STORE_MANAGER,
    RequestState.FOLLOW_UP: Role.ACCOUNT_MANAGER,
}
"""State → the office it lies with; in the others it lies with its owner in the hall."""

SUPERIORS: dict[Role, Role] = {
    Role.CLERK: Role.STORE_MANAGER,
    Role.STORE_MANAGER: Role.OPERATIONS_LIAISON,
    Role.ACCOUNT_MANAGER: Role.VIP_OFFICE_MANAGER,
    Role.VIP_LIAISON: Role.VIP_OFFICE_MANAGER,
    Role.OPERATIONS_LIAISON: Role.VIP_OFFICE_MANAGER,
}
"""Holder's role → who is told when the holder did not react. The norm names nobody: our default."""


class Request(Frozen):
    """One special request, with its whole story."""

    id: str
    serial: int
    """Place among all requests, 1 first; the end of the number."""
    number: str
    day: date
    hall_id: str
    person_id: str
    tier: Tier
    grade: Grade | None = None
    kind: str
    amount_fen: int = 0
    ticket_id: str | None = None
    opened_by: str
    opened_at: datetime
    owner: str
    """工号 of who answers for it in the hall (首问负责): the opener until a colleague takes it."""
    account_manager: str | None = None
    request_note: NoteId
    explanation_note: NoteId | None = None
    state: RequestState
    since: datetime
    """When the present state began."""
    entry: int = 1
    """How many times the state has changed, the opening included."""
    holder: Holder | None
    """Nobody when it is closed."""
    reminded: int = 0
    """Reminders in this state: 1 the holder, 2 the superior, too."""
    promised_at: datetime
    decisions: tuple[Decision, ...] = ()
    authority: HallAuthority | None = None
    form: AssistForm | None = None
    visit: Visit | None = None
    arrived_at: datetime | None = None
    carried_out_at: datetime | None = None
    result: Result | None = None
    """Level at which it was solved, as soon as that is known."""
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_from: RequestState | None = None
    moves: tuple[Move, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is not RequestState.CLOSED

    def decision(self, decision_id: str) -> Decision | None:
        """Return a decision by its id."""
        return next((d for d in self.decisions if d.ruling.id == decision_id), None)

    @property
    def decided(self) -> bool:
        """Whether this visit of this stage has its decision."""
        return any((d.state, d.entry) == (self.state, self.entry) for d in self.decisions)

    def unconfirmed(self, staff_id: str) -> tuple[Decision, ...]:
        """Return the decisions that somebody gave by phone and has still to confirm."""
        return tuple(
            d
            for d in self.decisions
            if d.ruling.decider == staff_id and d.confirmation is Confirmation.PENDING
        )

    def waits_for(self, staff_id: str, roles: frozenset[Role]) -> bool:
        """Say whether it waits for this person: by name, or for an office this person fills."""
        if self.holder is None:
            return False
        if self.holder.staff_id:
            return self.holder.staff_id == staff_id
        return not roles.isdisjoint(STAGE_ROLES[self.state] - FLOOR | _managers(self.state))


def _managers(state: RequestState) -> frozenset[Role]:
    return MANAGERS if OFFICE.get(state) is Role.STORE_MANAGER else frozenset()
