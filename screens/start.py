"""Starts the app: the hall, the training hall, or the wall display. Each returns an exit code.

Nothing here loads the store before the first frame has been painted.
"""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hallterm.clock import SystemClock
from hallterm.screens.clock import ScreenClock
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.hall_app import FAULT_EXIT, HallApp, Opener
from hallterm.screens.keymap import Keymap, load_keymap
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.styles.themes import THEMES
from hallterm.words import _

if TYPE_CHECKING:
    from textual.screen import Screen

    from hallterm.desk.views import HallView
    from hallterm.devices.post_thread import PostThread
    from hallterm.screens.entrance_port import Entrance
    from hallterm.screens.session import Opened
    from hallterm.settings import Settings

KEYMAP_FILE = "keymap.toml"
"""Name of the keymap file, in the folder of the operator's data."""
_FIRST_ZONE = ZoneInfo("Asia/Shanghai")
"""Zone of the clock until the hall's own is known."""


def run_hall(settings: "Settings") -> int:
    """Open this terminal's hall; on the first run offer training or set-up."""
    first = not settings.store.exists()

    def first_run() -> "Screen[None]":
        from hallterm.screens.setup.first_run import FirstRun  # noqa: PLC0415 - only after the first frame

        return FirstRun(settings)

    post: list[PostThread] = []

    def opener() -> "tuple[Entrance, Opened]":
        from hallterm.devices.post_beside import post_beside  # noqa: PLC0415 - only after the first frame
        from hallterm.screens.opening import open_hall  # noqa: PLC0415 - only after the first frame

        opened = open_hall(settings)
        post.append(post_beside(settings))
        return opened

    app = _app(settings, first_run if first else SignIn, opener)
    if isinstance(app, int):
        return app
    app.make_first_run = first_run
    app.opens_at_once = not first
    try:
        code = _run(app)
    finally:
        for thread in post:
            thread.stop()
    return run_training(settings) if app.next_step == "training" else code


def run_training(
    settings: "Settings",
    *,
    speed: float = 1.0,
    arrivals_per_hour: float | None = None,
    seed: int = 1,
) -> int:
    """Open a fresh training hall; it is thrown away at the end.

    speed: how many seconds pass in the hall in one real second.
    arrivals_per_hour: customers who come in an hour; None: as the training plan says.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only after the first frame

    with TemporaryDirectory(prefix="hallterm-training-", ignore_cleanup_errors=True) as folder:

        def opener() -> "tuple[Entrance, Opened]":
            from hallterm.screens.training import open_training  # noqa: PLC0415 - only after the first frame

            return open_training(settings, folder, speed, arrivals_per_hour, seed)

        app = _app(settings, lambda: SignIn(opening=_("正在布置演练厅")), opener)
        return app if isinstance(app, int) else _run(app)


def run_display(settings: "Settings") -> int:
    """Open the wall display."""
    from hallterm.configuration import ConfigurationProblems  # noqa: PLC0415 - only after the first frame
    from hallterm.desk.board import Board  # noqa: PLC0415 - only after the first frame
    from hallterm.screens.display import DisplayApp  # noqa: PLC0415 - only after the first frame
    from hallterm.screens.fault import fault_words  # noqa: PLC0415 - only after the first frame
    from hallterm.screens.opening import open_hall  # noqa: PLC0415 - only after the first frame
    from hallterm.store.faults import StoreFaultError  # noqa: PLC0415 - only after the first frame

    try:
        entrance, opened = open_hall(settings)
    except (ConfigurationProblems, StoreFaultError) as fault:
        return _told(fault_words(fault)[1])
    board = Board(entrance.desk)

    def poll() -> "HallView":
        entrance.desk.refresh()
        return board.hall()

    clock = ScreenClock(opened.clock, opened.zone)
    app = DisplayApp(clock, poll, DeskRunner(), _theme(settings))
    try:
        app.run()
    finally:
        entrance.close()
    return app.return_code or 0


def _app(
    settings: "Settings", first_screen: "Callable[[], Screen[None]]", opener: Opener
) -> HallApp | int:
    keymap = load_keymap(settings.data[0] / KEYMAP_FILE)
    if not isinstance(keymap, Keymap):
        return _told(keymap)
    shell = Shell(ScreenClock(SystemClock(), _FIRST_ZONE), DeskRunner(), keymap=keymap)
    return HallApp(shell, first_screen, _theme(settings), opener=opener)


def _theme(settings: "Settings") -> str | None:
    names = {theme.name for theme in THEMES}
    return settings.theme if settings.theme in names else None


def _run(app: HallApp) -> int:
    try:
        app.run()
    finally:
        if app.shell.entrance is not None:
            app.shell.entrance.close()
    return app.return_code or 0


def _told(sentences: Iterable[str]) -> int:
    """Say on the error output what keeps the app from starting."""
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
    return FAULT_EXIT
