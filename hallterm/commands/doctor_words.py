"""Puts what an examination of the store found into words."""

from collections.abc import Mapping
from types import MappingProxyType

from hallterm.store.findings import Finding
from hallterm.words import _, mark, translate

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "damaged": mark("数据文件损坏（{check}：{says}），请从备份恢复"),
        "foreign_key": mark("表 {table} 的第 {row} 行指向的 {parent} 不存在"),
        "version": mark("数据是第 {found} 版，程序要第 {wanted} 版"),
        "log_gap": mark("日志 {stream} 有缺口：{facts} 条，从 {first} 到 {last}"),
        "log_head": mark("日志 {stream} 的末位与登记的相差 {beyond}"),
        "event_unreadable": mark("日志 {stream} 第 {after} 条之后有读不懂的记录（{error}）"),
        "event_impossible": mark("日志 {stream} 第 {after} 条之后前后矛盾（{error}）"),
        "row_missing": mark("读表 {table} 缺 {key}，可用 --rebuild 重建"),
        "row_surplus": mark("读表 {table} 多出 {key}，可用 --rebuild 重建"),
        "row_different": mark("读表 {table} 的 {key} 与日志不符，可用 --rebuild 重建"),
        "person_missing": mark("日志里有客户 {person}，资料却不在"),
        "person_surplus": mark("客户 {person} 有资料，日志里没有"),
        "person_version": mark("客户 {person} 的资料是第 {found} 版，日志说是第 {wanted} 版"),
        "person_history": mark("客户 {person} 第 {version} 版，改动记录有 {rows} 条，不相符"),
        "person_key": mark("{table} 有 {rows} 行与客户资料对不上"),
        "person_not_erased": mark("客户 {person} 已删除，资料却还在"),
        "evidence": mark("附件 {digest} 与登记时的不同"),
        "hub_differs": mark("表 {table} 与中心的不同，虽然两边到了同一处；请在两边都运行 doctor"),
        "staff_record": mark("工号 {staff} 的账号与人员资料对不上"),
    }
)


class _Details(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "?"


def explain_finding(found: Finding) -> str:
    """Say what was found in the terminal's language."""
    text = _TEXTS.get(found.code)
    if text is None:
        return _("数据有问题（{code}）").format(code=found.code)
    details = _Details({name: str(value) for name, value in found.details.items()})
    return translate(text).format_map(details)


def finding_codes() -> frozenset[str]:
    """Return every code that has a text."""
    return frozenset(_TEXTS)
