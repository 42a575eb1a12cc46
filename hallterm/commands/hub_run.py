"""Running the hub in this process: what it stands on, where it listens, how it ends."""

import logging
import socket

import typer

from hallterm.clock import SystemClock
from hallterm.commands.exits import Exit, WrongUsageError
from hallterm.commands.hub_store import give_code, hub_store, own_hall
from hallterm.commands.output import say, warn
from hallterm.configuration import load
from hallterm.devices.post_beside import post_beside
from hallterm.devices.post_watch import PostWatch
from hallterm.hub import serving
from hallterm.hub.certificates import authority_text, certificates_beside, server_ends
from hallterm.hub.opening import open_store
from hallterm.hub.post_figures import PostFigures
from hallterm.hub.services import Services
from hallterm.settings import Settings
from hallterm.store.keys import read_key
from hallterm.words import _

_NOTICE_DAYS = 30
_FIRST_ROUND = 2.0
"""Seconds until the post is looked after; terminals that hang on the hub come first."""
_LAST_ROUND = 10.0
"""Seconds in which a letter that is being sent may come to its end when the hub goes down."""


def run_hub(here: Settings, host: str, port: int, *, plain: bool, with_code: bool = False) -> None:
    """Serve the hub until a signal comes.

    plain: without TLS.
    with_code: give an enrolment code out at the start.

    Raises:
        StoreFaultError: the store can't be opened, certificates are missing.
        RefusedError: no hall is set up.
        WrongUsageError: the address can't be listened on.
    """
    files = certificates_beside(here.key)
    with hub_store(here) as connection:
        hall = own_hall(connection)
        authority = "" if plain else authority_text(files)
        code = give_code(connection, authority, hall) if with_code else None
    if not plain:
        left = (server_ends(files) - SystemClock().now()).days
        if left < _NOTICE_DAYS:
            warn(_("证书还有 {days} 天到期，请运行 hallterm hub certs").format(days=left))
    configuration, key = load(*here.data), read_key(here.key)
    opening = open_store(here.store, key, SystemClock(), configuration, here.device)
    watch = PostWatch()
    services = Services(
        opening, authority, here.store.parent / "snapshots", post=lambda: _post_figures(watch)
    )
    at = _listening(host, port)
    url = f"{'http' if plain else 'https'}://{host}:{at.getsockname()[1]}"
    say(_("中心开始运行：{hall}，{url}").format(hall=hall, url=url))
    if code is not None:
        say(_("入网码：{code}").format(code=code.text))
    tls = None if plain else serving.Tls(files.server, files.server_key)
    post = post_beside(here, watch, first_after=_FIRST_ROUND)
    try:
        began = serving.serve(services, at, tls, logging.getLogger("hallterm").handlers)
    finally:
        post.stop(_LAST_ROUND)
    if not began:
        raise typer.Exit(Exit.FAULT)
    say(_("中心停了"))


def _post_figures(watch: PostWatch) -> PostFigures:
    status, failing = watch.seen()
    oldest = int(status.oldest.timestamp() * 1000) if status.oldest else None
    return PostFigures(
        waiting=status.waiting,
        asking=status.asking,
        unmatched=status.unmatched,
        oldest_ms=oldest,
        failing=failing,
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        return serving.listen(serving.Address(host, port))
    except OSError as error:
        sentence = _("听不了 {host}:{port}（{reason}）")
        told = sentence.format(host=host, port=port, reason=error.strerror)
        raise WrongUsageError(told) from error
