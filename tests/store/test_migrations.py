"""A store of an earlier hallterm is brought to this one's shape and works on."""

from pathlib import Path

from hallterm.desk import receptions
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.migrations import MIGRATIONS, store_version
from tests.support.hall import KEY, done, enter, sit, take
from tests.support.rulebook import CLERK, GREETER
from tests.support.truth import assert_true_to_log

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


def test_every_migration_has_a_name_of_its_own() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert len(set(names)) == len(names) > 1
