"""Pinyin initials of Chinese text without a dictionary, for finding commands and businesses.

GB 2312 orders its first 3,755 characters by pinyin, so the code itself tells the initial. Names of
people are found by the store's own key; this is for words of the trade only.
"""

from bisect import bisect_right
from functools import lru_cache

_FIRST = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_STARTS = [code for code, _letter in _FIRST]
_END = 0xD7FA
_OTHER_READINGS = {"重": "c", "行": "h", "长": "c", "调": "t", "还": "h", "单": "s", "过": "g"}
"""Characters read in two ways: the reading that the code order doesn't give."""


@lru_cache(maxsize=4096)
def initials_of(character: str) -> str:
    """Return the letters a character may start with; an ASCII sign stands for itself."""
    if character.isascii():
        return character.lower()
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code < _END:
        return ""
    return _FIRST[bisect_right(_STARTS, code) - 1][1] + _OTHER_READINGS.get(character, "")


def matches(text: str, wanted: str) -> bool:
    """Tell whether `wanted`, already normalised, occurs in the text or in its initials."""
    if not wanted:
        return True
    folded, pattern = text.casefold(), wanted.casefold()
    if pattern in folded:
        return True
    if not pattern.isascii() or not pattern.isalnum():
        return False
    spelled = [initials for c in folded if (initials := initials_of(c))]
    last = len(spelled) - len(pattern)
    return any(
        all(letter in spelled[start + place] for place, letter in enumerate(pattern))
        for start in range(last + 1)
    )
