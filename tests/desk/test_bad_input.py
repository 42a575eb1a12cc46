"""Whatever is typed, pasted or passed: done or refused, never an exception, never half a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hallterm.desk.accounts import SignedIn, change_pin, hire, sign_in
from hallterm.desk.calling import call_given, finish_and_call_next
from hallterm.desk.days import open_today, settle
from hallterm.desk.desk import Desk, Done
from hallterm.desk.tickets import Issued, TicketDraft, show_card, take
from hallterm.domain.decisions.closing import LONGEST_PAUSE
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.state import Leg, LegKind
from hallterm.domain.ticket.words import OutOfOrderReason, SettleReason
from hallterm.domain.tiers import Grade, Tier
from hallterm.words.refusals import explain
from tests.support.hall import copy_store, done, enter, quick_pins, refused, sit
from tests.support.hall import take as take_ticket
from tests.support.rulebook import ADMINISTRATOR, CLERK, DUTY_MANAGER, GREETER, MORNING, PIN
from tests.support.truth import assert_true_to_log, logged, state

ODD = st.one_of(
    st.text(st.characters(), max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            "\x00",
            "\ud800",
            "1001\udcff",
            "[/b]",
            "[red]x",
            "{number}",
            "%s",
            "'; DROP TABLE event; --",
            "💁🏽‍♀️",
            "𠮷野家",
            "\x1b[2J",
            "１００１",
            "9" * 10_000,
            "王" * 10_000,
            "\u202e1001",
            "NaN",
            "1e999",
            "-1",
        ]
    ),
)
MOMENTS = st.one_of(
    st.just(MORNING),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), MORNING]),
)


@pytest.fixture(scope="module")
def long_desk(founded_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return one desk for all examples; every example must leave it sound."""
    with quick_pins():
        desk = enter(copy_store(founded_store, tmp_path_factory.mktemp("bad")))
        sit(desk)
        yield desk
        assert_true_to_log(desk.connection)
        desk.close()


@contextmanager
def whole_or_nothing(desk: Desk) -> Iterator[list[object]]:
    """See that a refusal is explained and has changed nothing."""
    before = (state(desk.hall), logged(desk.connection))
    desk.connection.rollback()
    results: list[object] = []
    yield results
    (result,) = results
    assert isinstance(result, Done | Refusal | Issued | SignedIn)
    if isinstance(result, Refusal):
        explain(result).encode()
    told = (state(desk.hall), logged(desk.connection))
    desk.connection.rollback()
    counted = isinstance(result, Refusal) and result.code in {"wrong_pin", "account_locked"}
    if isinstance(result, Refusal) and not counted:
        assert told == before


examples = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@examples
@given(staff_id=st.one_of(st.just("1001"), ODD), pin=ODD)
def test_signing_in(long_desk: Desk, staff_id: str, pin: str) -> None:
    with whole_or_nothing(long_desk) as results:
        results.append(sign_in(long_desk, staff_id, pin))
    assert isinstance(results[0], Refusal)


@examples
@given(staff_id=st.one_of(st.just("3001"), ODD), name=ODD, pin=st.one_of(st.just(PIN), ODD))
def test_hiring(long_desk: Desk, staff_id: str, name: str, pin: str) -> None:
    with whole_or_nothing(long_desk) as results:
        roles = frozenset({Role.GREETER})
        results.append(hire(long_desk, ADMINISTRATOR, staff_id, name, roles, pin))


@examples
@given(staff_id=ODD, pin=st.one_of(st.just(PIN), ODD))
def test_a_new_pin(long_desk: Desk, staff_id: str, pin: str) -> None:
    with whole_or_nothing(long_desk) as results:
        results.append(change_pin(long_desk, ADMINISTRATOR, staff_id, pin))


@examples
@given(
    arrived=MOMENTS,
    shown=MOMENTS,
    tier=st.sampled_from(Tier),
    grade=st.one_of(st.none(), st.sampled_from(Grade)),
    person=st.one_of(st.none(), ODD),
    agent=st.one_of(st.none(), ODD),
    businesses=st.one_of(
        st.just(["payment"]), st.lists(st.one_of(st.just("suspend"), ODD), max_size=12)
    ),
    missing=st.sets(ODD, max_size=3),
)
def test_taking_a_ticket(  # noqa: PLR0913, PLR0917 - every field of a draft
    long_desk: Desk,
    arrived: datetime,
    shown: datetime,
    tier: Tier,
    grade: Grade | None,
    person: str | None,
    agent: str | None,
    businesses: list[str],
    missing: set[str],
) -> None:
    draft = TicketDraft(arrived, shown, tier, grade, person, agent, businesses, missing)
    with whole_or_nothing(long_desk) as results:
        results.append(take(long_desk, GREETER, draft))


@examples
@given(ticket=ODD, person=ODD, shown=MOMENTS, which=st.integers(0, 3))
def test_ids_of_nothing(
    long_desk: Desk, ticket: str, person: str, shown: datetime, which: int
) -> None:
    desk = long_desk
    attempts = (
        lambda: call_given(desk, CLERK, ticket, OutOfOrderReason.COMES_BACK),
        lambda: finish_and_call_next(desk, CLERK, ticket),
        lambda: settle(desk, DUTY_MANAGER, ticket, SettleReason.CUSTOMER_GONE),
        lambda: show_card(desk, GREETER, ticket, person, shown),
    )
    with whole_or_nothing(desk) as results:
        results.append(attempts[which]())
    assert isinstance(results[0], Refusal)


@examples
@given(person=ODD, shown=MOMENTS)
def test_a_card_of_nobody(long_desk: Desk, person: str, shown: datetime) -> None:
    waiting = next(long_desk.hall.open_tickets(), None)
    ticket_id = waiting.id if waiting else take_ticket(long_desk)
    with whole_or_nothing(long_desk) as results:
        results.append(show_card(long_desk, GREETER, ticket_id, person, shown))
    assert isinstance(results[0], Refusal)


@pytest.mark.parametrize("person_id", ["p\ud800", "p\x00", "客", "p" * 65])
def test_an_id_that_can_be_none(desk: Desk, person_id: str) -> None:
    draft = TicketDraft(MORNING, MORNING, person_id=person_id, business_ids=["payment"])
    assert refused(take(desk, GREETER, draft)) == "unknown_person"
    assert desk.hall.day is None


@pytest.mark.parametrize("days", [-20_000, -1, 1, 40, 20_000])
def test_a_clock_that_jumps_far_loses_no_ticket(desk: Desk, days: int) -> None:
    sit(desk)
    clock = desk.clock
    draft = TicketDraft(clock.now(), clock.now(), business_ids=["payment"])
    issued = take(desk, GREETER, draft)
    assert isinstance(issued, Issued)
    clock.set(MORNING + timedelta(days=days))  # type: ignore[attr-defined] # a ManualClock
    draft = TicketDraft(clock.now(), clock.now(), business_ids=["payment"])
    again = take(desk, GREETER, draft)
    if days > LONGEST_PAUSE.days:
        assert isinstance(again, Refusal)
        assert again.code == "day_far", "a manager says first that the clock is right"
        assert issued.ticket.id in desk.hall.tickets
        done(open_today(desk, DUTY_MANAGER))
        again = take(desk, GREETER, draft)
    assert isinstance(again, Issued)
    numbers = ("A002", "A001")
    assert again.ticket.number == numbers[days > 0]
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "tomorrow", 1e300, None])
def test_a_time_that_is_none_is_no_time(value: object) -> None:
    with pytest.raises(ValidationError):
        Leg.model_validate({"kind": LegKind.FIRST, "clock_from": value, "budget_s": 600})
