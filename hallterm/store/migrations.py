"""The store's shape: named steps, each in one transaction, counted in `PRAGMA user_version`."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import SQLModel

from hallterm.store import tables
from hallterm.store.connection import writing
from hallterm.store.faults import StoreFaultError


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version to the next."""

    name: str
    run: Callable[[sa.Connection], None]


def _create(connection: sa.Connection) -> None:
    import hallterm.store.persons.tables  # noqa: PLC0415 - registers its tables
    import hallterm.store.post.tables  # noqa: PLC0415 - as above
    import hallterm.store.sync_tables  # noqa: F401, PLC0415 - registers its tables

    SQLModel.metadata.create_all(connection)
    connection.execute(sa.insert(tables.table_of(tables.StreamHead)), {"stream": "company"})


def _add_receptions(connection: sa.Connection) -> None:
    models = (tables.ReceptionRecord, tables.ChecklistRunRecord, tables.ChecklistVersionRecord)
    # Left alone where they exist: a new store is made with all of this program's tables.
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(model) for model in models])


def _add_notes(connection: sa.Connection) -> None:
    from hallterm.store.persons.tables import NoteRow  # noqa: PLC0415 - registers its tables

    SQLModel.metadata.create_all(connection, tables=[tables.table_of(NoteRow)])


def _add_call_backs(connection: sa.Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(tables.CallBackRecord)])


def _add_staff_keys(connection: sa.Connection) -> None:
    table = tables.table_of(tables.StaffRecord)
    there = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(staff_record)")}
    for name in ("public_key", "sealed_key", "former_key", "key_since_ms"):
        if name not in there:
            kind, default = table.c[name].type.compile(), "0" if name == "key_since_ms" else "''"
            connection.exec_driver_sql(
                f"ALTER TABLE staff_record ADD COLUMN {name} {kind} DEFAULT {default} NOT NULL"
            )


def _shorten_undo(connection: sa.Connection) -> None:
    from hallterm.store.undo_step import shorten_undo  # noqa: PLC0415 - only where it is needed

    shorten_undo(connection)


def _add_appointments(connection: sa.Connection) -> None:
    models = (tables.AppointmentRecord, tables.ErrandRecord)
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(model) for model in models])


def _add_requests(connection: sa.Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(tables.RequestRecord)])


def _add_post(connection: sa.Connection) -> None:
    from hallterm.store.post import tables as post  # noqa: PLC0415 - registers its tables

    SQLModel.metadata.create_all(connection, tables=[tables.table_of(m) for m in post.MODELS])


def _add_sync(connection: sa.Connection) -> None:
    from hallterm.store import sync_tables as sync  # noqa: PLC0415 - registers its tables
    from hallterm.store.persons.tables import PersonConflictRow  # noqa: PLC0415 - likewise

    models = (sync.SyncLinkRow, sync.OutboxRow, sync.PendingBeforeRow, sync.DeviceChainRow)
    added = [tables.table_of(m) for m in (*models, PersonConflictRow, tables.DisputeRecord)]
    SQLModel.metadata.create_all(connection, tables=added)
    for index in tables.table_of(tables.LoggedEvent).indexes:
        index.create(connection, checkfirst=True)


def _add_hub(connection: sa.Connection) -> None:
    from hallterm.store import hub_tables as hub  # noqa: PLC0415 - registers its tables

    models = (
        hub.HubSecretRow,
        hub.HubCodeRow,
        hub.HubDeviceRow,
        hub.HubCursorRow,
        hub.HubAsideRow,
    )
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(model) for model in models])


def _add_scrubbed(connection: sa.Connection) -> None:
    there = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(person_tombstone)")}
    if "scrubbed" not in there:
        connection.exec_driver_sql(
            "ALTER TABLE person_tombstone ADD COLUMN scrubbed BOOLEAN DEFAULT 0 NOT NULL"
        )


def _add_account(connection: sa.Connection) -> None:
    from hallterm.store.account import HubAccountRow  # noqa: PLC0415 - registers its table

    SQLModel.metadata.create_all(connection, tables=[tables.table_of(HubAccountRow)])


def _add_strangers(connection: sa.Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(tables.StrangerRecord)])


def _add_learnt(connection: sa.Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=[tables.table_of(tables.LearntRecord)])


def _add_views(connection: sa.Connection) -> None:
    from hallterm.store.post.tables import EvidenceViewRow  # noqa: PLC0415 - registers its table

    SQLModel.metadata.create_all(connection, tables=[tables.table_of(EvidenceViewRow)])


MIGRATIONS: tuple[Migration, ...] = (
    Migration("create the store", _create),
    Migration("add receptions and checklists", _add_receptions),
    Migration("add notes", _add_notes),
    Migration("add call-backs", _add_call_backs),
    Migration("add the keys of the staff", _add_staff_keys),
    Migration("keep for undo what an action replaced, not whole tickets", _shorten_undo),
    Migration("add appointments and errands", _add_appointments),
    Migration("add special requests", _add_requests),
    Migration("add mail, fax and sealed forms", _add_post),
    Migration("add sync", _add_sync),
    Migration("add what a hub knows of its terminals", _add_hub),
    Migration("say of erased persons whether the files are clean", _add_scrubbed),
    Migration("add what a terminal shows its hub", _add_account),
    Migration("add tries at unknown accounts", _add_strangers),
    Migration("keep what was learnt for all processes", _add_learnt),
    Migration("note who looks at letters and faxes", _add_views),
)


def store_version(connection: sa.Connection) -> int:
    """Return how many steps the store has taken."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    connection.rollback()
    return int(version or 0)


def must_not_be_newer(connection: sa.Connection) -> None:
    """See, inside a transaction, that no later hallterm has changed the store's shape meanwhile.

    Raises:
        StoreFaultError: store_newer.
    """
    steps = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if steps > len(MIGRATIONS):
        raise StoreFaultError("store_newer", f"{steps} > {len(MIGRATIONS)}")


def migrate(connection: sa.Connection) -> None:
    """Bring the store to this program's version.

    Raises:
        StoreFaultError: store_newer when a later hallterm wrote it; nothing is changed then.
    """
    if store_version(connection) == len(MIGRATIONS):
        return
    with writing(connection):
        # Looked at again under the lock: another process may have just done it.
        must_not_be_newer(connection)
        done = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        for migration in MIGRATIONS[done:]:
            migration.run(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS)}")
