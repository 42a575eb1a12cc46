"""One round of the post: letters and faxes are made and sent, and the mailbox is looked into."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from hallterm.configuration.mail_target import MailFolder, MailServer, MailTarget
from hallterm.configuration.offices_file import Offices
from hallterm.desk.collecting import collect, collect_files
from hallterm.desk.desk import Desk
from hallterm.desk.outgoing import Sender, at_home, make_post
from hallterm.desk.post_status import post_status
from hallterm.desk.sending import send_round
from hallterm.devices.fax_folder import pages_in, take_pages
from hallterm.devices.faxing import file_faxes
from hallterm.devices.post_watch import PostWatch
from hallterm.mail.account import Account, PasswordFileError, read_password
from hallterm.mail.carriers import Carrier, FolderCarrier, ServerCarrier
from hallterm.mail.imap import NotFetchedError
from hallterm.settings import PostSettings
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.faults import StoreFaultError
from hallterm.store.post.tables import FaxRow, LetterRow
from hallterm.store.tables import RequestRecord, table_of


@dataclass(frozen=True, slots=True)
class PostRound:
    """What a round needs."""

    settings: PostSettings
    offices: Offices
    pages: set[tuple[str, int, int]] = field(default_factory=set)
    """Files of the fax folder that need no further look."""

    def sender(self, desk: Desk) -> Sender:
        """Return who letters are from."""
        hall = desk.replica.company.hall
        return Sender(self.settings.mail_from, hall.name if hall else "")

    def carrier(self) -> Carrier:
        """Return what carries letters.

        Raises:
            PasswordFileError: the password can't be read.
        """
        target = self.settings.mail_out
        if isinstance(target, MailFolder):
            return FolderCarrier(target.path)
        return ServerCarrier(self.account(target), self.settings.mail_from)

    def account(self, server: MailServer) -> Account:
        """Return how to use a mail server.

        Raises:
            PasswordFileError: the password can't be read.
        """
        secret = self.settings.mail_secret
        if not server.user:
            return Account(server, authorities=self.settings.mail_trust)
        if secret is None:
            raise PasswordFileError("missing")
        return Account(server, read_password(secret), self.settings.mail_trust)

    def do(self, desk: Desk) -> None:
        """Make what is due, send it, and take what has come.

        Raises:
            StoreFaultError: the store can't be used.
            PasswordFileError: the password can't be read.
            NotFetchedError: the mailbox can't be read.
        """
        if not at_home(desk):
            return
        make_post(desk, self.offices, self.sender(desk))
        file_faxes(desk, self.settings.fax_out)
        send_round(desk, self.carrier())
        take_pages(desk, self.settings.fax_in, self.pages)
        self._collect(desk, self.settings.mail_in)

    def _collect(self, desk: Desk, source: MailTarget | None) -> None:
        if isinstance(source, MailFolder):
            collect_files(desk, [source.path] if source.path.is_dir() else [])
        elif source is not None:
            collect(desk, self.account(source))


def nothing_to_do(store: Path, key: str, settings: PostSettings) -> bool:
    """Say whether a round can be left out: nothing to look into, no request that a letter follows.

    Looked at without opening a desk: that reads the whole day, and most halls have no requests.
    """
    if settings.mail_in is not None or any(pages_in(settings.fax_in)):
        return False
    try:
        connection = open_connection(store, key)
    except StoreFaultError:
        return False  # the round itself tells what is wrong
    try:
        tables = [table_of(model) for model in (RequestRecord, LetterRow, FaxRow)]
        return not any(connection.execute(sa.select(table).limit(1)).first() for table in tables)
    except sa.exc.DBAPIError:
        return False  # a store of an earlier version; the round brings it to this one
    finally:
        close_connection(connection)


def round_once(enter: Callable[[], Desk], post: PostRound, watch: PostWatch | None = None) -> str:
    """Do one round on a store connection of its own; return what kept it from ending, if anything.

    enter: opens the desk.
    watch: told what waits afterwards.
    """
    trouble, status = "", None
    try:
        desk = enter()
        try:
            trouble = _ended(post, desk)
            status = post_status(desk)
        finally:
            desk.close()
    except StoreFaultError as fault:
        trouble = _named(fault)
    if watch is not None:
        watch.tell(status, trouble)
    return trouble


def _ended(post: PostRound, desk: Desk) -> str:
    try:
        post.do(desk)
    except (StoreFaultError, PasswordFileError, NotFetchedError) as fault:
        return _named(fault)
    return ""


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"
