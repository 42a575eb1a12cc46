"""What the page shows, worded: the values that the look sets into its boxes, all of them text."""

from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from hallterm.forms.content import Approval, Confirmation, Order, Record, Stage, Verdict, Way, Who
from hallterm.forms.copies import FormCopy
from hallterm.forms.glyphs import breakable, drawable

# The form is a Chinese office form in whatever language a terminal speaks: its words are fixed,
# and a copy of them made later must be the same to the byte.
TITLE = "服务协助流转单"
_STAGES = MappingProxyType(
    {
        Stage.VIP_OFFICE: "大客户服务室接口人",
        Stage.HALL_OPERATIONS: "营业管理室接口人",
        Stage.STORE_MANAGER: "店面经理",
        Stage.DUTY_MANAGER: "值班经理",
    }
)
_VERDICTS = MappingProxyType(
    {
        Verdict.APPROVED: "同意",
        Verdict.RETURNED: "退回",
        Verdict.REFUSED: "不同意",
        Verdict.SENT: "已转出",
        Verdict.TAKEN: "已接收",
    }
)
_WAYS = MappingProxyType({Way.MAIL: "邮件", Way.FAX: "传真", Way.PHONE: "电话核实身份"})
_UNKNOWN = "——"
_FIRST_HAN = "\u2e80"
_LONG = ("request", "solution", "result")
_MOST_WIDTH = 2400
"""More than the largest box can hold at its smallest type, in widths of a narrow letter."""
_WIDE = 3
"""Widths of a narrow letter that a Han character takes."""


def page_of(copy: FormCopy, code: str) -> dict[str, Any]:
    """Return the values of the page."""
    order, record = copy.content.order, copy.content.record
    zone = ZoneInfo(order.timezone)
    seal = copy.seal("order")
    page = {
        "title": TITLE,
        "number": order.number,
        "hall": order.hall,
        "issuer": order.issuer,
        "pairs": _pairs(copy, zone),
        "request": order.request,
        "solution": order.solution,
        "decided": _decided(order, zone),
        "approvals": _approvals(order, record, zone),
        "confirmations": [_confirmation(way, record, zone) for way in Way],
        "result": record.result,
        "resulted": _resulted(record, zone),
        "copy": f"本份供：{copy.reader or '——'}　第 {order.revision} 稿",
        "seal": f"核准签名密钥：{seal.key_id}" if seal else "尚未核准签名",
        "code": code,
    }
    shown = {name: _drawable(value) for name, value in page.items()}
    fitting = {name: _fitting(shown[name]) for name in _LONG}
    longer = [name for name in _LONG if fitting[name] != shown[name]]
    return {
        **shown,
        **{name: breakable(text) for name, text in fitting.items()},
        "longer": longer,
    }


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment in the hall's time, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""


def _pairs(copy: FormCopy, zone: ZoneInfo) -> list[list[list[str]]]:
    order = copy.content.order
    whole = copy.customer
    name = whole.name if whole else order.customer_name
    phone = whole.phone if whole else order.customer_phone
    return [
        [["客户姓名", name], ["联系电话", phone or _UNKNOWN], ["客户级别", order.tier]],
        [
            ["客户经理", _who(order.account_manager)],
            ["协助营业厅", order.hall],
            ["有效期至", moment(order.valid_until, zone)],
        ],
        [
            ["开单时间", moment(order.drawn_at, zone)],
            ["核准时间", moment(order.approved_at, zone) or "未核准"],
            ["办理次数", "限一次"],
        ],
    ]


def _who(who: Who | None) -> str:
    if who is None:
        return ""
    if who.name and who.staff_id:
        return f"{who.name}（{who.staff_id}）"
    return who.name or who.staff_id


def _decided(order: Order, zone: ZoneInfo) -> str:
    way = "电话" if order.by_phone else "系统"
    at = moment(order.decided_at, zone)
    return f"决定人：{order.decided_by}　　方式：{way}　　时间：{at}"


def _approvals(order: Order, record: Record, zone: ZoneInfo) -> list[list[str]]:
    said = {one.stage: one for one in (*order.approvals, *record.received)}
    return [_approval(stage, said.get(stage), zone) for stage in Stage]


def _approval(stage: Stage, said: Approval | None, zone: ZoneInfo) -> list[str]:
    if said is None:
        return [_STAGES[stage], "", "", "", ""]
    return [
        _STAGES[stage],
        _who(said.who),
        _VERDICTS[said.verdict],
        moment(said.at, zone),
        said.words,
    ]


def _confirmation(way: Way, record: Record, zone: ZoneInfo) -> dict[str, Any]:
    made: Confirmation | None = next((c for c in record.confirmations if c.way is way), None)
    cells = [_who(made.who), moment(made.at, zone), made.evidence] if made else ["", "", ""]
    return {"way": _WAYS[way], "done": made is not None, "cells": cells}


def _resulted(record: Record, zone: ZoneInfo) -> str:
    if record.result_at is None:
        return ""
    return f"办理人：{_who(record.result_by)}　　时间：{moment(record.result_at, zone)}"


def _fitting(text: str) -> str:
    """Return as much of a text as may fit: measuring what is cut in any case takes time."""
    width = 0
    for place, sign in enumerate(text):
        width += _WIDE if sign >= _FIRST_HAN else 1
        if width > _MOST_WIDTH:
            return text[:place]
    return text


def _drawable(value: Any) -> Any:  # noqa: ANN401 - JSON values, nested as the look wants them
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, list):
        return [_drawable(one) for one in value]
    if isinstance(value, dict):
        return {name: _drawable(one) for name, one in value.items()}
    return value
