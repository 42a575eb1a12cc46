"""Use cases around one customer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

import hallterm.data
from hallterm.clock import ManualClock
from hallterm.configuration import load
from hallterm.desk import persons
from hallterm.desk.desk import Desk, open_desk
from hallterm.domain.actor import Actor
from hallterm.domain.person.commands import PrivilegedReason, UnmaskReason
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Grade, Tier

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLERK = Actor("2001", frozenset({Role.CLERK}))
MANAGER = Actor("1001", frozenset({Role.STORE_MANAGER}))
KIOSK = Actor("kiosk-1", frozenset({Role.KIOSK}))
ZHANG = {"name": "张伟", "phone": "138 0013 1234", "id_number": "E12345678"}

Value = TypeVar("Value")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk on an empty store."""
    configuration = load(Path(hallterm.data.__file__).parent)
    opened = open_desk(tmp_path / "hall.db", "ab" * 32, ManualClock(AT), configuration, "t1")
    yield opened
    opened.close()


def done(answer: Value | Refusal) -> Value:
    assert not isinstance(answer, Refusal), answer
    return answer


def code(answer: object) -> str:
    assert isinstance(answer, Refusal)
    return answer.code


def recorded(desk: Desk, **more: str) -> persons.PersonView:
    return done(persons.record(desk, CLERK, ZHANG | more, ConsentWay.SPOKEN))


def log_text(desk: Desk) -> str:
    rows = desk.connection.exec_driver_sql("SELECT * FROM event").all()
    desk.connection.rollback()
    return repr(rows)


def test_a_new_customer_is_shown_masked_and_found(desk: Desk) -> None:
    view = recorded(desk)
    assert (view.name, view.phone, view.id_number) == ("张伟", "138****1234", "*******78")
    assert (view.version, view.recorded_by, view.consent_at) == (1, "2001", AT)
    assert [row.person_id for row in persons.search(desk, CLERK, "1234").rows] == [view.person_id]
    assert persons.get(desk, KIOSK, view.person_id) is not None
    assert [row.name for row in persons.search(desk, KIOSK, "zw").rows] == ["张*"]
    assert set(persons.get_many(desk, CLERK, [view.person_id, "?"])) == {view.person_id}


def test_the_log_never_names_a_person(desk: Desk) -> None:
    view = recorded(desk, notes="喜欢喝茶", contact="李四")
    done(persons.change(desk, CLERK, view.person_id, 1, {"name": "张炜", "phone": "13900139999"}))
    done(persons.unmask(desk, CLERK, view.person_id, "phone", UnmaskReason.CALL_BACK))
    text = log_text(desk)
    assert view.person_id in text
    for secret in ("张", "1380013", "1390013", "E12345678", "喝茶", "李四"):
        assert secret not in text


def test_a_number_taken_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    recorded(desk)
    before = log_text(desk)
    again = persons.record(desk, CLERK, {"phone": "+8613800131234"}, ConsentWay.SPOKEN)
    assert code(again) == "phone_taken"
    assert code(persons.record(desk, CLERK, {"phone": "12"}, ConsentWay.SPOKEN)) == "phone_wrong"
    assert code(persons.record(desk, CLERK, {"notes": " "}, ConsentWay.SPOKEN)) == "person_empty"
    assert log_text(desk) == before
    assert len(persons.search(desk, CLERK, "1234").rows) == 1


def test_a_change_says_what_was_there_and_by_whom(desk: Desk) -> None:
    view = recorded(desk)
    after = done(
        persons.change(desk, CLERK, view.person_id, 1, {"phone": "13900139999", "notes": ""})
    )
    assert (after.version, after.phone, after.changed_by) == (2, "139****9999", "2001")
    change, recording = persons.history(desk, CLERK, view.person_id)
    assert (change.version, change.actor, change.previous) == (2, "2001", {"phone": "138****1234"})
    assert (recording.version, recording.actor, recording.previous) == (1, "2001", {})
    assert persons.history(desk, CLERK, "?") == []


def test_two_who_change_the_same_record(desk: Desk) -> None:
    view = recorded(desk)
    done(persons.change(desk, CLERK, view.person_id, 1, {"name": "张炜"}))
    late = persons.change(desk, MANAGER, view.person_id, 1, {"name": "章伟"})
    assert code(late) == "person_changed_meanwhile"
    assert done(persons.get(desk, CLERK, view.person_id) or Refusal("gone")).name == "张炜"


def test_changing_nothing_makes_no_version(desk: Desk) -> None:
    view = recorded(desk, group_member="否")
    same = persons.change(
        desk, CLERK, view.person_id, 1, {"name": "张伟 ", "special": "否", "notes": ""}
    )
    assert done(same).version == 1


def test_tiers_are_the_managers(desk: Desk) -> None:
    view = recorded(desk)
    vip = {"tier": "VIP", "grade": "金卡"}
    why = PrivilegedReason.CARD_SHOWN
    assert code(persons.change(desk, CLERK, view.person_id, 1, vip, why)) == "managers_only"
    assert code(persons.change(desk, MANAGER, view.person_id, 1, vip)) == "reason_needed"
    after = done(persons.change(desk, MANAGER, view.person_id, 1, vip, why))
    assert (after.tier, after.grade) == (Tier.VIP, Grade.GOLD)
    down = done(persons.change(desk, MANAGER, view.person_id, 2, {"tier": "普通"}, why))
    assert (down.tier, down.grade) == (Tier.STANDARD, None)
    wrong = {"tier": "全球通", "grade": "金卡"}
    assert code(persons.change(desk, MANAGER, view.person_id, 3, wrong, why)) == "grade_needs_vip"


def test_a_visiting_vip_is_entered_by_a_clerk(desk: Desk) -> None:
    view = recorded(desk, grade="diamond", vip_card="V8801", home="异地")
    assert (view.tier, view.grade) == (Tier.VIP, Grade.DIAMOND)
    second = persons.record(desk, CLERK, {"vip_card": "v8801"}, ConsentWay.SPOKEN)
    assert code(second) == "vip_card_taken"


def test_a_number_is_seen_whole_only_with_a_record_of_it(desk: Desk) -> None:
    view = recorded(desk)
    whole = persons.unmask(desk, CLERK, view.person_id, "phone", UnmaskReason.CALL_BACK)
    assert whole == "13800131234"
    assert "person_unmasked" in log_text(desk)
    reason = UnmaskReason.FORM
    assert code(persons.unmask(desk, KIOSK, view.person_id, "phone", reason)) == "role_not_allowed"
    assert code(persons.unmask(desk, CLERK, "?", "phone", reason)) == "person_unknown"
    assert code(persons.unmask(desk, CLERK, view.person_id, "name", reason)) == "field_not_masked"


def test_unknown_persons(desk: Desk) -> None:
    assert persons.get(desk, CLERK, "?") is None
    assert code(persons.change(desk, CLERK, "?", 1, {"name": "x"})) == "person_unknown"
