"""Finding customers."""

from datetime import UTC, datetime
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.domain.person.cleaning import Values
from hallterm.store.connection import writing
from hallterm.store.persons import records
from hallterm.store.persons.search import Found, search

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def put(connection: sa.Connection, person_id: str, **values: str) -> None:
    given: Values = dict(values)
    with writing(connection):
        records.insert(connection, person_id, given, at=AT, actor="0231")


@pytest.fixture
def customers(connection: sa.Connection) -> sa.Connection:
    """Put a few customers of every tier into the store."""
    put(connection, "rest", name="张伟", phone="13800131111")
    put(connection, "gotone", name="张文", phone="13900131111", tier="gotone")
    put(
        connection,
        "silver",
        name="章武",
        phone="15000131111",
        tier="vip",
        grade="silver",
        vip_card="V8802",
    )
    put(
        connection,
        "gold",
        name="周围",
        phone="13811112222",
        tier="vip",
        grade="gold",
        vip_card="V8801",
    )
    put(connection, "diamond", name="单小明", phone="13833334444", tier="vip", grade="diamond")
    put(connection, "id", name="John Smith", id_number="11010119900307123X")
    put(connection, "company", name="长城科技有限公司", kind="company", phone="01065529988")
    return connection


def ids(found: Found) -> list[str]:
    return [row.person_id for row in found.rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("13800131111", ["rest"]),
        ("138 0013 1111", ["rest"]),
        ("１３８００１３１１１１", ["rest"]),
        ("1111", ["silver", "gotone", "rest"]),
        ("1380", ["rest"]),
        ("13800", ["rest"]),
        ("138", []),
        ("0106552", ["company"]),
        ("v8801", ["gold"]),
        ("V880", ["gold", "silver"]),
        ("V88", []),
        ("11010119900307123x", ["id"]),
        ("1101011990", []),
        ("张", ["gotone", "rest"]),
        ("张伟", ["rest"]),
        ("zw", ["gold", "silver", "gotone", "rest"]),
        ("Zhang", ["silver", "gotone", "rest"]),
        ("zhang wen", ["gotone"]),
        ("sxm", ["diamond"]),
        ("shan", ["diamond"]),
        ("dan", []),
        ("john s", ["id"]),
        ("smith", []),
        ("cckj", ["company"]),
        ("", []),
        ("   ", []),
        ("[/b]", []),
        ("%", []),
        ("1380' OR '1'='1", []),
    ],
)
def test_what_is_found_vip_first(customers: sa.Connection, typed: str, found: list[str]) -> None:
    assert ids(search(customers, typed)) == found


def test_twenty_and_how_many_more(connection: sa.Connection) -> None:
    for place in range(25):
        put(connection, f"p{place:02}", name="张伟", phone=f"1380000{place:04}")
    found = search(connection, "zw")
    assert (len(found.rows), found.more, found.more_is_at_least) == (20, 5, False)
    assert search(connection, "zw", limit=25).more == 0


def test_above_a_thousand_the_count_stops(connection: sa.Connection) -> None:
    with writing(connection):
        rows = [(3, 4, "张伟", row) for row in range(1, 1022)]
        records.add_keys(connection, rows)
    assert search(connection, "张").more == 1000
    assert search(connection, "张").more_is_at_least
    with writing(connection):
        records.remove_keys(connection, rows[:1])
    assert (search(connection, "张").more, search(connection, "张").more_is_at_least) == (
        1000,
        False,
    )


def test_a_customer_who_fits_twice_is_shown_once(connection: sa.Connection) -> None:
    put(connection, "both", name="安宁", phone="13812341234")
    assert ids(search(connection, "an")) == ["both"]
    put(connection, "tail", name="王芳", phone="13800001381")
    assert ids(search(connection, "1381")) == ["tail", "both"]
    for place in range(29):
        put(connection, f"more{place}", name="安宁")
    assert search(connection, "an").more == 10


def test_a_changed_customer_is_found_by_the_new_name_only(customers: sa.Connection) -> None:
    with writing(customers):
        records.change(
            customers, "rest", {"name": "仇英", "tier": "vip", "grade": "gold"}, at=AT, actor="9"
        )
    assert ids(search(customers, "张")) == ["gotone"]
    assert ids(search(customers, "qy")) == ["rest"]
    assert ids(search(customers, "1111")) == ["rest", "silver", "gotone"]


@given(st.text(alphabet=st.characters(), max_size=50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_may_be_typed(customers: sa.Connection, typed: str) -> None:
    assert len(search(customers, typed).rows) <= 7


_places = count()


@given(
    name=st.text(min_size=1, max_size=70).filter(lambda n: n.strip() and "\0" not in n),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_cleaned_han_name_is_found_again(connection: sa.Connection, name: str) -> None:
    han = "张" + "".join(c for c in name if "\u4e00" <= c <= "\u9fff")
    put(connection, f"{han}-{next(_places)}", name=han)
    assert han in {row.details.name for row in search(connection, han, limit=1000).rows}
