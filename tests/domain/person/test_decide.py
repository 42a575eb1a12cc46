"""Rules for a person's record."""

from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.person.commands import (
    ChangedRecord,
    ChangePerson,
    EnterPersons,
    PrivilegedReason,
    RecordPerson,
    UnmaskPerson,
    UnmaskReason,
)
from hallterm.domain.person.decide import decide, decide_batch
from hallterm.domain.person.details import ConsentPurpose, ConsentWay, PersonKind
from hallterm.domain.person.events import PersonChanged, PersonEvent, PersonsImported
from hallterm.domain.person.state import Person, evolve, evolve_batch
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ANNA = Person(id="p1", kind=PersonKind.INDIVIDUAL, version=3)


def by(role: Role) -> Circumstances:
    return Circumstances(Actor("0231", frozenset({role})), AT, "t1")


def recording(**more: object) -> RecordPerson:
    given = {
        "person_id": "p1",
        "fields": ("name", "phone"),
        "consent_way": ConsentWay.SPOKEN,
        "consent_purpose": ConsentPurpose.SERVICE,
    }
    return RecordPerson.model_validate(given | more)


def changing(**more: object) -> ChangePerson:
    return ChangePerson.model_validate(
        {"person_id": "p1", "base_version": 3, "fields": ("name",)} | more
    )


def code(answer: object) -> str:
    assert isinstance(answer, Refusal)
    return answer.code


@pytest.mark.parametrize("role", [Role.CLERK, Role.GREETER, Role.DUTY_MANAGER, Role.STORE_MANAGER])
def test_the_floor_records_and_changes(role: Role) -> None:
    assert not isinstance(decide(None, recording(), by(role)), Refusal)
    answer = decide(ANNA, changing(), by(role))
    assert isinstance(answer, tuple)
    event = answer[0]
    assert isinstance(event, PersonChanged)
    assert event.person_version == 4


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.KIOSK])
def test_others_do_not(role: Role) -> None:
    assert code(decide(None, recording(), by(role))) == "role_not_allowed"
    assert code(decide(ANNA, changing(), by(role))) == "role_not_allowed"


def test_a_number_belongs_to_one_record() -> None:
    assert code(decide(None, recording(taken=("phone",)), by(Role.CLERK))) == "phone_taken"
    assert code(decide(ANNA, changing(taken=("vip_card",)), by(Role.CLERK))) == "vip_card_taken"


def test_a_change_of_what_was_not_on_the_screen_is_refused() -> None:
    assert (
        code(decide(ANNA, changing(base_version=2), by(Role.CLERK))) == "person_changed_meanwhile"
    )


def test_changing_nothing_is_no_event() -> None:
    assert decide(ANNA, changing(fields=()), by(Role.CLERK)) == ()


@pytest.mark.parametrize("field", ["tier", "grade", "special"])
def test_tier_card_and_special_flag_are_the_managers(field: str) -> None:
    why = PrivilegedReason.HEADQUARTERS
    assert (
        code(decide(ANNA, changing(fields=(field,), reason=why), by(Role.CLERK))) == "managers_only"
    )
    assert code(decide(ANNA, changing(fields=(field,)), by(Role.DUTY_MANAGER))) == "reason_needed"
    answer = decide(ANNA, changing(fields=(field,), reason=why), by(Role.DUTY_MANAGER))
    assert isinstance(answer, tuple)


def test_a_clerk_does_not_record_a_special_customer() -> None:
    fields = {"fields": ("phone", "special")}
    assert code(decide(None, recording(**fields), by(Role.CLERK))) == "managers_only"
    assert isinstance(decide(None, recording(**fields), by(Role.STORE_MANAGER)), tuple)


def test_unmasking_is_recorded_with_its_reason() -> None:
    command = UnmaskPerson(person_id="p1", field="phone", reason=UnmaskReason.CALL_BACK)
    answer = decide(ANNA, command, by(Role.CLERK))
    assert isinstance(answer, tuple)
    assert answer[0].model_dump() == {"person_id": "p1", "field": "phone", "reason": "call_back"}
    assert evolve(ANNA, answer[0]) == ANNA
    other = UnmaskPerson(person_id="p1", field="notes", reason=UnmaskReason.FORM)
    assert code(decide(ANNA, other, by(Role.CLERK))) == "field_not_masked"


def test_unknown_known_and_erased() -> None:
    assert code(decide(None, changing(), by(Role.CLERK))) == "person_unknown"
    assert code(decide(ANNA, recording(), by(Role.CLERK))) == "person_exists"
    erased = ANNA.model_copy(update={"erased": True})
    assert code(decide(erased, changing(), by(Role.CLERK))) == "person_erased"


def test_a_batch_is_one_event() -> None:
    changed = ChangedRecord(person_id="p1", base_version=3, fields=("name",))
    command = EnterPersons(batch_id="b", recorded=("p2", "p3"), changed=(changed,))
    assert code(decide_batch(command, by(Role.CLERK))) == "role_not_allowed"
    answer = decide_batch(command, by(Role.ADMINISTRATOR))
    assert isinstance(answer, tuple)
    (event,) = answer
    assert isinstance(event, PersonsImported)
    assert evolve_batch({"p1": 3}, event) == {"p1": 4, "p2": 1, "p3": 1}
    assert decide_batch(EnterPersons(batch_id="b"), by(Role.KIOSK)) == ()


class OneRecord(RuleBasedStateMachine):
    """Whatever is asked of a record, its version counts its changes."""

    def __init__(self) -> None:
        super().__init__()
        self.state: Person | None = None
        self.changes = 0

    def _take(self, answer: tuple[PersonEvent, ...] | Refusal) -> None:
        if isinstance(answer, Refusal):
            return
        for event in answer:
            self.changes += event.type != "person_unmasked"
            self.state = evolve(self.state, event)

    @rule(role=st.sampled_from(Role))
    def record(self, role: Role) -> None:
        self._take(decide(self.state, recording(), by(role)))

    @rule(
        role=st.sampled_from(Role),
        base=st.integers(1, 5),
        fields=st.lists(st.sampled_from(["name", "tier"]), unique=True),
    )
    def change(self, role: Role, base: int, fields: list[str]) -> None:
        command = changing(base_version=base, fields=tuple(fields), reason="card_shown")
        self._take(decide(self.state, command, by(role)))

    @rule(role=st.sampled_from(Role))
    def unmask(self, role: Role) -> None:
        command = UnmaskPerson(person_id="p1", field="phone", reason=UnmaskReason.FORM)
        self._take(decide(self.state, command, by(role)))

    @invariant()
    def version_counts_changes(self) -> None:
        assert (self.state.version if self.state else 0) == self.changes


TestOneRecord = OneRecord.TestCase
