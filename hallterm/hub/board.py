"""Where each stream stands, for everybody who waits for news. Belongs to one event loop."""

import asyncio
from collections.abc import Mapping


class HeadBoard:
    """The last place given out in each stream, and who waits for a later one."""

    def __init__(self) -> None:
        self._heads: dict[str, int] = {}
        self._changed = asyncio.Event()
        self.closed = False
        """The hub is going down: nobody waits any longer."""

    @property
    def heads(self) -> Mapping[str, int]:
        """Stream → last place given out."""
        return self._heads

    def tell(self, heads: Mapping[str, int]) -> None:
        """Take new heads and wake whoever waits; heads never go back."""
        later = {s: seq for s, seq in heads.items() if seq > self._heads.get(s, 0)}
        if later:
            self._heads |= later
            self._wake()

    def close(self) -> None:
        """Let everybody go."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def seen_by(self, streams: tuple[str, ...]) -> dict[str, int]:
        """Return the heads of these streams."""
        return {stream: self._heads.get(stream, 0) for stream in streams}

    async def beyond(self, seen: Mapping[str, int], seconds: float) -> bool:
        """Wait until one of the streams is beyond what was seen; say whether it is."""
        try:
            async with asyncio.timeout(seconds):
                while not self.closed:
                    changed = self._changed
                    if self._is_beyond(seen):
                        return True
                    await changed.wait()
        except TimeoutError:
            pass
        return self._is_beyond(seen)

    def _is_beyond(self, seen: Mapping[str, int]) -> bool:
        return any(self._heads.get(stream, 0) > seq for stream, seq in seen.items())
