"""Lines that are kept between seconds look as if they were drawn anew."""

from typing import Any

import pytest
from rich.segment import Segment
from textual.geometry import Region

from hallterm.desk.views import TicketRow
from hallterm.screens.board import BoardScreen
from hallterm.screens.widgets.queue_line import queue_line
from hallterm.screens.widgets.queue_view import QueueView
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import driving


def board() -> BoardScreen:
    return BoardScreen(SampleDesk(sample.counter_view()))


@pytest.mark.parametrize("seconds", [1, 9, 61, 600])
async def test_a_kept_line_shows_what_a_new_one_would(seconds: int) -> None:
    async with driving(board) as driver:
        view = driver.app.screen.query_one(QueueView)
        for _ in range(3):
            await driver.pass_time(seconds)
            whole = view.size.region
            kept = view.render_lines(whole)
            anew = [view.render_line(y) for y in whole.line_range]
            assert [strip.text for strip in kept] == [strip.text for strip in anew]
            assert kept == anew


async def test_most_seconds_draw_the_ages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def counted(row: TicketRow, *rest: Any, cursor: bool) -> list[Segment]:  # noqa: ANN401 - passed on
        drawn.append(row.number)
        return queue_line(row, *rest, cursor=cursor)

    async with driving(board) as driver:
        monkeypatch.setattr("hallterm.screens.widgets.queue_view.queue_line", counted)
        view = driver.app.screen.query_one(QueueView)
        before = view.render_lines(view.size.region)
        await driver.pass_time(1)
        after = view.render_lines(view.size.region)
        changed = [b.text != a.text for b, a in zip(before, after, strict=True)]
        assert sum(changed) > len(drawn)
        # A VIP's second clock runs by the second, too; everybody else's line is kept.
        assert {number[0] for number in drawn} <= {"V"}


async def test_a_crop_is_that_part_of_the_line() -> None:
    async with driving(board) as driver:
        view = driver.app.screen.query_one(QueueView)
        whole = view.render_lines(view.size.region)
        part = view.render_lines(Region(5, 1, 20, 2))
        assert [strip.text for strip in part] == [strip.crop(5, 25).text for strip in whole[1:3]]
