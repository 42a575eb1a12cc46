"""Serving the hub: uvicorn, ended by a signal without leaving anybody hanging."""

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from hallterm.hub.app import create_app
from hallterm.hub.services import Services

GRACE_SECONDS = 3
"""For answers that are under way when the hub goes down, and for terminals to hang up."""
KEEP_ALIVE_SECONDS = 75
BACKLOG = 512


@dataclass(frozen=True, slots=True)
class Address:
    """Where the hub listens; port 0 takes a free one."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Tls:
    """Files of the server's certificate and its key."""

    certificate: Path
    key: Path


class _Server(uvicorn.Server):
    """Lets those who wait for news go as soon as the signal comes: they would keep it alive."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal comes."""
        self._loop = asyncio.get_running_loop()
        self._end_with_terminal(self._loop)
        await super().serve(sockets)

    def _end_with_terminal(self, loop: asyncio.AbstractEventLoop) -> None:
        """End as calmly when the terminal goes away, unless `nohup` has asked to outlive it."""
        hang_up = getattr(signal, "SIGHUP", None)
        if hang_up is None or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(hang_up) is signal.SIG_DFL:
            loop.add_signal_handler(hang_up, self.handle_exit, hang_up, None)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's
        """End; called between two steps of whatever runs. The second time, at once."""
        # Not uvicorn's own: that one raises the signal again when all is done.
        self.force_exit = self.should_exit
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._services.board.close)


def listen(address: Address) -> socket.socket:
    """Return a socket that is bound.

    Raises:
        OSError: the address is in use, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # Named, because asyncio lets small answers go at once only on what is declared as TCP; without
    # that each waits some 40 ms for the other side's delayed acknowledgement.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address.host, address.port))
        made.listen(BACKLOG)  # who comes before the hub is ready waits
    except OSError:
        made.close()
        raise
    return made


def serve(
    services: Services, at: socket.socket, tls: Tls | None, handlers: Sequence[logging.Handler]
) -> bool:
    """Serve until SIGTERM or SIGINT; say whether it ever began.

    handlers: where faults are written, masked; nothing is ever written to the terminal.
    """
    for name in ("uvicorn", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = list(handlers), False
        logger.setLevel(logging.WARNING)
    config = uvicorn.Config(
        create_app(services),
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, services)
    server.run([at])
    return server.started
