"""Receptions as lines for a person who reads the command line's output."""

from collections.abc import Iterator, Mapping, Sequence

from hallterm.commands.table_text import table
from hallterm.desk.reception_views import ReceptionFigures, ReceptionSummary, StepLine
from hallterm.domain.tiers import Tier
from hallterm.words import _, joined, minutes_seconds
from hallterm.words.actions import action_word
from hallterm.words.terms import term, tier_and_grade


def list_lines(cards: Sequence[ReceptionSummary]) -> list[str]:
    """Return a table of receptions; without any, one line that says so."""
    if not cards:
        return [_("没有 VIP 接待")]
    header = (
        _("日期"),
        _("号票"),
        _("级别"),
        _("客户"),
        _("状态"),
        _("接待人"),
        _("接待用时"),
        _("办理等候"),
        _("跳过"),
        _("补录"),
    )
    return table(header, [_row(card) for card in cards])


def _row(card: ReceptionSummary) -> tuple[str, ...]:
    return (
        card.day.isoformat(),
        card.number,
        _grade(card),
        card.customer,
        _standing(card),
        card.receiver.staff_id if card.receiver else "",
        _time(card.received_s),
        _time(card.service_s),
        str(len(card.skipped)),
        str(len(card.late)),
    )


def _grade(card: ReceptionSummary) -> str:
    return tier_and_grade(Tier.VIP, card.grade) if card.grade else ""


def _standing(card: ReceptionSummary) -> str:
    return term(card.close_reason) if card.close_reason else term(card.state)


def _time(seconds: float | None) -> str:
    return minutes_seconds(seconds) if seconds is not None else _("—")


def card_lines(card: ReceptionSummary) -> list[str]:
    """Return the card of one reception."""
    head = (card.number, _grade(card), card.customer, _standing(card))
    return [
        "  ".join(part for part in head if part),
        _line(_("接待"), card.received_s, card.reception_budget_s, _in_time(card.received_in_time)),
        _line(_("办理"), card.service_s, card.service_budget_s, term(card.service)),
        *_facts(card),
        "",
        *table((_("步骤"), _("做了没有"), _("谁"), _("何时"), _("选了")), list(_steps(card.steps))),
        "",
        *_moves(card),
    ]


def _line(name: str, seconds: float | None, budget: int, word: str) -> str:
    sentence = _("{name}：{time}，时限 {minutes} 分钟，{word}")
    return sentence.format(name=name, time=_time(seconds), minutes=budget // 60, word=word)


def _in_time(in_time: bool | None) -> str:  # noqa: FBT001 - a value to be put into a word
    if in_time is None:
        return _("未定")
    return _("达标") if in_time else _("超时")


def _facts(card: ReceptionSummary) -> Iterator[str]:
    if card.receiver:
        yield (
            _("接待人：{staff} {name}")
            .format(staff=card.receiver.staff_id, name=card.receiver.name)
            .strip()
        )
    if card.place:
        yield _("引到：{place}").format(place=card.place)
    yield _("业务：{names}").format(names=joined(card.businesses))
    if card.outcome:
        yield _("结果：{outcome}").format(outcome=term(card.outcome))
    for name, titles in card.remembered:
        yield _("{name}：{titles}").format(name=name, titles=joined(titles))
    for one in card.arranged:
        what = term(one.kind) if one.kind else _("再来")
        told = "  ".join((f"{one.begins:%Y-%m-%d %H:%M}", what, one.business))
        yield _("约好了：{arranged}").format(arranged=told)


def _steps(steps: Sequence[StepLine]) -> Iterator[tuple[str, ...]]:
    for step in steps:
        if step.skipped:
            state = _("跳过（{reason}）").format(reason=term(step.skipped))
        else:
            state = (_("补录") if step.late else _("已做")) if step.done else _("没做")
        when = f"{step.happened:%H:%M}" if step.happened else ""
        yield step.title, state, step.who, when, joined(step.answers)


def _moves(card: ReceptionSummary) -> list[str]:
    header = (_("何时"), _("什么"), _("谁"), _("终端"))
    rows = [(f"{m.at:%H:%M:%S}", action_word(m.event), m.staff_id, m.device) for m in card.moves]
    return table(header, rows)


def figure_lines(
    hall: ReceptionFigures, receivers: Mapping[str, ReceptionFigures], names: Mapping[str, str]
) -> list[str]:
    """Return the hall's figures, each receiver's, and the steps that were left out."""
    header = (
        _("谁"),
        _("接待"),
        _("按时接待"),
        _("已办理"),
        _("按时办理"),
        _("送别"),
        _("步骤"),
        _("补录"),
    )
    rows = [
        _figures(f"{staff} {names.get(staff, '')}".strip(), f) for staff, f in receivers.items()
    ]
    lines = table(header, [_figures(_("全厅"), hall), *rows])
    if hall.skipped:
        skipped = [(title, term(reason), str(count)) for title, reason, count in hall.skipped]
        lines += ["", *table((_("跳过的步骤"), _("原因"), _("次数")), skipped)]
    return lines


def _figures(name: str, counted: ReceptionFigures) -> tuple[str, ...]:
    return (
        name,
        str(counted.receptions),
        str(counted.received_in_time),
        str(counted.served),
        str(counted.served_in_time),
        str(counted.seen_off),
        str(counted.steps_done),
        str(counted.late),
    )
