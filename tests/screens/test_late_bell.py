"""An appointment that is late rings once, at the terminals of those who look out for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from hallterm.clock import ManualClock
from hallterm.desk import appointments
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.state import Appointment
from tests.screens.arrangement_room import HALF_HOUR, booked, on_duty
from tests.screens.desk_room import Room, opened_room, pass_time, said, settled
from tests.support.appointments import BUSINESS, TEN
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER

GRACE_S = 600
"""Seconds after the appointed time from which somebody is late."""


@contextmanager
def at_ten(store: Path, clock: ManualClock, actor: Actor, *names: str) -> Iterator[Room]:
    """Open the terminal of somebody at ten o'clock, when these are expected."""
    with opened_room(store, clock, actor) as room:
        room.people()
        on_duty(room)
        for name in names:
            booked(room, name, 0)
        room.clock.advance((TEN - room.clock.now()).total_seconds())
        yield room


def ringing(app: App[None], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    rung: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append("bell"))
    return rung


def another_terminal_ticks(room: Room) -> None:
    """Whichever terminal is first notes who is late."""
    room.twin.refresh()
    appointments.note_late_due(room.twin)


async def rung_for(
    room: Room, monkeypatch: pytest.MonkeyPatch, seconds: int = GRACE_S + 1
) -> tuple[int, str]:
    """Return how often a terminal rings in some time, and what it says in the end."""
    app = room.app(room.tickets_screen)
    rung = ringing(app, monkeypatch)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pass_time(room, pilot, 1)
        await pass_time(room, pilot, seconds)
        for _second in range(3):
            another_terminal_ticks(room)
            await pass_time(room, pilot, 1)
        return len(rung), said(pilot)


@pytest.mark.parametrize(
    ("actor", "name", "rings"),
    [
        (GREETER, "李小红", 1),
        (GREETER, "张伟", 1),
        (DUTY_MANAGER, "李小红", 1),
        (COLLEAGUE, "张伟", 1),
        (COLLEAGUE, "李小红", 0),
        (CLERK, "张伟", 0),
    ],
    ids=[
        "greeter-anybody",
        "greeter-vip",
        "manager",
        "receiver-vip",
        "receiver-other",
        "clerk",
    ],
)
async def test_it_rings_once_for_those_whom_it_concerns(
    store: Path,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    actor: Actor,
    name: str,
    rings: int,
) -> None:
    with at_ten(store, clock, actor, name) as room:
        times, words = await rung_for(room, monkeypatch)
    assert times == rings
    assert ("约好 10:00" in words) == bool(rings)


async def test_nobody_is_late_within_the_grace(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_ten(store, clock, GREETER, "张伟") as room:
        assert await rung_for(room, monkeypatch, GRACE_S - 10) == (0, "")


async def test_who_was_late_before_the_sign_in_does_not_ring(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_ten(store, clock, GREETER, "张伟") as room:
        room.clock.advance(GRACE_S + 1)
        appointments.note_late_due(room.desk)
        assert (await rung_for(room, monkeypatch, 1))[0] == 0


async def test_late_for_another_time_rings_again(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_ten(store, clock, GREETER, "张伟") as room:
        app = room.app(room.tickets_screen)
        rung = ringing(app, monkeypatch)
        async with app.run_test() as pilot:
            await settled(pilot)
            await pass_time(room, pilot, 1)
            await pass_time(room, pilot, GRACE_S + 1)
            another_terminal_ticks(room)
            await pass_time(room, pilot, 1)
            assert len(rung) == 1
            one = the_one(room)
            later = TEN + 2 * HALF_HOUR
            done(appointments.change(room.desk, CLERK, one.id, later, BUSINESS))
            left = (later - room.clock.now()).total_seconds()
            await pass_time(room, pilot, int(left) + GRACE_S + 1)
            another_terminal_ticks(room)
            await pass_time(room, pilot, 1)
            assert len(rung) == 2
            assert "约好 11:00" in said(pilot)


def the_one(room: Room) -> Appointment:
    room.desk.refresh()
    (one,) = room.desk.hall.appointments.values()
    return one
