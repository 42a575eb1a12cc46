"""One line to type in. What was typed is text, never markup, with full-width forms made plain."""

from dataclasses import dataclass

from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from hallterm.screens.cells import normal

_LONGEST = 60
_NOT_READ = "\ufffd"
"""What stands for bytes that are no text."""
_BLANK_LEAD = 1_000
"""Blank characters before the first line of a paste that are looked through."""


class TextField(Input):
    """An input without a frame; `text` is what a person meant.

    secret: shows dots instead of what is typed (PIN).
    longest: characters it takes; what is beyond is cut off at once, and told.
    """

    @dataclass
    class TooLong(Message):
        """Something was cut off."""

        kept: int
        """Characters that the field takes."""

    class Unreadable(Message):
        """The terminal sent what is no UTF-8; it was left out."""

    class NothingPasted(Message):
        """What was pasted holds no text."""

    def __init__(
        self,
        placeholder: str = "",
        *,
        secret: bool = False,
        longest: int = _LONGEST,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            password=secret,
            max_length=longest,
            select_on_focus=False,
            id=id,
        )
        self._longest = longest

    @property
    def text(self) -> str:
        """What was typed: NFKC, without control signs and outer blanks."""
        return normal(self.value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put in what was typed, less what the terminal sent in another encoding."""
        super().replace(self._readable(text), start, end)

    def _readable(self, text: str) -> str:
        if _NOT_READ not in text:
            return text
        self.post_message(self.Unreadable())
        return text.replace(_NOT_READ, "")

    def _on_paste(self, event: Paste) -> None:
        """Take the first line that holds text, cleaned and cut; the base refuses it whole."""
        event.stop()
        event.prevent_default()
        selected = self.selection
        room = max(self._longest - len(self.value) + abs(selected.end - selected.start), 0)
        # Cut before anything looks at it: a whole file may have been pasted.
        head = self._readable(event.text)[: _BLANK_LEAD + 2 * self._longest]
        line = next((text for text in map(normal, head.splitlines()) if text), "")
        if not line:
            self.post_message(self.NothingPasted())
            return
        self.replace(line[:room], *selected)
        if len(line) > room:
            self.post_message(self.TooLong(self._longest))

    def restricted(self) -> None:
        """Tell that there is no room for what was typed."""
        self.post_message(self.TooLong(self._longest))
