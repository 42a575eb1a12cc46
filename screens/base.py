"""The frame of every screen: header, body, news line, key bar."""

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from hallterm.desk.views import Moment
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.everywhere import EVERYWHERE
from hallterm.screens.commands.session import SESSION_KEYS
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.help import Help
from hallterm.screens.keyed import Keyed
from hallterm.screens.menu import Menu
from hallterm.screens.reception_strip import ReceptionStrip
from hallterm.screens.request_strip import RequestStrip, watch_requests
from hallterm.screens.session_actions import SessionActions
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.header import Header
from hallterm.screens.widgets.key_bar import KeyBar
from hallterm.screens.widgets.news import News
from hallterm.styles.themes import next_theme
from hallterm.words import _

StateT = TypeVar("StateT")

_BOTTOM = 2
"""Textual's own empty screen and the first of ours."""


class HallScreen(SessionActions[StateT], Generic[StateT]):
    """A full screen. A subclass gives `compose_body`, `KEYS`, `state` and its `do_…` methods."""

    SHOWS_REQUESTS: ClassVar[bool] = True
    """Whether a line under the header tells of special requests; not where they stand anyway."""
    TELLS_OF_CONTRADICTIONS: ClassVar[bool] = True
    """Whether a manager is told of what waits to be settled; not where that stands anyway."""
    SIGNED_IN: ClassVar[bool] = True
    """Whether the screen stands behind the sign-in, and so offers to lock and to sign out."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (180, "-vast")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init_subclass__(cls, **kwargs: bool) -> None:
        shared = (*EVERYWHERE, *SESSION_KEYS) if cls.SIGNED_IN else EVERYWHERE
        cls.KEYS = (*cls.KEYS, *(c for c in shared if c not in cls.KEYS))
        super().__init_subclass__(**kwargs)

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own body."""
        yield Header()
        yield ReceptionStrip()
        if self.SHOWS_REQUESTS:
            yield RequestStrip()
        with Container(id="body"):
            yield from self.compose_body()
        yield News()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """Yield the screen's own widgets."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the first second and the first keys."""
        self.tick(self.moment)
        self.refresh_keys()

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Catch up after another screen was on top."""
        self.tick(self.moment)
        self.refresh_keys()

    def tick(self, moment: Moment) -> None:
        """Show a new second in the header and the news line."""
        super().tick(moment)
        for header in self.query(Header):
            header.show(self.shell.standing, moment)
        for strip in self.query(ReceptionStrip):
            strip.tick(moment)
        for waiting in self.query(RequestStrip):
            waiting.tick(moment)
        self._watch_receptions()

    def _watch_receptions(self) -> None:
        if self.shell.work is None or not self.SIGNED_IN or not self.is_mounted:
            return
        if not any(w.group == "receptions" and not w.is_finished for w in self.workers):
            self.run_worker(self._watch(), group="receptions")

    async def _watch(self) -> None:
        from hallterm.screens.reception_answer import watch  # noqa: PLC0415 - only after the first frame

        screen = cast("Keyed[Any, Any]", self)
        await watch(screen)
        await watch_requests(screen)
        if self.TELLS_OF_CONTRADICTIONS:
            await self._watch_contradictions()

    async def _watch_contradictions(self) -> None:
        work = self.shell.work
        if work is None:
            return
        try:
            waiting = await self.shell.runner.run(work.contradictions.news)
        except DeskFaultError:
            return  # the screen asks the desk, too, and tells what is wrong
        if waiting:
            self.app.bell()
            self.say(
                _("有 {count} 条断线时的不一致待核对：Ctrl+N 到待核对。").format(count=waiting)
            )

    # What every screen can do

    def commands(self) -> Iterator[Command[Any]]:
        """Yield the screen's own commands, then those of every screen."""
        yield from (c for c in self.KEYS if c not in SESSION_KEYS or self.offers(c))

    async def do_help(self) -> None:
        """List the keys of this screen."""
        await self.app.push_screen(Help(tuple(self.commands()), self.state, self.shell.keymap))

    async def do_menu(self) -> None:
        """Find a command by name or pinyin initials, and carry it out."""
        chosen = await self.app.push_screen_wait(Menu(tuple(self.commands()), self.state))
        if chosen is not None:
            self.action_command(chosen)

    async def do_back(self) -> None:
        """Leave this screen for the one below, if there is one."""
        if len(self.app.screen_stack) > _BOTTOM:
            self.app.pop_screen()

    async def do_theme(self) -> None:
        """Take the next theme."""
        self.app.theme = next_theme(self.app.theme)
        self.say(_("配色：{name}").format(name=self.app.theme))

    async def do_quit(self) -> None:
        """Ask, then leave the program."""
        if await self.app.push_screen_wait(Confirm(_("退出程序？"), _("退出"))):
            self.app.exit()
