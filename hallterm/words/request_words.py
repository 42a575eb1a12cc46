"""How what happens to a special request is put into words: fields, acts, lines of its story."""

from hallterm.words.language import mark, translate

_FIELDS = {
    "words": mark("说明"),
    "mood": mark("客户反应"),
    "reason": mark("原因"),
    "decider": mark("决定人工号"),
    "said": mark("电话里的原话"),
    "by": mark("对方工号"),
    "amount": mark("金额（元）"),
    "superior": mark("由谁决定"),
    "superior_words": mark("决定人和原话"),
    "hall": mark("协助营业厅"),
    "hours": mark("有效小时"),
    "days": mark("有效天数"),
    "visit": mark("预约方式"),
    "at": mark("时间"),
    "address": mark("地址"),
    "kind": mark("种类"),
    "asked": mark("客户要求"),
    "explained": mark("怎样解释的"),
}

_ACTS = {
    "confirm": mark("确认电话决定"),
    "deny_decision": mark("否认电话决定"),
    "accepted": mark("客户接受"),
    "not_accepted": mark("客户不接受"),
    "grant": mark("同意"),
    "decline": mark("不同意"),
    "hand_over": mark("客户经理接手"),
    "authorise": mark("授权本厅"),
    "beyond": mark("双方都无权"),
    "use": mark("按授权办理"),
    "agree": mark("商定答复"),
    "draft": mark("写流转单"),
    "give_up": mark("未能解决"),
    "mail": mark("送营业管理室"),
    "approve": mark("批准"),
    "return": mark("退回重写"),
    "refuse": mark("不批准"),
    "forward": mark("发到营业厅"),
    "sign": mark("签字传真"),
    "mail_in": mark("收到邮件"),
    "fax_in": mark("收到传真"),
    "arrived": mark("客户到厅"),
    "phone_in": mark("电话核实"),
    "deny_identity": mark("不是本人"),
    "carry_out": mark("办理"),
    "visit": mark("约时间"),
    "wrong_hall": mark("不是本厅"),
    "follow_up": mark("回访"),
    "close": mark("结案"),
    "told": mark("告知进度"),
    "take": mark("接手"),
    "withdraw": mark("撤回"),
    "reopen": mark("重开"),
}

_EVENTS = {
    "request_opened": mark("登记，已解释"),
    "request_accepted": mark("客户接受"),
    "request_not_accepted": mark("客户不接受"),
    "request_told": mark("告知进度"),
    "request_store_decided": mark("店面经理决定"),
    "request_handed_over": mark("客户经理接手"),
    "request_hall_authorised": mark("客户经理授权本厅"),
    "request_beyond_both": mark("双方都无权"),
    "request_authority_used": mark("按授权办理，授权用掉"),
    "request_authority_expired": mark("授权过期"),
    "request_reply_agreed": mark("商定答复"),
    "form_drafted": mark("写流转单"),
    "form_mailed": mark("送营业管理室"),
    "form_approved": mark("营业管理室批准"),
    "form_returned": mark("退回重写"),
    "form_refused": mark("营业管理室不批准"),
    "form_forwarded": mark("发到营业厅"),
    "form_signed": mark("签字传真"),
    "form_wrong_hall": mark("不是本厅，转发"),
    "form_expired": mark("流转单过期"),
    "form_proof_received": mark("收到确认"),
    "form_identity_denied": mark("电话核实：不是本人"),
    "request_customer_arrived": mark("客户到厅"),
    "request_visit_booked": mark("约时间"),
    "request_carried_out": mark("办理完毕"),
    "request_followed_up": mark("回访"),
    "request_closed": mark("结案"),
    "request_unresolved": mark("未能解决，已告知调解途径"),
    "request_withdrawn": mark("撤回"),
    "request_reopened": mark("重开"),
    "request_taken": mark("接手"),
    "request_reminded": mark("到时提醒"),
    "request_decision_confirmed": mark("确认电话决定"),
    "request_decision_denied": mark("否认电话决定"),
}


def request_field_word(name: str) -> str:
    """Return what a field to fill in is called."""
    return translate(_FIELDS[name]) if name in _FIELDS else name


def act_word(act: str) -> str:
    """Return what something to do with a request is called."""
    return translate(_ACTS[act]) if act in _ACTS else act


def request_event_word(event: str) -> str:
    """Return what an event of a request is called in its story."""
    return translate(_EVENTS[event]) if event in _EVENTS else event


def worded() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the fields, acts and events that have words."""
    return frozenset(_FIELDS), frozenset(_ACTS), frozenset(_EVENTS)
