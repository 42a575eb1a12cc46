"""What holds for every screen and theme: widths, colours, contrast, one clock."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color
from textual.screen import Screen
from textual.widgets import Static

from hallterm.screens.board import BoardScreen
from hallterm.screens.counter import CounterScreen
from hallterm.screens.help import HelpLines
from hallterm.screens.widgets.queue_columns import columns_for
from hallterm.styles.themes import DEFAULT, SIXTEEN, THEMES, next_theme, theme_for
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import Driver, driving

READABLE = 4.5
"""Least contrast of text (WCAG 2 AA)."""


def counter() -> Screen[None]:
    return CounterScreen(SampleDesk(sample.counter_view(current=sample.serving())))


def board() -> Screen[None]:
    return BoardScreen(SampleDesk(sample.counter_view()))


def lines(driver: Driver) -> Iterator[list[Segment]]:
    """Yield the segments of each line on the screen."""
    screen = driver.app.screen
    update = screen._compositor.render_update(full=True)
    assert update is not None
    for segments in Segment.split_lines(driver.app.console.render(update)):
        yield [segment for segment in segments if not segment.control]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
@pytest.mark.parametrize("first", [counter, board])
@pytest.mark.parametrize("key", ["", "f1", "f12"])
async def test_no_sign_of_uncertain_width(
    size: tuple[int, int], first: Callable[[], Screen[None]], key: str
) -> None:
    async with driving(first, size) as driver:
        await driver.press(*filter(None, [key]))
        shown = {c for line in lines(driver) for segment in line for c in segment.text}
        assert "号" in shown or "按" in shown
        assert {c for c in shown if unicodedata.east_asian_width(c) == "A"} == set()


@pytest.mark.parametrize("first", [counter, board])
@pytest.mark.parametrize("key", ["", "f1", "f12", "ctrl+q"])
async def test_sixteen_colours_are_enough(first: Callable[[], Screen[None]], key: str) -> None:
    async with driving(first, theme=SIXTEEN) as driver:
        await driver.press(*filter(None, [key]))
        kinds = {
            color.type
            for line in lines(driver)
            for segment in line
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
            if color
        }
        assert kinds <= {ColorType.STANDARD, ColorType.DEFAULT}
        for line in lines(driver):
            for segment in line:
                style = segment.style
                if segment.text.strip() and style and style.color:
                    assert style.color != style.bgcolor, segment.text


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in Color.parse(name).rgb]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["ground", "band", "sheet", "cursor"])
@pytest.mark.parametrize("theme", [t.name for t in THEMES if not t.ansi])
def test_words_are_readable(theme: str, ground: str) -> None:
    colours = next(t.variables for t in THEMES if t.name == theme)
    names = ["value", "text", "key", "in-time", "short", "overdue", "label"]
    if ground == "cursor":
        names = ["cursor-text", "value", "text"]
    short = {
        name: round(contrast(colours[ground], colours[name]), 2)
        for name in names
        if contrast(colours[ground], colours[name]) < READABLE
    }
    assert short == {}


def test_themes_follow_each_other_in_a_ring() -> None:
    names = [DEFAULT]
    while (name := next_theme(names[-1])) not in names:
        names.append(name)
    assert set(names) == {theme.name for theme in THEMES}


def test_poor_terminals_get_sixteen_colours() -> None:
    assert [theme_for(c) for c in ("standard", None, "256", "truecolor")] == [
        SIXTEEN, SIXTEEN, DEFAULT, DEFAULT,
    ]  # fmt: skip


async def test_every_clock_on_the_screen_moves_together() -> None:
    async with driving(counter, (120, 36)) as driver:

        def shown() -> str:
            return "\n".join("".join(s.text for s in line) for line in lines(driver))

        before = re.findall(r"\d\d:\d\d(?!:)", shown())
        await driver.pass_time(5)
        after = re.findall(r"\d\d:\d\d(?!:)", shown())
        assert "09:42:22" in shown()
        assert len(before) == len(after)
        assert sum(a != b for a, b in zip(before, after, strict=True)) > 20


async def test_help_tells_every_key_and_why_some_do_not_work() -> None:
    async with driving(counter, (120, 60)) as driver:
        await driver.press("f1")
        told = "\n".join(
            "".join(text for text, _kind in line)
            for line in driver.app.screen.query_one(HelpLines)._lines
        )
        for words in ("F10", "叫下一位", "现在不行：G007 正在办理", "PgDn", "Ctrl+Q"):
            assert words in told


async def test_help_tells_its_page_and_how_to_turn_it() -> None:
    async with driving(counter) as driver:
        await driver.press("f1")
        told = driver.app.screen.query_one("#pages", Static)
        pages = int(str(told.render()).partition("共 ")[2].partition(" ")[0])
        assert pages > 1
        for page in range(1, pages + 1):
            assert str(told.render()) == f"第 {page} 页，共 {pages} 页。PgUp、PgDn 翻页。"
            await driver.press("pagedown")
        assert str(told.render()).startswith(f"第 {pages} 页")
        await driver.press("home")
        assert str(told.render()).startswith("第 1 页")


def test_a_business_of_four_signs_is_whole_beside_the_cards() -> None:
    columns = columns_for(120 - 56 - 1, with_state=False)
    assert columns.reception
    assert columns.flags
    assert columns.business > 8


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (40, 12), (79, 23), (300, 100)])
@pytest.mark.parametrize("first", [counter, board])
async def test_any_size_is_survived(
    size: tuple[int, int], first: Callable[[], Screen[None]]
) -> None:
    async with driving(first, size) as driver:
        for key in ("down", "pagedown", "f1", "escape", "f12", "escape", "end"):
            await driver.press(key)
        await driver.pilot.resize_terminal(80, 24)
        await driver.pass_time(1)
        assert "09:42:18" in "".join(s.text for line in lines(driver) for s in line)
