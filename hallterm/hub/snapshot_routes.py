"""What a new terminal begins with, and what every terminal can compare itself with."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from hallterm.hub.core import Reading
from hallterm.hub.guard import Hub, LetIn, speaks
from hallterm.hub.problems import ProblemError
from hallterm.hub.sync_routes import ERRORS
from hallterm.joining import Digests, SnapshotMade
from hallterm.store.connection import reading
from hallterm.store.digests import digests
from hallterm.store.log import heads
from hallterm.wire import Problem

MOST_PIECES = 1 << 20

router = APIRouter(prefix="/v1", dependencies=[Depends(speaks)], responses=ERRORS, tags=["state"])


@router.get("/snapshot")
async def snapshot(device: LetIn, hub: Hub) -> SnapshotMade:
    """Return a snapshot of the device's streams to fetch; making a large one takes its time."""
    return await hub.snapshots.newest(device.streams, hub.epoch)


@router.get(
    "/snapshot/{name}/{piece}",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}},
        404: {"model": Problem, "description": "It has gone, or ends before this piece"},
    },
)
async def piece(
    device: LetIn,
    hub: Hub,
    name: Annotated[str, Path(max_length=64)],
    piece: Annotated[int, Path(ge=0, le=MOST_PIECES)],
) -> Response:
    """Return a piece of a snapshot. A fetch that was cut off goes on with the piece it lacks."""
    found = await asyncio.to_thread(hub.snapshots.piece, name, device.streams, piece)
    if found is None:
        raise ProblemError(404, "no_such_thing")
    return Response(found, media_type="application/octet-stream")


@router.get("/digests")
async def table_digests(device: LetIn, hub: Hub) -> Digests:
    """Return digests of the read tables, and where the streams stood then."""

    def read(own: Reading) -> Digests:
        with reading(own.connection) as connection:
            last = {s: seq for s, seq in heads(connection).items() if s in device.streams}
            return Digests(epoch=hub.epoch, heads=last, tables=digests(connection))

    return await hub.readers.do(read)
