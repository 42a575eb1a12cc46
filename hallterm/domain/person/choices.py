"""Words that people and other systems use for a tier, grade, brand …, and what they stand for."""

from collections.abc import Mapping
from typing import Final

from hallterm.domain.person.details import Brand, Home, PersonKind
from hallterm.domain.person.text import clean_text
from hallterm.domain.tiers import Grade, Tier

_KINDS = {
    "individual": PersonKind.INDIVIDUAL,
    "personal": PersonKind.INDIVIDUAL,
    "个人": PersonKind.INDIVIDUAL,
    "个人客户": PersonKind.INDIVIDUAL,
    "company": PersonKind.COMPANY,
    "单位": PersonKind.COMPANY,
    "单位客户": PersonKind.COMPANY,
    "企业": PersonKind.COMPANY,
    "公司": PersonKind.COMPANY,
}
_TIERS = {
    "vip": Tier.VIP,
    "全球通vip": Tier.VIP,
    "大客户": Tier.VIP,
    "gotone": Tier.GOTONE,
    "全球通": Tier.GOTONE,
    "standard": Tier.STANDARD,
    "普通": Tier.STANDARD,
    "普通客户": Tier.STANDARD,
    "其他": Tier.STANDARD,
    "动感地带": Tier.STANDARD,
    "神州行": Tier.STANDARD,
}
_GRADES = {
    "diamond": Grade.DIAMOND,
    "gold": Grade.GOLD,
    "silver": Grade.SILVER,
    "钻石": Grade.DIAMOND,
    "钻石卡": Grade.DIAMOND,
    "钻卡": Grade.DIAMOND,
    "金": Grade.GOLD,
    "金卡": Grade.GOLD,
    "银": Grade.SILVER,
    "银卡": Grade.SILVER,
}
_BRANDS = {
    "gotone": Brand.GOTONE,
    "全球通": Brand.GOTONE,
    "m_zone": Brand.M_ZONE,
    "m-zone": Brand.M_ZONE,
    "动感地带": Brand.M_ZONE,
    "easyown": Brand.EASYOWN,
    "神州行": Brand.EASYOWN,
    "other": Brand.OTHER,
    "其他": Brand.OTHER,
    "其它": Brand.OTHER,
}
_HOMES = {
    "local": Home.LOCAL,
    "本地": Home.LOCAL,
    "本市": Home.LOCAL,
    "visiting": Home.VISITING,
    "异地": Home.VISITING,
    "外地": Home.VISITING,
    "漫游": Home.VISITING,
}
_FLAGS = dict.fromkeys(("1", "y", "yes", "true", "是", "有", "√"), True) | dict.fromkeys(
    ("0", "n", "no", "false", "否", "无"), False
)

CHOICES: Final[Mapping[str, Mapping[str, str | bool]]] = {
    "kind": _KINDS,
    "tier": _TIERS,
    "grade": _GRADES,
    "brand": _BRANDS,
    "home": _HOMES,
    "group_member": _FLAGS,
    "special": _FLAGS,
}
"""For each field of a closed set: the words for each value, in lower case."""


def read_choice(field: str, raw: str) -> str | bool | None:
    """Return what a word stands for in a field of a closed set, or None if it is unknown.

    Raises:
        KeyError: the field isn't one of `CHOICES`.
    """
    return CHOICES[field].get(clean_text(raw).casefold())


def grade_in_tier_column(raw: str) -> Grade | None:
    """Return the grade when a tier is given as a card: 钻石卡, VIP金卡, 全球通银卡 or gold."""
    text = clean_text(raw).casefold().replace(" ", "")
    for prefix in ("全球通vip", "全球通", "vip"):
        text = text.removeprefix(prefix)
    return _GRADES.get(text.strip("-_()"))
