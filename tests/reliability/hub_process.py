"""A hub's process as the command line runs it, with everything loaded beforehand."""

import sys

import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto
import uvicorn.protocols.websockets.auto

import hallterm.commands.hub_run
import hallterm.commands.hub_serve
import hallterm.hub.app
from hallterm.cli import run

LOADED = (
    hallterm.commands.hub_run,
    hallterm.commands.hub_serve,
    hallterm.hub.app,
    uvicorn.lifespan.on,
    uvicorn.loops.auto,
    uvicorn.protocols.http.auto,
    uvicorn.protocols.websockets.auto,
)
"""Loaded when they are first needed otherwise, in each process anew."""


def main(arguments: list[str]) -> None:
    """Run one command line."""
    sys.exit(run(arguments))
