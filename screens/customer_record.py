"""A customer's record in two columns."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from hallterm.screens.cells import fit, line, plain
from hallterm.screens.customer_words import value_words, who
from hallterm.words import _, joined
from hallterm.words.refusals import field_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.screens.customer_work import CustomerFile

_LABEL = 10
_PAIRS = (
    ("phone", "vip_card"),
    ("id_number", "account_manager"),
    ("brand", "home"),
    ("group_member", "special"),
    ("contact", ""),
    ("notes", ""),
)


class RecordView(Widget):
    """The fields of a record; numbers masked but for one that is shown whole for a reason."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record--label",
        "record--value",
        "record--strong",
        "record--whole",
    }

    def __init__(self) -> None:
        super().__init__()
        self._file: CustomerFile | None = None
        self._whole: Mapping[str, str] = {}

    def show(self, file: "CustomerFile", whole: Mapping[str, str]) -> None:
        """Show a record; `whole` holds the numbers that may be seen now."""
        self._file, self._whole = file, whole
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for each pair, consent and recording; none for empty free words."""
        del container, viewport, width
        return len(self._pairs()) + 2 + bool(_arranged(self._file)) if self._file else 0

    def _pairs(self) -> list[tuple[str, str]]:
        view = self._file.view if self._file else None
        free = ("contact", "notes")
        return [p for p in _PAIRS if p[0] not in free or getattr(view, p[0], None)]

    def render(self) -> Text:
        """Lay the lines out."""
        file = self._file
        if file is None:
            return Text()
        cells = self.size.width
        half = cells // 2
        rows = []
        for first, second in self._pairs():
            room = half if second else cells
            pieces = self._piece(first, room)
            pieces += self._piece(second, cells - half) if second else []
            rows.append(line(pieces, cells))
        rows += [
            self._line(_("同意"), _consent(file), cells),
            self._line(_("登记"), _recorded(file), cells),
        ]
        arranged = _arranged(file)
        rows += [self._line(_("约定"), arranged, cells)] if arranged else []
        return Text("\n").join(rows)

    def _line(self, label: str, words: str, cells: int) -> Text:
        pieces = [(f" {fit(label, _LABEL)}", self._style("label")), (words, self._style("value"))]
        return line(pieces, cells)

    def _piece(self, field: str, cells: int) -> list[tuple[str, Style]]:
        file = self._file
        if file is None:
            return []
        label = (f" {fit(field_word(field), _LABEL)}", self._style("label"))
        room = cells - _LABEL - 1
        if field in self._whole:
            return [label, (fit(plain(self._whole[field]), room), self._style("whole"))]
        value = getattr(file.view, field)
        if field == "account_manager" and value:
            return [label, (fit(who(value, file.staff), room), self._style("value"))]
        marked = value is True
        words = value_words(field, value)
        look = "strong" if marked else "value" if value else "label"
        return [label, (fit(words, room), self._style(look))]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"record--{name}")


def _arranged(file: "CustomerFile") -> str:
    """Return what is arranged with the customer and still to come; empty: nothing."""
    booked = [f"{one.begins:%m-%d %H:%M} {plain(one.business)}" for one in file.appointments]
    agreed = [
        f"{one.begins:%m-%d %H:%M} {term(one.kind)} {term(one.state)}" for one in file.errands
    ]
    return joined([*booked, *agreed])


def _consent(file: "CustomerFile") -> str:
    view = file.view
    if view.consent_way is None:
        return _("没有记录")
    words = [term(view.consent_way)]
    words += [term(view.consent_purpose)] if view.consent_purpose else []
    words += [f"{view.consent_at.astimezone(file.zone):%Y-%m-%d}"] if view.consent_at else []
    return "   ".join(words)


def _recorded(file: "CustomerFile") -> str:
    view = file.view
    words = [_on(file, view.recorded_at, view.recorded_by)]
    if view.changed_at and view.changed_by:
        changed = _on(file, view.changed_at, view.changed_by)
        words.append(_("最近修改 {when}").format(when=changed))
    return "     ".join(words)


def _on(file: "CustomerFile", moment: datetime, staff_id: str) -> str:
    return f"{moment.astimezone(file.zone):%Y-%m-%d}  {who(staff_id, file.staff)}"
