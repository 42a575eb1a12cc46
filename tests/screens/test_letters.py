"""The forms' letters on the screen: who answers for one says whether it has arrived."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk.post_status import loose, post_status
from hallterm.desk.sending import may_settle, settle
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.screens.letters import LettersScreen
from hallterm.screens.requests import RequestsScreen
from hallterm.screens.widgets.picker import Picker
from hallterm.store.connection import writing
from hallterm.store.log import to_ms
from hallterm.store.post import evidence
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import LetterState
from hallterm.styles.themes import DEFAULT, SIXTEEN
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.request_room import chain, inbox
from tests.screens.test_snapshots import Compare
from tests.support.hall import quick_pins
from tests.support.letters import letter_rows, put_letters, states
from tests.support.requests import ACCOUNT_MANAGER, OPERATIONS, SIGNER, VIP_LIAISON
from tests.support.rulebook import CLERK, DUTY_MANAGER, STORE_MANAGER


@pytest.fixture
def rooms(store: Path, clock: ManualClock) -> Iterator[Callable[[Actor], Room]]:
    with quick_pins(), ExitStack() as stack:

        def make(actor: Actor) -> Room:
            room = stack.enter_context(opened_room(store, clock, actor))
            room.people()
            chain(room)
            return room

        yield make


def letters(room: Room) -> Screen[None]:
    return LettersScreen(room.hall_work().requests.letters())


def came(room: Room, received_id: str, verdict: Verdict, kind: str = "mail") -> None:
    """Let a letter or fax come in."""
    now = to_ms(room.desk.clock.now())
    row = {
        "id": received_id,
        "kind": kind,
        "sender": "operations@hall.example" if kind == "mail" else "",
        "subject": "[b]Re: 2026-0012[/b]" if kind == "mail" else "",
        "number": "" if verdict is Verdict.UNKNOWN else "2026-0012",
        "verdict": verdict,
        "reported": verdict is Verdict.GENUINE,
        "at_ms": now,
    }
    with writing(room.desk.connection) as connection:
        digest = evidence.keep(
            connection, received_id.encode(), "message/rfc822", about=None, now_ms=now
        )
        evidence.put_received(connection, {**row, "digest": digest})


def several(room: Room) -> None:
    """One in doubt, one refused, one without an address, one on its way; three that came in."""
    put_letters(room.desk, state=LetterState.UNCERTAIN, said="timed out after DATA", attempts=1)
    more: list[dict[str, Any]] = [
        {"id": "r", "state": LetterState.REFUSED, "said": "550 no such user [/b]"},
        {"id": "u", "state": LetterState.UNADDRESSED, "recipient": "", "purpose": "form_mailed"},
        {"id": "w", "purpose": "form_drafted"},
    ]
    for number, changed in enumerate(more, 2):
        message_id = f"<{changed['id']}@hallterm.localhost>"
        put_letters(room.desk, 1, fact_seq=number, message_id=message_id, **changed)
    came(room, "<a@x>", Verdict.BY_NUMBER)
    came(room, "<b@x>", Verdict.GENUINE)
    came(room, "<c@x>", Verdict.UNKNOWN)
    came(room, "f1", Verdict.UNKNOWN, "fax")


@pytest.mark.parametrize(
    ("digit", "state", "told"),
    [
        ("1", LetterState.SENT, "记下了：收件人说已收到。"),
        ("2", LetterState.WAITING, "记下了：马上原样重发。"),
    ],
)
async def test_somebody_who_has_asked_settles_it(
    rooms: Callable[[Actor], Room], digit: str, state: LetterState, told: str
) -> None:
    room = rooms(STORE_MANAGER)
    put_letters(room.desk, state=LetterState.UNCERTAIN)
    async with room.app(lambda: inbox(room)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        assert "不确定是否送达" in shown(pilot)
        await press(pilot, "enter", digit)
        assert isinstance(pilot.app.screen, Picker)  # too early: nobody has read the question
        await pass_time(room, pilot, 0.5)
        await press(pilot, digit)
        assert states(room.desk) == [state]
        assert told in said(pilot)
        assert letter_rows(room.desk)["l0"].said.startswith(STORE_MANAGER.staff_id)
        await press(pilot, "escape")
        assert "到哪一步" in shown(pilot)


async def test_a_letter_that_found_its_end_meanwhile_is_left_alone(
    rooms: Callable[[Actor], Room],
) -> None:
    room = rooms(STORE_MANAGER)
    put_letters(room.desk, state=LetterState.UNCERTAIN)
    async with room.app(lambda: letters(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        settle(room.desk, DUTY_MANAGER, "l0", arrived=True)
        await pass_time(room, pilot, 0.5)
        await press(pilot, "2")
        assert states(room.desk) == [LetterState.SENT]
        assert "已经有了着落" in said(pilot)


async def test_whose_step_it_was_not_is_told_why(rooms: Callable[[Actor], Room]) -> None:
    room = rooms(ACCOUNT_MANAGER)
    put_letters(room.desk, state=LetterState.UNCERTAIN)
    async with room.app(lambda: letters(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LettersScreen)
        assert "由发出的部门或本厅经理说明" in said(pilot)


async def test_a_clerk_is_told_who_has_to_do_with_it(rooms: Callable[[Actor], Room]) -> None:
    room = rooms(CLERK)
    async with room.app(lambda: inbox(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        assert isinstance(pilot.app.screen, RequestsScreen)
        assert "由经理和各部门处理" in said(pilot)


def test_the_desk_takes_no_word_of_somebody_else(rooms: Callable[[Actor], Room]) -> None:
    desk = rooms(CLERK).desk
    put_letters(desk, state=LetterState.UNCERTAIN)
    for actor in (CLERK, ACCOUNT_MANAGER, VIP_LIAISON):
        refused = settle(desk, actor, "l0", arrived=True)
        assert isinstance(refused, Refusal)
        assert refused.code == "not_allowed"
    assert states(desk) == [LetterState.UNCERTAIN]
    assert settle(desk, OPERATIONS, "l0", arrived=True) is True


@pytest.mark.parametrize(
    ("purpose", "owners"),
    [
        ("form_drafted", {ACCOUNT_MANAGER, SIGNER}),
        ("form_mailed", {VIP_LIAISON, SIGNER}),
        ("form_returned", {VIP_LIAISON, OPERATIONS, SIGNER}),
        ("form_refused", {OPERATIONS}),
        ("form_forwarded", {OPERATIONS}),
        ("form_wrong_hall", set()),
    ],
)
def test_whose_step_a_letter_carries_answers_for_it(purpose: str, owners: set[Actor]) -> None:
    everybody = {CLERK, ACCOUNT_MANAGER, VIP_LIAISON, OPERATIONS, SIGNER}
    found = {actor for actor in everybody if may_settle(actor, purpose)}
    assert found == owners
    assert may_settle(STORE_MANAGER, purpose)
    assert may_settle(DUTY_MANAGER, purpose)


def test_what_is_listed_is_what_was_counted(rooms: Callable[[Actor], Room]) -> None:
    room = rooms(STORE_MANAGER)
    several(room)
    assert {one.id for one in loose(room.desk)} == {"<a@x>", "f1"}
    assert post_status(room.desk).unmatched == len(loose(room.desk))


@pytest.mark.parametrize("keys", [[], ["enter"]], ids=["list", "question"])
@pytest.mark.parametrize(
    ("size", "theme"),
    [((80, 24), DEFAULT), ((200, 60), DEFAULT), ((80, 24), SIXTEEN)],
    ids=["80x24", "200x60", "16-colours"],
)
def test_pictures(
    rooms: Callable[[Actor], Room],
    snap_compare: Compare,
    keys: list[str],
    size: tuple[int, int],
    theme: str,
) -> None:
    room = rooms(STORE_MANAGER)
    several(room)
    app = room.app(lambda: letters(room), theme)

    async def run(pilot: object) -> None:
        await settled(pilot)  # type: ignore[arg-type]  # the plugin passes a pilot of our app
        await press(pilot, *keys)  # type: ignore[arg-type]  # as above
        await pass_time(room, pilot, 1)  # type: ignore[arg-type]  # as above

    assert snap_compare(app, terminal_size=size, run_before=run)
