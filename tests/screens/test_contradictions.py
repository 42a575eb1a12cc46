"""What terminals said differently while cut off, as a manager settles it (待核对)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import persons
from hallterm.domain.disputes import ReportDisputed
from hallterm.domain.note import NOTHING, Beside
from hallterm.domain.person.events import PersonConflicted
from hallterm.domain.stream import Event
from hallterm.screens.contradictions import ContradictionsScreen
from hallterm.store.log import Origin
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.test_desk_snapshots import SIZES
from tests.screens.test_snapshots import Compare
from tests.support.hall import sit, take
from tests.support.rulebook import COLLEAGUE, DUTY_MANAGER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, DUTY_MANAGER) as room:
        room.people()
        yield room


def note(room: Room, event: Event, beside: Beside = NOTHING) -> None:
    """What a hub found when it took what a colleague's terminal had done."""
    origin = Origin(room.desk.new_id(), room.clock.now(), COLLEAGUE.staff_id, "窗口[b]4[/b]")
    with room.desk.transaction(COLLEAGUE) as transaction:
        transaction.record(event.stream, (event,), beside, origin)


def contradict(room: Room) -> str:
    """A service that was begun twice, and a record changed in two places."""
    sit(room.desk)
    ticket = take(room.desk)
    number = room.desk.hall.tickets[ticket].number
    for place, stands in enumerate((True, False)):
        report = ReportDisputed(
            dispute_id=f"d{place}",
            matter_id=ticket,
            command="StartService",
            code="wrong_state",
            args={"number": number, "state": "serving"},
            stands=stands,
        )
        note(room, report)
        room.clock.advance(60)
    person = room.ids["李小红"]
    values = {"contact": "[/b]李四", "notes": "改在下午"}
    conflict = PersonConflicted(person_id=person, change_id="c1", fields=tuple(values))
    note(room, conflict, Beside(persons={person: values}))
    return person


def screen(room: Room) -> "Screen[None]":
    return ContradictionsScreen(room.hall_work().contradictions)


def settlers(room: Room) -> dict[str, str | None]:
    return {one.id: one.settled_by for one in room.desk.hall.disputes.values()}


async def test_nothing_to_settle(room: Room) -> None:
    async with room.app(lambda: screen(room)).run_test() as pilot:
        await settled(pilot)
        assert "没有要核对的" in shown(pilot)
        await press(pilot, "enter")
        assert said(pilot) == "没有要核对的。"


async def test_a_disputed_report_is_looked_at_and_goes(room: Room) -> None:
    contradict(room)
    async with room.app(lambda: screen(room)).run_test() as pilot:
        await settled(pilot)
        assert "开始办理" in shown(pilot)
        await press(pilot, "enter", "escape")
        assert settlers(room) == {"d0": None, "d1": None}
        await press(pilot, "enter", "1")
        assert settlers(room) == {"d0": DUTY_MANAGER.staff_id, "d1": None}


@pytest.mark.parametrize(("key", "contact"), [("1", None), ("2", "[/b]李四")])
async def test_a_record_changed_in_two_places(room: Room, key: str, contact: str | None) -> None:
    person = contradict(room)
    async with room.app(lambda: screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "3", "enter")
        assert "改在下午" in shown(pilot)
        await press(pilot, key)
        assert "资料冲突" not in shown(pilot)
    view = persons.get(room.desk, DUTY_MANAGER, person)
    assert view is not None
    assert view.contact == contact


async def test_a_manager_is_told_once_of_what_is_new(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = room.app(room.dispatching)
    rung: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append("bell"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pass_time(room, pilot, 1)
        assert "待核对" not in said(pilot)
        contradict(room)
        await pass_time(room, pilot, 1)
        assert said(pilot) == "有 3 条断线时的不一致待核对：Ctrl+N 到待核对。"
        take(room.desk)
        await pass_time(room, pilot, 10)
        assert rung == ["bell"]


async def test_only_managers_are_told(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, COLLEAGUE) as room:
        room.people()
        contradict(room)
        async with room.app(room.tickets_screen).run_test() as pilot:
            await pass_time(room, pilot, 1)
            assert "待核对" not in said(pilot)


@SIZES
@pytest.mark.parametrize("keys", [(), ("enter",), ("3", "enter")], ids=["list", "report", "record"])
def test_pictures(
    room: Room, snap_compare: Compare, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    contradict(room)

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *keys)

    app = room.app(lambda: screen(room))
    assert snap_compare(app, terminal_size=size, run_before=run)
