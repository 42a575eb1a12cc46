"""Sending slips to a printer: never longer than a few seconds, never an exception.

A ticket stands whether or not its slip was printed; what went wrong is news for the person at the
terminal.
"""

import os
import select
import socket
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from hallterm.configuration.printer_target import (
    DevicePrinter,
    FilePrinter,
    NetworkPrinter,
    PrinterTarget,
)
from hallterm.words import _

PATIENCE = 3.0
"""Seconds in all that a printer gets to take a slip."""


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """The slip did not come out."""

    printer: str
    """The printer as the settings write it."""
    reason: str

    @property
    def sentence(self) -> str:
        """What to tell the person at the terminal."""
        return _("号票没有打印出来（{printer}：{reason}），请告诉客户号码").format(
            printer=self.printer, reason=self.reason
        )


def print_slip(target: PrinterTarget, data: bytes, patience: float = PATIENCE) -> NotPrinted | None:
    """Send a slip; None when the printer took all of it. Takes at most `patience` seconds."""
    deadline = time.monotonic() + patience
    try:
        match target:
            case NetworkPrinter(host=host, port=port):
                _send(host, port, data, deadline)
            case DevicePrinter(path=path):
                _write(path, os.O_WRONLY, data, deadline)
            case FilePrinter(path=path):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, data, deadline)
    except TimeoutError:
        return NotPrinted(_name(target), _("没有回应"))
    except (OSError, UnicodeError) as error:  # a host name that can't be one raises UnicodeError
        reason = error.strerror if isinstance(error, OSError) else None
        return NotPrinted(_name(target), reason or _("地址不对"))
    return None


def _name(target: PrinterTarget) -> str:
    match target:
        case NetworkPrinter(host=host, port=port):
            return f"{host}:{port}"
        case DevicePrinter(path=path) | FilePrinter(path=path):
            return str(path)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _send(host: str, port: int, data: bytes, deadline: float) -> None:
    """Send from a thread that is left behind when looking up the name takes too long."""
    failed: list[OSError | UnicodeError] = []

    def work() -> None:
        try:
            _connect_and_send(host, port, data, deadline)
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True, name="printer")
    thread.start()
    thread.join(_left(deadline))
    if failed:
        raise failed[0]
    if thread.is_alive():
        raise TimeoutError


def _connect_and_send(host: str, port: int, data: bytes, deadline: float) -> None:
    with socket.create_connection((host, port), timeout=_left(deadline)) as link:
        rest = memoryview(data)
        while rest:
            link.settimeout(_left(deadline))
            rest = rest[link.send(rest) :]
        link.shutdown(socket.SHUT_WR)


def _write(path: Path, flags: int, data: bytes, deadline: float) -> None:
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY, 0o600)
    try:
        # A file on a disk always takes all of it or says why not; a device may make us wait.
        waits = not stat.S_ISREG(os.fstat(handle).st_mode)
        rest = memoryview(data)
        while rest:
            if waits and not select.select([], [handle], [], _left(deadline))[1]:
                raise TimeoutError
            try:
                rest = rest[os.write(handle, rest) :]
            except BlockingIOError:
                _left(deadline)
    finally:
        os.close(handle)
