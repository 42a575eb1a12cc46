"""A disk that is really full: a small file system in memory, filled up to its last byte."""

import os
import subprocess
from pathlib import Path

ROOM = "24m"
PIECE = 65_536


class FullDisk:
    """A file system of its own at a folder; needs the right to mount (root)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._filler = folder / "filler"
        _run("mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=700", "hallterm-full", str(folder))

    @staticmethod
    def possible() -> bool:
        """Say whether this process may mount."""
        return os.geteuid() == 0

    def fill(self) -> None:
        """Leave no byte. What others free meanwhile stays free, as on a disk that people share."""
        with self._filler.open("wb", buffering=0) as file:
            for size in (PIECE, 4096, 512, 1):
                _write_until_full(file.fileno(), size)

    def empty(self) -> None:
        """Give the room back."""
        self._filler.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the file system away."""
        _run("umount", str(self._folder))


def _write_until_full(handle: int, size: int) -> None:
    piece = bytes(size)
    try:
        while os.write(handle, piece):
            pass
    except OSError:
        return


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own words
