"""Tables as plain text, laid out by cells so that Chinese lines up."""

from collections.abc import Sequence

from rich.cells import cell_len

_GAP = "  "


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; columns are as wide as they need to be."""
    every = [header, *rows]
    widths = [max(cell_len(row[place]) for row in every) for place in range(len(header))]
    return [_GAP.join(_padded(row, widths)).rstrip() for row in every]


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell + " " * (wide - cell_len(cell)) for cell, wide in zip(row, widths, strict=True)]
