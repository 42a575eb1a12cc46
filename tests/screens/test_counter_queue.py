"""The counter's queue: which ticket digits and letters mean, and where the cursor stays."""

from dataclasses import replace

import pytest

from hallterm.desk.views import CounterView, NextUp
from hallterm.domain.ticket.words import (
    OutOfOrderReason,
    TicketState,
)
from hallterm.domain.tiers import Tier
from hallterm.screens.counter import CounterScreen
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.queue_pane import QueuePane
from hallterm.screens.widgets.queue_view import QueueView
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import driving

SERVED = "tG007"


def serving() -> CounterView:
    return sample.counter_view(current=sample.serving())


def called() -> CounterView:
    return sample.counter_view(current=replace(sample.serving(), state=TicketState.CALLED))


def free() -> CounterView:
    return sample.counter_view(parked=False)


async def test_digits_narrow_and_escape_shows_all() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(free()))) as driver:
        queue = driver.app.screen.query_one(QueueView)
        await driver.press("0", "1")
        assert [row.number for row in queue.rows] == ["G011", "G012", "G013", "A014", "A015"]
        await driver.press("backspace", "escape")
        assert len(queue.rows) == 17
        await driver.press("9")
        assert queue.cursor is not None
        assert queue.cursor.number == "A009"


def alike() -> CounterView:
    """Three tickets with the same digits, and one more."""
    rows = [
        sample.ticket(2, Tier.VIP, 100),
        sample.ticket(4, Tier.GOTONE, 90),
        sample.ticket(2, Tier.GOTONE, 80),
        sample.ticket(4, Tier.STANDARD, 70),
    ]
    view = free()
    return replace(view, hall=replace(view.hall, waiting=tuple(rows)), next_up=None)


@pytest.mark.parametrize(
    ("keys", "ticket_id"),
    [
        (["A", "0", "0", "4"], "tA004"),
        (["a", "4"], "tA004"),
        (["Ａ", "０", "０", "４"], "tA004"),
        (["V", "0", "0", "2"], "tV002"),
        (["g", "0", "0", "2"], "tG002"),
        (["0", "0", "2", "g", "4"], "tG004"),
        (["0", "0", "2", "down"], "tG002"),
    ],
)
async def test_a_letter_says_whose_number_is_meant(keys: list[str], ticket_id: str) -> None:
    desk = SampleDesk(alike())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press(*keys, "enter", "1")
        assert desk.asked == [("call_given", ticket_id, OutOfOrderReason.HELP_NEEDED)]


@pytest.mark.parametrize("keys", [["0", "0", "2"], ["2"], ["v", "backspace", "0", "2"]])
async def test_digits_of_several_tickets_pick_none(keys: list[str]) -> None:
    desk = SampleDesk(alike())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press(*keys, "enter")
        typed = "".join(key for key in keys if key.isdigit())
        assert driver.news == f"{typed}：V002、G002，先输字母或用方向键。"
        assert driver.at(CounterScreen)
        assert desk.asked == []


async def test_a_number_that_does_not_wait_calls_nobody() -> None:
    desk = SampleDesk(alike())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("v", "0", "0", "4", "enter")
        assert driver.tone is Tone.REFUSED
        assert desk.asked == []


async def test_cursor_follows_who_is_next_until_a_person_moves_it() -> None:
    desk = SampleDesk(free())
    async with driving(lambda: CounterScreen(desk)) as driver:
        queue = driver.app.screen.query_one(QueueView)
        rows = desk.view.hall.waiting

        async def next_up(place: int) -> str:
            hall = replace(desk.view.hall, version=desk.view.hall.version + 1)
            desk.view = replace(desk.view, hall=hall, next_up=NextUp(rows[place], ""))
            await driver.pass_time(1)
            assert queue.cursor is not None
            return queue.cursor.number

        assert await next_up(2) == rows[2].number
        await driver.press("down")
        assert await next_up(5) == rows[3].number
        await driver.press("escape")
        assert await next_up(1) == rows[1].number


async def test_list_stands_still_while_digits_are_typed() -> None:
    desk = SampleDesk(free())
    async with driving(lambda: CounterScreen(desk)) as driver:
        pane = driver.app.screen.query_one(QueuePane)
        await driver.press("0")
        before = pane.view.total
        desk.view = replace(desk.view, hall=sample.hall(30, version=5))
        await driver.pass_time(1)
        assert pane.view.total == before
        await driver.press("escape")
        assert pane.view.total == 30


async def test_cursor_stays_on_its_ticket() -> None:
    desk = SampleDesk(free())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("down", "down")
        hall = sample.hall(17, version=2)
        desk.view = replace(desk.view, hall=replace(hall, waiting=hall.waiting[1:]))
        await driver.pass_time(1)
        cursor = driver.app.screen.query_one(QueueView).cursor
        assert cursor is not None
        assert cursor.number == "G011"
