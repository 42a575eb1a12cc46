"""Appointments, visits and deliveries as lines for a person who reads the command's output."""

from collections.abc import Sequence

from hallterm.commands.table_text import table
from hallterm.desk.arrangement_views import AppointmentRow, ErrandRow
from hallterm.words import _
from hallterm.words.terms import term, tier_and_grade


def appointment_lines(rows: Sequence[AppointmentRow]) -> list[str]:
    """Return a table of appointments; without any, one line that says so."""
    if not rows:
        return [_("没有预约")]
    header = (_("时间"), _("级别"), _("客户"), _("业务"), _("状态"), _("号票"), _("编号"))
    return table(
        header,
        [
            (
                f"{row.begins:%m-%d %H:%M}",
                tier_and_grade(row.tier, row.grade),
                row.customer,
                row.business,
                term(row.state),
                row.number,
                row.appointment_id,
            )
            for row in rows
        ],
    )


def errand_lines(rows: Sequence[ErrandRow]) -> list[str]:
    """Return a table of visits and deliveries; without any, one line that says so."""
    if not rows:
        return [_("没有上门和配送")]
    header = (_("时段"), _("种类"), _("客户"), _("业务"), _("状态"), _("谁去"))
    return table(
        header,
        [
            (
                f"{row.begins:%m-%d %H:%M}–{row.ends:%H:%M}",
                term(row.kind),
                row.customer,
                row.business,
                term(row.state),
                row.goes.staff_id if row.goes else "",
            )
            for row in rows
        ],
    )
