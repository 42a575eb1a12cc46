"""What leaves the program for a machine: the slip for the printer."""

from hallterm.devices.printer import NotPrinted, print_slip
from hallterm.devices.slip import slip, slip_lines

__all__ = ["NotPrinted", "print_slip", "slip", "slip_lines"]
