"""`python -m tests.tables [NAME …] [--trace FILE]`: make the tables of docs/dispatch.md anew.

Without names all are made; the table of the real day needs their file and is else left as it is.
"""

import argparse
import sys
from pathlib import Path

from tests.tables.dispatch import TABLES, Sizes
from tests.tables.marked import with_table

DOCUMENT = Path("docs/dispatch.md")


def main(words: list[str]) -> int:
    """Make the tables and put each into the document as soon as it is made."""
    parser = argparse.ArgumentParser(prog="python -m tests.tables")
    parser.add_argument("names", nargs="*", choices=[[], *TABLES], metavar="NAME")
    parser.add_argument("--trace", type=Path)
    wanted = parser.parse_args(words)
    sizes = Sizes(trace=wanted.trace)
    names = wanted.names or [n for n in TABLES if n != "real-day" or wanted.trace]
    for name in names:
        made = list(TABLES[name](sizes))
        DOCUMENT.write_text(with_table(DOCUMENT.read_text("utf-8"), name, made), "utf-8")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
