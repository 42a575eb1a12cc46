"""A form on a sheet: a few rows to fill in by keypad and text, each with its own complaint."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from hallterm.desk.views import Moment
from hallterm.domain.refusal import Refusal
from hallterm.screens.catching_up import caught_up
from hallterm.screens.cells import plain
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.commands.form import FORM_KEYS, FormState
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.dialog import Dialog
from hallterm.screens.pin_words import pin_words
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.choice_row import ChoiceRow
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.text_field import TextField
from hallterm.styles import sheet
from hallterm.words import _

Filled = Mapping[str, str]
"""What was filled in, by the row's name; several choices are joined by blanks."""
Check = Callable[[str, Filled], str]
"""Says what is wrong with a value, given all values; empty when nothing is."""


_AFTER = 0.02
"""Seconds after the grace period at which a form looks whether it is over: clocks differ a bit."""
_WIDE = 100
"""Fields for longer texts take the whole line."""
NO_BLAME: Mapping[str, str] = MappingProxyType({})


def _nothing(_text: str, _filled: Filled) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row to type in."""

    name: str
    label: str
    value: str = ""
    note: str = ""
    """What to fill in, dim below the field."""
    secret: bool = False
    longest: int = 40
    check: Check = _nothing
    needed: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceRowOf:
    """A row to choose in by digit."""

    name: str
    label: str
    options: Sequence[Choice[str]]
    chosen: Sequence[str]
    note: str = ""
    many: bool = False
    check: Check = _nothing


Row = TextRow | ChoiceRowOf


class Form(Dialog[Filled | None, FormState]):
    """Answers what was filled in once every row is right; Esc answers None and changes nothing.

    commit: desk work done with what was filled in; when it refuses, the form stays open.
    blame: the row to which a refusal's words belong, by its code.
    grace: seconds after the form appears during which it takes no key but Esc, for decisions: a
    key meant for the screen below then neither fills in nor answers anything.
    """

    KEYS: ClassVar[tuple[Command[Any], ...]] = (*FORM_KEYS, CANCEL)
    CSS_PATH = sheet("form")
    AUTO_FOCUS = ""

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        note: str = "",
        *,
        commit: Callable[[Filled], object] | None = None,
        blame: Mapping[str, str] = NO_BLAME,
        grace: float = 0.0,
    ) -> None:
        super().__init__(title, note)
        self._grace = grace
        self._since = 0.0
        self._open = False
        self._rows = tuple(rows)
        self._commit = commit
        self._blame = blame

    @property
    def state(self) -> FormState:
        """Where the person is."""
        return FormState(self._place() + 1 == len(self._rows))

    def digits_mean(self) -> str:
        """Digits choose in a row of options; elsewhere they are text."""
        return _("选第几项") if isinstance(self.focused, ChoiceRow) else _("文字")

    def compose_body(self) -> ComposeResult:
        """Yield the rows."""
        for row in self._rows:
            with Vertical(classes="form-row"):
                with Horizontal(classes="form-line"):
                    yield Static(plain(row.label), classes="form-label", markup=False)
                    yield _widget_of(row)
                yield Static(plain(row.note), id=f"note-{row.name}", classes="note", markup=False)

    def on_mount(self) -> None:
        """Begin at the first row, as soon as the form takes keys."""
        # Before the field's own Enter, and before the keys that were typed right after it.
        self._bindings.bind("enter", "row_done", show=False, priority=True)
        self._since = self.shell.clock.monotonic()
        self._begin()
        if not self._open:
            self.refresh_keys()
            self.set_timer(self._grace + _AFTER, self._begin)

    def tick(self, moment: Moment) -> None:
        """Show a new second; begin if that had to wait."""
        super().tick(moment)
        if self.is_mounted:
            self._begin()

    def _begin(self) -> None:
        if not self._open and self.shell.clock.monotonic() - self._since >= self._grace:
            self._open = True
            self._focus(0)

    def on_descendant_focus(self) -> None:
        """Show what digits mean in the row that has the focus now."""
        self.refresh_keys()

    def _widget(self, row: Row) -> TextField | ChoiceRow:
        widget = self.query_one(f"#field-{row.name}")
        if not isinstance(widget, TextField | ChoiceRow):
            raise TypeError(widget)
        return widget

    @property
    def filled(self) -> dict[str, str]:
        """What is filled in now."""
        return {row.name: _value_of(self._widget(row)) for row in self._rows}

    def _place(self) -> int:
        for place, row in enumerate(self._rows):
            if self._widget(row).has_focus:
                return place
        return 0

    def _focus(self, place: int) -> None:
        self.set_focus(self._widget(self._rows[place % len(self._rows)]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter go on at once from a row that is not the last one."""
        if action == "row_done":
            row = isinstance(self.focused, TextField | ChoiceRow)
            return row and self._place() + 1 < len(self._rows)
        return super().check_action(action, parameters)

    async def action_row_done(self) -> None:
        """Go on after the keys before Enter, and before the next key is handed out."""
        if self.focused is not None:
            await caught_up(self.focused)
            self.go_on()

    @on(Input.Submitted)
    @on(ChoiceRow.Submitted)
    def go_on(self) -> None:
        """Go to the next row; from the last one finish."""
        place = self._place()
        complaint = self._complaint(self._rows[place])
        self._show(self._rows[place], complaint)
        if complaint:
            self.say(complaint, Tone.REFUSED)
        elif place + 1 < len(self._rows):
            self.unsay()
            self._focus(place + 1)
        else:
            self.action_command("form.accept")

    def _complaint(self, row: Row) -> str:
        value = self.filled[row.name]
        if isinstance(row, TextRow) and row.needed and not value:
            return _("{label}不能空").format(label=row.label)
        return row.check(value, self.filled)

    def _show(self, row: Row, complaint: str) -> None:
        note = self.query_one(f"#note-{row.name}", Static)
        note.set_class(bool(complaint), "wrong")
        note.update(plain(f"✗ {complaint}" if complaint else row.note))
        if complaint and isinstance(row, TextRow) and row.secret:
            # Nobody sees what is in it, so nobody could mend it.
            self.query_one(f"#field-{row.name}", TextField).value = ""

    async def do_accept(self) -> None:
        """Answer if every row is right; else go to the first that isn't."""
        if not self._open:
            self.say(_("请先看清上面的内容，再按。"))
            return
        wrong = [place for place, row in enumerate(self._rows) if self._complaint(row)]
        for row in self._rows:
            self._show(row, self._complaint(row))
        if wrong:
            self.say(self._complaint(self._rows[wrong[0]]), Tone.REFUSED)
            self._focus(wrong[0])
        elif self._commit is None or await self._committed(self._commit):
            self.dismiss(self.filled)

    async def _committed(self, commit: Callable[[Filled], object]) -> bool:
        try:
            answer = await self.shell.runner.run(commit, self.filled)
        except DeskFaultError as fault:
            self.say(str(fault), Tone.FAULT)
            return False
        if isinstance(answer, Refusal):
            self._refused(answer)
            return False
        return self.is_current

    def _refused(self, refusal: Refusal) -> None:
        words = pin_words(refusal)
        self.say(words, Tone.REFUSED)
        for place, row in enumerate(self._rows):
            if row.name == self._blame.get(refusal.code):
                self._show(row, words)
                self._focus(place)

    async def do_enter(self) -> None:
        """Go to the next row; from the last one finish."""
        if self._open:
            self.go_on()

    async def do_next(self) -> None:
        """Go to the next row."""
        if self._open:
            self._focus(self._place() + 1)

    async def do_previous(self) -> None:
        """Go to the row before."""
        if self._open:
            self._focus(self._place() - 1)


def _widget_of(row: Row) -> Widget:
    if isinstance(row, TextRow):
        field = TextField("", secret=row.secret, longest=row.longest, id=f"field-{row.name}")
        field.value = row.value
        field.select_on_focus = True
        field.set_class(row.longest > _WIDE, "wide")
        return field
    return ChoiceRow(row.options, row.chosen, many=row.many, name=row.name)


def _value_of(widget: TextField | ChoiceRow) -> str:
    return widget.text if isinstance(widget, TextField) else " ".join(widget.chosen)
