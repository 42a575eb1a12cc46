"""A store of an earlier hallterm is brought to this one's shape and works on."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from hallterm.desk import receptions
from hallterm.desk.calling import call_next, undo_last
from hallterm.desk.desk import Desk
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.undo import before
from hallterm.domain.ticket.words import TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.migrations import MIGRATIONS, store_version
from hallterm.store.tables import TicketRecord, table_of
from tests.support.hall import KEY, done, enter, sit, take
from tests.support.rulebook import CLERK, GREETER
from tests.support.truth import assert_true_to_log

SHORTER_UNDO = "keep for undo what an action replaced, not whole tickets"
SINCE_RECEPTIONS = ("reception", "checklist_run", "checklist_version", "call_back")


def made_older(store: Path) -> None:
    """Take a store back to the version before receptions, with a VIP who waits in it."""
    desk = enter(store)
    take(desk, Tier.VIP, Grade.GOLD)
    desk.close()
    connection = open_connection(store, KEY)
    later = "('reception', 'checklist', 'checklist_version')"
    with writing(connection):
        for table in SINCE_RECEPTIONS:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(f"DELETE FROM event WHERE aggregate IN {later}")  # noqa: S608
        connection.exec_driver_sql(
            "UPDATE stream_head SET seq = (SELECT max(seq) FROM event e"
            " WHERE e.stream = stream_head.stream) WHERE stream LIKE 'hall:%'"
        )
        connection.exec_driver_sql("PRAGMA user_version = 1")
    close_connection(connection)


def vip_in(desk: Desk) -> str:
    (ticket_id,) = desk.hall.tickets
    return ticket_id


def test_a_store_without_receptions_gets_their_tables(store: Path) -> None:
    made_older(store)
    desk = enter(store)
    assert store_version(desk.connection) == len(MIGRATIONS)
    assert desk.hall.receptions == {}
    assert_true_to_log(desk.connection)
    desk.close()


def test_a_vip_of_before_is_received_from_the_next_action_on(store: Path) -> None:
    made_older(store)
    desk = enter(store)
    guest = vip_in(desk)
    sit(desk)
    done(call_next(desk, CLERK))
    assert desk.hall.receptions[guest].receiver is None
    done(receptions.accept(desk, GREETER, guest))
    assert_true_to_log(desk.connection)
    desk.close()


def steps_before(name: str) -> int:
    return [migration.name for migration in MIGRATIONS].index(name)


def with_whole_tickets(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket's document as it was written while undo kept earlier tickets whole."""
    earlier = before(ticket)
    written: dict[str, Any] = ticket.model_dump(mode="json", exclude_defaults=True)
    written.pop("undo", None)
    return {**written, "before": with_whole_tickets(earlier)} if earlier else written


def test_what_undo_kept_whole_is_shortened_and_still_taken_back(store: Path) -> None:
    desk = enter(store)
    sit(desk)
    for _ in range(3):
        take(desk)
    served = done(call_next(desk, CLERK)).events[0].aggregate_id
    waited = desk.hall.tickets[served].state_since
    done(desk.act(CLERK, StartService(ticket_id=served)))
    done(desk.act(CLERK, FinishService(ticket_id=served)))
    connection, table = desk.connection, table_of(TicketRecord)
    with writing(connection):
        for ticket in desk.hall.tickets.values():
            older = json.dumps(with_whole_tickets(ticket), separators=(",", ":"))
            mine = sa.update(table).where(table.c.id == ticket.id)
            connection.execute(mine.values(document=older))
        connection.exec_driver_sql(f"PRAGMA user_version = {steps_before(SHORTER_UNDO)}")
    desk.close()
    desk = enter(store)
    assert_true_to_log(desk.connection)
    for _ in ("finish", "start", "call"):
        done(undo_last(desk, CLERK, UndoReason.WRONG_KEY))
    assert desk.hall.tickets[served].state is TicketState.WAITING
    assert desk.hall.tickets[served].state_since < waited
    assert_true_to_log(desk.connection)
    desk.close()


def test_every_migration_has_a_name_of_its_own() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert len(set(names)) == len(names) > 1
