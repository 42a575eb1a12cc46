"""Keys of offices: public halves are facts, private halves stay in the store, old seals hold."""

from pathlib import Path

import sqlalchemy as sa

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.desk.office_keys import keys_in_use, replace_key, revoke_key, secret_for, trusted_keys
from hallterm.domain.company.commands import AddOfficeKey, RetireOfficeKey
from hallterm.domain.company.keys import Office, key_id_of
from hallterm.domain.refusal import Refusal
from hallterm.forms.content import FormContent
from hallterm.forms.sealing import holds, public_of, seal_order
from hallterm.store.doctor import examine, rebuild
from tests.forms.samples import order
from tests.support.hall import done, enter, refused
from tests.support.rulebook import ADMINISTRATOR, STORE_MANAGER
from tests.support.scene import Scene

OFFICE = Office.HALL_OPERATIONS
PUBLIC, OTHER = public_of("1" * 64), public_of("2" * 64)


def secret(desk: Desk) -> str:
    with desk.transaction(STORE_MANAGER) as transaction:
        found = secret_for(transaction, OFFICE)
    assert isinstance(found, str)
    return found


def test_the_first_key_of_an_office_needs_no_order_and_the_next_does(scene: Scene) -> None:
    first = AddOfficeKey(office=OFFICE, public_key=PUBLIC)
    second = AddOfficeKey(office=OFFICE, public_key=OTHER)
    scene.do(STORE_MANAGER, first)
    assert scene.refused(STORE_MANAGER, first) == "office_key_exists"
    assert scene.refused(STORE_MANAGER, second) == "not_allowed"
    scene.do(ADMINISTRATOR, second)
    assert set(trusted_keys(scene.company)) == {key_id_of(PUBLIC), key_id_of(OTHER)}


def test_a_key_out_of_use_is_trusted_until_it_is_revoked(scene: Scene) -> None:
    scene.do(ADMINISTRATOR, AddOfficeKey(office=OFFICE, public_key=PUBLIC))
    key = key_id_of(PUBLIC)
    assert scene.refused(STORE_MANAGER, RetireOfficeKey(key_id=key)) == "not_allowed"
    scene.do(ADMINISTRATOR, RetireOfficeKey(key_id=key))
    assert keys_in_use(scene.company, OFFICE) == []
    assert scene.do(ADMINISTRATOR, RetireOfficeKey(key_id=key)) == ()
    assert key in trusted_keys(scene.company)
    scene.do(ADMINISTRATOR, RetireOfficeKey(key_id=key, revoked=True))
    assert key not in trusted_keys(scene.company)
    assert scene.refused(ADMINISTRATOR, RetireOfficeKey(key_id="A" * 8)) == "unknown_office_key"


def test_an_office_seals_with_one_key_until_it_is_replaced(desk: Desk) -> None:
    first = secret(desk)
    assert secret(desk) == first
    seal, content = seal_order(order(), first), FormContent(order=order())
    new = replace_key(desk, ADMINISTRATOR, OFFICE)
    assert isinstance(new, str)
    assert key_id_of(public_of(secret(desk))) == new
    assert holds(content, seal, trusted_keys(desk.replica.company))
    newest = revoke_key(desk, ADMINISTRATOR, new)
    assert isinstance(newest, str)
    assert key_id_of(public_of(secret(desk))) == newest
    assert new not in trusted_keys(desk.replica.company)
    assert refused(revoke_key(desk, ADMINISTRATOR, "A" * 8)) == "unknown_office_key"


def test_only_an_administrator_replaces_a_key(desk: Desk) -> None:
    first = secret(desk)
    assert refused(replace_key(desk, STORE_MANAGER, OFFICE)) == "not_allowed"
    assert secret(desk) == first


def test_a_key_that_is_elsewhere_seals_nothing_here(desk: Desk) -> None:
    done(desk.act(ADMINISTRATOR, AddOfficeKey(office=OFFICE, public_key=PUBLIC)))
    with desk.transaction(STORE_MANAGER) as transaction:
        answer = secret_for(transaction, OFFICE)
    assert isinstance(answer, Refusal)
    assert answer.code == "office_key_elsewhere"


def test_keys_are_there_after_a_restart_and_the_doctor_finds_nothing(
    desk: Desk, store: Path, clock: ManualClock
) -> None:
    first = secret(desk)
    again = enter(store, clock)
    assert key_id_of(public_of(first)) in trusted_keys(again.replica.company)
    assert secret(again) == first
    assert examine(again.connection).sound
    with again.connection.begin():
        again.connection.exec_driver_sql("DELETE FROM company WHERE kind = 'office_key'")
    assert examine(again.connection).counts == {"row_missing": 1}
    assert rebuild(again.connection).rewritten == 1
    again.close()


def test_no_private_key_is_in_the_log(desk: Desk) -> None:
    first = secret(desk)
    payloads = desk.connection.execute(sa.text("SELECT payload FROM event")).scalars().all()
    desk.connection.rollback()
    assert not any(first in payload for payload in payloads)
