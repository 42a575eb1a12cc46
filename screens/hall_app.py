"""The app with a person at it: opens the store behind the first frame, watches, locks when idle."""

import gc
import logging
from collections.abc import Callable, Iterable

from textual import events
from textual.screen import Screen

from hallterm.screens.app import HalltermApp
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.entrance_port import Entrance
from hallterm.screens.hub_watch import Hub, HubNews, HubWatch
from hallterm.screens.keyed import Keyed
from hallterm.screens.passage import Passage
from hallterm.screens.pauses import Rounds
from hallterm.screens.session import Opened
from hallterm.screens.shell import Shell
from hallterm.words import _

_log = logging.getLogger("hallterm.screens")

Opener = Callable[[], tuple[Entrance, Opened]]
"""Opens the store; runs on the desk's thread. Raises StoreFaultError or ConfigurationProblems."""

FAULT_EXIT = 3
"""Exit code when the hall could not be opened."""


class HallApp(HalltermApp):
    """Shows the sign-in first, and opens the hall once that has been painted.

    opener: opens the store; None in tests that give the shell an entrance of their own.
    real_clock: False in tests, which keep their own clock.
    """

    def __init__(
        self,
        shell: Shell,
        first_screen: Callable[[], Screen[None]],
        theme: str | None = None,
        *,
        opener: Opener | None = None,
        real_clock: bool = True,
    ) -> None:
        super().__init__(shell, first_screen, theme)
        self.opener = opener
        self.real_clock = real_clock
        self.opens_at_once = opener is not None
        """False on the first run, when there is nothing to open yet."""
        self.passage = Passage(self)
        self.make_first_run: Callable[[], Screen[None]] = first_screen
        """Makes the screen for a store without a hall."""
        self.next_step = ""
        """What the command line does after this app: `training`, `hall`, or nothing."""
        self._last_input = shell.clock.monotonic()
        self._rounds = Rounds(self._last_input)

    def on_ready(self) -> None:
        """Open the hall, now that the first frame is there."""
        if self.opens_at_once:
            self.open_hall()
        else:
            gc.enable()

    def open_hall(self) -> None:
        """Open the store on the desk's thread; show what is wrong if it can't be opened."""
        self.run_worker(self._open(), group="opening", exclusive=True)

    async def _open(self) -> None:
        if self.opener is None:
            return
        try:
            entrance, opened = await self.shell.runner.run(self._open_and_keep, self.opener)
        except DeskFaultError as fault:
            from hallterm.screens.fault import FaultScreen  # noqa: PLC0415 - only after the first frame

            self.passage.only(FaultScreen(fault.__cause__ or fault))
            return
        finally:
            gc.enable()  # the command line puts it off, so that loading is quick
        self.passage.came_in(entrance, opened)

    def _open_and_keep(self, opener: Opener) -> tuple[Entrance, Opened]:
        # Kept on the desk's thread, so that a sign-in queued behind the opening finds it.
        entrance, opened = opener()
        self.shell.entrance = entrance
        return entrance, opened

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._last_input = self.shell.clock.monotonic()
        await super().on_event(event)

    def follow(self, hub: Hub) -> None:
        """Begin to sync with the hub, and show how it goes."""
        if self.shell.hub is None:
            self.shell.hub = HubWatch(hub, self.shell.standing)
            hub.start()

    def on_unmount(self) -> None:
        """Let sync and the desk finish."""
        if self.shell.hub is not None:
            self.shell.hub.hub.close()
        super().on_unmount()

    def tick(self) -> None:
        """Tell the time, lock an idle terminal, and look at what other terminals did."""
        if self.shell.hub is not None:
            self._tell(self.shell.hub.look(self.shell.clock.now().seconds))
        super().tick()
        self._rounds.tick(self.shell.clock.monotonic(), self._last_input)
        self._lock_when_idle()
        watching = any(w.group == "watch" and not w.is_finished for w in self.workers)
        if self.shell.entrance is not None and not watching:
            self.run_worker(self._watch(self.shell.entrance), group="watch")

    def _lock_when_idle(self) -> None:
        opened = self.shell.opened
        if opened is None or self.shell.session is None:
            return
        if self.shell.clock.monotonic() - self._last_input >= opened.idle_minutes * 60:
            self.passage.lock()

    def _tell(self, news: Iterable[HubNews]) -> None:
        """Put news of the hub into the news line of the screen on top."""
        screen = self.screen
        if isinstance(screen, Keyed):
            for one in news:
                screen.say(one.text, one.tone)

    async def _watch(self, entrance: Entrance) -> None:
        session = self.shell.session
        try:
            seats = await self.shell.runner.run(entrance.watch, session)
            if self.shell.hub is not None:
                self._tell(await self.shell.runner.run(self.shell.hub.losses))
        except DeskFaultError:
            return  # the screen on top asks the desk, too, and tells what is wrong
        if seats is not None and self.shell.session is session:
            self.passage.watched(seats)

    def _fatal_error(self) -> None:
        """End after a fault of the program itself: the details go to the log, not to the person."""
        _log.error("the app ended through a fault", exc_info=self._exception)
        self.panic(_("程序出了意外的错误，只好退出。已确认的操作都在，详情已写入日志。"))

    def leave_after_fault(self) -> None:
        """Leave with the exit code of a fault."""
        self.exit(return_code=FAULT_EXIT)
