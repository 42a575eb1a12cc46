"""The administrator's later changes: staff, counters, hours, businesses. All hold at once."""

from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk.accounts import sign_in as show_pin
from hallterm.desk.accounts import staff_names
from hallterm.domain.company.state import StaffMember
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.screens.form import Form
from hallterm.screens.setup.staff import Staff
from hallterm.screens.widgets.news import News
from tests.screens.entrance_room import entrance, press, said, sign_in, top, type_in
from tests.support.hall import sit
from tests.support.rulebook import ADMINISTRATOR, CLERK


async def test_staff_are_hired_given_roles_new_pins_and_retired(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()

        def staff() -> StaffMember:
            return room.desk.rules.company.staff["0231"]

        async with app.run_test() as pilot:
            await sign_in(pilot, ADMINISTRATOR)
            await press(pilot, "3", "f2")
            assert ("Enter", "下一格") in app.screen.query_one(News).hints
            for text in ("0231", "赵[/b]敏", "", "975310", "975310"):
                await type_in(pilot, text)
            assert said(app) == "账号已开。"
            assert staff().roles == {Role.CLERK}
            await press(pilot, "1", "2", "f9")
            assert staff().roles == {Role.CLERK, Role.GREETER}
            await press(pilot, "f6", "down")
            assert ("Enter", "完成") in app.screen.query_one(News).hints
            await press(pilot, "up")
            for text in ("864209", "864209"):
                await type_in(pilot, text)
            assert not isinstance(show_pin(room.desk, "0231", "864209"), Refusal)
            await press(pilot, "f4", *["backspace"] * 8)
            await type_in(pilot, "赵敏")
            assert said(app) == "姓名已改为 赵敏。"
            assert staff_names(room.desk)["0231"] == "赵敏"
            await press(pilot, "f8")
            clock.advance(1)
            await press(pilot, "f9")
            assert not staff().active


async def test_the_last_administrator_stays_one(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, ADMINISTRATOR)
            await press(pilot, "3", "6", "5", "1", "f9")
            assert top(app) is Form
            assert said(app) == "至少要留一位系统管理员。"
            await press(pilot, "escape", "f8")
            clock.advance(1)
            await press(pilot, "f9")
            assert top(app) is Staff
            assert said(app) == "至少要留一位系统管理员"


async def test_counters_are_added_changed_and_taken_out(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        sit(room.desk, CLERK, "c1")
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, ADMINISTRATOR)
            await press(pilot, "2", "f2")
            await type_in(pilot, "3")
            await press(pilot, "f9")
            assert said(app) == "窗口号 3 已经用过。"
            await type_in(pilot, "9")
            await type_in(pilot, "贵宾二室")
            await press(pilot, "3", "f9")
            added = next(c for c in room.desk.rules.company.counters.values() if c.number == 9)
            assert (added.name, [t.value for t in added.tiers]) == ("贵宾二室", ["vip"])
            assert not added.serves_others
            await press(pilot, "home", "f8")
            clock.advance(1)
            await press(pilot, "f9")
            assert said(app) == "这个窗口由工号 1001 使用"
            await press(pilot, "end", "f8")
            clock.advance(1)
            await press(pilot, "f9")
            assert added.id not in room.desk.rules.company.counters


async def test_hours_and_businesses(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()

        def offered() -> list[str]:
            rules = room.desk.rules
            return [one for one in rules.businesses if rules.company.offers(one)]

        async with app.run_test() as pilot:
            await sign_in(pilot, ADMINISTRATOR)
            await press(pilot, "1")
            await type_in(pilot, "0700")
            await type_in(pilot, "2000")
            assert said(app) == "营业时间已改。"
            await press(pilot, "1", "f9")
            assert said(app) == "营业时间没有改动。"
            company = room.desk.rules.company
            assert company.hall is not None
            assert f"{company.hall.opens:%H:%M}-{company.hall.closes:%H:%M}" == "07:00-20:00"
            await press(pilot, "4", "1", "escape")
            assert set(offered()) == set(room.desk.rules.businesses), "Esc keeps nothing"
            await press(pilot, "4", "1", "f9")
            assert len(offered()) == len(room.desk.rules.businesses) - 1
