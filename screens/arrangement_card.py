"""All that is known of one appointment, visit or delivery, with who did what, and when."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult

from hallterm.desk.arrangement_views import AppointmentRow, ErrandRow, HappenedLine
from hallterm.domain.appointment.words import AppointmentState
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.dialog import CANCEL
from hallterm.screens.dialog import Dialog
from hallterm.screens.reception_card import CardLines, Row
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.actions import action_word
from hallterm.words.arrangement_terms import detail_word
from hallterm.words.terms import term, tier_and_grade


class ArrangementCard(Dialog[None, None]):
    """Shows the lines; Esc goes back."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (CANCEL,)
    CSS_PATH = [sheet("reception"), sheet("appointment")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "CardLines"

    def __init__(self, title: str, rows: Iterable[Row]) -> None:
        super().__init__(title)
        self._rows = tuple(rows)

    @property
    def state(self) -> None:
        """Its keys always work."""
        return

    def compose_body(self) -> ComposeResult:
        """Yield the lines."""
        yield CardLines(self._rows)


def appointment_card(row: AppointmentRow) -> ArrangementCard:
    """Return the card of an appointment."""
    title = "  ".join((_("预约"), f"{row.begins:%m-%d %H:%M}", row.customer))
    return ArrangementCard(title, _appointment(row))


def _appointment(row: AppointmentRow) -> Iterator[Row]:
    yield _("时间"), f"{row.begins:%Y-%m-%d %H:%M}-{row.ends:%H:%M}", "strong"
    yield _("客户"), "  ".join((tier_and_grade(row.tier, row.grade), row.customer)), "value"
    yield _("业务"), row.business, "value"
    bad = row.state in (AppointmentState.LATE, AppointmentState.MISSED)
    yield _("状态"), _standing(row), "short" if bad else "value"
    if row.over:
        words = _("这个时段多约了 {count} 位：值班名单或窗口比约的时候少了，改约或加人")
        yield _("超约"), words.format(count=row.over), "overdue"
    yield (
        _("准时"),
        _("{early} 到 {late} 之间到算赴约").format(
            early=f"{row.early_from:%H:%M}", late=f"{row.late_after:%H:%M}"
        ),
        "label",
    )
    yield (
        _("预约方式"),
        "  ".join((term(row.channel), row.booked_by.name, row.booked_by.staff_id)),
        "value",
    )
    yield _("备注"), row.remark or _("没有"), "value" if row.remark else "label"
    yield from _happened(row.happened)


def _standing(row: AppointmentRow) -> str:
    words = [term(row.state)]
    if row.cancel_reason:
        words.append(term(row.cancel_reason))
    if row.number:
        kept = _("准时") if row.kept else _("不在约定的时间")
        words += [row.number, kept]
    return "  ".join(words)


def errand_card(row: ErrandRow) -> ArrangementCard:
    """Return the card of a visit or delivery."""
    window = f"{row.begins:%m-%d %H:%M}-{row.ends:%H:%M}"
    return ArrangementCard("  ".join((term(row.kind), window, row.customer)), _errand(row))


def _errand(row: ErrandRow) -> Iterator[Row]:
    yield _("时段"), f"{row.begins:%Y-%m-%d %H:%M}-{row.ends:%H:%M}", "strong"
    yield _("业务"), row.business, "value"
    ending = row.outcome or row.cancel_reason
    standing = "  ".join(filter(None, [term(row.state), term(ending) if ending else ""]))
    yield _("状态"), standing, "short" if row.overdue else "value"
    goes = f"{row.goes.name} {row.goes.staff_id}".strip() if row.goes else _("还没有定")
    yield _("谁去"), goes, "value"
    for label, text in (
        (_("地址"), row.address),
        (_("联系人"), row.contact),
        (_("联系电话"), row.phone),
        (_("携带"), row.bring),
        (_("备注"), row.remark),
    ):
        yield label, text or _("没有写"), "value" if text else "label"
    yield _("电联"), _("{calls} 次").format(calls=row.calls), "value"
    if row.misses:
        left = _("留了条") if row.left_note else _("没有留条")
        yield _("未遇"), _("{misses} 次，{left}").format(misses=row.misses, left=left), "short"
    yield from _happened(row.happened)


def _happened(lines: Iterable[HappenedLine]) -> Iterator[Row]:
    for place, one in enumerate(lines):
        who = f"{one.who.name} {one.who.staff_id}".strip()
        parts = (f"{one.at:%m-%d %H:%M:%S}", action_word(one.event), detail_word(one.detail), who)
        words = "  ".join(filter(None, (*parts, one.device)))
        yield "" if place else _("经过"), words, "label"
