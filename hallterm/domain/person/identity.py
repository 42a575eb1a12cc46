"""Numbers of identity documents (证件号码) and of VIP cards (VIP卡号)."""

import re
from datetime import date
from operator import mul

from hallterm.domain.person.text import clean_code

_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OTHER = re.compile(r"[0-9A-Z\u4e00-\u9fff]{5,24}")
_CARD = re.compile(r"[0-9A-Z]{4,24}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_YEAR = 1880


def read_id_number(raw: str) -> str | None:
    """Return a document's number in its one shape, or None if it can't be one.

    Eighteen digits that start like a resident identity card (居民身份证) must have a birth date
    and the right check digit (GB 11643). Anything else of 5 to 24 letters and digits passes:
    passports, permits, business licences (营业执照).
    """
    text = clean_code(raw)
    if _RESIDENT.fullmatch(text) and not text.startswith("9"):
        return text if _is_resident(text) else None
    return text if _OTHER.fullmatch(text) else None


def read_vip_card(raw: str) -> str | None:
    """Return a VIP card's number in its one shape, or None if it can't be one.

    Cards of different years and places differ; 4 to 24 letters and digits pass.
    """
    text = clean_code(raw)
    return text if _CARD.fullmatch(text) else None


def _is_resident(text: str) -> bool:
    total = sum(map(mul, _WEIGHTS, map(int, text[:17])))
    if _CHECKS[total % 11] != text[17]:
        return False
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14])).year >= _FIRST_YEAR
    except ValueError:
        return False
