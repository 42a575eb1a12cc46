"""The screen turned to the customer: they press 1 to 5 themselves."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.domain.ticket.words import Rating
from hallterm.screens.cells import Piece, plain, width
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.keyed import Keyed
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.terms import term

PATIENCE = 45.0
"""Seconds without a key after which the screen turns back by itself; nothing is graded then."""
THANKS = 2.0
"""Seconds for which the thanks stay."""


class Question(Widget):
    """Plain and with much room: a question and five answers, in the middle of the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "question--title",
        "question--digit",
        "question--word",
        "question--small",
    }

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = plain(number)
        self.thanks = False

    def thank(self) -> None:
        """Thank instead of asking."""
        self.thanks = True
        self.refresh()

    def render(self) -> Text:
        """Lay out the lines, each in the middle."""
        style = self.get_component_rich_style
        title = style("question--title")
        if self.thanks:
            return self._middle([[(_("谢谢您的评价，请慢走。"), title)]])
        asked = _("{number} 号客户，请您为本次服务评价").format(number=self._number)
        longest = max(width(term(rating)) for rating in Rating)
        lines: list[list[Piece]] = [[(asked, title)], []]
        for digit, rating in enumerate(Rating, start=1):
            filled = term(rating) + " " * (longest - width(term(rating)))
            answer = (f"   {filled}", style("question--word"))
            lines += [[(f"  {digit}  ", style("question--digit")), answer], []]
        small = style("question--small")
        return self._middle([*lines, [(_("请在键盘上按一个数字；不评价请按 Esc"), small)]])

    def _middle(self, lines: list[list[Piece]]) -> Text:
        above = max((self.size.height - len(lines)) // 2, 0)
        result = Text("\n" * above, no_wrap=True, end="")
        for pieces in lines:
            taken = sum(width(text) for text, _style in pieces)
            result.append(" " * max((self.size.width - taken) // 2, 0))
            for text, look in pieces:
                result.append(text, look)
            result.append("\n")
        return result


class Satisfaction(Keyed[Rating | None, None], ModalScreen[Rating | None]):
    """Answers what the customer pressed; None for Esc or no answer. No other key does anything.

    Once thanked, any key turns the screen back at once, and a function key acts there.
    """

    KEYS = (CANCEL,)
    CSS_PATH = sheet("satisfaction")

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._since = 0.0
        self._rating: Rating | None = None

    @property
    def state(self) -> None:
        """The one key always works."""
        return

    def compose(self) -> ComposeResult:
        """Yield the question, alone on the screen."""
        yield Question(self._number)

    def on_mount(self) -> None:
        """Begin to be patient."""
        self._since = self.shell.clock.monotonic()

    def digit(self, digit: str) -> bool:
        """Take 1 to 5; the first answer counts."""
        ratings = list(Rating)
        if self._rating is None and 1 <= int(digit) <= len(ratings):
            self._rating = ratings[int(digit) - 1]
            self._since = self.shell.clock.monotonic()
            self.query_one(Question).thank()
        return True

    def on_key(self, event: events.Key) -> None:
        """After the answer, turn back for the clerk's next key and let a function key act."""
        if self._rating is None:
            return
        event.stop()
        event.prevent_default()
        self.dismiss(self._rating)
        if event.key.startswith("f") and event.key[1:].isdigit():
            self.app.call_later(self.app.simulate_key, event.key)

    def tick(self, moment: Moment) -> None:
        """Turn back after the thanks, or when nobody answers."""
        super().tick(moment)
        limit = PATIENCE if self._rating is None else THANKS
        if self.is_mounted and self.shell.clock.monotonic() - self._since >= limit:
            self.dismiss(self._rating)

    async def do_cancel(self) -> None:
        """Turn back without a grade; after an answer it stands."""
        self.dismiss(self._rating)
