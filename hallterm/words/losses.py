"""Tells people what their home decided otherwise than they saw it here."""

from hallterm.domain.refusal import Refusal
from hallterm.words.language import _
from hallterm.words.refusals import explain


def explain_loss(
    refusal: Refusal,
    *,
    disputed: bool,
    number: str = "",
    counter: int | None = None,
    staff: str = "",
) -> str:
    """Say what came of a command: who was first, or that a manager settles it.

    Args:
        refusal: why the home decided otherwise.
        disputed: it was a report, which is kept.
        number: of the ticket.
        counter: number of the counter that has the ticket now.
        staff: name of who has it there.
    """
    if disputed:
        text = _("{number} 两边的记录不一致，都已留下，请经理核对：{why}")
        return text.format(number=number, why=explain(refusal)).strip()
    if number and counter is not None:
        text = _("{number} 已由 {counter} 号窗口 {staff} 叫走，刚才的操作不算")
        return text.format(number=number, counter=counter, staff=staff)
    return _("刚才的操作没有成立：{why}").format(why=explain(refusal))


def explain_renumbered(before: str, now: str, staff: str) -> str:
    """Say that a request has another number.

    Args:
        before: the number that was shown while cut off.
        now: the one that holds.
        staff: name, or 工号, of who took it down.
    """
    text = _("{staff} 登记的特殊需求 {before} 联网后改为 {now}，告诉过客户的请更正")
    return text.format(staff=staff, before=before, now=now)
