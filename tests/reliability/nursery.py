"""Loads the program once and starts processes from it, so that dying often is cheap.

Each process is forked before anything is opened, with a fresh input of its own, and dies alone.
Lines in: ``start ARGUMENT …`` (separated by tabs), ``tell WORD``. Lines out: ``loaded``,
``born PID``, ``dead PID STATUS``, and whatever the process writes. The end of the input ends all.
"""

import gc
import os
import select
import signal
import sys
import traceback

BUFFER = 65_536


def main(kind: str) -> None:
    """Load what the kind of machine needs, then do as told until the input ends."""
    if kind == "hub":
        import tests.reliability.hub_process as program  # noqa: PLC0415 - only one of the two
    else:
        import tests.reliability.worker as program  # type: ignore[no-redef]  # noqa: PLC0415 - the other one of the two
    gc.collect()
    gc.freeze()
    say("loaded")
    nursery = Nursery(program.main)
    while nursery.turn():
        pass


def say(line: str) -> None:
    """Write a line at once and whole."""
    os.write(1, f"{line}\n".encode())


class Nursery:
    """Has one process at a time."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._rest = b""
        self._pid, self._ending, self._input = 0, -1, -1

    def turn(self) -> bool:
        """Wait for an order or a death; say whether to go on."""
        watched = [0, *([self._ending] if self._pid else [])]
        readable, _, _ = select.select(watched, [], [])
        if self._ending in readable:
            self._bury()
        if 0 not in readable:
            return True
        piece = os.read(0, BUFFER)
        if not piece:
            self._end()
            return False
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            self._obey(line.decode())
        return True

    def _obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "start":
            self._start(rest.split("\t"))
        elif self._pid:
            os.write(self._input, f"{rest}\n".encode())

    def _start(self, arguments: list[str]) -> None:
        theirs, ours = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.dup2(theirs, 0)
            os.close(ours)
            os._exit(_lived(self._program, arguments))
        os.close(theirs)
        self._pid, self._ending, self._input = pid, os.pidfd_open(pid), ours
        say(f"born {pid}")

    def _bury(self) -> None:
        pid, status = os.waitpid(self._pid, 0)
        os.close(self._ending)
        os.close(self._input)
        self._pid, self._ending = 0, -1
        say(f"dead {pid} {status}")

    def _end(self) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _lived(program: "Program", arguments: list[str]) -> int:
    """Run the program in a process just born; return how it ended."""
    try:
        program(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001 - told, as nobody above would
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    from collections.abc import Callable

    Program = Callable[[list[str]], None]
    main(sys.argv[1])
