"""Asks to choose one of a few: by digit, or by cursor and Enter."""

from collections.abc import Sequence
from typing import Generic, TypeVar, cast

from textual.app import ComposeResult

from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.dialog import Dialog
from hallterm.screens.widgets.choice_list import Choice, ChoiceList
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

    @property
    def state(self) -> None:
        """A picker's keys always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits choose."""
        return _("选第几项")

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
        choice = self.query_one(ChoiceList).at_digit(int(digit))
        if choice is not None:
            self._answer(choice)
        return True

    async def do_take(self) -> None:
        """Answer with the choice under the cursor."""
        choice = self.query_one(ChoiceList).under_cursor
        if choice is not None:
            self._answer(choice)

    def _answer(self, choice: Choice[object]) -> None:
        if not self._too_early:
            self.dismiss(cast("T", choice.value))
