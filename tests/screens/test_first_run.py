"""From an empty folder to a hall that works; backing out leaves nothing behind."""

import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.configuration.printer_target import FilePrinter
from hallterm.configuration.reading import PACKAGED
from hallterm.desk.accounts import sign_in as show_pin
from hallterm.desk.desk import open_desk
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.form import Form
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import open_hall
from hallterm.screens.setup.counters import Counters
from hallterm.screens.setup.first_run import FirstRun
from hallterm.screens.setup.wizard import Wizard
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.screens.widgets.choice_list import ChoiceList
from hallterm.screens.widgets.news import News
from hallterm.settings import Settings
from hallterm.store.keys import create_key, read_key
from tests.screens.entrance_room import press, said, settled, top, type_in
from tests.screens.sample import FrozenClock
from tests.support.hall import quick_pins

PIN = "975310"


@pytest.fixture
def terminal(tmp_path: Path) -> Settings:
    """Settings of a terminal in an empty folder."""
    here = tmp_path / "new"
    return Settings(
        store=here / "hall.db",
        key=here / "key" / "hall.key",
        data=(PACKAGED,),
        device="test",
        printer=FilePrinter(here / "slips.bin"),
    )


def app_of(terminal: Settings, *, resumed: bool = False) -> HallApp:
    shell = Shell(FrozenClock(), DeskRunner(), ticking=False)

    def first_screen() -> Screen[None]:
        return SignIn() if resumed else FirstRun(terminal)

    app = HallApp(shell, first_screen, "dark", opener=lambda: open_hall(terminal), real_clock=False)
    app.make_first_run = lambda: FirstRun(terminal)
    app.opens_at_once = resumed
    return app


async def fill_in(pilot: Pilot[None], *texts: str) -> None:
    for text in texts:
        await type_in(pilot, text)


async def first_steps(pilot: Pilot[None]) -> None:
    """Name the hall, its administrator and three counters."""
    await press(pilot, "2")
    await fill_in(pilot, "新街营业厅", "0900", "17:30", "0001", "王芳", PIN, PIN)
    assert "还没有窗口，F5 套用样板" in pilot.app.screen.query_one(News).text
    await press(pilot, "f5", "1")


async def test_a_hall_is_founded_in_one_go(terminal: Settings) -> None:
    app = app_of(terminal)
    with quick_pins():
        async with app.run_test() as pilot:
            await settled(pilot)
            await first_steps(pilot)
            assert top(app) is Counters
            await press(pilot, "escape", "4", "f2")
            await fill_in(pilot, "0231", "李敏", "", PIN, PIN)
            await press(pilot, "escape", "5", "2", "f9", "escape")
            assert top(app) is Wizard
            counters = app.screen.query_one(ChoiceList).choices[2]
            assert counters.note == "1号 全球通专柜、2号、3号"
            assert not terminal.store.exists()
            assert not terminal.key.exists()
            await press(pilot, "f9")
            assert top(app) is SignIn
            assert said(app) == "营业厅建好了，请用管理员的工号登录。"
            assert app.shell.entrance is not None
            app.shell.entrance.close()
    assert stat.S_IMODE(terminal.key.stat().st_mode) == 0o600
    desk = open_desk(terminal.store, read_key(terminal.key), SystemClock(), load(), "test")
    company = desk.rules.company
    assert company.hall is not None
    assert (company.hall.name, f"{company.hall.opens:%H:%M}") == ("新街营业厅", "09:00")
    assert [c.number for c in company.counters.values()] == [1, 2, 3]
    assert company.staff["0231"].roles == {Role.CLERK}
    assert company.offered is not None
    assert len(company.offered) == len(desk.rules.businesses) - 1
    assert not isinstance(show_pin(desk, "0001", PIN), Refusal)
    desk.close()


async def test_backing_out_at_any_step_leaves_nothing(terminal: Settings) -> None:
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2")
        assert top(app) is Form
        await press(pilot, "escape", "escape")
        assert top(app) is FirstRun
        await press(pilot, "2")
        await fill_in(pilot, "新街营业厅", "0900", "1730")
        await press(pilot, "escape", "f9")
        assert said(app) == "先填第 2 步：系统管理员。"
        await press(pilot, "escape")
        await press(pilot, "escape")
        assert top(app) is Wizard, "Esc answers no"
    assert not terminal.store.parent.exists()


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("",), "厅名不能空"),
        (("厅" * 25,), "最多 24 个字"),
        (("新厅", "25:00"), "写成 8:30 或 0830 这样的时间"),
        (("新厅", "1000", "0900"), "结束要晚于开始"),
        (("新厅", "0900", "1700", "1"), "工号是 2 到 8 位数字"),
        (("新厅", "0900", "1700", "12", ""), "姓名不能空"),
        (("新厅", "0900", "1700", "12", "王", "1111", "1111"), "密码要 6 到 12 位数字。"),
        (("新厅", "0900", "1700", "12", "王", "111111", "111111"), "密码太容易猜到"),
        (("新厅", "0900", "1700", "12", "王", PIN, "1"), "两遍不一样"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_nonsense_is_refused_in_words(
    terminal: Settings, texts: tuple[str, ...], words: str
) -> None:
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2")
        await fill_in(pilot, *texts)
        assert top(app) is Form
        assert words in said(app)


async def test_a_store_without_a_hall_is_set_up_further(terminal: Settings) -> None:
    terminal.store.parent.mkdir(parents=True)
    key = create_key(terminal.key)
    open_desk(terminal.store, key, SystemClock(), load(), "test").close()
    app = app_of(terminal, resumed=True)
    with quick_pins():
        async with app.run_test() as pilot:
            await settled(pilot)
            assert top(app) is FirstRun
            await first_steps(pilot)
            await press(pilot, "escape", "f9")
            assert top(app) is SignIn
            assert app.shell.standing.hall == "新街营业厅"
            assert app.shell.entrance is not None
            app.shell.entrance.close()
    assert read_key(terminal.key) == key


async def test_training_is_chosen(terminal: Settings) -> None:
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "1")
    assert app.next_step == "training"
