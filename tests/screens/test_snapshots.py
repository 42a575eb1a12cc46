"""Pictures of the screens at three sizes, and in every theme. The clock stands still."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.desk.views import CounterView
from hallterm.screens.board import BoardScreen
from hallterm.screens.counter import CounterScreen
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.display import DisplayApp
from hallterm.styles.themes import THEMES
from tests.screens import sample
from tests.screens.apps import make_app
from tests.screens.desks import SampleDesk
from tests.screens.driving import pressing

SIZES = pytest.mark.parametrize(
    "size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}"
)


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self,
        app: App[None],
        press: tuple[str, ...] = (),
        terminal_size: tuple[int, int] = (80, 24),
        run_before: Callable[[Pilot[None]], Awaitable[None]] | None = None,
    ) -> bool: ...


def counter(view: CounterView) -> Callable[[], Screen[None]]:
    return lambda: CounterScreen(SampleDesk(view))


def board() -> Screen[None]:
    return BoardScreen(SampleDesk(sample.counter_view(count=60)))


@SIZES
def test_counter_serving(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = make_app(counter(sample.counter_view(current=sample.serving(), count=60)))
    assert snap_compare(app, terminal_size=size, run_before=pressing())


@SIZES
def test_counter_free(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = make_app(counter(sample.counter_view()))
    assert snap_compare(app, terminal_size=size, run_before=pressing())


@SIZES
def test_board(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(board), terminal_size=size, run_before=pressing())


@SIZES
def test_display(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = DisplayApp(sample.FrozenClock(), sample.hall, DeskRunner(), theme="dark", ticking=False)
    assert snap_compare(app, terminal_size=size, run_before=pressing())


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_themes(snap_compare: Compare, theme: str) -> None:
    app = make_app(counter(sample.counter_view(current=sample.serving())), theme)
    assert snap_compare(app, run_before=pressing())


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("reason", ("f5",)),
        ("transfer", ("f7",)),
        ("help", ("f1",)),
        ("menu", ("f12", "j")),
        ("confirm", ("ctrl+q",)),
        ("refused", ("f2",)),
        ("digits", ("0", "1")),
        ("rating", ("f9", "ctrl+r")),
    ],
    ids=lambda value: value if isinstance(value, str) else "keys",
)
def test_counter_asks(snap_compare: Compare, name: str, keys: tuple[str, ...]) -> None:
    del name
    app = make_app(counter(sample.counter_view(current=sample.serving())))
    assert snap_compare(app, run_before=pressing(*keys))


@pytest.mark.parametrize(
    ("name", "keys"),
    [("filter", ("f3", "g", "h")), ("trouble", ("f5",)), ("ticket", ("enter",))],
    ids=lambda value: value if isinstance(value, str) else "keys",
)
def test_board_asks(snap_compare: Compare, name: str, keys: tuple[str, ...]) -> None:
    del name
    assert snap_compare(make_app(board), run_before=pressing(*keys))
