"""The states of a request and what leads from one to the next; the drawing is made from this."""

from collections.abc import Mapping
from types import MappingProxyType

from hallterm.domain.request import events as ev
from hallterm.domain.request.words import RequestState as S

Origin = S | None
"""State before an event; None: there is no request yet."""

STEPS: Mapping[tuple[Origin, type[ev.RequestEvent]], S] = MappingProxyType(
    {
        (None, ev.RequestOpened): S.EXPLAINED,
        (S.EXPLAINED, ev.CustomerAccepted): S.CLOSED,
        (S.EXPLAINED, ev.CustomerDeclined): S.STORE_MANAGER,
        (S.STORE_MANAGER, ev.StoreDecided): S.STORE_REPLY,
        (S.STORE_REPLY, ev.CustomerAccepted): S.CLOSED,
        (S.STORE_REPLY, ev.CustomerDeclined): S.ACCOUNT_MANAGER,
        (S.ACCOUNT_MANAGER, ev.HandedOver): S.HANDED_OVER,
        (S.ACCOUNT_MANAGER, ev.HallAuthorised): S.AUTHORISED,
        (S.ACCOUNT_MANAGER, ev.BeyondBoth): S.AGREEING,
        (S.HANDED_OVER, ev.CustomerAccepted): S.CLOSED,
        (S.HANDED_OVER, ev.CustomerDeclined): S.HANDED_OVER,
        (S.HANDED_OVER, ev.FormDrafted): S.VIP_OFFICE,
        (S.HANDED_OVER, ev.RequestUnresolved): S.CLOSED,
        (S.AUTHORISED, ev.AuthorityUsed): S.HALL_REPLY,
        (S.AUTHORISED, ev.AuthorityExpired): S.ACCOUNT_MANAGER,
        (S.AUTHORISED, ev.VisitBooked): S.AUTHORISED,
        (S.HALL_REPLY, ev.CustomerAccepted): S.CLOSED,
        (S.HALL_REPLY, ev.CustomerDeclined): S.HANDED_OVER,
        (S.AGREEING, ev.ReplyAgreed): S.AGREED_REPLY,
        (S.AGREED_REPLY, ev.CustomerAccepted): S.FOLLOW_UP,
        (S.AGREED_REPLY, ev.CustomerDeclined): S.HANDED_OVER,
        (S.VIP_OFFICE, ev.FormMailed): S.HALL_OPERATIONS,
        (S.VIP_OFFICE, ev.FormReturned): S.RETURNED,
        (S.VIP_OFFICE, ev.FormExpired): S.RETURNED,
        (S.HALL_OPERATIONS, ev.FormApproved): S.APPROVED,
        (S.HALL_OPERATIONS, ev.FormReturned): S.RETURNED,
        (S.HALL_OPERATIONS, ev.FormRefused): S.HANDED_OVER,
        (S.HALL_OPERATIONS, ev.FormExpired): S.RETURNED,
        (S.RETURNED, ev.FormDrafted): S.VIP_OFFICE,
        (S.RETURNED, ev.RequestUnresolved): S.CLOSED,
        (S.APPROVED, ev.FormForwarded): S.AT_HALL,
        (S.APPROVED, ev.FormExpired): S.RETURNED,
        (S.AT_HALL, ev.WrongHall): S.APPROVED,
        (S.AT_HALL, ev.FormExpired): S.RETURNED,
        (S.AT_HALL, ev.CustomerArrived): S.AT_HALL,
        (S.AT_HALL, ev.IdentityDenied): S.AT_HALL,
        (S.AT_HALL, ev.VisitBooked): S.AT_HALL,
        (S.AT_HALL, ev.CarriedOut): S.FOLLOW_UP,
        (S.FOLLOW_UP, ev.FollowedUp): S.FOLLOWED_UP,
        (S.FOLLOWED_UP, ev.RequestClosed): S.CLOSED,
    }
)
"""State and event → the state that follows."""

ANYWHERE: Mapping[type[ev.RequestEvent], frozenset[S]] = MappingProxyType(
    {
        ev.CustomerTold: frozenset(S) - {S.CLOSED},
        ev.RequestTaken: frozenset(S) - {S.CLOSED},
        ev.RequestReminded: frozenset(S) - {S.CLOSED},
        ev.DecisionConfirmed: frozenset(S),
        ev.DecisionDenied: frozenset(S),
        ev.ProofReceived: frozenset(S),
        ev.FormSigned: frozenset({S.VIP_OFFICE, S.HALL_OPERATIONS, S.APPROVED, S.AT_HALL}),
    }
)
"""Events that leave the state as it is → where they can happen. Proof may come late: on paper."""

WITHDRAWABLE = frozenset(S) - {S.CLOSED, S.FOLLOWED_UP, S.FOLLOW_UP}
"""States from which a request can be withdrawn: as long as nothing was answered for good."""


def state_after(state: Origin, event: type[ev.RequestEvent], closed_from: Origin) -> S | None:
    """Return the state that an event leads to; None when it does not fit this state.

    closed_from: state in which a closed request was closed.
    """
    if event is ev.RequestReopened and state is S.CLOSED:
        return closed_from
    if event is ev.RequestWithdrawn and state in WITHDRAWABLE:
        return S.CLOSED
    if state is not None and state in ANYWHERE.get(event, ()):
        return state
    return STEPS.get((state, event))
