"""Commands up, facts down: push, pull, news, events."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import ValidationError

from hallterm.hub.aside import keep_aside
from hallterm.hub.guard import Genuine, Hub, LetIn, speaks
from hallterm.hub.problems import ProblemError, told
from hallterm.hub.registry import Device
from hallterm.hub.services import Services
from hallterm.joining import News
from hallterm.wire import MOST_COMMANDS, MOST_FACTS, Facts, Problem, Push, Pushed

LONGEST_WAIT = 25.0
"""Seconds that a question for news may stay open."""
BEAT_SECONDS = 15.0
"""Between two signs of life on an open stream of events."""
FARTHEST = (1 << 63) - 1

router = APIRouter(prefix="/v1", dependencies=[Depends(speaks)], tags=["sync"])

_ERRORS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": text}
    for status, text in {
        400: "No gzip, or cut off",
        401: "No genuine token, or no signature of the device",
        403: "A revoked device, or a stream of another hall",
        408: "The body came too slowly",
        413: "Too large, too deep, too many",
        415: "Compressed in an unknown way",
        422: "Not what it should look like",
        426: "Another protocol",
        429: "Too many tries; Retry-After",
        503: "No room now, or the store can't be written; Retry-After",
    }.items()
}
_FORK: dict[int | str, dict[str, object]] = {
    409: {"model": Problem, "description": "gap, fork or epoch, with what is expected"}
}
ERRORS = _ERRORS


@router.post(
    "/push",
    response_model=Pushed,
    responses={**_ERRORS, **_FORK},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Push"}}},
        }
    },
)
async def push(request: Request, asking: Genuine, hub: Hub) -> Response:
    """Take commands in. The answer says that they are durable, not that they stood.

    Sending a command again does nothing. A refused one consumes its number as well.
    """
    device = asking.device
    if asking.ended and device.revoked_ms is None:
        raise ProblemError(401, "token_ended")
    wanted = _read(await request.body())
    if any(one.device != device.id for one in wanted.commands):
        raise ProblemError(403, "device_other", {"device": device.id})
    if device.revoked_ms is not None:
        await _keep_aside(hub, device, wanted)
    answer = await hub.settled(lambda: hub.writer.push(device.id, wanted))
    if isinstance(answer, Problem):
        raise told(answer)
    heads = {s: seq for s, seq in answer.heads.items() if s in device.streams}
    own = answer.model_copy(update={"heads": heads})
    return Response(own.model_dump_json(), media_type="application/json")


def _read(body: bytes) -> Push:
    """Return what was pushed, read strictly from the text: no detour over Python's own types.

    Raises:
        ProblemError: 413, 422.
    """
    try:
        return Push.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        if any(one["type"] == "too_long" and one["loc"] == ("commands",) for one in found):
            raise ProblemError(413, "too_many", {"most_commands": MOST_COMMANDS}) from None
        places = [{"where": list(one["loc"]), "kind": one["type"]} for one in found[:5]]
        raise ProblemError(422, "malformed", {"found": places}) from None


async def _keep_aside(hub: Services, device: Device, wanted: Push) -> None:
    """Keep what a revoked device sends, and tell it so.

    Raises:
        ProblemError: always.
    """
    now = hub.now_ms()
    kept = await hub.write(lambda c: keep_aside(c, device.id, wanted.commands, now))
    hub.metrics.aside.inc(kept)
    raise ProblemError(403, "device_revoked", {"kept_aside": kept})


@router.get("/pull", response_model=Facts, responses={**_ERRORS, **_FORK})
async def pull(
    device: LetIn,
    hub: Hub,
    stream: Annotated[str, Query(max_length=64)],
    after: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
    most: Annotated[int, Query(ge=1, le=MOST_FACTS)] = MOST_FACTS,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT, allow_inf_nan=False)] = 0.0,
) -> Response:
    """Return the facts behind a place, contiguous. With `wait`, stay until there are some."""
    _own_stream(device, stream)
    hub.cursors.say(device.id, stream, after, hub.now_ms())
    if wait:
        await _waited(hub, device, {stream: after}, wait)

    facts = await _piece(hub, stream, after, most)
    if isinstance(facts, Problem):
        raise told(facts)
    hub.metrics.facts.inc(len(facts.facts))
    return Response(facts.model_dump_json(), media_type="application/json")


async def _piece(hub: Services, stream: str, after: int, most: int) -> Facts | Problem:
    """Read the facts behind a place of one of the device's own streams."""
    facts = await hub.pieces.after(stream, after, most)
    if isinstance(facts, Problem) and facts.code == "stream_unknown":
        # The device's own: nothing has happened in it yet.
        return _empty(stream, after, hub.epoch)
    return facts


async def _waited(hub: Services, device: Device, seen: Mapping[str, int], seconds: float) -> None:
    """Wait for news.

    Raises:
        ProblemError: 403 when the device was revoked meanwhile.
    """
    with hub.metrics.listening.track_inprogress():
        await hub.board.beyond(seen, seconds)
    if _revoked(hub, device):
        raise ProblemError(403, "device_revoked")


def _empty(stream: str, after: int, epoch: int) -> Facts | Problem:
    if after:
        return Problem(code="gap", expected={"after": 0})
    return Facts(stream=stream, epoch=epoch, after=0, head=0, facts=[])


def _own_stream(device: Device, stream: str) -> None:
    """Turn away whoever asks for another hall's stream; one that isn't there looks the same.

    Raises:
        ProblemError: 403.
    """
    if stream not in device.streams:
        raise ProblemError(403, "stream_unknown")


@router.get("/news", response_model=News, responses=_ERRORS)
async def news(
    device: LetIn,
    hub: Hub,
    seen: Annotated[list[str], Query(max_length=8)] = [],  # noqa: B006 - FastAPI copies it
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT, allow_inf_nan=False)] = LONGEST_WAIT,
    most: Annotated[int, Query(ge=0, le=MOST_FACTS)] = 0,
) -> Response:
    """Return where the streams stand, as soon as one is beyond what was seen.

    seen: ``stream@seq``, once for each stream; without any the answer comes at once.
    most: facts behind each of these places that the answer brings along, so that nobody has to
    ask twice. Whoever wants them has everything up to there.
    """
    places = dict(_place(text) for text in seen)
    for stream, after in places.items():
        _own_stream(device, stream)
        if most:
            hub.cursors.say(device.id, stream, after, hub.now_ms())
    if places and wait:
        await _waited(hub, device, places, wait)
    heads = hub.board.seen_by(device.streams)
    beyond = {stream: after for stream, after in places.items() if most and heads[stream] > after}
    found = [await _piece(hub, stream, after, most) for stream, after in beyond.items()]
    facts = [piece for piece in found if isinstance(piece, Facts)]
    hub.metrics.facts.inc(sum(len(piece.facts) for piece in facts))
    answer = News(epoch=hub.epoch, heads=heads, facts=facts)
    return Response(answer.model_dump_json(), media_type="application/json")


def _place(text: str) -> tuple[str, int]:
    stream, at, seq = text.rpartition("@")
    if not at or not seq.isascii() or not seq.isdigit() or len(seq) > len(str(FARTHEST)):
        raise ProblemError(422, "malformed", {"found": [{"where": ["query", "seen"]}]})
    return stream, int(seq)


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={
        **_ERRORS,
        200: {"description": "Events `heads`", "content": {"text/event-stream": {}}},
    },
)
async def events(device: LetIn, hub: Hub) -> StreamingResponse:
    """Tell where the streams stand now and whenever they move on, as server-sent events."""
    told_here = _told(device, hub)
    return StreamingResponse(
        told_here, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _told(device: Device, hub: Services) -> AsyncIterator[str]:
    seen: dict[str, int] = {}
    with hub.metrics.listening.track_inprogress():
        while not _revoked(hub, device):
            heads = hub.board.seen_by(device.streams)
            if heads != seen:
                seen = heads
                said = {"epoch": hub.epoch, "heads": heads}
                yield f"event: heads\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"
            elif hub.board.closed:
                return
            else:
                yield ": still here\n\n"
            await hub.board.beyond(seen, BEAT_SECONDS)


def _revoked(hub: Services, device: Device) -> bool:
    now = hub.device(device.id)
    return now is None or now.revoked_ms is not None
