"""Where a process begins. `hallterm` alone skips the command line's library: a clerk is waiting."""

import sys


def main() -> None:
    """Open the hall, or run the command line if there are arguments."""
    if len(sys.argv) == 1:
        sys.exit(alone())
    from hallterm.cli import main as command_line  # noqa: PLC0415 - not needed to open the hall

    command_line()


def alone() -> int:
    """Open this terminal's hall and return the exit code; nothing is raised."""
    try:
        from hallterm.commands.hall import open_hall  # noqa: PLC0415 - its faults are told

        return open_hall()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no traceback reaches a user
        from hallterm.commands.endings import ended  # noqa: PLC0415 - only a fault needs it

        return ended(error, as_json=False)
