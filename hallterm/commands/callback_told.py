"""Call-backs as JSON and as lines."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from hallterm.commands.shapes import Shape, moment
from hallterm.commands.table_text import table
from hallterm.desk.diversion_views import CallBackRow
from hallterm.domain.call_back.words import CallBackState
from hallterm.words import _, joined
from hallterm.words.terms import term


def call_back(row: CallBackRow, zone: tzinfo) -> Shape:
    """Describe a call-back; the customer is masked."""
    return {
        "id": row.call_back_id,
        "number": row.number,
        "ticket": row.ticket_id,
        "person_id": row.person_id,
        "customer": row.customer,
        "businesses": list(row.businesses),
        "state": row.state.value,
        "due_at": moment(row.due, zone),
        "call_at": moment(row.call_at, zone),
        "tries": row.tries,
        "staff": row.staff.staff_id,
        "outcome": row.outcome.value if row.outcome else None,
        "in_time": row.in_time,
    }


def call_back_lines(rows: Sequence[CallBackRow], zone: tzinfo, now: float) -> list[str]:
    """Return a table of call-backs; without any, one line that says so."""
    if not rows:
        return [_("没有要回的电话")]
    header = (_("号票"), _("几点前"), _("状态"), _("打过"), _("谁回"), _("客户"), _("业务"))
    return table(header, [_line(row, zone, now) for row in rows])


def _line(row: CallBackRow, zone: tzinfo, now: float) -> tuple[str, ...]:
    late = row.state is CallBackState.DUE and row.call_at < now
    state = term(row.outcome) if row.outcome else term(row.state)
    return (
        row.number,
        f"{datetime.fromtimestamp(row.call_at, zone):%m-%d %H:%M}",
        _("{state}，已过点").format(state=state) if late else state,
        str(row.tries or ""),
        f"{row.staff.name} {row.staff.staff_id}".strip(),
        row.customer,
        joined(row.businesses),
    )
