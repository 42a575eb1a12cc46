"""The hub's own store, as the commands about the hub open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from hallterm.clock import SystemClock
from hallterm.commands.exits import RefusedError
from hallterm.commands.opening import settings
from hallterm.domain.refusal import refuse
from hallterm.joining import EnrolmentCode, certificate_bytes, new_code
from hallterm.settings import Settings
from hallterm.store.connection import close_connection, open_connection, reading, writing
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key
from hallterm.store.loading import load_company
from hallterm.store.log import to_ms
from hallterm.store.migrations import migrate
from hallterm.words import _

Database = Annotated[
    Path | None, typer.Option("--db", metavar="PATH", help=_("中心的库文件，默认是本机的"))
]


def hub_settings(database: Path | None) -> Settings:
    """Return this machine's settings, with the hub's store.

    Raises:
        StoreFaultError: store_missing: a hub is set up like any hall, by `hallterm setup`.
    """
    here = settings()
    if database is not None:
        here = replace(here, store=database.absolute())
    if not here.store.exists():
        raise StoreFaultError("store_missing", str(here.store))
    return here


@contextmanager
def hub_store(here: Settings) -> Iterator[sa.Connection]:
    """Open the hub's store, brought to this version; the hub may be running."""
    connection = open_connection(here.store, read_key(here.key))
    try:
        migrate(connection)
        yield connection
    finally:
        close_connection(connection)


def own_hall(connection: sa.Connection) -> str:
    """Return the id of the hall whose streams the hub has.

    Raises:
        RefusedError: none is set up.
    """
    with reading(connection):
        company = load_company(connection)
    if company.hall is None:
        raise RefusedError(refuse("hall_missing"))
    return company.hall.id


def give_code(connection: sa.Connection, authority: str, hall: str) -> EnrolmentCode:
    """Give an enrolment code out, and let it be used from now.

    authority: its certificate, PEM; empty for a hub without TLS.
    """
    from hallterm.hub.registry import keep_code  # noqa: PLC0415 - help needs no hub

    made = new_code(certificate_bytes(authority) if authority else b"")
    with writing(connection):
        keep_code(connection, made.secret, hall, to_ms(SystemClock().now()))
    return made
