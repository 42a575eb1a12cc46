"""Pinyin of names, for finding them by initials or by the start of their spelling."""

import os
import unicodedata
from functools import cache

from hallterm.store.persons.surnames import DOUBLE, ELSEWHERE, SINGLE


@cache
def _dictionary() -> dict[int, str]:
    """Load the readings of single characters only: the phrases would cost 50 MiB and 0.2 s."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - heavy, after first paint

    readings: dict[int, str] = PINYIN_DICT
    return readings


def load_pinyin() -> None:
    """Load the readings now (30 ms), so that no write transaction has to wait for it."""
    _dictionary()


@cache
def _syllable(character: str) -> str:
    """Return the usual reading without tone, ü as v; a character without one stands for itself."""
    if character in ELSEWHERE:
        return ELSEWHERE[character]
    reading = _dictionary().get(ord(character))
    if not reading:
        return character.casefold()
    apart = unicodedata.normalize("NFD", reading.split(",", 1)[0]).replace("u\u0308", "v")
    return "".join(c for c in apart if not unicodedata.combining(c))


def syllables(name: str) -> tuple[str, ...]:
    """Return the reading of a name: a syllable for each Han character, other words whole.

    The surname is read as a surname: 单 shan, 区 ou, 尉迟 yu chi.
    """
    if name.isascii():
        return tuple(name.casefold().split())
    start: tuple[str, ...] = DOUBLE.get(name[:2]) or (SINGLE.get(name[0]) or _syllable(name[0]),)
    if len(name) == len(start):
        return start
    rest = name[len(start) :]
    if not any(c.isascii() for c in rest):
        return (*start, *map(_syllable, rest))
    return (*start, *(_syllable(c) for c in rest if c.isalnum()))


def initials(parts: tuple[str, ...]) -> str:
    """Return the first letters of the syllables: 单小明 is sxm."""
    return "".join(part[0] for part in parts)
