"""The board as plain text: who waits with which promise, and what each counter does."""

from collections import Counter
from datetime import datetime, tzinfo

from hallterm.desk.views import Clock, CounterRow, HallView, TicketRow
from hallterm.domain.ticket.promise import PromiseWord, promise_word
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.playback_text import NOTHING, table
from hallterm.words import _, joined, minutes_seconds
from hallterm.words.terms import term, tier_and_grade

SHAPES = {PromiseWord.IN_TIME: " ", PromiseWord.SHORT: "!", PromiseWord.OVERDUE: "#"}
"""Told without colour."""
ASIDE = (TicketState.PARKED, TicketState.ABSENT)
SHOWN = 12
"""Waiting tickets that are listed."""


def board_lines(view: HallView, now: datetime, zone: tzinfo) -> list[str]:
    """Lay out the hall at a moment."""
    seconds = now.timestamp()
    lines = [_title(view, now.astimezone(zone))]
    if view.waiting:
        head = (_("号票"), _("级别"), _("已等"), _("时限"), _("接待"), _("业务"))
        rows = [_ticket(row, seconds) for row in view.waiting[:SHOWN]]
        lines += table([head, *rows], words=(0, 1, 3, 4, 5))
    more = len(view.waiting) - SHOWN
    if more > 0:
        lines.append(_("还有 {n} 人").format(n=more))
    aside = [row for row in view.others if row.state in ASIDE]
    if aside:
        lines.append(" ".join(f"{term(row.state)} {row.number}" for row in aside))
    counters = table([_counter(one, seconds) for one in view.counters], words=range(4))
    return [*lines, "", *counters]


def _title(view: HallView, local: datetime) -> str:
    tiers = Counter(row.tier for row in view.waiting)
    counts = _("，").join(f"{term(tier)} {tiers[tier]}" for tier in Tier)
    title = _("== {time} 等候 {waiting} 人：{counts} ==")
    return title.format(time=f"{local:%H:%M}", waiting=len(view.waiting), counts=counts)


def _standing(clock: Clock, now: float) -> str:
    age = (clock.stopped or now) - clock.began
    word = promise_word(age, clock.budget, clock.short_share)
    return f"{term(word)}{SHAPES[word]}"


def _ticket(row: TicketRow, now: float) -> tuple[str, ...]:
    reception = row.reception
    return (
        row.number,
        tier_and_grade(row.tier, row.grade),
        minutes_seconds(now - row.service.began),
        _standing(row.service, now),
        NOTHING if reception is None else _reception(reception, now),
        joined(row.businesses),
    )


def _reception(clock: Clock, now: float) -> str:
    return _("已接待") if clock.stopped is not None else _standing(clock, now)


def _counter(row: CounterRow, now: float) -> tuple[str, ...]:
    if row.staff_id is None:
        doing = _("无人")
    elif row.paused is not None:
        doing = _("暂停 {reason}").format(reason=term(row.paused))
    elif row.serving is None:
        doing = _("空闲")
    else:
        state = term(row.serving_state) if row.serving_state else ""
        spent = minutes_seconds(now - row.since) if row.since is not None else ""
        doing = f"{row.serving} {state} {spent}".rstrip()
    return (_("{n} 号").format(n=row.number), row.name, row.staff_name, doing)
