"""One process of a terminal syncs, however many use its store; the others read how it goes."""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from hallterm.sync.standing import SyncStanding

try:
    import fcntl
except ImportError:  # a system without it: every process syncs, which is safe but wasteful
    fcntl = None  # type: ignore[assignment]


class SyncLock:
    """Held by the one process that syncs; the system lets go of it when that process ends."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + ".sync-lock")
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process holds it."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Take it if nobody has it; say whether this process holds it now."""
        if self._handle is not None:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return False
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let another process have it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class StandingFile:
    """Where the process that syncs writes how it goes, for the others on this machine."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + ".sync.json")

    def write(self, standing: SyncStanding) -> None:
        """Replace what stood there. Failing to tell must not stop the sync."""
        text = json.dumps(asdict(standing))
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(text)
            part.replace(self._path)

    def read(self) -> SyncStanding | None:
        """Return what was written last; None when there is nothing that can be read."""
        try:
            told = json.loads(self._path.read_text("utf-8"))
            return SyncStanding(**told)
        except (OSError, ValueError, TypeError):
            return None
