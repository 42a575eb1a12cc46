"""What comes in, bounded before anything looks at it: size, inflated size, depth, time."""

import asyncio
import re
import time
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from hallterm.hub.problems import ProblemError
from hallterm.joining import TIME_HEADER
from hallterm.wire import MOST_BYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEEPEST = 24
"""Brackets inside each other; what we write has fewer than ten."""
SLOWEST = 20.0
"""Seconds in which a body must have come in."""
SENT = "hallterm.sent"
"""In the request's scope: the body as it was sent, which the device has signed."""

# Matches whatever follows a quotation mark, closed or not, so that no text is looked at twice.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))


class Intake:
    """Reads each body whole and within bounds, and puts the hub's clock into each answer.

    answered: told of each answer: path as the endpoint has it, status, seconds to its beginning.
    """

    def __init__(
        self,
        app: "ASGIApp",
        now_ms: Callable[[], int],
        answered: Callable[[str, int, float], None],
    ) -> None:
        self._app = app
        self._now_ms, self._answered = now_ms, answered

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        began = time.perf_counter()

        async def stamped(message: "Message") -> None:
            if message["type"] == "http.response.start":
                path = getattr(scope.get("route"), "path", "other")
                self._answered(path, message["status"], time.perf_counter() - began)
                clock = (TIME_HEADER.lower().encode(), str(self._now_ms()).encode())
                message["headers"] = [*message.get("headers", ()), clock]
            await send(message)

        try:
            sent = await _read(scope, receive)
            body = _checked(sent, _header(scope, b"content-encoding"))
        except ProblemError as error:
            await error.response(scope, receive, stamped)
            return
        scope[SENT] = sent
        headers = [
            h for h in scope["headers"] if h[0] not in {b"content-encoding", b"content-length"}
        ]
        scope["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        given = False

        async def whole() -> "Message":
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, whole, stamped)


def _header(scope: "Scope", name: bytes) -> str:
    return next((v.decode("latin-1") for k, v in scope["headers"] if k == name), "").strip().lower()


async def _read(scope: "Scope", receive: "Receive") -> bytes:
    """Return the body as sent.

    Raises:
        ProblemError: it is too large, or takes too long.
    """
    length = _header(scope, b"content-length")
    if length.isdigit() and int(length[:12]) > MOST_BYTES:
        raise too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise ProblemError(400, "cut_off")
                body += message.get("body", b"")
                if len(body) > MOST_BYTES:
                    raise too_large()
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise ProblemError(408, "too_slow") from None


def too_large() -> ProblemError:
    """Return the end of a request with too many bytes."""
    return ProblemError(413, "too_large", {"most_bytes": MOST_BYTES})


def _checked(sent: bytes, encoding: str) -> bytes:
    """Return the body without its compression.

    Raises:
        ProblemError: it is too large or too deep, or compressed in another way.
    """
    body = _inflated(sent, encoding)
    if too_deep(body):
        raise ProblemError(413, "too_deep", {"most": DEEPEST})
    return body


def _inflated(sent: bytes, encoding: str) -> bytes:
    """Return what was compressed; not a byte more than allowed is ever inflated.

    Raises:
        ProblemError: it is too large, no gzip, or compressed in another way.
    """
    if encoding in {"", "identity"}:
        return sent
    if encoding != "gzip":
        raise ProblemError(415, "encoding_unknown", {"encodings": ["gzip", "identity"]})
    inflator = zlib.decompressobj(wbits=31)
    try:
        body = inflator.decompress(sent, MOST_BYTES + 1)
    except zlib.error:
        raise ProblemError(400, "not_gzip") from None
    if len(body) > MOST_BYTES or inflator.unconsumed_tail:
        raise too_large()
    if not inflator.eof or inflator.unused_data:
        raise ProblemError(400, "not_gzip")
    return body


def too_deep(body: bytes) -> bool:
    """Say whether brackets stand in each other deeper than `DEEPEST`.

    Each round takes the innermost pairs away. What is left of a text that isn't JSON counts as
    too deep only when its opening brackets alone are too many.
    """
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKET)
    for _round in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    paired = b"[]" in brackets or b"{}" in brackets
    return paired or brackets.count(b"[") + brackets.count(b"{") > DEEPEST


def clock_ms() -> int:
    """Return the machine's time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000
