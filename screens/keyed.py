"""What screens and dialogs share: commands by key, news, header time and the key bar."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from string import ascii_letters
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar, cast

from textual import events
from textual.css.query import NoMatches
from textual.screen import Screen, ScreenResultType

from hallterm.desk.views import Moment
from hallterm.domain.refusal import Refusal
from hallterm.screens.cells import normal
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.table import COMMANDS
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.shell import HasShell, Shell
from hallterm.screens.widgets.key_bar import KeyBar
from hallterm.screens.widgets.news import News, Tone
from hallterm.screens.widgets.text_field import TextField
from hallterm.words import _

StateT = TypeVar("StateT")
P = ParamSpec("P")
T = TypeVar("T")

_DIGITS = frozenset("0123456789")
_LETTERS = frozenset(ascii_letters)


class Keyed(Screen[ScreenResultType], Generic[ScreenResultType, StateT]):
    """A screen whose keys come from the command table.

    A subclass sets `KEYS`, gives its `state`, and has a coroutine `do_…` for each command.
    """

    KEYS: ClassVar[tuple[Command[Any], ...]] = ()
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init_subclass__(cls, **kwargs: bool) -> None:
        cls.BINDINGS = [command.binding() for command in cls.KEYS if command.keys]
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self._turn = asyncio.Lock()
        self._there = asyncio.Event()
        """Set when the screen has all its parts; a key may come before."""

    def on_mount(self) -> None:
        """Begin to carry out what was pressed."""
        self._there.set()

    @property
    def shell(self) -> Shell:
        """The app's shell."""
        return cast("HasShell", self.app).shell

    @property
    def state(self) -> StateT:
        """What decides which keys work now; a subclass answers."""
        raise NotImplementedError

    @property
    def moment(self) -> Moment:
        """The time to show."""
        return self.shell.clock.now()

    def digits_mean(self) -> str:
        """Say in a word or two what digits do now; empty when they do nothing."""
        return ""

    # Keys

    def commands(self) -> Iterator[Command[Any]]:
        """Yield the commands of this screen in the order of the table."""
        yield from self.KEYS

    def action_command(self, command_id: str) -> None:
        """Carry out a command, after those that were pressed before it."""
        self.run_worker(self._carry_out(COMMANDS[command_id]), group="commands")

    async def _carry_out(self, command: Command[Any]) -> None:
        async with self._turn:
            await self._there.wait()
            if self.left:
                return  # what was pressed before it ended this screen; a form is filled in once
            answer = command.when(self.state)
            if answer is not True:
                self.say(answer, Tone.REFUSED)
                return
            handler: Callable[[], Coroutine[Any, Any, None]] = getattr(self, command.handler)
            try:
                await handler()
            except NoMatches:
                if not self.left:
                    raise
                # It was left meanwhile, with all its parts; what was done stands.
        if not self.left:
            self.refresh_keys()

    def on_key(self, event: events.Key) -> None:
        """Hand digits, full-width ones too, to the screen."""
        if event.character is None:
            return
        character = normal(event.character)
        taken = character in _DIGITS and self.digit(character)
        if taken or (character in _LETTERS and self.letter(character)):
            event.stop()
            event.prevent_default()

    def digit(self, digit: str) -> bool:
        """Take a digit; answers whether it meant something here."""
        del digit
        return False

    def letter(self, letter: str) -> bool:
        """Take a Latin letter that reached the screen; answers whether it meant something here."""
        del letter
        return False

    def refresh_keys(self) -> None:
        """Show the keys that work now."""
        try:
            bar, news = self.query_one(KeyBar), self.query_one(News)
        except NoMatches:
            return
        bar.show(self.commands(), self.state, self.shell.keymap)
        news.hints = bar.hints(self.digits_mean())

    # News

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Put a sentence into the news line; that of the screen in front once this one is left."""
        if not self.left:
            self.query_one(News).say(text, tone)
        elif isinstance(front := self.app.screen, Keyed) and not front.left:
            front.say(text, tone)

    @property
    def left(self) -> bool:
        """Whether somebody has left this screen while it was at work: its parts may be gone."""
        return not self.display or self not in self.app.screen_stack

    def unsay(self) -> None:
        """Take a refusal out of the news line: it no longer holds."""
        self.query_one(News).take_back()

    def on_text_field_too_long(self, event: TextField.TooLong) -> None:
        """Tell that a field cut something off."""
        self.say(_("太长，只留前 {count} 字。").format(count=event.kept), Tone.REFUSED)

    def on_text_field_unreadable(self) -> None:
        """Tell why what was typed does not appear."""
        words = _("有的字不是 UTF-8，没有录入。请把终端的编码设成 UTF-8。")
        self.say(words, Tone.REFUSED)

    def on_text_field_nothing_pasted(self) -> None:
        """Tell that a paste came to nothing."""
        self.say(_("粘贴的内容里没有文字。"), Tone.REFUSED)

    def refuse(self, refusal: Refusal) -> None:
        """Tell in the news line why a command was not carried out."""
        from hallterm.words.refusals import explain  # noqa: PLC0415 - only a refusal needs its words

        self.say(explain(refusal), Tone.REFUSED)

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do desk work that changes something; a refusal or a fault is told in the news line.

        Returns:
            The answer, or None when it was refused or failed, or when nobody looks here any more.
        """
        try:
            answer = await self.shell.runner.run(work, *args, **kwargs)
        except DeskFaultError as fault:
            self.say(str(fault), Tone.FAULT)
            return None
        if isinstance(answer, Refusal):
            self.refuse(answer)
            return None
        return None if self.left else answer

    async def look(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do desk work that only reads; a fault is told in the news line."""
        try:
            answer = await self.shell.runner.look(work, *args, **kwargs)
        except DeskFaultError as fault:
            self.say(str(fault), Tone.FAULT)
            return None
        return None if self.left else answer

    # Time

    def tick(self, moment: Moment) -> None:
        """Show a new second; the app calls it for the screens that are visible."""
        try:
            self.query_one(News).tick(moment)
        except NoMatches:
            return
