"""How a special request reads in a line of a screen."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hallterm.desk.post_status import PostStatus
from hallterm.desk.request_views import GateRow, RequestPage, RequestRow, Why
from hallterm.domain.refusal import Refusal
from hallterm.screens.cells import plain
from hallterm.screens.reading import Reading, read
from hallterm.screens.reception_strip import SIGNS
from hallterm.words import _
from hallterm.words.durations import minutes_seconds
from hallterm.words.money import yuan
from hallterm.words.refusals import explain
from hallterm.words.terms import term, tier_and_grade


def why_words() -> Mapping[Why, str]:
    """Return why a request stands in the inbox, in two characters."""
    return {
        Why.MINE: _("待办"),
        Why.CONFIRM: _("确认"),
        Why.OVERDUE: _("督办"),
        Why.FOLLOWED: _("跟踪"),
    }


def matter(row: RequestRow) -> str:
    """Return kind and amount."""
    amount = _(" {yuan} 元").format(yuan=yuan(row.amount_fen)) if row.amount_fen else ""
    return f"{plain(row.kind)}{amount}"


def customer(row: RequestRow) -> str:
    """Return grade and name."""
    return f"{tier_and_grade(row.tier, row.grade)} {plain(row.customer)}".strip()


def holder(row: RequestRow) -> str:
    """Say who has it."""
    if row.holder_role is None:
        return ""
    if row.holder:
        return f"{plain(row.holder.name)} {row.holder.staff_id}".strip()
    return term(row.holder_role)


def state_words(row: RequestRow) -> str:
    """Return where it stands; of a closed one, how it ended."""
    closed = row.holder_role is None and row.result is not None
    return term(row.result) if closed and row.result else term(row.state)


def reading_of(row: RequestRow, now: float) -> Reading | None:
    """Read the clock of the stage, which stands while the hall is closed; None once it is over."""
    if row.clock is None:
        return None
    began = datetime.fromtimestamp(row.clock.began, UTC)
    lasted = row.hours.between(began, datetime.fromtimestamp(now, UTC))
    return read(row.clock, row.clock.began + lasted.total_seconds())


def left_words(reading: Reading) -> str:
    """Return what is left of the stage's time, or how far it is overrun, with sign and word."""
    sign = "+" if reading.left < 0 else ""
    left = sign + minutes_seconds(abs(reading.left))
    return f"{left} {SIGNS[reading.word.value]}{term(reading.word)}"


def left_told(reading: Reading) -> str:
    """Return the same where no heading says what the time is: it could be one of the day."""
    words = left_words(reading)
    return words if reading.left < 0 else _("还剩 {left}").format(left=words)


def gate_words(gate: tuple[GateRow, ...]) -> str:
    """Return the three confirmations with a sign for each."""
    return "  ".join(f"{term(row.proof)} {'✓' if row.at else '✗'}" for row in gate)


def form_words(page: RequestPage) -> str:
    """Return how far the form is, in one line; empty without one."""
    form = page.form
    if form is None:
        return ""
    hall = "" if form.here else _("  给 {hall}").format(hall=form.hall_id)
    words = _("{gate}  有效到 {until}{hall}")
    until = f"{form.valid_until:%m-%d %H:%M}"
    return words.format(gate=gate_words(form.gate), until=until, hall=hall)


def why_not(refusal: Refusal) -> str:
    """Return why something can't be done yet."""
    return explain(refusal)


def post_words(status: PostStatus) -> str:
    """Say what waits of the forms' mail and faxes; what a person has to do comes first."""
    parts = []
    if status.asking:
        parts.append(_("{count} 封信要人处理").format(count=status.asking))
    if status.unmatched:
        parts.append(_("{count} 件来件待认领").format(count=status.unmatched))
    if status.waiting:
        parts.append(_("{count} 件待发").format(count=status.waiting))
    return _(" 邮件传真  {parts}").format(parts=_("，").join(parts))
