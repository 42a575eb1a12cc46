"""How often somebody has guessed an enrolment code wrongly. Kept in memory; a code lives 10 min."""

from collections import deque

MOST_OF_ONE = 5
"""Wrong codes from one address in a window; then it waits."""
MOST_OF_ALL = 100
"""From all addresses together: who has many addresses is stopped as well."""
WINDOW_MS = 10 * 60 * 1000
_MOST_ADDRESSES = 1000


class Tries:
    """Moments of wrong guesses by address."""

    def __init__(self) -> None:
        self._of: dict[str, deque[int]] = {}
        self._all: deque[int] = deque(maxlen=MOST_OF_ALL)

    def wrong(self, who: str, now_ms: int) -> None:
        """Count a wrong guess."""
        if len(self._of) >= _MOST_ADDRESSES:
            self._of = {w: d for w, d in self._of.items() if now_ms - d[-1] < WINDOW_MS}
        self._of.setdefault(who, deque(maxlen=MOST_OF_ONE)).append(now_ms)
        self._all.append(now_ms)

    def wait_seconds(self, who: str, now_ms: int) -> int:
        """Return for how long this address may not guess; 0 when it may."""
        waits = [
            moments[0] + WINDOW_MS - now_ms
            for moments in (self._of.get(who, deque[int](maxlen=1)), self._all)
            if len(moments) == moments.maxlen
        ]
        return max(0, -(-max(waits, default=0) // 1000))
