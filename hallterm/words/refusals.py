"""Puts refusals into words: code → text. A code without a text is named as it is."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.diversion.words import Way
from hallterm.domain.errand.words import ErrandState
from hallterm.domain.refusal import Argument, Refusal
from hallterm.domain.request.words import Proof, RequestState
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import PauseReason, TicketState
from hallterm.domain.tiers import Tier
from hallterm.words.durations import minutes_seconds
from hallterm.words.joined import joined
from hallterm.words.language import _, mark, translate
from hallterm.words.money import yuan
from hallterm.words.request_words import request_field_word
from hallterm.words.terms import term

_TEXTS: Mapping[str, str] = {
    # who may do it
    "not_allowed": mark("您的岗位不能做这件事"),
    "role_not_allowed": mark("您的岗位不能做这件事"),
    "managers_only": mark("“{field}”只有经理能改"),
    "reason_needed": mark("改“{field}”要写明原因"),
    "command_unknown": mark("这里不能执行 {command}"),
    # signing in
    "wrong_pin": mark("工号或密码不对"),
    "account_locked": mark("密码连续输错，账号已锁定，还要 {duration}"),
    "already_signed_in": mark("您已在另一台终端登录"),
    "unknown_staff": mark("没有工号 {staff}"),
    "staff_exists": mark("工号 {staff} 已经有人用"),
    "staff_id_form": mark("工号要 2 到 8 位数字"),
    "name_form": mark("姓名不能空，最多 {most} 个字"),
    "pin_form": mark("密码要 {digits} 到 12 位数字"),
    "pin_easy": mark("密码太容易猜到，换一个不连续、不重复的"),
    "roles_missing": mark("至少选一个岗位"),
    "role_for_machines": mark("这个岗位只给设备用，不能给人"),
    "last_administrator": mark("至少要留一位系统管理员"),
    # who gave a command, as the hub sees it
    "unknown_device": mark("没有叫 {device} 的终端，或已除名"),
    "actor_unknown": mark("中心不认识工号 {staff}"),
    "signature_without_key": mark("工号 {staff} 还没有签名密钥，请管理员重设密码"),
    "card_of_other": mark("这条操作带着别人的人员资料，中心不收"),
    "signature_wrong": mark("不能确认这是工号 {staff} 本人做的，请本人重新登录"),
    # counters
    "not_at_counter": mark("您还没有上窗口"),
    "at_another_counter": mark("您还在 {counter} 号窗口，先离开那里"),
    "unknown_counter": mark("没有这个窗口"),
    "counter_taken": mark("{counter} 号窗口已由工号 {staff} 使用"),
    "counter_taken_by_you": mark("您已在终端 {device} 上使用 {counter} 号窗口"),
    "counter_free": mark("这个窗口没有人"),
    "counter_of_other": mark("这个窗口由工号 {staff} 使用"),
    "counter_paused": mark("窗口已暂停（{reason}），先恢复再叫号"),
    "counter_busy": mark("窗口正在办理 {number}，先办结或挂起"),
    "counter_left": mark("原来的窗口已换人，不能撤销"),
    "counter_number_used": mark("窗口号 {number} 已经用过"),
    "already_paused": mark("窗口已经暂停"),
    "not_paused": mark("窗口没有暂停"),
    "matter_open": mark("{number} 还没有办完，先办结、挂起或转出"),
    # taking a ticket
    "business_missing": mark("至少选一项业务"),
    "unknown_business": mark("没有这项业务"),
    "unknown_document": mark("没有这种证件"),
    "too_many_businesses": mark("一张号票最多 {most} 项业务"),
    "business_twice": mark("同一项业务选了两次"),
    "already_waiting": mark("这位客户已有号票 {number}"),
    "ticket_exists": mark("号票 {number} 已经取过"),
    "grade_missing": mark("VIP 客户要选卡别"),
    "grade_without_vip": mark("只有 VIP 客户有卡别"),
    "same_tier": mark("{number} 已经是这个级别"),
    "service_begun": mark("{number} 已经开始办理，不能再改级别"),
    "time_in_future": mark("时间在现在之后，请检查时钟"),
    "time_too_old": mark("时间太早，最多往前 {minutes} 分钟"),
    # calling and serving
    "nobody_waiting": mark("没有人在等候"),
    "unknown_ticket": mark("今天没有这张号票"),
    "wrong_state": mark("{number} 现在是“{state}”，不能这样做"),
    "at_other_counter": mark("{number} 在别的窗口"),
    "sent_to_other_counter": mark("{number} 已转给别的窗口"),
    "not_for_counter": mark("{counter} 号窗口不接待 {number} 这一级客户"),
    "not_vip": mark("{number} 不是 VIP 客户"),
    "already_received": mark("{number} 已经有人接待"),
    "transfer_nowhere": mark("转到哪里？选一项业务或一个窗口"),
    "transfer_to_self": mark("已经在这个窗口"),
    "already_rated": mark("{number} 已经评价过"),
    "rating_too_late": mark("{number} 的评价时间已过"),
    "reason_missing": mark("先选一个原因"),
    "counter_empty": mark("窗口没有叫到的客户"),
    "nothing_to_undo": mark("没有可以撤销的操作"),
    "not_your_action": mark("这是工号 {staff} 的操作，您不能撤销"),
    # receiving VIPs
    "unknown_reception": mark("今天没有这位 VIP 的接待"),
    "reception_taken": mark("{number} 已由工号 {staff} 接待"),
    "reception_of_other": mark("这位客户由工号 {staff} 接待"),
    "reception_not_accepted": mark("{number} 还没有人接待"),
    "reception_closed": mark("{number} 的接待已经结束"),
    "reception_not_due": mark("还没到催的时候，还有 {duration}"),
    "not_for_roster": mark("工号 {staff} 不能排这个班"),
    "cannot_hand_over": mark("不能交给工号 {staff}"),
    "roster_too_long": mark("值班名单最多 {most} 人"),
    # appointments, visits and deliveries
    "unknown_appointment": mark("没有这个预约"),
    "appointment_exists": mark("这个预约已经记下"),
    "appointment_state": mark("这个预约现在是“{appointment_state}”，不能这样做"),
    "appointment_of_other": mark("这个预约是另一位客户的"),
    "appointment_other_day": mark("这个预约是 {day} 的，不是今天"),
    "appointment_not_late": mark("还没过约定时间，不能记为迟到或爽约"),
    "appointments_open": mark("今天还有 {count} 位预约客户没到，先改约或取消"),
    "already_booked": mark("这位客户在 {at} 已有预约"),
    "tier_not_by_phone": mark("电话预约只给“{tier}”及以上的客户，可以当面约"),
    "not_bookable": mark("“{name}”不能电话预约"),
    "slot_past": mark("这个时段已经过去"),
    "slot_too_far": mark("最多约 {days} 天以内"),
    "slot_outside": mark("不在可约的时段里"),
    "slot_full": mark("{at} 已经约满"),
    "no_places": mark("没有可约的窗口，或接待值班没有人"),
    "unknown_errand": mark("没有这张上门配送单"),
    "errand_exists": mark("这张上门配送单已经记下"),
    "errand_state": mark("这张单子现在是“{errand_state}”，不能这样做"),
    "address_missing": mark("写明去哪里"),
    "call_ahead_first": mark("先给客户打电话，再出发"),
    "window_reversed": mark("时段的结束不晚于开始"),
    "window_past": mark("这段时间已经过去"),
    "window_too_long": mark("时段太长，最多 {hours} 小时"),
    # checklists
    "step_missing": mark("先选一步"),
    "moment_form": mark("写几分钟前（如 7）或时刻（如 1432）"),
    "unknown_checklist": mark("没有这份步骤单"),
    "unknown_run": mark("没有这份正在做的步骤单"),
    "unknown_step": mark("没有这一步"),
    "checklist_running": mark("“{title}”已经在做"),
    "checklist_ended": mark("“{title}”已经做完"),
    "checklist_of_reception": mark("“{title}”随接待一起结束"),
    "step_done": mark("“{title}”已由工号 {staff} 记下"),
    "step_answer": mark("“{title}”选得不对，重新选"),
    "steps_open": mark("还有 {count} 步没做，先做“{title}”或写明为什么跳过"),
    "time_before_arrival": mark("时间早于 {number} 到厅"),
    # diversion and call-backs
    "diversion_nowhere": mark("去哪里？选一个窗口或营业厅"),
    "diversion_declined": mark("{number} 已经说过不要“{way}”"),
    "diversion_offered": mark("已向 {number} 提过“{way}”，先记客户的答复"),
    "diversion_not_offered": mark("还没有向 {number} 提过“{way}”"),
    "no_machine_for": mark("“{business}”自助终端不能办"),
    "unknown_neighbour": mark("名单上没有这个营业厅"),
    "not_done_there": mark("{hall}办不了 {number} 的业务"),
    "sent_there_already": mark("{number} 已经在等 {counter} 号窗口"),
    "counter_unstaffed": mark("{counter} 号窗口没有人"),
    "call_back_plan_missing": mark("写明谁在几点之前回电"),
    "call_back_exists": mark("这个回电已经记过"),
    "call_back_number_missing": mark("回电要有号码：先查到客户，或记下号码"),
    "promise_form": mark("写几分钟之内（如 90）或几点之前（如 1430）"),
    "call_back_time_past": mark("回电的时间已经过了，往后约"),
    "call_back_too_late": mark("回电最多约在 {days} 天之内"),
    "call_back_nobody": mark("工号 {staff} 不能回电"),
    "unknown_call_back": mark("没有这个回电"),
    "call_back_several": mark("不止一个回电是这个号票，写回电的 id"),
    "call_back_ended": mark("{number} 的回电已由工号 {staff} 了结"),
    "call_back_begun": mark("已经给 {number} 打过电话，不能撤销"),
    # special requests
    "unknown_request": mark("没有这件特殊需求，或早已结案"),
    "unknown_request_kind": mark("没有这一种特殊需求"),
    "request_exists": mark("这件特殊需求已经登记过"),
    "request_moved_on": mark("{number} 现在是“{stage}”，不能这样做"),
    "request_decided": mark("{number} 的“{decided}”已由工号 {staff} 决定，这次的没有记入"),
    "request_held": mark("{number} 在工号 {staff} 手上；要接手先写明原因"),
    "not_of_office": mark("这一步归{role}"),
    "not_entitled": mark("工号 {staff} 没有做这件事的岗位"),
    "phone_with_oneself": mark("电话那一头不能是您自己"),
    "own_request": mark("自己提出、起草或送出的，不能由自己批"),
    "wrong_verdict": mark("这一步不能这样决定"),
    "terms_missing": mark("写明同意什么、怎样答复客户"),
    "amount_missing": mark("这一种要填金额"),
    "amount_without_money": mark("这一种不涉及金额"),
    "no_authority": mark("这个岗位没有批这一种的权限，只能往上请示"),
    "no_authority_for_grade": mark("这个岗位只能对别的卡别批这一种"),
    "beyond_authority": mark("超出权限：这个岗位最多 {yuan} 元"),
    "expiry_out_of_range": mark("授权的有效期要在现在之后、{hours} 小时之内"),
    "authority_used": mark("{number} 的授权已由工号 {staff} 用掉，只能用一次"),
    "authority_expired": mark("{number} 的授权已过期，请客户经理重新决定"),
    "nothing_to_confirm": mark("没有要确认的电话决定"),
    "not_your_decision": mark("这不是您的决定，不能替别人确认"),
    "no_form": mark("{number} 还没有流转单"),
    "form_expired": mark("{number} 的流转单已过有效期，请客户经理重写"),
    "already_signed": mark("工号 {staff} 已经签过"),
    "already_past": mark("时间要在现在之后"),
    "same_hall": mark("流转单本来就是给这个营业厅的"),
    "other_hall": mark("流转单是给 {hall} 营业厅的，不能在这里办"),
    "confirmer_missing": mark("写明是哪位{role}：填工号，或写下姓名和原话"),
    "beyond_expiry": mark("{number} 到那时已经过了有效期"),
    "already_arrived": mark("{number} 的客户已经到厅"),
    "gate_open": mark("三项确认还缺：{missing}"),
    "field_missing": mark("“{request_field}”还没有填"),
    "choice_not_known": mark("“{request_field}”可以写：{options}"),
    "words_too_long": mark("太长，最多 {limit} 个字"),
    "amount_form": mark("金额写成元，例如 50 或 12.50"),
    "visit_moment_form": mark("时间写成 12-05 14:30，或当天的 14:30"),
    "count_form": mark("写一个整数"),
    # the day
    "day_closed": mark("今天已经日结"),
    "dispute_unknown": mark("没有这条争议"),
    "dispute_settled": mark("这条争议已由 {staff} 处理"),
    "already_joined": mark("这台终端已经加入中心"),
    "store_not_empty": mark("这台终端已有自己的数据，不能并入中心；请换一个空的数据文件"),
    "rules_unreadable": mark("这份配置读不懂，没有发布；请检查程序版本"),
    "lease_form": mark("一次最多领 {most} 个号"),
    "command_faulty": mark("这个操作没能办成，已经记录，请联系管理员"),
    "day_not_closed": mark("今天还没有日结"),
    "day_in_past": mark("日期 {day} 早于最近的营业日 {last}，请检查时钟，或请经理开这一天"),
    "day_far": mark(
        "时钟是 {day}，上个营业日是 {last}：请核对时钟；没错的话请经理在日结里开这一天"
    ),
    "other_day_open": mark("{day} 还在营业，先日结"),
    "tickets_open": mark("还有 {count} 张号票没有办完"),
    "hall_missing": mark("还没有建营业厅"),
    "office_key_exists": mark("密钥 {key} 已经登记过"),
    "form_elsewhere": mark("{number} 由中心签名，请用中心发来的流转单，或在中心打印"),
    "office_key_elsewhere": mark("部门的签名密钥 {key} 不在这台终端，请在有密钥的终端上办"),
    "unknown_office_key": mark("没有密钥 {key}"),
    "hall_exists": mark("营业厅“{name}”已经建好"),
    "hours_reversed": mark("营业时间的结束早于开始"),
    # customers
    "bad_number": mark("号码不对"),
    "unknown_person": mark("没有这位客户"),
    "person_unknown": mark("没有这位客户"),
    "several_persons": mark("有 {count} 位客户都符合，请写完整的号码"),
    "person_exists": mark("这位客户已有资料"),
    "person_erased": mark("这位客户的资料已删除"),
    "person_fields_wrong": mark("资料和写明的栏目对不上，没有改动"),
    "conflict_unknown": mark("没有这个资料冲突，或已经有人处理了"),
    "person_changed_meanwhile": mark("资料刚被别人改过，请重新打开再改"),
    "person_empty": mark("至少填姓名、手机号、证件号或卡号中的一项"),
    "company_needs_name": mark("单位客户要填名称"),
    "consent_missing": mark("先告知用途并取得客户同意"),
    "grade_needs_vip": mark("只有 VIP 客户有卡别"),
    "phone_wrong": mark("手机号码不对，请核对位数"),
    "vip_card_wrong": mark("VIP 卡号不对"),
    "id_number_wrong": mark("证件号码不对，请核对末位校验码"),
    "phone_taken": mark("这个手机号码已属于另一位客户"),
    "vip_card_taken": mark("这个 VIP 卡号已属于另一位客户"),
    "id_number_taken": mark("这个证件号码已属于另一位客户"),
    "choice_unknown": mark("“{field}”填的内容不认识"),
    "text_too_long": mark("“{field}”太长，最多 {limit} 个字"),
    "mapping_field_unknown": mark("没有“{field}”这一项，“{column}”这一列对不上"),
    "mapping_column_missing": mark("文件里没有“{column}”这一列"),
    "column_twice": mark("有两列都是“{field}”，其中一列是“{column}”"),
    "header_not_understood": mark("首行认不出姓名、号码等列名，读到的是：{columns}"),
    "no_number": mark("没有手机号、卡号或证件号，认不出是哪位客户"),
    "file_missing": mark("没有文件 {path}"),
    "file_not_plain": mark("{path} 不是普通文件"),
    "file_unreadable": mark("读不了 {path}（{reason}）"),
    "file_empty": mark("{path} 是空的"),
    "row_quotes": mark("引号不成对"),
    "row_undecodable": mark("这一行不是 {encoding} 编码"),
    "row_contended": mark("这一行的资料正被别人修改，再导入一次即可"),
    "id_number_of_several": mark("这个证件号码属于几位客户，分不清是哪一位"),
    # traces that are replayed
    "trace_column_missing": mark("首行没有“{column}”这一列，只有：{columns}。认得：{fields}"),
    "trace_which_day": mark("文件里有几天，请选一天：{days}"),
    "trace_date": mark("“{value}”不是日期，要写成 2026-02-03"),
    "trace_number": mark("“{column}”要写秒数（0 到 93599），不是“{value}”"),
    "trace_order": mark("时间先后不对：到达、表明身份、离开应依次往后"),
    "trace_tier": mark("“{value}”不是客户级别"),
    "trace_business": mark("本厅没有“{value}”这项业务"),
    "trace_service_missing": mark("没有办理秒数，也没有离开的时间"),
    "trace_empty": mark("没有一行可以重演"),
    "store_exists": mark("{path} 已经有了；重演只写新的库文件"),
    "field_not_masked": mark("“{field}”没有遮盖"),
}

_FIELDS: Mapping[str, str] = {
    "kind": mark("客户类型"),
    "name": mark("姓名"),
    "phone": mark("手机号码"),
    "vip_card": mark("VIP 卡号"),
    "id_number": mark("证件号码"),
    "tier": mark("客户级别"),
    "grade": mark("卡别"),
    "account_manager": mark("客户经理"),
    "brand": mark("品牌"),
    "home": mark("归属地"),
    "group_member": mark("集团客户"),
    "special": mark("特别关注"),
    "contact": mark("联系人"),
    "notes": mark("备注"),
}

_SETS: Mapping[str, type[StrEnum]] = {
    "state": TicketState,
    "reason": PauseReason,
    "way": Way,
    "appointment_state": AppointmentState,
    "errand_state": ErrandState,
    "tier": Tier,
    "stage": RequestState,
    "decided": RequestState,
    "role": Role,
    "missing": Proof,
}
"""Arguments that name a member of a closed set."""


class _Arguments(dict[str, str]):
    """Arguments for a text; one that wasn't given shows as a question mark."""

    def __missing__(self, _name: str) -> str:
        return "?"


def explain(refusal: Refusal) -> str:
    """Say in the terminal's language why a command was not carried out.

    Args are shown as text: nothing in them is read as a placeholder or as markup.
    """
    text = _TEXTS.get(refusal.code)
    if text is None:
        return _("这件事现在不能做（{code}）").format(code=refusal.code)
    return translate(text).format_map(_spoken(refusal.args))


def field_word(field: str) -> str:
    """Return the word for a field of a customer's record; its name if it has none."""
    word = _FIELDS.get(field)
    return translate(word) if word else field


def codes() -> frozenset[str]:
    """Return every code that has a text."""
    return frozenset(_TEXTS)


def texts() -> Mapping[str, str]:
    """Return the source text of each code."""
    return MappingProxyType(dict(_TEXTS))


def _spoken(args: Mapping[str, Argument]) -> _Arguments:
    words = _Arguments({name: _word(name, value) for name, value in args.items()})
    seconds = args.get("seconds")
    if isinstance(seconds, int | float):
        words["duration"] = minutes_seconds(seconds)
    most_fen = args.get("most_fen")
    if isinstance(most_fen, int):
        words["yuan"] = yuan(most_fen)
    return words


def _moment(text: str) -> str:
    """Return month, day, hour and minute of a local time in ISO 8601."""
    try:
        return f"{datetime.fromisoformat(text):%m-%d %H:%M}"
    except ValueError:
        return text


def _word(name: str, value: Argument) -> str:
    if name == "field":
        return field_word(str(value))
    if name == "request_field":
        return request_field_word(str(value))
    if name == "at":
        return _moment(str(value))
    if name in _SETS:
        try:
            named = [term(_SETS[name](one)) for one in str(value).split(",")]
        except ValueError:
            return str(value)
        return joined(named)
    return str(value)
