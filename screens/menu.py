"""The menu (F12): finds a command by name, help text or pinyin initials."""

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from hallterm.screens.commands.command import Command
from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.commands.everywhere import BACK, MENU
from hallterm.screens.dialog import Dialog
from hallterm.screens.initials import initials_of, matches
from hallterm.screens.widgets.choice_list import Choice, ChoiceList
from hallterm.screens.widgets.key_bar import key_name
from hallterm.screens.widgets.text_field import TextField
from hallterm.words import _, joined


class Menu(Dialog[str | None, None]):
    """Answers the id of the chosen command."""

    KEYS = (TAKE, CANCEL)
    AUTO_FOCUS = "TextField"

    def __init__(self, commands: Sequence[Command[Any]], state: object) -> None:
        super().__init__(_("菜单"))
        itself = {MENU.id, BACK.id}
        self._commands = tuple(c for c in commands if not c.action and c.id not in itself)
        self._of = state

    @property
    def state(self) -> None:
        """The keys of the menu always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits are text here."""
        return _("文字")

    def compose_body(self) -> ComposeResult:
        """Yield the field and what it finds."""
        examples = joined(_initials(command) for command in self._commands[:2])
        yield TextField(_("名称或拼音首字母，如 {examples}").format(examples=examples))
        yield ChoiceList(self._found(""), empty=_("没有找到"))

    def _found(self, wanted: str) -> list[Choice[object]]:
        found = [
            command
            for command in self._commands
            if matches(command.title_in(self._of), wanted)
            or matches(command.help, wanted)
            or wanted.casefold() in command.id
        ]
        found.sort(
            key=lambda command: (
                not matches(command.title_in(self._of), wanted),
                command.when(self._of) is not True,
            )
        )
        return [self._choice(command) for command in found]

    def _choice(self, command: Command[Any]) -> Choice[object]:
        answer = command.when(self._of)
        note = command.help if answer is True else _("现在不行：{why}").format(why=answer)
        key = key_name(self.shell.keymap.keys_of(command)[0]) if command.keys else ""
        return Choice(command.id, f"{command.title_in(self._of)}  {key}", note)

    @on(Input.Changed)
    def narrow(self) -> None:
        """Show what fits what was typed so far."""
        self.query_one(ChoiceList).replace(self._found(self.query_one(TextField).text))

    @on(Input.Submitted)
    def take(self) -> None:
        """Take the choice under the cursor."""
        choice = self.query_one(ChoiceList).under_cursor
        if choice is not None:
            self.dismiss(str(choice.value))

    async def do_take(self) -> None:
        """Take the choice under the cursor."""
        self.take()

    def key_up(self) -> None:
        """Move the cursor while typing."""
        self.query_one(ChoiceList).action_move(-1)

    def key_down(self) -> None:
        """Move the cursor while typing."""
        self.query_one(ChoiceList).action_move(1)

    def key_pageup(self) -> None:
        """Turn the page while typing."""
        self.query_one(ChoiceList).action_page(-1)

    def key_pagedown(self) -> None:
        """Turn the page while typing."""
        self.query_one(ChoiceList).action_page(1)


def _initials(command: Command[Any]) -> str:
    return "".join(initials_of(character)[:1] for character in command.title)
