"""Large figures drawn with coloured blanks, which are the same width on every terminal."""

from rich.segment import Segment
from rich.style import Style
from rich.text import Text

ROWS = 5
_DOTS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "A": ("###", "# #", "###", "# #", "# #"),
    "G": ("###", "#  ", "# #", "# #", "###"),
    "V": ("# #", "# #", "# #", "# #", " # "),
    " ": ("   ",) * ROWS,
}
_DOT_CELLS = 2


def figure_cells(text: str, scale: int) -> int:
    """Return how many cells a text takes: two for a dot, four dots for a sign with its gap."""
    return max(len(text) * 4 - 1, 0) * _DOT_CELLS * scale


def figure_row(text: str, row: int, scale: int, ink: Style, paper: Style) -> list[Segment]:
    """Return one row (0 to `ROWS` * scale - 1) of the text in large figures.

    Signs that have no figure show as a blank.
    """
    dots = " ".join(_DOTS.get(sign, _DOTS[" "])[row // scale] for sign in text)
    blank = " " * (_DOT_CELLS * scale)
    return [Segment(blank, ink if dot == "#" else paper) for dot in dots]


def figures(text: str, scale: int, ink: Style, paper: Style) -> list[Text]:
    """Return all rows of the text in large figures."""
    rows = []
    for row in range(ROWS * scale):
        drawn = Text(no_wrap=True, end="")
        for segment in figure_row(text, row, scale, ink, paper):
            drawn.append(segment.text, segment.style or Style())
        rows.append(drawn)
    return rows
