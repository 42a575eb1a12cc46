"""Tables between their markers in a document."""

import re
from collections.abc import Sequence
from itertools import pairwise

BEGIN, END = "<!-- table: {name} -->", "<!-- end of the table -->"
_BLOCK = re.compile(r"<!-- table: (\S+) -->\n(.*?)\n?<!-- end of the table -->", re.DOTALL)


def with_table(text: str, name: str, lines: Sequence[str]) -> str:
    """Return the document with one table made anew.

    Raises:
        ValueError: the document has no place for it.
    """
    begin = BEGIN.format(name=name)
    before, found, rest = text.partition(begin)
    _old, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(begin)
    table = "\n".join(lines).strip()
    return f"{before}{begin}\n{table}\n{END}{after}"


def tables_in(text: str) -> dict[str, list[str]]:
    """Return the lines of every marked table by its name."""
    return {name: block.split("\n") for name, block in _BLOCK.findall(text)}


def without_tables(text: str) -> str:
    """Return what is written by hand."""
    return _BLOCK.sub("", text)


def titles(lines: Sequence[str]) -> list[str]:
    """Return the heads of the tables among these lines."""
    return [line for line, rule in pairwise(lines) if re.match(r"\|\s*-", rule)]


def first_cells(lines: Sequence[str], columns: int = 1) -> list[list[str]]:
    """Return what the rows are called."""
    rows = [line for line in lines if line.startswith("|") and not re.match(r"\|\s*-", line)]
    return [[cell.strip() for cell in row.split("|")[1 : columns + 1]] for row in rows]
