"""Printing a slip at this terminal's printer."""

from hallterm.commands.opening import settings
from hallterm.commands.output import warn
from hallterm.desk.tickets import Issued
from hallterm.devices import print_slip, slip


def print_or_tell(issued: Issued) -> str | None:
    """Print the slip; return what went wrong, which is told as well."""
    trouble = print_slip(settings().printer, slip(issued))
    if trouble is None:
        return None
    warn(trouble.sentence)
    return trouble.sentence
