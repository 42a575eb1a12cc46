"""What the post's last round left waiting, for whoever watches over a process."""

import threading

from hallterm.desk.post_status import NOTHING_WAITS, PostStatus


class PostWatch:
    """Told by the post's thread, asked by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._status, self._trouble = NOTHING_WAITS, ""

    def tell(self, status: PostStatus | None, trouble: str) -> None:
        """Note what waits, None when that could not be read, and what kept a round from ending."""
        with self._lock:
            self._status, self._trouble = status or self._status, trouble

    def seen(self) -> tuple[PostStatus, bool]:
        """Return what waits, and whether the last round could not be ended."""
        with self._lock:
            return self._status, bool(self._trouble)
