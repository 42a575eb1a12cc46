"""A program behind a pseudo-terminal: typed at and watched as a person would."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence

import pyte

SETTLED = 0.012
"""Seconds without output after which a repaint counts as finished."""


class Terminal:
    """One program in one pseudo-terminal."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int, rows: int
    ) -> None:
        self.began = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})  # noqa: S606 - our own program
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        """What stands on the screen, wide characters without their padding cell."""
        return "\n".join(
            "".join(line[x].data for x in range(self._screen.columns))
            for line in (self._screen.buffer[y] for y in range(self._screen.lines))
        )

    def type(self, keys: str) -> None:
        """Send keys."""
        self.send(keys.encode())

    def send(self, typed: bytes) -> None:
        """Send bytes, whether or not they are text."""
        os.write(self._file, typed)

    def read(self, patience: float) -> bool:
        """Take in what the program writes within `patience` seconds; say whether it did."""
        ready, _, _ = select.select([self._file], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self._file, 65536)
        except OSError:
            return False
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, text: str, patience: float = 20.0) -> float:
        """Watch until a text stands on the screen; return the seconds since the start.

        Raises:
            TimeoutError: it did not come in time; the message holds the screen.
        """
        give_up = time.perf_counter() + patience
        while time.perf_counter() < give_up:
            if text in self.text:
                return time.perf_counter() - self.began
            self.read(0.05)
        message = f"{text!r} did not appear:\n{self.text}"
        raise TimeoutError(message)

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing is written any more."""
        while self.read(quiet):
            pass

    def press(self, key: str) -> float:
        """Press a key; return the seconds until the repaint that it causes has arrived."""
        self.type(key)
        began = time.perf_counter()
        if not self.read(2.0):
            return 2.0
        last = time.perf_counter()
        while self.read(SETTLED):
            last = time.perf_counter()
        return last - began

    def cpu_seconds(self) -> float:
        """Return the processor time used so far."""
        fields = _proc(self.pid, "stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Return the resident memory, MB."""
        for line in _proc(self.pid, "status").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def ended(self, patience: float) -> int | None:
        """Wait for the program's own end; return its exit code, or None when it did not come.

        A program that a signal ended has a negative one.
        """
        process = os.pidfd_open(self.pid)
        watched = [process] if self._file < 0 else [process, self._file]
        give_up = time.monotonic() + patience
        try:
            while (left := give_up - time.monotonic()) > 0:
                ready, _, _ = select.select(watched, [], [], left)
                if process in ready:
                    _, status = os.waitpid(self.pid, 0)
                    self.pid = 0
                    return os.waitstatus_to_exitcode(status)
                if ready and not self.read(0):
                    watched = [process]
        finally:
            os.close(process)
        return None

    def vanish(self) -> None:
        """Take the terminal away from the program, as a closed window does."""
        os.close(self._file)
        self._file = -1

    def close(self) -> None:
        """End the program."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._file >= 0:
            os.close(self._file)


def _proc(pid: int, name: str) -> str:
    with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:  # noqa: PTH123 - not a real file
        return file.read()


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python."""
    return [sys.executable, *arguments]
