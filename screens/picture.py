"""A screen as an SVG picture in which Chinese characters take the two cells they take on screen."""

import html
import re

from hallterm.screens.cells import width

_TEXT = re.compile(
    r'<text (?P<before>[^>]*?)x="(?P<x>[\d.]+)" (?P<middle>[^>]*?)textLength="(?P<length>[\d.]+)"'
    r"(?P<after>[^>]*)>(?P<shown>[^<]*)</text>"
)
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FONTS = "Noto Sans Mono CJK SC, Sarasa Mono SC, Source Han Mono SC, monospace"


def cell_true(svg: str) -> str:
    """Put every character on its cells, and use fonts of the reader's machine."""
    return _FONT_FACES.sub("", _TEXT.sub(_runs, svg)).replace("Fira Code, monospace", _FONTS)


def _runs(found: re.Match[str]) -> str:
    shown = html.unescape(found["shown"])
    if not shown.strip(" \xa0"):
        return ""
    cell = float(found["length"]) / len(shown)
    x = float(found["x"])
    places, kept = [], []
    for character in shown:
        if character not in " \xa0":
            places.append(f"{x:.1f}")
            kept.append(character)
        x += cell * width(character)
    return (
        f'<text {found["before"]}x="{" ".join(places)}" {found["middle"]}{found["after"].strip()}>'
        f"{html.escape(''.join(kept), quote=False)}</text>"
    )
