"""Puts into words what is wrong between a terminal and its hub, and what a person can do."""

from collections.abc import Mapping
from types import MappingProxyType

from hallterm.words.language import _, mark, translate

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "unreachable": mark("连不上中心（{detail}）。照常工作，恢复后自动上传"),
        "busy": mark("中心正忙，稍后自动再试"),
        "too_old": mark("中心的程序更新，本机要先升级 hallterm；操作都留着，升级后上传"),
        "device_revoked": mark("中心已停用本终端，操作留在本机，请联系管理员"),
        "device_unknown": mark("中心不认识本终端，请管理员给入网码，再运行 hallterm sync enrol"),
        "device_wrong": mark("数据属于另一台终端，请管理员检查是否复制过数据文件"),
        "fork": mark("中心收到过同名终端的另一份操作：数据文件可能被复制过，请联系管理员"),
        "gap": mark("中心缺少本终端较早的操作，可能恢复过备份，请联系管理员"),
        "epoch": mark("中心恢复过备份，请联系管理员"),
        "stream_unknown": mark("中心没有本营业厅的数据，请联系管理员"),
        "fault": mark("与中心同步时程序出错，操作都留在本机。详情已写入日志，请联系管理员"),
        "malformed": mark("中心读不懂本机上传的内容，请联系管理员；程序版本可能不合"),
        "address_wrong": mark("“{detail}”不是中心的地址，写成 https://主机:端口"),
        "address_plain": mark("“{detail}”没有加密，只有本机上的中心可以这样连"),
        "code_unreadable": mark("入网码抄错了，请对照再输一次"),
        "code_wrong": mark("入网码不对、用过了或过期了，请管理员再给一个"),
        "authority_wrong": mark("{detail} 不是给出入网码的那个中心，没有加入"),
        "already_enrolled": mark("本终端已加入中心 {detail}"),
        "not_enrolled": mark("本终端没有加入中心，是单机"),
        "hall_differs": mark("本机是另一个营业厅（{detail}）。换一个空的数据文件再加入"),
        "histories_differ": mark(
            "本机有自己的历史，与中心的不同，不能合并。要保留它，把这份数据整个交给中心"
            "（hallterm backup 后在中心启用）；不保留，就换一个空的数据文件再加入"
        ),
        "behind": mark("还没有收完中心的数据，会自动再收"),
        "not_in_step": mark("还有 {detail} 条没有传完，已留在本机，会自动再传"),
    }
)


def explain_hub_fault(code: str, detail: str = "") -> str:
    """Say in the terminal's language what is wrong with the hub."""
    text = _TEXTS.get(code)
    if text is None:
        return _("与中心的联系出错（{code}）").format(code=code)
    return translate(text).format(detail=detail or "?")


def hub_fault_codes() -> frozenset[str]:
    """Return every code that has a text."""
    return frozenset(_TEXTS)
