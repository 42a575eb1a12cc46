"""Which column of a file holds which field: names of columns as they are found in the field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse

SEPARATORS: Final = (",", ";", "\t", "|", "，", "；")

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kind", "客户类型", "客户性质", "customertype"),
    "name": ("name", "姓名", "客户姓名", "客户名称", "机主姓名", "机主", "用户名", "fullname"),
    "phone": (
        "phone",
        "手机",
        "手机号",
        "手机号码",
        "号码",
        "电话",
        "电话号码",
        "联系电话",
        "用户号码",
        "mobile",
        "phonenumber",
        "mobilenumber",
        "msisdn",
    ),
    "vip_card": ("vipcard", "vip卡号", "vip卡", "会员卡号", "大客户卡号", "卡号", "cardnumber"),
    "id_number": (
        "idnumber",
        "证件号码",
        "证件号",
        "身份证",
        "身份证号",
        "身份证号码",
        "idcard",
        "id",
    ),
    "tier": ("tier", "客户级别", "级别", "客户等级", "等级", "level"),
    "grade": ("grade", "卡别", "卡类", "卡级别", "vip级别", "vip等级", "card"),
    "account_manager": ("accountmanager", "客户经理", "客户经理工号", "经理工号", "manager"),
    "brand": ("brand", "品牌", "客户品牌", "所属品牌"),
    "home": ("home", "归属", "归属地", "本异地", "本地异地", "region"),
    "group_member": ("groupmember", "集团客户", "集团", "是否集团", "group"),
    "special": ("special", "特殊关系", "特殊客户", "特殊标记"),
    "contact": ("contact", "联系人", "经办人", "contactperson"),
    "notes": ("notes", "备注", "说明", "remark", "remarks", "note"),
}
"""For each field of a record: what its column is called, without spaces and signs, lower case."""

_FIELD_OF: Final = {name: field for field, names in NAMES.items() for name in names}
_SIGNS: Final = str.maketrans(dict.fromkeys(" _-*()（）:：.\"'/", None))
_ENOUGH: Final = ("phone", "vip_card", "id_number")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields stand in a row."""

    places: tuple[tuple[str, int], ...]
    """Field and its place in the row, 0 first."""
    ignored: tuple[str, ...]
    """Names of columns that hold nothing we keep."""


def find_separator(header: str) -> str:
    """Return the sign that separates the columns of a header line."""
    return max(SEPARATORS, key=header.count)


def find_columns(header: Iterable[str], mapping: Mapping[str, str]) -> Columns | Refusal:
    """Return where the fields stand, by the names in the header and the given mapping.

    Args:
        header: names of the columns.
        mapping: field by name of column, for columns with a name of their own.
    """
    own = {_plain(column): wanted for column, wanted in mapping.items()}
    for column, wanted in mapping.items():
        if wanted not in NAMES:
            return refuse("mapping_field_unknown", field=wanted, column=column)
    titles = [clean_text(title) for title in header]
    missing = set(own).difference(map(_plain, titles))
    if missing:
        return refuse("mapping_column_missing", column=min(missing))
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, title in enumerate(titles):
        field: str | None = own.get(_plain(title)) or _FIELD_OF.get(_plain(title))
        if field is None:
            if title:
                ignored.append(title)
        elif field in places:
            return refuse("column_twice", field=field, column=title)
        else:
            places[field] = place
    if not any(field in places for field in _ENOUGH):
        return refuse("header_not_understood", columns=", ".join(titles[:20])[:200])
    return Columns(tuple(places.items()), tuple(ignored))


def _plain(title: str) -> str:
    return clean_text(title).translate(_SIGNS).casefold()
