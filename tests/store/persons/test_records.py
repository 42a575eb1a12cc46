"""Records, their history, and records by the thousand."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from hallterm.domain.person.details import ConsentPurpose, ConsentWay, PersonKind
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import writing
from hallterm.store.persons import bulk, records
from hallterm.store.persons.keys import KeyKind, identity_keys, other_keys
from hallterm.store.persons.search import search

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 1, tzinfo=UTC)


def keys_in(connection: sa.Connection) -> set[tuple[int, int, str, int]]:
    rows = connection.exec_driver_sql("SELECT kind, rank, text, row FROM person_key")
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def test_a_record_comes_back_as_it_went_in(connection: sa.Connection) -> None:
    with writing(connection):
        records.insert(
            connection,
            "p1",
            {
                "kind": PersonKind.COMPANY,
                "name": "某某公司",
                "tier": Tier.VIP,
                "grade": Grade.GOLD,
                "group_member": True,
                "consent_at": AT,
                "consent_way": ConsentWay.SIGNED,
                "consent_purpose": ConsentPurpose.SERVICE,
            },
            at=AT,
            actor="0231",
        )
    record = records.get(connection, "p1")
    assert record is not None
    assert (record.version, record.recorded_at, record.recorded_by) == (1, AT, "0231")
    details = record.details
    assert (details.kind, details.name, details.tier) == (PersonKind.COMPANY, "某某公司", Tier.VIP)
    assert (details.grade, details.group_member, details.consent_at) == (Grade.GOLD, True, AT)
    assert details.special is False
    assert records.get(connection, "p2") is None
    assert set(records.get_many(connection, ["p1", "p2"])) == {"p1"}


def test_history_holds_what_was_there_before(connection: sa.Connection) -> None:
    with writing(connection):
        records.insert(connection, "p1", {"name": "张伟", "phone": "13800131111"}, at=AT, actor="1")
        records.change(connection, "p1", {"name": "张炜"}, at=AT, actor="2")
        records.change(connection, "p1", {"phone": None, "tier": "gotone"}, at=LATER, actor="3")
    changes = records.versions(connection, "p1")
    assert [(c.version, c.at, c.actor) for c in changes] == [(3, LATER, "3"), (2, AT, "2")]
    assert changes[0].previous == {"phone": "13800131111", "tier": None}
    assert changes[1].previous == {"name": "张伟"}
    with pytest.raises(KeyError), writing(connection):
        records.change(connection, "p9", {"name": "x"}, at=AT, actor="1")


def test_keys_always_say_what_the_record_says(connection: sa.Connection) -> None:
    values: dict[str, str | None] = {"name": "张伟", "phone": "13800131111", "vip_card": "V8801"}
    with writing(connection):
        records.insert(connection, "p1", values, at=AT, actor="1")
    for change in ({"name": None}, {"tier": "vip"}, {"phone": "13900132222"}, {"name": "仇英"}):
        with writing(connection):
            records.change(connection, "p1", dict(change), at=AT, actor="1")
        values |= change
        assert keys_in(connection) == {*identity_keys(1, values), *other_keys(1, values)}


def test_imported_records_are_found_by_number_at_once_and_by_name_when_settled(
    connection: sa.Connection,
) -> None:
    new = [(f"p{i}", {"name": "张伟", "phone": f"1380013{i:04}"}) for i in range(1, 4)]
    with writing(connection):
        rows = bulk.insert_many(connection, new, at_ms=0, actor="import")
    assert list(rows) == [1, 2, 3]
    assert bulk.find(connection, KeyKind.PHONE, {"13800130002", "x"}) == {"13800130002": [2]}
    assert search(connection, "zw").rows == ()
    due = bulk.due_rows(connection, 10)
    with writing(connection):
        bulk.write_keys(connection, bulk.due_keys(connection, due), set(due))
        bulk.nothing_due(connection, due)
    assert len(search(connection, "zw").rows) == 3
    assert bulk.due_rows(connection, 10) == []


def test_a_record_changed_while_its_keys_were_due_gets_no_stale_ones(
    connection: sa.Connection,
) -> None:
    with writing(connection):
        bulk.insert_many(connection, [("p1", {"name": "张伟"})], at_ms=0, actor="import")
    stale = bulk.due_keys(connection, [1])
    with writing(connection):
        records.change(connection, "p1", {"name": "仇英"}, at=AT, actor="1")
    with writing(connection):
        bulk.write_keys(connection, stale, set(bulk.due_rows(connection, 10)))
    assert search(connection, "zw").rows == ()
    assert len(search(connection, "qy").rows) == 1


def test_nothing_to_insert_is_fine(connection: sa.Connection) -> None:
    with writing(connection):
        assert list(bulk.insert_many(connection, [], at_ms=0, actor="x")) == []
