"""Options beside each other in a form: digits choose, and more than one where the form says so."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from hallterm.screens.cells import Piece, line, normal, plain, width
from hallterm.screens.widgets.choice_list import Choice


class ChoiceRow(Widget, can_focus=True):
    """Options beside each other, each with its digit; the chosen ones carry a tick.

    many: any number of options may be chosen; a digit then turns one on or off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "submit", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice-row--digit",
        "choice-row--option",
        "choice-row--chosen",
        "choice-row--focused",
    }

    class Submitted(Message):
        """Enter was pressed."""

    class Changed(Message):
        """Another option is chosen."""

        def __init__(self, row: "ChoiceRow") -> None:
            super().__init__()
            self.row = row

        @property
        def control(self) -> "ChoiceRow":
            """The row, so that handlers can name it."""
            return self.row

    def __init__(
        self, options: Sequence[Choice[str]], chosen: Sequence[str], *, many: bool, name: str
    ) -> None:
        super().__init__(id=f"field-{name}")
        self._options = tuple(options)
        self._chosen = set(chosen)
        self._many = many

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen values, in the order of the options."""
        return tuple(o.value for o in self._options if o.value in self._chosen)

    def choose(self, values: Sequence[str]) -> None:
        """Choose these and no others."""
        self._chosen = set(values)
        self.refresh()

    def on_key(self, event: Key) -> None:
        """Take a digit, a full-width one too."""
        character = normal(event.character or "")
        if len(character) != 1 or not character.isascii() or not character.isdigit():
            return
        event.stop()
        event.prevent_default()
        index = int(character) - 1
        if 0 <= index < len(self._options):
            self._take(self._options[index].value)

    def _take(self, value: str) -> None:
        if self._many:
            self._chosen ^= {value}
        else:
            self._chosen = {value}
        self.refresh()
        self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """Choose the option beside the chosen one."""
        if self._many or not self._options:
            return
        values = [option.value for option in self._options]
        place = values.index(self.chosen[0]) if self.chosen else -by
        self._take(values[(place + by) % len(values)])

    def action_submit(self) -> None:
        """Go on."""
        self.post_message(self.Submitted())

    def on_focus(self) -> None:
        """Show where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the options need."""
        del container, viewport
        return len(self._lines(width))

    def _lines(self, cells: int) -> list[list[int]]:
        """Return the options of each line, by their place."""
        lines: list[list[int]] = [[]]
        used = 0
        for place, option in enumerate(self._options):
            needed = width(plain(option.label)) + 5
            if lines[-1] and used + needed - 2 > cells:
                lines.append([])
                used = 0
            lines[-1].append(place)
            used += needed
        return lines

    def render(self) -> Text:
        """Lay the options out."""
        cells = self.size.width
        rows = [line(self._pieces(places), cells) for places in self._lines(cells)]
        return Text("\n").join(rows)

    def _pieces(self, places: Sequence[int]) -> list[Piece]:
        style = self.get_component_rich_style
        pieces: list[Piece] = []
        for place in places:
            option = self._options[place]
            on = option.value in self._chosen
            look = style("choice-row--chosen" if on else "choice-row--option")
            key = style("choice-row--digit") if self.has_focus else style("choice-row--option")
            pieces += [(f"{place + 1} ", key), (("✓" if on else " ") + plain(option.label), look)]
            pieces.append(("  ", look))
        return pieces
