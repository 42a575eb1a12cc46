"""What an action on a ticket or reception is called, for undo and for the history."""

from hallterm.words.language import mark, translate

_WORDS = {
    "ticket_issued": mark("取号"),
    "tier_changed": mark("更正级别"),
    "customer_received": mark("接待"),
    "ticket_called": mark("叫号"),
    "ticket_recalled": mark("重呼"),
    "service_started": mark("开始办理"),
    "service_parked": mark("挂起"),
    "service_resumed": mark("取回"),
    "ticket_passed_over": mark("过号"),
    "ticket_returned": mark("回到队列"),
    "ticket_transferred": mark("转办"),
    "ticket_left": mark("客户离开"),
    "diversion_offered": mark("提议分流"),
    "diversion_answered": mark("分流答复"),
    "service_finished": mark("办结"),
    "service_rated": mark("评价"),
    "action_undone": mark("撤销"),
    "ticket_settled": mark("日结"),
    "reception_offered": mark("请人接待"),
    "reception_escalated": mark("催接"),
    "reception_accepted": mark("接待"),
    "reception_released": mark("交出接待"),
    "customer_guided": mark("引导"),
    "reception_closed": mark("接待结束"),
    "reception_reopened": mark("接待继续"),
    "appointment_booked": mark("预约"),
    "appointment_changed": mark("改约"),
    "appointment_late": mark("记为迟到"),
    "appointment_arrived": mark("到厅取号"),
    "appointment_missed": mark("记为爽约"),
    "appointment_cancelled": mark("取消预约"),
    "appointment_undone": mark("撤销"),
    "errand_planned": mark("约定上门或配送"),
    "errand_assigned": mark("派人"),
    "errand_called": mark("电联客户"),
    "errand_departed": mark("出发"),
    "errand_finished": mark("办结"),
    "errand_missed": mark("未遇客户"),
    "errand_rebooked": mark("改约"),
    "errand_cancelled": mark("取消"),
    "errand_undone": mark("撤销"),
    "steps_ticked": mark("记步骤"),
    "step_skipped": mark("跳过步骤"),
    "call_back_promised": mark("约回电"),
    "call_back_assigned": mark("转交回电"),
    "call_back_unanswered": mark("没接"),
    "call_back_done": mark("已回电"),
}


def action_word(event_type: str, number: str = "") -> str:
    """Return the word for an action, with the ticket's number in front if given."""
    word = translate(_WORDS[event_type]) if event_type in _WORDS else event_type
    return f"{number} {word}".strip()
