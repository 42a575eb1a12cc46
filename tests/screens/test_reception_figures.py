"""The day's receptions in numbers: the hall, and each receiver."""

from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk import receptions
from tests.screens.desk_room import opened_room, press, settled, shown
from tests.screens.reception_room import ready_to_go, receptions_screen, vip
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE


async def test_the_days_figures_of_hall_and_receiver(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        guest = vip(room)
        ready_to_go(room, guest)
        done(receptions.close(room.desk, COLLEAGUE, guest))
        async with room.app(lambda: receptions_screen(room)).run_test() as pilot:
            await settled(pilot)
            await press(pilot, "f9")
            lines = shown(pilot).split("\n")
            hall = next(line for line in lines if "全厅" in line)
            mine = next(line for line in lines if f"员工{COLLEAGUE.staff_id}" in line)
            assert hall.split()[1:5] == mine.split()[2:6] == ["1", "1/1", "1/1", "1"]
            assert "客户赶时间" in shown(pilot)
            await press(pilot, "escape")
            assert "全厅" not in shown(pilot)
