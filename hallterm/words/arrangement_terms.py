"""The words for what is arranged with a customer: appointments and errands."""

from collections.abc import Mapping
from enum import StrEnum

from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.errand.words import (
    AheadOutcome,
    ErrandCancel,
    ErrandKind,
    ErrandNote,
    ErrandOutcome,
    ErrandState,
)
from hallterm.words.actions import action_word
from hallterm.words.language import mark, translate

_TOLD_APART = {
    CancelReason.CUSTOMER.value: mark("客户提出"),
    "left_note": mark("留了条"),
}
"""Details whose word depends on nothing else."""


def detail_word(detail: str) -> str:
    """Return the word for what an event tells besides; times and 工号 stay, ids go."""
    if detail in _TOLD_APART:
        return translate(_TOLD_APART[detail])
    for table in TABLES:
        for member, word in table.items():
            if member.value == detail:
                return translate(word)
    action = action_word(detail)
    if action != detail:
        return action
    return detail if len(detail) < _ID_LENGTH else ""


_ID_LENGTH = 30
TABLES: tuple[Mapping[StrEnum, str], ...] = (
    {
        AppointmentState.BOOKED: mark("已约"),
        AppointmentState.LATE: mark("迟到"),
        AppointmentState.ARRIVED: mark("已到"),
        AppointmentState.MISSED: mark("爽约"),
        AppointmentState.CANCELLED: mark("取消"),
    },
    {
        Channel.PHONE: mark("电话"),
        Channel.IN_HALL: mark("当面"),
    },
    {
        CancelReason.CUSTOMER: mark("客户不来了"),
        CancelReason.NOT_NEEDED: mark("已用别的办法办妥"),
        CancelReason.HALL: mark("营业厅原因，已告知客户"),
        CancelReason.MISTAKE: mark("约错了"),
    },
    {
        ErrandKind.ON_SITE: mark("上门"),
        ErrandKind.DELIVERY: mark("配送"),
    },
    {
        ErrandState.PLANNED: mark("待办"),
        ErrandState.CALLED: mark("已电联"),
        ErrandState.UNDERWAY: mark("在途"),
        ErrandState.MISSED: mark("未遇"),
        ErrandState.DONE: mark("办结"),
        ErrandState.CANCELLED: mark("取消"),
    },
    {
        AheadOutcome.AGREED: mark("说好了，有人在"),
        AheadOutcome.NO_ANSWER: mark("没有人接"),
    },
    {
        ErrandOutcome.COMPLETED: mark("办妥"),
        ErrandOutcome.DECLINED: mark("客户放弃"),
        ErrandOutcome.NOT_POSSIBLE: mark("当场也办不了，已告知下一步"),
    },
    {
        ErrandCancel.CUSTOMER: mark("客户不要了"),
        ErrandCancel.DONE_OTHERWISE: mark("已用别的办法办妥"),
        ErrandCancel.UNREACHABLE: mark("多次联系不上"),
        ErrandCancel.MISTAKE: mark("记错了"),
    },
    {
        ErrandNote.ADDRESS: mark("地址"),
        ErrandNote.CONTACT: mark("联系人"),
        ErrandNote.PHONE: mark("联系电话"),
        ErrandNote.BRING: mark("携带"),
        ErrandNote.REMARK: mark("备注"),
    },
)
