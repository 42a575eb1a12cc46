"""Asks to choose one of a few: by digit, or by cursor and Enter."""

from collections.abc import Sequence
from typing import Generic, TypeVar, cast

from textual.app import ComposeResult

from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.dialog import Dialog
from hallterm.screens.widgets.choice_list import Choice, ChoiceList
from hallterm.screens.widgets.news import Tone
from hallterm.words import _

T = TypeVar("T")


class Picker(Dialog[T | None, None], Generic[T]):
    """A numbered choice; Esc answers None.

    grace: seconds during which keys are ignored after the question appears, for questions that
    come unasked (an approval), so that a key meant for the screen below answers nothing.
    """

    KEYS = (TAKE, CANCEL)
    AUTO_FOCUS = "ChoiceList"

    def __init__(
        self, title: str, choices: Sequence[Choice[T]], note: str = "", grace: float = 0.0
    ) -> None:
        super().__init__(title, note)
        self._choices = tuple(choices)
        self._grace = grace
        self._since = 0.0
        self._typed = ""

    @property
    def state(self) -> None:
        """A picker's keys always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits choose, and by what."""
        own = any(choice.number is not None for choice in self._choices)
        return _("选几号") if own else _("选第几项")

    def compose_body(self) -> ComposeResult:
        """Yield the choices."""
        yield ChoiceList(cast("Sequence[Choice[object]]", self._choices))

    def on_mount(self) -> None:
        """Begin the grace period."""
        self._since = self.shell.clock.monotonic()
        super().on_mount()

    @property
    def _too_early(self) -> bool:
        return self.shell.clock.monotonic() - self._since < self._grace

    def digit(self, digit: str) -> bool:
        """Answer with the choice of this number."""
        choices = self.query_one(ChoiceList)
        if choices.by_own_number:
            self._type_number(choices, digit)
            return True
        choice = choices.at_digit(int(digit))
        if choice is not None:
            self._answer(choice)
        return True

    def _type_number(self, choices: ChoiceList, digit: str) -> None:
        """Answer when the number is plain; where a longer one may follow, only point at it."""
        typed = self._typed + digit
        found = choices.numbered(typed) or choices.numbered(typed := digit)
        exact = [choice for choice in found if str(choice.number) == typed]
        self._typed = typed if found else ""
        if not found:
            self.say(_("没有 {number} 号。").format(number=digit), Tone.REFUSED)
        elif exact and len(found) == 1:
            self._answer(exact[0])
        else:
            choices.go_to((exact or found)[0])

    async def do_take(self) -> None:
        """Answer with the choice under the cursor."""
        choice = self.query_one(ChoiceList).under_cursor
        if choice is not None:
            self._answer(choice)

    def _answer(self, choice: Choice[object]) -> None:
        if not self._too_early:
            self.dismiss(cast("T", choice.value))
