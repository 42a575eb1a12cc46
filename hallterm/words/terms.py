"""The field's words for the domain's closed sets: one table per set, Chinese as the source.

To add a set, add a table to `_TABLES`. A member without a word shows its own value; a test
finds it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.checklist.words import RunEnd, SkipReason
from hallterm.domain.counter.state import CounterKind
from hallterm.domain.diversion.words import Way
from hallterm.domain.person.commands import PrivilegedReason, UnmaskReason
from hallterm.domain.person.details import Brand, ConsentPurpose, ConsentWay, Home, PersonKind
from hallterm.domain.reception.words import CloseReason, ReceptionState, ReleaseReason
from hallterm.domain.roles import Role
from hallterm.domain.ticket.promise import PromiseWord, Verdict
from hallterm.domain.ticket.state import LegKind
from hallterm.domain.ticket.words import (
    HelpFlag,
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    Rating,
    SettleReason,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier
from hallterm.words.arrangement_terms import TABLES as ARRANGEMENTS
from hallterm.words.language import _, mark, translate
from hallterm.words.request_terms import REQUEST_TABLES

Words = Mapping[StrEnum, str]

_TIERS: Words = {
    Tier.VIP: mark("VIP"),
    Tier.GOTONE: mark("全球通"),
    Tier.STANDARD: mark("其他"),
}
_GRADES: Words = {
    Grade.DIAMOND: mark("钻石卡"),
    Grade.GOLD: mark("金卡"),
    Grade.SILVER: mark("银卡"),
}
_SHORT_GRADES: Words = {
    Grade.DIAMOND: mark("钻"),
    Grade.GOLD: mark("金"),
    Grade.SILVER: mark("银"),
}
_ROLES: Words = {
    Role.CLERK: mark("营业员"),
    Role.GREETER: mark("引导员"),
    Role.STORE_MANAGER: mark("店面经理"),
    Role.DUTY_MANAGER: mark("值班经理"),
    Role.ACCOUNT_MANAGER: mark("客户经理"),
    Role.VIP_LIAISON: mark("大客户室接口人"),
    Role.OPERATIONS_LIAISON: mark("营业管理室接口人"),
    Role.VIP_OFFICE_MANAGER: mark("大客户室经理"),
    Role.ADMINISTRATOR: mark("系统管理员"),
    Role.KIOSK: mark("自助设备"),
}
_STATES: Words = {
    TicketState.WAITING: mark("等候"),
    TicketState.CALLED: mark("已叫号"),
    TicketState.SERVING: mark("办理中"),
    TicketState.PARKED: mark("挂起"),
    TicketState.ABSENT: mark("过号"),
    TicketState.DONE: mark("办结"),
    TicketState.LEFT: mark("离开"),
    TicketState.SETTLED: mark("日结"),
    TicketState.VOID: mark("作废"),
}
_HELP: Words = {
    HelpFlag.OLD: mark("老"),
    HelpFlag.DISABLED: mark("残"),
    HelpFlag.PREGNANT: mark("孕"),
}
_OUTCOMES: Words = {
    Outcome.COMPLETED: mark("办妥"),
    Outcome.DECLINED: mark("客户放弃"),
    Outcome.DOCUMENTS_MISSING: mark("资料不齐"),
    Outcome.NOT_POSSIBLE_HERE: mark("本厅原因未办"),
}
_RATINGS: Words = {
    Rating.VERY_SATISFIED: mark("非常满意"),
    Rating.SATISFIED: mark("满意"),
    Rating.NEUTRAL: mark("一般"),
    Rating.DISSATISFIED: mark("不满意"),
    Rating.VERY_DISSATISFIED: mark("非常不满意"),
}
_PAUSES: Words = {
    PauseReason.BREAK: mark("小休"),
    PauseReason.LUNCH: mark("用餐"),
    PauseReason.MEETING: mark("开会"),
    PauseReason.BACK_OFFICE: mark("后台事务"),
    PauseReason.EQUIPMENT: mark("设备故障"),
}
_UNDOS: Words = {
    UndoReason.WRONG_KEY: mark("按错键"),
    UndoReason.WRONG_CUSTOMER: mark("认错客户"),
    UndoReason.CUSTOMER_CAME_BACK: mark("客户回来了"),
    UndoReason.OTHER: mark("其他原因"),
}
_PARKS: Words = {
    ParkReason.DOCUMENTS: mark("补资料"),
    ParkReason.FORM: mark("填表"),
    ParkReason.SYSTEM: mark("系统故障"),
    ParkReason.MANAGER: mark("等经理"),
}
_LEAVES: Words = {
    LeaveReason.WAITED_TOO_LONG: mark("等候太久"),
    LeaveReason.DIVERTED: mark("已分流"),
    LeaveReason.NO_DOCUMENTS: mark("证件未带"),
    LeaveReason.OWN_REASONS: mark("客户自身原因"),
    LeaveReason.NO_SHOW: mark("多次叫号未到"),
}
_SETTLES: Words = {
    SettleReason.CUSTOMER_GONE: mark("客户已离开"),
    SettleReason.APPOINTMENT_MADE: mark("已约时间再办"),
    SettleReason.HANDED_OVER: mark("已交接"),
    SettleReason.LEFT_OPEN: mark("当日未日结"),
}
_OUT_OF_ORDER: Words = {
    OutOfOrderReason.HELP_NEEDED: mark("需要照顾"),
    OutOfOrderReason.COMES_BACK: mark("办理后返回"),
    OutOfOrderReason.QUICK_MATTER: mark("事情简短"),
    OutOfOrderReason.MANAGER_ASKED: mark("经理安排"),
}
_PROMISES: Words = {
    PromiseWord.IN_TIME: mark("及时"),
    PromiseWord.SHORT: mark("将超"),
    PromiseWord.OVERDUE: mark("已超"),
}
_VERDICTS: Words = {
    Verdict.KEPT: mark("达标"),
    Verdict.BROKEN: mark("超时"),
    Verdict.ABSENT: mark("过号"),
    Verdict.ABANDONED: mark("中途离开"),
    Verdict.RUNNING: mark("计时中"),
}
_LEGS: Words = {
    LegKind.FIRST: mark("首次等候"),
    LegKind.RETURN: mark("过号返回"),
    LegKind.TRANSFER: mark("转办"),
}
_COUNTER_KINDS: Words = {
    CounterKind.VIP_ROOM: mark("VIP室"),
    CounterKind.GOTONE: mark("全球通专柜"),
    CounterKind.GENERAL: mark("普通窗口"),
}
_PERSON_KINDS: Words = {
    PersonKind.INDIVIDUAL: mark("个人"),
    PersonKind.COMPANY: mark("单位"),
}
_BRANDS: Words = {
    Brand.GOTONE: mark("全球通"),
    Brand.M_ZONE: mark("动感地带"),
    Brand.EASYOWN: mark("神州行"),
    Brand.OTHER: mark("其他品牌"),
}
_HOMES: Words = {Home.LOCAL: mark("本地"), Home.VISITING: mark("异地")}
_CONSENT_WAYS: Words = {
    ConsentWay.SPOKEN: mark("口头同意"),
    ConsentWay.SIGNED: mark("签字同意"),
    ConsentWay.CONTRACT: mark("合同约定"),
}
_CONSENT_PURPOSES: Words = {
    ConsentPurpose.SERVICE: mark("办理业务"),
    ConsentPurpose.SERVICE_AND_CARE: mark("办理业务和关怀回访"),
}
_UNMASKS: Words = {
    UnmaskReason.IDENTITY_CHECK: mark("核对身份"),
    UnmaskReason.CALL_BACK: mark("回电客户"),
    UnmaskReason.FORM: mark("填写单据"),
    UnmaskReason.COMPLAINT: mark("处理投诉"),
}
_PRIVILEGED: Words = {
    PrivilegedReason.CARD_SHOWN: mark("出示卡片"),
    PrivilegedReason.WRONG_ENTRY: mark("录入有误"),
    PrivilegedReason.HEADQUARTERS: mark("上级决定"),
    PrivilegedReason.RELATION: mark("特殊关系变动"),
}
_RECEPTIONS: Words = {
    ReceptionState.OFFERED: mark("待接"),
    ReceptionState.ESCALATED: mark("催接"),
    ReceptionState.ACCEPTED: mark("接待中"),
    ReceptionState.CLOSED: mark("已结束"),
}
_RELEASES: Words = {
    ReleaseReason.HAND_OVER: mark("转交同事"),
    ReleaseReason.CALLED_AWAY: mark("有急事离开"),
    ReleaseReason.SHIFT_ENDS: mark("到点交班"),
    ReleaseReason.WRONG_CUSTOMER: mark("接错了客户"),
    ReleaseReason.UNDONE: mark("接待已撤销"),
}
_CLOSES: Words = {
    CloseReason.SEEN_OFF: mark("已送别"),
    CloseReason.LEFT: mark("客户先走"),
    CloseReason.NOT_VIP: mark("不是 VIP"),
    CloseReason.VOID: mark("号票作废"),
    CloseReason.SETTLED: mark("随日结"),
}
_SKIPS: Words = {
    SkipReason.DECLINED: mark("客户不要"),
    SkipReason.HURRIED: mark("客户赶时间"),
    SkipReason.NOT_AVAILABLE: mark("没有条件"),
    SkipReason.SHORT_OF_STAFF: mark("人手不够"),
    SkipReason.NOT_FITTING: mark("这次不适用"),
    SkipReason.FORGOTTEN: mark("漏做了"),
}
_RUN_ENDS: Words = {
    RunEnd.FINISHED: mark("做完"),
    RunEnd.WITHDRAWN: mark("中止"),
}
_WAYS: Words = {
    Way.COUNTER: mark("换窗口"),
    Way.SELF_SERVICE: mark("自助办理"),
    Way.CALL_BACK: mark("回电"),
    Way.APPOINTMENT: mark("另约时间"),
    Way.OTHER_HALL: mark("邻近营业厅"),
}
_CALL_BACKS: Words = {
    CallBackState.DUE: mark("待回电"),
    CallBackState.DONE: mark("已回电"),
    CallBackState.NOT_REACHED: mark("没联系上"),
    CallBackState.WITHDRAWN: mark("已撤回"),
}
_CALL_OUTCOMES: Words = {
    CallOutcome.SETTLED: mark("办妥或已答复"),
    CallOutcome.COMES_AGAIN: mark("客户再来办"),
    CallOutcome.BOOKED: mark("约好了时间"),
    CallOutcome.NOT_WANTED: mark("客户不需要了"),
}

_TABLES: Mapping[type[StrEnum], Words] = MappingProxyType(
    {
        type(next(iter(table))): table
        for table in (
            _TIERS,
            _GRADES,
            _ROLES,
            _STATES,
            _HELP,
            _OUTCOMES,
            _RATINGS,
            _PAUSES,
            _UNDOS,
            _PARKS,
            _LEAVES,
            _SETTLES,
            _OUT_OF_ORDER,
            _PROMISES,
            _VERDICTS,
            _LEGS,
            _COUNTER_KINDS,
            _PERSON_KINDS,
            _BRANDS,
            _HOMES,
            _CONSENT_WAYS,
            _CONSENT_PURPOSES,
            _UNMASKS,
            _PRIVILEGED,
            _RECEPTIONS,
            _RELEASES,
            _CLOSES,
            _SKIPS,
            _RUN_ENDS,
            _WAYS,
            _CALL_BACKS,
            _CALL_OUTCOMES,
            *ARRANGEMENTS,
            *REQUEST_TABLES,
        )
    }
)


def term(member: StrEnum) -> str:
    """Return the field's word for a member of a closed set; its value if it has none yet."""
    word = _TABLES.get(type(member), {}).get(member)
    return translate(word) if word else str(member)


def known_sets() -> frozenset[type[StrEnum]]:
    """Return the closed sets that have words."""
    return frozenset(_TABLES)


def short_grade(grade: Grade) -> str:
    """Return one character for a grade: 钻, 金 or 银."""
    return translate(_SHORT_GRADES[grade])


def tier_and_grade(tier: Tier, grade: Grade | None) -> str:
    """Return tier and grade as one word, such as VIP钻, 全球通."""
    return f"{term(tier)}{short_grade(grade)}" if grade else term(tier)


def counter_word(number: int, name: str) -> str:
    """Return how a counter is called on a screen's first line, such as ``3号 综合``.

    A name that says the number already (3号窗口) stands alone.
    """
    if str(number) in name:
        return name
    return _("{number}号 {name}").format(number=number, name=name)
