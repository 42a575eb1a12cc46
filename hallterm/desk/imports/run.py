"""The import as a whole: open, plan, write, and say how it went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hallterm.desk.desk import Desk
from hallterm.desk.imports.plan import Entry, FileRow, plan
from hallterm.desk.imports.reader import CustomerFile, open_customer_file
from hallterm.desk.imports.write import Writer
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal, refuse

PIECE = 50_000
"""Rows that are planned together; what bounds the memory."""

RETRIES = 5
"""Times that a row is planned again because another process got in between."""

LISTED = 1000
"""Refused rows that are kept for the summary; all are told as they come."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that didn't go in."""

    line: int
    """Number of its first line in the file."""
    reason: Refusal


@dataclass(slots=True)
class Imported:
    """How an import went."""

    encoding: str = ""
    ignored_columns: tuple[str, ...] = ()
    rows: int = 0
    """Rows read, refused ones included."""
    recorded: int = 0
    """New records."""
    changed: int = 0
    """Records that now hold something else."""
    unchanged: int = 0
    """Rows that said what was known already, or the same as another row."""
    refused: int = 0
    first_refused: list[RefusedRow] = field(default_factory=list)
    """The first of them, `LISTED` at most."""
    longest_lock_s: float = 0.0
    """Longest time that other writers had to wait, seconds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is."""

    bytes_read: int
    bytes_total: int
    rows: int


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom an import tells how it goes."""

    progress: Callable[[Progress], None] = lambda _: None
    refused: Callable[[RefusedRow], None] = lambda _: None


_SILENT = Listener()


def import_customers(
    desk: Desk,
    actor: Actor,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    listener: Listener = _SILENT,
) -> Imported | Refusal:
    """Bring the customers of a CSV file into the store; running it again changes nothing.

    Rows that can't be read are refused one by one; all others go in. Every batch is one
    transaction with its event. When the process is killed, what was written stands, and the
    next run does the rest.

    Args:
        desk: the store's door, used by nobody else meanwhile.
        actor: who imports.
        path: the file.
        mapping: field by name of column, for columns with a name of their own.
        listener: told of progress and of each refused row.

    Raises:
        StoreFaultError: the store could not be written; what went in before stands.
    """
    opened = open_customer_file(path, mapping or {})
    if isinstance(opened, Refusal):
        return opened
    with opened:
        run = _Run(desk, actor, opened, listener)
        result = run.all()
        run.writer.close()
        return result


class _Run:
    """One import under way."""

    def __init__(self, desk: Desk, actor: Actor, file: CustomerFile, listener: Listener) -> None:
        self.desk = desk
        self.file = file
        self.listener = listener
        self.writer = Writer(desk, actor)
        self.result = Imported(file.guess.name, file.columns.ignored)

    def all(self) -> Imported | Refusal:
        """Import everything."""
        result = self.result
        self.writer.settle()
        for piece in self.file.pieces(PIECE, self._unreadable):
            result.rows += len(piece)
            problem = self._piece(piece)
            if problem:
                return problem
            self._told()
        written = self.writer.written
        result.recorded, result.changed = written.recorded, written.changed
        result.unchanged = result.rows - result.refused - result.recorded - result.changed
        result.longest_lock_s = self.writer.longest_lock
        self._told()
        return result

    def _piece(self, piece: list[FileRow]) -> Refusal | None:
        rows = piece
        for _ in range(RETRIES):
            self.writer.before_plan()
            entries = plan(self.desk.connection, rows, self._refused)
            self.desk.connection.rollback()
            again = self.writer.write([_really(entry) for entry in entries])
            if isinstance(again, Refusal):
                return again
            rows = again
            if not rows:
                break
        for row in rows:
            self._refused(row.line, refuse("row_contended"))
        self.writer.settle(self._told)
        return None

    def _unreadable(self, line: int, reason: Refusal) -> None:
        self.result.rows += 1
        self._refused(line, reason)

    def _refused(self, line: int, reason: Refusal) -> None:
        row = RefusedRow(line, reason)
        self.result.refused += 1
        if len(self.result.first_refused) < LISTED:
            self.result.first_refused.append(row)
        self.listener.refused(row)

    def _told(self) -> None:
        self.listener.progress(Progress(self.file.read_so_far, self.file.size, self.result.rows))


def _really(entry: Entry) -> Entry:
    """Drop changes that a later row of the file took back."""
    if entry.row is not None:
        entry.changes = {
            name: value for name, value in entry.changes.items() if entry.base.get(name) != value
        }
    return entry
