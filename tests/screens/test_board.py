"""The board: narrowing, what Enter offers, and one meaning of digits at a time."""

from dataclasses import replace

from textual.widgets import Static

from hallterm.domain.ticket.words import LeaveReason
from hallterm.domain.tiers import Tier
from hallterm.screens.board import BoardScreen
from hallterm.screens.widgets.queue_line import standing_of
from hallterm.screens.widgets.queue_view import QueueView
from hallterm.screens.widgets.text_field import TextField
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import Driver, driving


def board(desk: SampleDesk | None = None) -> BoardScreen:
    return BoardScreen(desk or SampleDesk(sample.counter_view()))


def numbers(driver: Driver) -> list[str]:
    return [row.number for row in driver.app.screen.query_one(QueueView).rows]


async def test_every_open_ticket_is_listed() -> None:
    async with driving(board) as driver:
        assert len(numbers(driver)) == 22
        assert {"V003", "V002", "A008", "G005", "A006"} <= set(numbers(driver))


async def test_filter_by_initials_number_and_words() -> None:
    async with driving(board) as driver:
        await driver.press("f3", *"gh")
        assert set(numbers(driver)) == {"V003", "V002", "A006", "A026"}
        await driver.press("backspace", "backspace", *"0548")
        assert numbers(driver) == ["V004"]
        assert driver.hints["数字"] == "文字"
        await driver.press("escape")
        assert driver.hints["数字"] == "票号"
        assert numbers(driver) == ["V004"]
        await driver.press("escape")
        assert len(numbers(driver)) == 22


async def test_trouble_only() -> None:
    async with driving(board) as driver:
        await driver.press("f5")
        assert set(numbers(driver)) == {"G011", "A009", "A014", "A006", "A008"}
        await driver.press("f4")
        assert len(numbers(driver)) == 22


async def test_list_stands_still_while_typing() -> None:
    desk = SampleDesk(sample.counter_view())
    async with driving(lambda: board(desk)) as driver:
        await driver.press("f3")
        desk.view = replace(desk.view, hall=sample.hall(40, version=9))
        await driver.pass_time(1)
        assert len(numbers(driver)) == 22
        await driver.press("enter")
        assert len(numbers(driver)) == 45


async def test_vip_is_received_once() -> None:
    desk = SampleDesk(sample.counter_view())
    async with driving(lambda: board(desk)) as driver:
        await driver.press("enter", "1")
        assert desk.asked == [("receive", "tV003")]


async def test_the_expected_wait_stands_in_the_list_with_its_range_in_the_sheet() -> None:
    row = sample.ticket(9, Tier.STANDARD, 60.0)
    assert standing_of(row) == "约 13 分"
    async with driving(board) as driver:
        await driver.press("f3", *"A009", "enter", "enter")
        note = str(driver.app.screen.query_one("#note", Static).render())
        assert note.endswith("约 13 分钟，多半 8 到 19 分钟")


async def test_absent_comes_back_and_waiting_leaves() -> None:
    desk = SampleDesk(sample.counter_view())
    async with driving(lambda: board(desk)) as driver:
        await driver.press("0", "0", "6", "enter", "1")
        await driver.press("escape", "0", "0", "9", "enter", "1", "2")
        assert desk.asked == [
            ("report_back", "tA006"),
            ("left", "tA009", LeaveReason.NO_DOCUMENTS),
        ]


async def test_strange_text_in_the_field_is_survived() -> None:
    async with driving(board) as driver:
        field = driver.app.screen.query_one(TextField)
        await driver.press("f3")
        for text in ("[/b]", "\x00\x1b[31m", "𠮷👩‍👩‍👧", "字" * 10_000, "　１２"):
            field.value = text
            await driver.pass_time(1)
        assert field.text == "12"


async def test_a_number_is_looked_for_among_all_tickets() -> None:
    async with driving(board) as driver:
        await driver.press("f3", *"gh", "enter", "0", "1", "1")
        assert numbers(driver) == ["G011"]
        assert driver.app.screen.query_one(TextField).text == ""
        await driver.press("escape")
        assert len(numbers(driver)) == 22
        await driver.press("f5", "v", "4")
        assert numbers(driver) == ["V004"]
        await driver.press("f3", *"gh")
        assert len(numbers(driver)) > 1
        await driver.press("escape", "escape")
        assert len(numbers(driver)) == 22
