"""The help of a screen, made from the command table (F1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from hallterm.screens.cells import fit, plain, width
from hallterm.screens.commands.command import Command, Group
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.screens.dialog import Dialog
from hallterm.screens.keymap import Keymap
from hallterm.screens.widgets.key_bar import key_name
from hallterm.words import _

_KEY_CELLS = 10
_TITLE_CELLS = 12


def group_words() -> dict[Group, str]:
    """Return the heading of each group."""
    return {
        Group.SERVE: _("办理"),
        Group.CUSTOMER: _("客户"),
        Group.LIST: _("列表"),
        Group.PLACE: _("去别处"),
        Group.GENERAL: _("通用"),
    }


class HelpLines(ScrollView, can_focus=True):
    """Keys by group; a key that doesn't work now says why."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "help--group",
        "help--key",
        "help--title",
        "help--text",
        "help--off",
        "help--why",
    }

    def __init__(self, lines: Sequence[tuple[tuple[str, str], ...]]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    @dataclass
    class Turned(Message):
        """Another page is seen, or the pages are others."""

        page: int
        pages: int

    def on_resize(self) -> None:
        """Keep to the width."""
        self.virtual_size = Size(self.size.width, len(self._lines))
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the page that is seen now."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def _tell(self) -> None:
        height = max(self.size.height, 1)
        pages = max(-(-len(self._lines) // height), 1)
        top = round(self.scroll_y)
        page = pages if top + height >= len(self._lines) else top // height + 1
        self.post_message(self.Turned(page, pages))

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        self.scroll_to(y=self.scroll_offset.y + by * self.size.height, animate=False)

    def action_edge(self, end: int) -> None:
        """Scroll to the beginning or the end."""
        self.scroll_to(y=0 if end < 0 else len(self._lines), animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        cells = self.size.width
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(cells, self.rich_style)
        room = cells
        segments = []
        for text, kind in self._lines[index]:
            piece = (
                fit(text, room) if kind in {"text", "off", "why"} and room < width(text) else text
            )
            style = self.get_component_rich_style(f"help--{kind}") if kind else Style()
            segments.append(Segment(piece, style))
            room -= Segment(piece).cell_length
        strip = Strip(segments).adjust_cell_length(cells)
        return strip.apply_style(self.rich_style)


class Help(Dialog[None, None]):
    """All keys of a screen, those that don't work now with the reason."""

    KEYS = (CANCEL,)
    AUTO_FOCUS = "HelpLines"

    def __init__(self, commands: Sequence[Command[Any]], state: object, keymap: Keymap) -> None:
        super().__init__(_("按键"), _("暗的现在不能按，后面写着原因。键可以在 keymap.toml 里改。"))
        self._commands = dict.fromkeys((*commands, *LIST_KEYS))
        self._of = state
        self._keymap = keymap

    @property
    def state(self) -> None:
        """The keys of the help always work."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield the lines."""
        lines: list[tuple[tuple[str, str], ...]] = []
        for group, heading in group_words().items():
            commands = [command for command in self._commands if command.group is group]
            if commands:
                lines += (
                    [(), ((f" {heading}", "group"),)] if lines else [((f" {heading}", "group"),)]
                )
            for command in commands:
                lines += self._lines_of(command)
        yield HelpLines(lines)
        yield Static(id="pages", markup=False)

    @on(HelpLines.Turned)
    def turned(self, event: HelpLines.Turned) -> None:
        """Say which page this is and how to turn it."""
        words = _("第 {page} 页，共 {pages} 页。PgUp、PgDn 翻页。")
        told = words.format(page=event.page, pages=event.pages) if event.pages > 1 else ""
        self.query_one("#pages", Static).update(told)

    def _lines_of(self, command: Command[Any]) -> list[tuple[tuple[str, str], ...]]:
        answer = command.when(self._of)
        keys = " ".join(key_name(key) for key in self._keymap.keys_of(command))
        works = answer is True
        lines: list[tuple[tuple[str, str], ...]] = [
            (
                (f"   {fit(keys, _KEY_CELLS)}", "key" if works else "off"),
                (fit(command.title, _TITLE_CELLS), "title" if works else "off"),
                (plain(command.help), "text" if works else "off"),
            )
        ]
        if answer is not True:
            why = _("现在不行：{why}").format(why=plain(answer))
            lines.append(((" " * (3 + _KEY_CELLS + _TITLE_CELLS), ""), (why, "why")))
        return lines
