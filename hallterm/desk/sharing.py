"""Sharing the waiting out among counters that can't see each other (断网时分号).

Cut off, every counter would call the same next customer. So each is offered its own share first:
of the n counters last seen at work, the r-th has every n-th ticket, by a figure made of the
ticket's id, on which all agree without talking. Double calls stay rare; where one happens all the
same, a started service beats a call, and nothing of either is lost.
"""

import zlib
from collections.abc import Collection, Sequence

from hallterm.dispatch.queue import Waiting
from hallterm.store import outbox

APART_AFTER_S = 10.0
"""Seconds that a command may wait for its home before the terminal counts as cut off."""


def is_apart(link: outbox.Link | None, oldest_ms: int | None, now_s: float) -> bool:
    """Say whether a terminal is cut off from its home: what it sent is not answered for long.

    oldest_ms: when the oldest command was given that is not a fact yet.
    """
    return link is not None and oldest_ms is not None and now_s - oldest_ms / 1000 > APART_AFTER_S


def own_share(
    waiting: Sequence[Waiting], counter_id: str, at_work: Collection[str]
) -> list[Waiting]:
    """Return the tickets that this counter is offered first while it is cut off.

    at_work: ids of the counters last seen at work, this one among them.
    """
    counters = sorted({*at_work, counter_id})
    place = counters.index(counter_id)
    return [one for one in waiting if zlib.crc32(one.ticket_id.encode()) % len(counters) == place]
