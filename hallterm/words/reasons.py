"""Why a ticket is next, in one line, and what another choice would cost."""

from collections.abc import Mapping

from hallterm.dispatch.advice import Advice
from hallterm.dispatch.cost import Cost
from hallterm.dispatch.queue import Choice
from hallterm.words.joined import joined
from hallterm.words.language import _, mark, translate

SHORT = 120
"""Less than this is told in seconds."""
MOST_NUMBERS = 3
"""Tickets named in one line."""

_REASONS = {
    "only_one": mark("只有这一位在等"),
    "tier_first": mark("按级别优先"),
    "vip_first": mark("VIP 优先"),
    "goes_first": mark("同级中先照顾需要帮助的、预约到点的和过号回来的客户"),
    "longest_wait": mark("等得最久"),
    "gotone_broken": mark("全球通已经超时"),
    "gotone_due": mark("全球通再放下去怕超时，先叫"),
    "keeps_promise": mark("现在叫还来得及"),
    "all_fit": mark("没超时的都排得下，先补已超时的"),
    "bounded_lateness": mark("已超时太久，不再往后放"),
    "overdue_enough": mark("超时的已经不少，先补一位"),
    "free_for_vip": mark("别的窗口一时空不出来，先办快的，给 VIP 留余地"),
    "earliest_deadline": mark("离时限最近"),
    "largest_share": mark("时限用掉的比例最大"),
    "most_priority": mark("累积的优先最高"),
    "absent_back": mark("没有别人在等，再叫一次过号最久的"),
}


def explain_choice(choice: Choice) -> str:
    """Return the reason of a choice in words, and how the one passed by stands."""
    reason = translate(_REASONS[choice.reason]) if choice.reason in _REASONS else choice.reason
    args = dict(choice.args)
    told = [reason]
    if "rival" in args:
        told.append(_standing(args, "number", "left_s"))
        told.append(_standing(args, "rival", "rival_left_s"))
    return _("；").join(told)


def explain_cost(cost: Cost) -> str:
    """Return what calling somebody else would cost, in words."""
    if cost.broken:
        text = _("改叫这一位，{numbers} 的承诺就保不住")
        return text.format(numbers=joined(cost.broken[:MOST_NUMBERS]))
    if cost.overdue_s >= SHORT:
        text = _("改叫这一位，大家一共多超时 {minutes} 分钟")
        return text.format(minutes=round(cost.overdue_s / 60))
    return _("改叫这一位，别人的承诺不受影响")


def explain_advice(advice: Advice) -> str:
    """Return advice for the manager in words, with its figures."""
    if advice.kind == "open_counter":
        text = _("现在多开一个窗口：半小时内多守住 {more} 个承诺")
    else:
        text = _("请 {numbers} 去自助办理：半小时内多守住 {more} 个承诺")
    return text.format(more=advice.kept_more, numbers=joined(advice.numbers))


def advice_figures(advice: Advice) -> str:
    """Return the figures behind advice: what is kept anyway, and how much less is overdue."""
    told = [_("照现在这样守住 {kept} 个").format(kept=advice.kept_before)]
    if advice.overdue_less_s >= SHORT:
        minutes = round(advice.overdue_less_s / 60)
        told.append(_("大家一共少超时 {minutes} 分钟").format(minutes=minutes))
    return _("；").join(told)


def _standing(args: Mapping[str, str | int | float], number: str, left: str) -> str:
    """Say how a ticket stands against its promise, such as ``A014 再过 40 秒超时``."""
    seconds = int(args[left])
    if seconds < 0:
        text = _("{number} 已超时{time}")
    elif seconds < SHORT:
        text = _("{number} 再过{time}超时")
    else:
        text = _("{number} 还有{time}")
    return text.format(number=args[number], time=_time(abs(seconds)))


def _time(seconds: int) -> str:
    if seconds < SHORT:
        return _(" {seconds} 秒").format(seconds=seconds)
    return _(" {minutes} 分钟").format(minutes=seconds // 60)
