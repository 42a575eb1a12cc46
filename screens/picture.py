"""A screen as an SVG picture in which Chinese characters take the two cells they take on screen."""

import html
import re

from hallterm.screens.cells import width

_TEXT = re.compile(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FONTS = "Noto Sans Mono CJK SC, Sarasa Mono SC, Source Han Mono SC, monospace"


def cell_true(svg: str) -> str:
    """Correct the lengths of texts, and use fonts of the reader's machine, not of the net."""

    def stretch(found: re.Match[str]) -> str:
        shown = html.unescape(found[3])
        length = float(found[1]) / len(shown) * width(shown) if shown else 0.0
        return f'textLength="{length:.1f}"{found[2]}>{found[3]}</text>'

    return _FONT_FACES.sub("", _TEXT.sub(stretch, svg)).replace("Fira Code, monospace", _FONTS)
