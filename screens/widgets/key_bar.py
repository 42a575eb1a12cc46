"""The two bottom lines: F1–F6 and F7–F12, each key in its own place, only those that work now."""

from collections.abc import Iterable
from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.screens.cells import fit
from hallterm.screens.commands.command import Command
from hallterm.screens.keymap import Keymap
from hallterm.words import _

_PER_LINE = 6
_WIDEST_SLOT = 18
_SHORT = 3
"""Names of keys up to this length are printed in capitals."""
_SLOTS = {f"f{number}": number - 1 for number in range(1, 13)}


def key_name(key: str) -> str:
    """Return a key as it is printed on the keyboard."""
    names = {
        "enter": "Enter",
        "escape": "Esc",
        "pageup": "PgUp",
        "pagedown": "PgDn",
        "up": _("上"),
        "down": _("下"),
        "left": _("左"),
        "right": _("右"),
        "home": "Home",
        "end": "End",
        "tab": "Tab",
        "insert": "Ins",
        "delete": "Del",
    }
    return "+".join(names.get(part) or _printed(part) for part in key.split("+"))


def _printed(part: str) -> str:
    return part.upper() if len(part) <= _SHORT else part.title()


class KeyBar(Widget):
    """Shows keys; pressing is the screen's matter."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--title"}

    def __init__(self) -> None:
        super().__init__()
        self._slots: dict[int, tuple[str, str]] = {}
        self._hints: list[tuple[str, str]] = []

    def show(self, commands: Iterable[Command[Any]], state: object, keymap: Keymap) -> None:
        """Keep the commands that work in this state."""
        slots: dict[int, tuple[str, str]] = {}
        hints: list[tuple[str, str]] = []
        for command in commands:
            if not command.is_told(state) or command.when(state) is not True:
                continue
            key = keymap.keys_of(command)[0]
            shown = (key_name(key), command.title_in(state))
            if key in _SLOTS:
                slots[_SLOTS[key]] = shown
            else:
                hints.append(shown)
        self._hints = hints
        if slots != self._slots:
            self._slots = slots
            self.refresh()

    def hints(self, digits_mean: str) -> tuple[tuple[str, str], ...]:
        """Return the working keys that have no slot, and what digits mean, for the news line."""
        digits = [(_("数字"), digits_mean)] if digits_mean else []
        return (*digits, *self._hints)

    @property
    def shown(self) -> list[str]:
        """The key bar's words, slot by slot."""
        return [" ".join(self._slots[slot]) for slot in sorted(self._slots)]

    def render(self) -> Text:
        """Lay the keys out in their slots."""
        key = self.get_component_rich_style("key-bar--key")
        title = self.get_component_rich_style("key-bar--title")
        cells = self.size.width
        return Text("\n").join(
            self._line(row * _PER_LINE, cells, key, title) for row in range(12 // _PER_LINE)
        )

    def _line(self, first: int, cells: int, key: Style, title: Style) -> Text:
        slot_cells = min((cells - 1) // _PER_LINE, _WIDEST_SLOT)
        result = Text(" ", no_wrap=True, end="")
        for slot in range(first, first + _PER_LINE):
            name, words = self._slots.get(slot, ("", ""))
            result.append(name, key)
            result.append(fit(f" {words}" if name else "", slot_cells - len(name)), title)
        result.append(" " * (cells - result.cell_len))
        return result
