"""Puts faults of the store into words: what is wrong, and what a person can do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from hallterm.words.language import _, mark, translate

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "key_missing": mark("找不到密钥文件 {detail}。没有它打不开数据；请放回备份的密钥文件"),
        "key_unreadable": mark("读写不了密钥文件 {detail}，请检查权限"),
        "key_wrong": mark("密钥与数据不符，数据没有改动。请换回与这份数据配套的密钥文件"),
        "key_exposed": mark("别人也能读密钥文件 {detail}，请把权限改为 600"),
        "store_missing": mark("找不到数据文件 {detail}"),
        "store_unopenable": mark("打不开数据文件（{detail}），请检查路径、权限和磁盘"),
        "store_read_only": mark("数据文件不能写入，刚才的操作没有保存。请检查权限"),
        "store_full": mark("磁盘已满，刚才的操作没有保存。请腾出空间再试"),
        "store_failing": mark("读写数据文件出错（{detail}），刚才的操作没有保存。请检查磁盘"),
        "store_newer": mark("数据来自更新的程序版本，请先升级 hallterm"),
        "store_busy": mark("数据正被别的程序占用，刚才的操作没有保存，请再试一次"),
        "certificates_missing": mark("没有证书（{detail}）。请先运行 hallterm hub certs"),
        "certificates_unwritable": mark("写不了证书（{detail}），请检查权限和里面的文件"),
        "store_damaged": mark("数据文件已损坏（{detail}）。请停用并从备份恢复"),
    }
)


def explain_fault(code: str, detail: str = "") -> str:
    """Say in the terminal's language what is wrong with the store."""
    text = _TEXTS.get(code)
    if text is None:
        return _("数据存取出错（{code}）").format(code=code)
    return translate(text).format(detail=detail or "?")


def fault_codes() -> frozenset[str]:
    """Return every code that has a text."""
    return frozenset(_TEXTS)
