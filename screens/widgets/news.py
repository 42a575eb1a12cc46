"""The line above the keys where the app answers; on its right, what digits and Enter do now."""

from enum import StrEnum
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.screens.cells import Piece, line, plain, width

_SHOWN_SECONDS = 20.0


class Tone(StrEnum):
    """What kind of news it is, as sign and colour."""

    PLAIN = "plain"
    DONE = "done"
    REFUSED = "refused"
    FAULT = "fault"


_SIGNS = {Tone.PLAIN: "", Tone.DONE: "✓ ", Tone.REFUSED: "✗ ", Tone.FAULT: "! "}


class News(Widget):
    """One reserved line. The newest sentence replaces the one before."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "news--plain",
        "news--done",
        "news--refused",
        "news--fault",
        "news--key",
        "news--label",
    }

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._tone = Tone.PLAIN
        self._until: float | None = None
        self._fresh = False
        self._hints: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence shown now."""
        return self._text

    @property
    def tone(self) -> Tone:
        """The kind of the sentence shown now."""
        return self._tone

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """Keys without a slot in the key bar, each with what it does."""
        return self._hints

    @hints.setter
    def hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a sentence."""
        self._text, self._tone = plain(text), tone
        self._fresh = True
        self.refresh()

    def take_back(self) -> None:
        """Take a refusal away: what it complained of was put right."""
        if self._tone is Tone.REFUSED and self._text:
            self._text = ""
            self.refresh()

    def tick(self, moment: Moment) -> None:
        """Take old news away; faults stay until something else is said."""
        if self._fresh:
            self._until, self._fresh = moment.seconds + _SHOWN_SECONDS, False
        elif self._until is not None and moment.seconds >= self._until:
            self._until = None
            if self._tone is not Tone.FAULT:
                self._text = ""
                self.refresh()

    def render(self) -> Text:
        """Lay out the sentence, and the hints as far as they fit beside it."""
        style = self.get_component_rich_style
        cells = self.size.width
        said = f" {_SIGNS[self._tone]}{self._text}" if self._text else " "
        room = cells - width(said) - 2
        ending: list[Piece] = []
        for key, meaning in reversed(self._hints):
            piece = [(key, style("news--key")), (f" {meaning}  ", style("news--label"))]
            taken = sum(width(text) for text, _style in piece)
            if taken > room:
                break
            room -= taken
            ending = [*piece, *ending]
        return line([(said, style(f"news--{self._tone.value}"))], cells, ending)
