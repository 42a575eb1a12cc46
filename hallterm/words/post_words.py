"""Words for what becomes of letters, and for what comes in."""

from collections.abc import Mapping

from hallterm.words.language import mark, translate

_STATES: Mapping[str, str] = {
    "waiting": mark("待发"),
    "handing": mark("正在发"),
    "giving": mark("正在发"),
    "sent": mark("已发"),
    "filed": mark("已放进发件箱文件夹"),
    "refused": mark("被退回"),
    "uncertain": mark("不确定是否送达"),
    "unaddressed": mark("没有收件地址"),
    "unmade": mark("流转单没有做成"),
    "erased": mark("客户资料已删除，不发了"),
}
_VERDICTS: Mapping[str, str] = {
    "genuine": mark("编号和签名相符"),
    "by_number": mark("只对上编号，没有签名"),
    "altered": mark("流转单被改过，或密钥不认识"),
    "unknown": mark("对不上任何流转单"),
    "own": mark("本厅发出的，已送达"),
}
_PURPOSES: Mapping[str, str] = {
    "form_drafted": mark("请转营业管理室"),
    "form_mailed": mark("请审批"),
    "form_returned": mark("已退回，请修改"),
    "form_refused": mark("未获同意，请答复客户"),
    "form_forwarded": mark("已核准，请协助办理"),
    "form_wrong_hall": mark("已改转其他营业厅"),
}
_OFFICES: Mapping[str, str] = {
    "vip_office": mark("大客户服务室"),
    "hall_operations": mark("营业管理室"),
    "account_manager": mark("客户经理"),
    "store_manager": mark("店面经理"),
    "duty_manager": mark("值班经理"),
    "hall": mark("协助营业厅"),
}


def letter_state_word(state: str) -> str:
    """Return what became of a letter."""
    return translate(_STATES[state])


def verdict_word(verdict: str) -> str:
    """Return what was found out about something that came in."""
    return translate(_VERDICTS[verdict])


def office_word(office: str) -> str:
    """Return what an office is called. office: its key in `offices.toml`."""
    return translate(_OFFICES.get(office, office))


def purpose_word(purpose: str) -> str:
    """Return what a letter asks for. purpose: type of the fact it follows from."""
    return translate(_PURPOSES.get(purpose, purpose))


def worded() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the states of letters, the verdicts and the purposes that have words."""
    return frozenset(_STATES), frozenset(_VERDICTS), frozenset(_PURPOSES)
