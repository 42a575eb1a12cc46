"""The field's words for the closed sets of special requests."""

from collections.abc import Mapping
from enum import StrEnum

from hallterm.domain.request.parts import Verdict as Ruling
from hallterm.domain.request.words import (
    Confirmation,
    DeclineReason,
    Mood,
    Proof,
    RequestState,
    Result,
    ReturnReason,
    Superior,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.words.language import mark

Words = Mapping[StrEnum, str]

_REQUEST_STATES: Words = {
    RequestState.EXPLAINED: mark("待客户答复"),
    RequestState.STORE_MANAGER: mark("待店面经理决定"),
    RequestState.STORE_REPLY: mark("待答复客户"),
    RequestState.ACCOUNT_MANAGER: mark("待客户经理决定"),
    RequestState.HANDED_OVER: mark("客户经理处理"),
    RequestState.AUTHORISED: mark("已授权待办"),
    RequestState.HALL_REPLY: mark("办后待答复"),
    RequestState.AGREEING: mark("商定答复"),
    RequestState.AGREED_REPLY: mark("按商定答复"),
    RequestState.VIP_OFFICE: mark("大客户室待送"),
    RequestState.HALL_OPERATIONS: mark("营业管理室待批"),
    RequestState.RETURNED: mark("退回重写"),
    RequestState.APPROVED: mark("已批待发"),
    RequestState.AT_HALL: mark("本厅待办"),
    RequestState.FOLLOW_UP: mark("待回访"),
    RequestState.FOLLOWED_UP: mark("已回访待结"),
    RequestState.CLOSED: mark("已结案"),
}
_MOODS: Words = {
    Mood.SATISFIED: mark("满意"),
    Mood.CALM: mark("平静"),
    Mood.RELUCTANT: mark("勉强"),
    Mood.UPSET: mark("不满"),
    Mood.ANGRY: mark("激动"),
}
_RESULTS: Words = {
    Result.EXPLANATION: mark("解释后接受"),
    Result.STORE_MANAGER: mark("店面经理解决"),
    Result.ACCOUNT_MANAGER: mark("客户经理解决"),
    Result.AUTHORITY: mark("授权本厅解决"),
    Result.AGREEMENT: mark("共同答复"),
    Result.FORM: mark("流转单协助解决"),
    Result.UNRESOLVED: mark("未解决，已告知调解途径"),
    Result.WITHDRAWN: mark("撤回"),
}
_DECLINES: Words = {
    DeclineReason.BEYOND_AUTHORITY: mark("超出权限"),
    DeclineReason.AGAINST_LAW: mark("法规不允许"),
    DeclineReason.AGAINST_RULES: mark("公司规定不允许"),
    DeclineReason.NOT_FEASIBLE: mark("做不到"),
    DeclineReason.NOT_ENTITLED: mark("客户不符合条件"),
}
_RETURNS: Words = {
    ReturnReason.INCOMPLETE: mark("内容不全"),
    ReturnReason.UNCLEAR: mark("方案不清楚"),
    ReturnReason.WRONG_HALL: mark("协助营业厅不对"),
    ReturnReason.NOT_DECIDED: mark("没有写明由谁决定"),
}
_TAKES: Words = {
    TakeReason.AWAY: mark("本人不在"),
    TakeReason.SHIFT_ENDS: mark("本人下班"),
    TakeReason.UNREACHABLE: mark("联系不上本人"),
    TakeReason.WRONG_PERSON: mark("不归本人管"),
}
_WITHDRAWALS: Words = {
    WithdrawReason.CHANGED_MIND: mark("客户改变主意"),
    WithdrawReason.SOLVED_OTHERWISE: mark("已用别的办法解决"),
    WithdrawReason.MISTAKE: mark("登记有误"),
    WithdrawReason.UNREACHABLE: mark("联系不上客户"),
}
_SUPERIORS: Words = {
    Superior.VIP_OFFICE: mark("大客户服务室经理"),
    Superior.QUALITY: mark("客服中心质量主管"),
    Superior.CENTRE_LEADER: mark("客服中心领导"),
}
_PROOFS: Words = {
    Proof.MAIL: mark("邮件"),
    Proof.FAX: mark("传真"),
    Proof.PHONE: mark("电话核实"),
}
_VISITS: Words = {
    VisitKind.ON_SITE: mark("上门办理"),
    VisitKind.DELIVERY: mark("配送"),
    VisitKind.AT_HALL: mark("约到厅"),
}
_CONFIRMATIONS: Words = {
    Confirmation.PENDING: mark("电话决定，未确认"),
    Confirmation.CONFIRMED: mark("电话决定，已确认"),
    Confirmation.DENIED: mark("本人否认"),
}
_RULINGS: Words = {
    Ruling.GRANTED: mark("同意"),
    Ruling.DECLINED: mark("不同意"),
    Ruling.HAND_OVER: mark("客户经理接手"),
    Ruling.AUTHORISE: mark("授权本厅"),
    Ruling.BEYOND: mark("双方都无权"),
    Ruling.APPROVED: mark("批准"),
    Ruling.REFUSED: mark("不批准"),
    Ruling.RETURNED: mark("退回"),
}

REQUEST_TABLES: tuple[Words, ...] = (
    _REQUEST_STATES,
    _MOODS,
    _RESULTS,
    _DECLINES,
    _RETURNS,
    _TAKES,
    _WITHDRAWALS,
    _SUPERIORS,
    _PROOFS,
    _VISITS,
    _CONFIRMATIONS,
    _RULINGS,
)
