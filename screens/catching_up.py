"""Waiting for a part of the screen to take the keys that were typed before."""

import asyncio

from textual.message_pump import MessagePump


async def caught_up(part: MessagePump) -> None:
    """Return once a part has taken every key that was handed to it before, or is gone.

    On a busy machine, keys pile up in the queue of the field that has the focus; whoever looks
    at what is typed, or moves the focus, before the field got to them sees only some of them.
    """
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    if part.call_later(done.set_result, None):
        await asyncio.wait({done, part.task}, return_when=asyncio.FIRST_COMPLETED)
