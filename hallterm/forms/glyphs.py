"""Which signs the form's fonts can draw. A sign they lack is written as its number, never as a box.

Reads the fonts' character maps (OpenType `cmap`, format 12) without a library for fonts.
"""

import re
import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

_HEADER, _ENTRY = 12, 16
_FORMAT_12 = 12
_JOINED = r"[^\s\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
"""Letters, digits and punctuation: a line doesn't end between two of these, as a rule."""
_UNBROKEN = re.compile(f"{_JOINED}{{40}}(?={_JOINED})")
"""As many of them as the widest box holds at its largest type."""
_BREAK_HERE = "\u200b"


def font_folder() -> Path:
    """Return the folder of the form's fonts, Noto Serif SC and Noto Sans SC."""
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 - only a form needs fonts

    return Path(fonts.serif_path()).parent


def font_files() -> tuple[Path, ...]:
    """Return the two font files."""
    return tuple(sorted(font_folder().glob("*.otf")))


def drawable(text: str) -> str:
    """Return the text with every sign that a font lacks written as its number, 〔U+1F600〕."""
    if all(_has(sign) for sign in set(text)):
        return text
    return "".join(sign if _has(sign) else f"〔U+{ord(sign):04X}〕" for sign in text)


def breakable(text: str) -> str:
    """Give words without spaces that no line holds places where a line may end."""
    return _UNBROKEN.sub(lambda part: part[0] + _BREAK_HERE, text)


def _has(sign: str) -> bool:
    return sign == "\n" or all(_within(ord(sign), *ranges) for ranges in _coverage())


def _within(code: int, firsts: tuple[int, ...], lasts: tuple[int, ...]) -> bool:
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]


@cache
def _coverage() -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    return tuple(_ranges(path.read_bytes()) for path in font_files())


def _ranges(font: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return first and last codes of the runs of signs that a font has.

    Raises:
        ValueError: It is no font with such a map.
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    for table in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sLLL", font, _HEADER + _ENTRY * table)
        if tag == b"cmap":
            return _runs(font, start)
    raise ValueError("the font has no map of its signs")


def _runs(font: bytes, cmap: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    for one in range(maps):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * one)
        (shape,) = struct.unpack_from(">H", font, cmap + offset)
        if shape == _FORMAT_12:
            (count,) = struct.unpack_from(">L", font, cmap + offset + 12)
            runs = [
                struct.unpack_from(">LLL", font, cmap + offset + 16 + 12 * n) for n in range(count)
            ]
            return tuple(run[0] for run in runs), tuple(run[1] for run in runs)
    raise ValueError("the font has no map of format 12")
