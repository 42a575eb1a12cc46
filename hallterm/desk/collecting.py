"""Fetching letters from where they come in: a mailbox, or a folder of .eml files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hallterm.desk.desk import Desk
from hallterm.desk.incoming import Came, take_letter
from hallterm.mail.account import Account
from hallterm.mail.imap import fetch
from hallterm.mail.incoming import LARGEST
from hallterm.store.connection import reading
from hallterm.store.post import evidence

LOOKED_BACK = timedelta(days=30)
"""Letters older than this are not asked for."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a look into the mailbox brought."""

    came: tuple[Came, ...] = ()
    unreadable: tuple[str, ...] = field(default=())
    """Files that are no letters."""

    @property
    def new(self) -> tuple[Came, ...]:
        """Letters that were not taken before."""
        return tuple(one for one in self.came if one.new)


def collect(desk: Desk, account: Account) -> Collected:
    """Take the letters of a mailbox that are not known yet.

    Raises:
        NotFetchedError: the mailbox can't be read; what was taken before that is kept.
        StoreFaultError: the store could not be written.
    """
    since: date = (desk.clock.now() - LOOKED_BACK).date()
    found = fetch(account, since=since, known=_known(desk))
    return _taken(desk, (("", data) for data in found))


def collect_files(desk: Desk, paths: Iterable[Path]) -> Collected:
    """Take letters from .eml files; a folder means all that are in it.

    Raises:
        StoreFaultError: the store could not be written.
    """
    return _taken(desk, _contents(paths))


def _known(desk: Desk) -> Callable[[str], bool]:
    def known(message_id: str) -> bool:
        with reading(desk.connection) as connection:
            return bool(message_id) and evidence.is_known(connection, message_id)

    return known


def _contents(paths: Iterable[Path]) -> Iterator[tuple[str, bytes | None]]:
    for path in paths:
        files = sorted(path.glob("*.eml")) if path.is_dir() else [path]
        for file in files:
            try:
                fits = file.stat().st_size <= LARGEST
                yield str(file), file.read_bytes() if fits else None
            except OSError:
                yield str(file), None


def _taken(desk: Desk, letters: Iterable[tuple[str, bytes | None]]) -> Collected:
    came, unreadable = [], []
    for name, data in letters:
        try:
            came.append(take_letter(desk, data or b""))
        except ValueError:
            unreadable.append(name)
    return Collected(tuple(came), tuple(unreadable))
