"""Pickers, fields and the desk runner under strange hands."""

import asyncio
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import ComposeResult

from hallterm.screens.board import BoardScreen
from hallterm.screens.counter import CounterScreen
from hallterm.screens.desk_runner import DeskFaultError, DeskRunner
from hallterm.screens.form import Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.choice_list import Choice, ChoiceList
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.text_field import TextField
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import driving, settle

KEYS = [f"f{n}" for n in range(2, 12)] + [
    "enter", "escape", "up", "down", "pageup", "pagedown", "home", "end", "backspace", "tab",
    "ctrl+r", "ctrl+p", "ctrl+o", "ctrl+t", "f1", "f12", *"0123456789", "x", "过", "１", "space",
]  # fmt: skip


class Asking(Keyed[None, None]):
    """A screen with a list to ask from."""

    answer: object = "nothing"

    @property
    def state(self) -> None:
        return

    def compose(self) -> ComposeResult:
        return iter(())

    def ask_for(self, picker: Picker[int]) -> None:
        async def run() -> None:
            answer = await self.app.push_screen_wait(picker)
            self.answer = answer

        self.run_worker(run(), group="commands")


def choices(count: int) -> list[Choice[int]]:
    return [Choice(n, f"第 {n} 项") for n in range(count)]


class Outlived(Picker[int]):
    """A question whose command looks for its parts after it was left."""

    async def do_take(self) -> None:
        await super().do_take()
        await self.remove_children()
        self.query_one(ChoiceList)


async def test_a_command_that_outlives_its_screen_ends_quietly() -> None:
    async with driving(Asking) as driver:
        asking = driver.app.screen
        assert isinstance(asking, Asking)
        asking.ask_for(Outlived("选哪一个？", choices(3)))
        await settle(driver.pilot)
        await driver.press("enter")
        assert asking.answer == 0
        assert driver.at(Asking)


async def test_a_key_that_comes_before_a_form_has_its_rows_waits_for_them() -> None:
    async with driving(Asking) as driver:
        form = Form("窗口", (TextRow("number", "窗口号"),))
        driver.app.push_screen(form)
        form.action_command("form.accept")
        await settle(driver.pilot)
        assert driver.at(Form)
        assert "窗口号不能空" in driver.news


@pytest.mark.parametrize(
    ("count", "keys", "answer"),
    [
        (3, ["2"], 1),
        (3, ["4", "9", "0", "1"], 0),
        (3, ["down", "down", "down", "enter"], 2),
        (3, ["end", "up", "enter"], 1),
        (20, ["pagedown", "3"], 11),
        (20, ["pagedown", "pagedown", "3", "2"], 19),
        (3, ["escape"], None),
        (0, ["1", "enter", "down", "escape"], None),
    ],
)
async def test_picker(count: int, keys: list[str], answer: int | None) -> None:
    screen = Asking()
    async with driving(lambda: screen) as driver:
        screen.ask_for(Picker("哪一个？", choices(count)))
        await driver.press(*keys)
        assert screen.answer == answer


async def test_picker_that_comes_unasked_ignores_hasty_keys() -> None:
    screen = Asking()
    async with driving(lambda: screen) as driver:
        screen.ask_for(Picker("同意？", choices(2), grace=0.5))
        await driver.press("1", "enter")
        assert driver.at(Picker)
        driver.clock.advance(0.5)
        await driver.press("2")
        assert screen.answer == 1


async def test_markup_in_choices_is_text() -> None:
    screen = Asking()
    async with driving(lambda: screen) as driver:
        screen.ask_for(Picker("[VIP] a[/b]b", [Choice(1, "[red]a[/b]", "[/]")], "[x]"))
        await settle(driver.pilot)
        listed = driver.app.screen.query_one(ChoiceList).render_line(0).text
        assert "[red]a[/b]" in listed
        assert "[/]" in listed


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=300), min_size=3, max_size=3))
def test_field_survives_any_paste(texts: list[str]) -> None:
    async def run() -> None:
        desk = SampleDesk(sample.counter_view())
        async with driving(lambda: BoardScreen(desk)) as driver:
            await driver.press("f3")
            field = driver.app.screen.query_one(TextField)
            for text in (*texts, "字" * 10_000):
                driver.app.post_message(events.Paste(text))
                await settle(driver.pilot)
                assert field.text.isprintable()
                assert len(field.value) <= 60

    asyncio.run(run())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(KEYS), min_size=10, max_size=25), st.booleans())
def test_any_keys_leave_a_working_counter(keys: list[str], serving: bool) -> None:  # noqa: FBT001
    async def run() -> None:
        desk = SampleDesk(sample.counter_view(current=sample.serving() if serving else None))
        async with driving(lambda: CounterScreen(desk)) as driver:
            await driver.press(*keys)
            await driver.press("escape", "escape", "escape")
            assert driver.at(CounterScreen)

    asyncio.run(run())


async def test_look_ups_do_not_wait_behind_changes() -> None:
    runner = DeskRunner()
    gate = threading.Event()
    change = asyncio.create_task(runner.run(gate.wait))
    assert await runner.look(lambda: 7) == 7
    gate.set()
    assert await change
    runner.close()


async def test_changes_run_one_after_the_other_in_order() -> None:
    runner = DeskRunner()
    done: list[int] = []
    await asyncio.gather(*(runner.run(done.append, n) for n in range(50)))
    assert done == list(range(50))
    runner.close()


async def test_fault_becomes_a_sentence_without_details() -> None:
    runner = DeskRunner()

    def fail() -> None:
        message = "secret path"
        raise OSError(message)

    with pytest.raises(DeskFaultError) as caught:
        await runner.run(fail)
    assert "secret" not in str(caught.value)
    runner.close()
