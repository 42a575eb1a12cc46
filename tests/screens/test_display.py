"""The wall display: the newest call, no personal data, a bell for each new call."""

from dataclasses import replace

import pytest

from hallterm.desk.views import HallView
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.cells import width
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.display import DisplayApp
from hallterm.screens.widgets.news import News, Tone
from hallterm.screens.widgets.wall import Calls, NewestCall, WaitingByTier, calls_of
from tests.screens import sample
from tests.screens.driving import settle


class Wall:
    """A hall that a test changes."""

    def __init__(self) -> None:
        self.hall = sample.hall()
        self.fails = False

    def poll(self) -> HallView:
        if self.fails:
            raise RuntimeError
        return self.hall

    def call(self, number: str) -> None:
        own = replace(
            self.hall.counters[1],
            serving=number,
            serving_state=TicketState.CALLED,
            since=sample.NOW.timestamp() + 1,
        )
        counters = (self.hall.counters[0], own, *self.hall.counters[2:])
        self.hall = replace(self.hall, counters=counters)


class CountingApp(DisplayApp):
    """Counts its bells."""

    bells = 0

    def bell(self) -> None:
        self.bells += 1


def test_called_come_first_then_the_newest() -> None:
    assert [call.number for call in calls_of(sample.counters())] == ["A008", "G007", "V002"]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_no_personal_data_on_the_wall(size: tuple[int, int]) -> None:
    app = DisplayApp(sample.FrozenClock(), sample.hall, DeskRunner(), "dark", ticking=False)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        picture = app.export_screenshot()
        assert "建" in picture
        assert "*" not in picture
        for secret in ("138", "李敏", "周敏"):
            assert secret not in picture


async def test_bell_rings_once_a_call() -> None:
    wall = Wall()
    clock = sample.FrozenClock()
    app = CountingApp(clock, wall.poll, DeskRunner(), "dark", ticking=False)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.bells == 1
        for _ in range(3):
            clock.advance(1)
            app.tick()
            await settle(pilot)
        assert app.bells == 1
        wall.call("G011")
        app.tick()
        await settle(pilot)
        assert app.bells == 2


async def test_fault_is_told_and_the_wall_comes_back() -> None:
    wall = Wall()
    wall.fails = True
    app = DisplayApp(sample.FrozenClock(), wall.poll, DeskRunner(), "dark", ticking=False)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.query_one(News).tone is Tone.FAULT
        wall.fails = False
        app.tick()
        await settle(pilot)
        assert app.query_one(News).text == ""


@pytest.mark.parametrize("size", [(120, 36), (200, 60)])
async def test_the_only_call_stands_in_the_list_too(size: tuple[int, int]) -> None:
    wall = Wall()
    counters = (*wall.hall.counters[:2], *(replace(c, serving=None) for c in sample.counters()[4:]))
    wall.hall = replace(wall.hall, counters=tuple(replace(c, serving=None) for c in counters))
    wall.call("G011")
    app = DisplayApp(sample.FrozenClock(), wall.poll, DeskRunner(), "dark", ticking=False)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        below = app.query_one(Calls).render().plain.split("\n")
        assert any("号窗口" in line for line in below)


@pytest.mark.parametrize("size", [(60, 15), (64, 20), (80, 24), (120, 36), (160, 45), (200, 60)])
async def test_no_line_of_the_wall_is_broken_or_cut(size: tuple[int, int]) -> None:
    app = DisplayApp(sample.FrozenClock(), sample.hall, DeskRunner(), "dark", ticking=False)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for widget in (
            app.query_one(NewestCall),
            app.query_one(Calls),
            app.query_one(WaitingByTier),
        ):
            for text in widget.render().plain.split("\n"):
                assert width(text.rstrip()) <= widget.size.width
        newest = app.query_one(NewestCall).render().plain
        assert "请到" in newest
        assert "号窗口" in newest
        open_counters = app.query_one(WaitingByTier).render().plain.split("\n")
        assert open_counters[-1].split() == ["1", "2", "3", "4"]
        assert len(open_counters) <= app.query_one(WaitingByTier).size.height or size[1] < 20


async def test_the_wall_says_when_the_day_is_over() -> None:
    wall = Wall()
    nobody = tuple(replace(one, serving=None) for one in wall.hall.counters)
    wall.hall = replace(wall.hall, counters=nobody)
    app = DisplayApp(sample.FrozenClock(), wall.poll, DeskRunner(), "dark", ticking=False)
    async with app.run_test() as pilot:
        await settle(pilot)
        newest = app.query_one(NewestCall)
        assert "请先取号" in newest.render().plain
        wall.hall = replace(wall.hall, closed=True, version=99)
        app.tick()
        await settle(pilot)
        assert "今天的营业已经结束" in newest.render().plain
        assert "请先取号" not in newest.render().plain
