"""Reading what was typed on the command line; full-width digits and stray spaces are put right."""

import unicodedata
from datetime import date
from enum import StrEnum
from typing import TypeVar

from hallterm.commands.exits import WrongUsageError
from hallterm.words import _

Member = TypeVar("Member", bound=StrEnum)
_LONGEST = 200


def normal(text: str) -> str:
    """Return the text in its usual form (NFKC), without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def choice(kind: type[Member], text: str, option: str) -> Member:
    """Return the member of a closed set that was named.

    Raises:
        WrongUsageError: There is none of that name.
    """
    wanted = normal(text).lower().replace("-", "_")
    try:
        return kind(wanted)
    except ValueError:
        names = ", ".join(kind)
        raise WrongUsageError(
            _("{option} 不认识“{text}”，可以写：{names}").format(
                option=option, text=shown(text), names=names
            )
        ) from None


def whole_number(text: str, option: str, least: int, most: int) -> int:
    """Return a whole number within limits.

    Raises:
        WrongUsageError: It isn't one.
    """
    digits = normal(text)
    if digits.isascii() and digits.isdigit() and least <= int(digits[:9]) <= most:
        return int(digits[:9])
    raise WrongUsageError(
        _("{option} 要写 {least} 到 {most} 的整数，不是“{text}”").format(
            option=option, least=least, most=most, text=shown(text)
        )
    )


def day(text: str, option: str) -> date:
    """Return a date written as 2026-11-22.

    Raises:
        WrongUsageError: It isn't one.
    """
    try:
        return date.fromisoformat(normal(text))
    except ValueError:
        sentence = _("{option} 要写成 2026-11-22 这样的日期，不是“{text}”")
        raise WrongUsageError(sentence.format(option=option, text=shown(text))) from None


def shown(text: str) -> str:
    """Return what was typed, fit to be shown in a sentence: short, one line, no control signs."""
    line = "".join(sign if sign.isprintable() else "�" for sign in text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
