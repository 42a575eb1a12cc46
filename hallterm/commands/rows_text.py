"""Tickets and counters as lines for a person who reads the command line's output."""

from collections.abc import Sequence

from hallterm.commands.table_text import table
from hallterm.desk.diversion_views import DiversionFigures
from hallterm.desk.diversion_words import diversion_words, offer_word
from hallterm.desk.views import Clock, CounterRow, HallView, TicketRow
from hallterm.domain.ticket.promise import promise_word
from hallterm.words import _, joined, minutes_seconds
from hallterm.words.terms import term, tier_and_grade


def ticket_lines(rows: Sequence[TicketRow], now: float) -> list[str]:
    """Return a table of tickets; without any, one line that says so."""
    if not rows:
        return [_("没有号票")]
    header = (_("号票"), _("级别"), _("状态"), _("已候"), _("时限"), _("客户"), _("业务"))
    told = [_ticket(row, now) for row in rows]
    if not any(row.ways or row.offers for row in rows):
        return table(header, told)
    diverted = [(*line, divert_word(row)) for line, row in zip(told, rows, strict=True)]
    return table((*header, _("分流")), diverted)


def _ticket(row: TicketRow, now: float) -> tuple[str, ...]:
    waited, word = _promise(row.service, now)
    return (
        row.number,
        tier_and_grade(row.tier, row.grade),
        term(row.state),
        waited,
        word,
        row.customer,
        joined(row.businesses),
    )


def _promise(clock: Clock, now: float) -> tuple[str, str]:
    age = (clock.stopped or now) - clock.began
    return minutes_seconds(age), term(promise_word(age, clock.budget, clock.short_share))


def divert_word(row: TicketRow) -> str:
    """Say what was offered to a customer, or where they could be sent."""
    if row.offers:
        return offer_word(row.offers[-1])
    ways = joined(term(way) for way in row.ways)
    return _("可：{ways}").format(ways=ways) if ways else ""


def diversion_lines(counted: DiversionFigures) -> list[str]:
    """Return a day's diversion in one line; nothing without any."""
    words = diversion_words(counted)
    return ["", words] if words else []


def counter_lines(rows: Sequence[CounterRow]) -> list[str]:
    """Return a table of counters; without any, one line that says so."""
    if not rows:
        return [_("没有窗口")]
    header = (_("窗口"), _("名称"), _("工号"), _("正在办理"))
    return table(header, [_counter(row) for row in rows])


def _counter(row: CounterRow) -> tuple[str, ...]:
    if row.paused:
        doing = _("暂停（{reason}）").format(reason=term(row.paused))
    elif row.serving and row.serving_state:
        doing = f"{row.serving} {term(row.serving_state)}"
    else:
        doing = _("空闲") if row.staff_id else _("无人")
    return str(row.number), row.name, row.staff_id or "", doing


def hall_lines(view: HallView, now: float) -> list[str]:
    """Return the hall: counters, then everybody whose matter is not ended."""
    day = view.day.isoformat() if view.day else _("未开门")
    waiting = _("等候 {count}").format(count=len(view.waiting))
    return [
        f"{view.hall_name}  {day}  {waiting}",
        "",
        *counter_lines(view.counters),
        "",
        *ticket_lines([*view.others, *view.waiting], now),
    ]
