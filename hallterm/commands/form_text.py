"""What `hallterm form` says to a person."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from hallterm.commands.table_text import table
from hallterm.desk.form_verify import Filed, Verification
from hallterm.domain.company.keys import Office, OfficeKey
from hallterm.domain.shown_text import line
from hallterm.forms.examine import PageState, SealState
from hallterm.words import _, mark, translate

_OFFICES = {
    Office.VIP_OFFICE: mark("大客户服务室"),
    Office.HALL_OPERATIONS: mark("营业管理室"),
    Office.HALL: mark("协助营业厅"),
}
_ORDERS = {
    SealState.HOLDS: mark("核准签名：有效"),
    SealState.BROKEN: mark("核准签名：不符，内容被改过"),
    SealState.STRANGE: mark("核准签名：密钥不认识或已作废"),
    SealState.ABSENT: mark("核准签名：没有"),
    SealState.NOT_NEEDED: mark("核准签名：没有"),
}
_RECORDS = {
    SealState.HOLDS: mark("办理记录：营业厅签名有效"),
    SealState.BROKEN: mark("办理记录：与营业厅签名不符"),
    SealState.STRANGE: mark("办理记录：密钥不认识或已作废"),
    SealState.ABSENT: mark("办理记录：没有签名"),
    SealState.NOT_NEEDED: mark("办理记录：还没有"),
}
_PAGES = {
    PageState.SAME: mark("页面：与签名的内容逐字节相同"),
    PageState.ALIKE: mark("页面：文件被另存过，文字和画面与签名的内容相同"),
    PageState.DIFFERENT: mark("页面：与签名的内容不同，被改过"),
    PageState.UNSEEN: mark("页面：只读到二维码，纸上的文字请与下面逐项对照"),
}
_FILED = {
    Filed.CURRENT: mark("存档：与本厅存档的最新一稿相同"),
    Filed.SUPERSEDED: mark("存档：本厅已有更新的一稿，这一稿作废"),
    Filed.UNKNOWN: mark("存档：本厅没有存档，只凭签名判断"),
}


def office_word(office: Office | None) -> str:
    """Return an office's name."""
    return translate(_OFFICES[office]) if office else _("不认识的部门")


def verification_lines(found: Verification, zone: tzinfo) -> Iterator[str]:
    """Say what was found out about a form, the result first."""
    seen = found.examination
    result = _("{number}：相符") if found.good else _("{number}：不符，不能据此办理")
    yield result.format(number=seen.number)
    yield translate(_ORDERS[seen.order]) + (
        _("（{office}，密钥 {key}）").format(office=office_word(found.office), key=seen.key_id)
        if seen.key_id
        else ""
    )
    if seen.page is not PageState.UNSEEN:
        yield translate(_RECORDS[seen.record])
    yield translate(_PAGES[seen.page])
    if seen.customer_matches is False and seen.order is not SealState.ABSENT:
        yield _("客户：不是核准时的那一位")
    yield translate(_FILED[found.filed])
    if found.order is None:
        return
    order = found.order
    until = f"{order.valid_until.astimezone(zone):%Y-%m-%d %H:%M}"
    yield ""
    yield _("客户 {name} {phone}").format(name=order.customer_name, phone=order.customer_phone)
    yield _("需求 {text}").format(text=line(order.request))
    yield _("方案 {text}").format(text=line(order.solution))
    yield _("决定人 {name}").format(name=order.decided_by)
    yield _("协助营业厅 {hall}，有效期至 {until}").format(hall=order.hall, until=until)


def key_lines(keys: Sequence[OfficeKey], zone: tzinfo) -> list[str]:
    """Return a table of keys; without any, one line that says so."""
    if not keys:
        return [_("还没有密钥；第一次核准流转单时自动生成")]
    header = (_("密钥"), _("部门"), _("从"), _("状态"), _("公钥"))
    return table(header, [_key(key, zone) for key in keys])


def _key(key: OfficeKey, zone: tzinfo) -> tuple[str, ...]:
    state = _("在用") if key.retired_at is None else _("停用")
    return (
        key.key_id,
        office_word(key.office),
        f"{key.added_at.astimezone(zone):%Y-%m-%d %H:%M}",
        _("作废") if key.revoked else state,
        key.public_key,
    )
