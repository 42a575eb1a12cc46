"""Asks for one or more of a few: digits turn them on and off, Enter takes them."""

from collections.abc import Sequence
from typing import cast

from textual.app import ComposeResult

from hallterm.screens.commands.dialog import CANCEL, TAKE
from hallterm.screens.dialog import Dialog
from hallterm.screens.widgets.choice_list import Choice, ChoiceList
from hallterm.screens.widgets.news import Tone
from hallterm.words import _


class SeveralPicker(Dialog[tuple[str, ...] | None, None]):
    """Answers the values in the order of the list, or as they were picked; Esc answers None.

    ordered: the order of picking counts and is shown (who is asked first).
    least: so many must be chosen.
    """

    KEYS = (TAKE, CANCEL)
    AUTO_FOCUS = "ChoiceList"

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[str]],
        note: str = "",
        *,
        chosen: Sequence[str] = (),
        ordered: bool = False,
        least: int = 1,
    ) -> None:
        super().__init__(title, note)
        self._choices = tuple(choices)
        known = {choice.value for choice in choices}
        self._chosen = [value for value in chosen if value in known]
        self._ordered = ordered
        self._least = least

    @property
    def state(self) -> None:
        """Its keys always work."""
        return

    def digits_mean(self) -> str:
        """Say that digits turn a choice on or off."""
        return _("选上或去掉")

    def compose_body(self) -> ComposeResult:
        """Yield the choices."""
        yield ChoiceList(self._lines())

    def _lines(self) -> Sequence[Choice[object]]:
        return [
            Choice(cast("object", one.value), self._sign(one.value) + one.label, one.note)
            for one in self._choices
        ]

    def _sign(self, value: str) -> str:
        if value not in self._chosen:
            return "    "
        place = self._chosen.index(value) + 1
        return f"({place}) ".ljust(4) if self._ordered else "✓   "

    def digit(self, digit: str) -> bool:
        """Turn the choice of this number on or off."""
        listed = self.query_one(ChoiceList)
        index = listed.page_start + int(digit) - 1
        choice = listed.at_digit(int(digit))
        if choice is None:
            return True
        value = str(choice.value)
        if value in self._chosen:
            self._chosen.remove(value)
        else:
            self._chosen.append(value)
        listed.replace(self._lines())
        listed.action_move(index)
        return True

    async def do_take(self) -> None:
        """Answer with what is on."""
        if len(self._chosen) < self._least:
            self.say(_("先按数字选，至少 {count} 项。").format(count=self._least), Tone.REFUSED)
        elif self._ordered:
            self.dismiss(tuple(self._chosen))
        else:
            self.dismiss(tuple(c.value for c in self._choices if c.value in self._chosen))
