"""Reads what a person types into set-up forms, and says in words what is wrong with it."""

import re
from datetime import time

from hallterm.domain.company.state import STAFF_ID_PATTERN
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.tiers import Tier
from hallterm.screens.form import Filled
from hallterm.words import _

_LAST_HOUR, _LAST_MINUTE = 23, 59
HIGHEST_NUMBER = 99
LONGEST_HALL_NAME, LONGEST_COUNTER_NAME = 24, 16
_LARGE_HALL = 6


def read_time(text: str) -> time | None:
    """Read a time of day such as 8:30, 08:30, 830 or 0830; None if it is none."""
    parts = text.split(":") if ":" in text else [text[:-2], text[-2:]]
    if not all(re.fullmatch("[0-9]{1,2}", part) for part in parts[:3]) or parts[2:]:
        return None
    hour, minute = (int(part) for part in parts)
    return time(hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def check_time(text: str, _filled: Filled) -> str:
    """Say what is wrong with a time of day."""
    return "" if read_time(text) else _("写成 8:30 或 0830 这样的时间")


def check_closing(text: str, filled: Filled) -> str:
    """Say what is wrong with the time of closing."""
    opens, closes = read_time(filled["opens"]), read_time(text)
    if closes is None:
        return check_time(text, filled)
    return _("结束要晚于开始") if opens and closes <= opens else ""


def too_long(most: int) -> str:
    """Say how many characters there may be."""
    return _("最多 {most} 个字").format(most=most)


def check_hall_name(text: str, _filled: Filled) -> str:
    """Say what is wrong with a hall's name."""
    return "" if len(text) <= LONGEST_HALL_NAME else too_long(LONGEST_HALL_NAME)


def check_number(text: str, _filled: Filled) -> str:
    """Say what is wrong with a counter's number."""
    right = text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_NUMBER
    return "" if right else _("窗口号是 1 到 99 的数字")


def check_counter_name(text: str, _filled: Filled) -> str:
    """Say what is wrong with a counter's name."""
    return "" if len(text) <= LONGEST_COUNTER_NAME else too_long(LONGEST_COUNTER_NAME)


def check_some(text: str, _filled: Filled) -> str:
    """Say that at least one option is needed."""
    return "" if text else _("至少选一项")


def check_staff_id(text: str, _filled: Filled) -> str:
    """Say what is wrong with a 工号."""
    return "" if re.fullmatch(STAFF_ID_PATTERN, text) else _("工号是 2 到 8 位数字")


TIERS_OF_KIND: dict[CounterKind, tuple[Tier, ...]] = {
    CounterKind.VIP_ROOM: (Tier.VIP,),
    CounterKind.GOTONE: (Tier.VIP, Tier.GOTONE),
    CounterKind.GENERAL: tuple(Tier),
}
"""For whom a new counter of a kind is; the form proposes it."""


def counter_of(counter_id: str, filled: Filled) -> CounterSetup:
    """Make a counter of a form whose rows are right."""
    return CounterSetup(
        id=counter_id,
        number=int(filled["number"]),
        name=filled["name"],
        kind=CounterKind(filled["kind"]),
        tiers=tuple(tier for tier in Tier if tier.value in filled["tiers"].split()),
        serves_others=filled["others"] == "yes",
    )


def preset(size: int) -> tuple[CounterSetup, ...]:
    """Return the counters of a small hall (3) or of one like the training hall (6)."""
    kinds = (
        [CounterKind.GOTONE] if size < _LARGE_HALL else [CounterKind.VIP_ROOM, CounterKind.GOTONE]
    )
    kinds += [CounterKind.GENERAL] * (size - len(kinds))
    return tuple(_plain(number, kind) for number, kind in enumerate(kinds, start=1))


def _plain(number: int, kind: CounterKind) -> CounterSetup:
    names = {CounterKind.VIP_ROOM: _("VIP室"), CounterKind.GOTONE: _("全球通专柜")}
    return CounterSetup(
        id=f"c{number}",
        number=number,
        name=names.get(kind) or _("{number}号窗口").format(number=number),
        kind=kind,
        tiers=TIERS_OF_KIND[kind],
        serves_others=kind is not CounterKind.VIP_ROOM,
    )
