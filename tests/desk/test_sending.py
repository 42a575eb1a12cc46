"""The spool: nothing is lost, nothing goes out twice, and people see what waits."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hallterm.clock import ManualClock
from hallterm.configuration.mail_target import MailServer
from hallterm.desk.desk import Desk
from hallterm.desk.post_status import post_status
from hallterm.desk.sending import LONGEST_PAUSE, Round, pause, send_round, settle
from hallterm.mail.account import Account
from hallterm.mail.carriers import FolderCarrier, Parcel, ServerCarrier
from hallterm.mail.smtp import Outcome, Sending
from hallterm.store.connection import writing
from hallterm.store.log import to_ms
from hallterm.store.post import spool
from hallterm.store.post.spool import LetterState, LostLeaseError
from tests.mail.letters import SENDER
from tests.support.certificates import HOST
from tests.support.hall import copy_store, enter
from tests.support.letters import letter_rows, put_letters, states
from tests.support.rulebook import MORNING, STORE_MANAGER
from tests.support.smtp_server import PostOffice, smtp_server

QUICK = 0.3
BEYOND_LEASE = timedelta(milliseconds=spool.LEASE_MS + 1).total_seconds()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """Return a mail server."""
    with smtp_server() as office:
        yield office


def carrier(office: PostOffice) -> ServerCarrier:
    return ServerCarrier(Account(MailServer(HOST, office.port, "plain"), patience=QUICK), SENDER)


def top() -> float:
    return 0.999


def test_letters_go_out_and_are_not_sent_again(desk: Desk, office: PostOffice) -> None:
    put_letters(desk, 3)
    assert post_status(desk).waiting == 3
    assert send_round(desk, carrier(office)) == Round(sent=3)
    assert send_round(desk, carrier(office)) == Round()
    assert len(office.arrived) == 3
    assert states(desk) == [LetterState.SENT] * 3
    assert post_status(desk).oldest is None


def test_a_server_that_is_down_is_tried_again_later_and_later(
    desk: Desk, clock: ManualClock, office: PostOffice
) -> None:
    put_letters(desk)
    office.recipient_answer = "450 greylisted"
    pauses = []
    for _ in range(9):
        assert send_round(desk, carrier(office), top) == Round(postponed=1)
        assert send_round(desk, carrier(office), top) == Round()
        row = letter_rows(desk)["l0"]
        assert "greylisted" in row.said
        pauses.append(row.due_ms - to_ms(clock.now()))
        clock.advance(pauses[-1] / 1000)
    assert pauses == sorted(pauses)
    assert pauses[-1] <= LONGEST_PAUSE / timedelta(milliseconds=1)
    office.recipient_answer = "250 OK"
    assert send_round(desk, carrier(office)) == Round(sent=1)
    assert len(office.arrived) == 1


def test_a_refusal_is_for_people_and_can_be_sent_again(desk: Desk, office: PostOffice) -> None:
    put_letters(desk)
    office.recipient_answer = "550 no such user"
    assert send_round(desk, carrier(office)) == Round(refused=1)
    assert post_status(desk).asking == 1
    office.recipient_answer = "250 OK"
    assert send_round(desk, carrier(office)) == Round()
    assert settle(desk, STORE_MANAGER, "l0", arrived=False)
    assert send_round(desk, carrier(office)) == Round(sent=1)


def test_a_server_that_dies_after_the_text_gets_the_letter_once(
    desk: Desk, clock: ManualClock, office: PostOffice
) -> None:
    put_letters(desk)
    office.dies_after_text = True
    assert send_round(desk, carrier(office)) == Round(uncertain=1)
    office.dies_after_text = False
    clock.advance(10 * BEYOND_LEASE)
    assert send_round(desk, carrier(office)) == Round()
    assert len(office.arrived) == 1
    assert post_status(desk).asking == 1
    assert settle(desk, STORE_MANAGER, "l0", arrived=True)
    assert not settle(desk, STORE_MANAGER, "l0", arrived=False)
    assert states(desk) == [LetterState.SENT]
    assert letter_rows(desk)["l0"].said == f"{STORE_MANAGER.staff_id} 说已收到"


def test_a_letter_seen_in_a_mailbox_has_arrived(desk: Desk, office: PostOffice) -> None:
    put_letters(desk)
    office.dies_after_text = True
    send_round(desk, carrier(office))
    with writing(desk.connection) as connection:
        now = to_ms(desk.clock.now())
        assert spool.arrived(connection, "<l0@hallterm.localhost>", now) == "form_forwarded"
        assert spool.arrived(connection, "<other@host>", now) is None
    assert states(desk) == [LetterState.SENT]


def test_a_restart_loses_nothing(store: Path, clock: ManualClock, office: PostOffice) -> None:
    desk = enter(store, clock)
    put_letters(desk, 2)
    desk.close()
    desk = enter(store, clock)
    assert send_round(desk, carrier(office)) == Round(sent=2)
    desk.close()


def test_the_same_letter_is_put_in_once(desk: Desk) -> None:
    put_letters(desk)
    put_letters(desk, message=b"another text")
    assert letter_rows(desk).keys() == {"l0"}
    with writing(desk.connection) as connection:
        taken = spool.take(connection, to_ms(desk.clock.now()), "me")
    assert taken is not None
    assert taken.message != b"another text"


def test_two_processes_never_hold_the_same_letter(store: Path, clock: ManualClock) -> None:
    one, other = enter(store, clock), enter(store, clock, device="other")
    put_letters(one)
    now = to_ms(clock.now())
    with writing(one.connection) as connection:
        held = spool.take(connection, now, "one")
    with writing(other.connection) as connection:
        assert spool.take(connection, now, "other") is None
    assert held is not None
    # The first one sleeps beyond its lease; the other takes over; the first must not send.
    clock.advance(BEYOND_LEASE)
    with writing(other.connection) as connection:
        spool.recover(connection, to_ms(clock.now()))
        assert spool.take(connection, to_ms(clock.now()), "other") is not None
    with pytest.raises(LostLeaseError), writing(one.connection) as connection:
        spool.giving(connection, held, to_ms(clock.now()))
    one.close()
    other.close()


def test_without_a_server_letters_lie_in_a_folder(desk: Desk, tmp_path: Path) -> None:
    put_letters(desk, 2)
    assert send_round(desk, FolderCarrier(tmp_path / "out")) == Round(filed=2)
    assert len(list((tmp_path / "out").glob("*.eml"))) == 2
    assert states(desk) == [LetterState.FILED] * 2


@given(st.integers(0, 1000), st.floats(0, 1, exclude_max=True))
def test_pauses_are_spread_and_have_a_limit(attempts: int, chance: float) -> None:
    assert timedelta(seconds=1) <= pause(attempts, lambda: chance) <= LONGEST_PAUSE


class KilledError(BaseException):
    """The process is gone."""


class Fate:
    """Carries letters as a list of fates says; counts what reached the recipient."""

    files = False

    def __init__(self, fates: list[str]) -> None:
        self.fates = fates
        self.delivered: Counter[str] = Counter()

    def carry(self, parcel: Parcel, before_text: Callable[[], None]) -> Sending:
        """Let the next fate happen; when there are none left, all goes well."""
        fate = self.fates.pop(0) if self.fates else "well"
        if fate == "killed before":
            raise KilledError
        if fate in {"down", "refused"}:
            return Sending(Outcome.LATER if fate == "down" else Outcome.REFUSED)
        before_text()
        if fate != "lost before it was taken":
            self.delivered[parcel.id] += 1
        if fate.startswith("killed"):
            raise KilledError
        if fate.startswith("lost"):
            return Sending(Outcome.UNCERTAIN)
        return Sending(Outcome.SENT)


FATES = (
    *("well", "down", "refused", "killed before", "killed after it was taken"),
    *("lost after it was taken", "lost before it was taken"),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(FATES), max_size=12), st.integers(1, 4))
def test_whatever_happens_nothing_is_lost_and_nothing_goes_out_twice(
    founded_store: Path, fates: list[str], count: int
) -> None:
    folder = Path(tempfile.mkdtemp())
    clock = ManualClock(MORNING)
    path = copy_store(founded_store, folder)
    fate = Fate(list(fates))
    desk = enter(path, clock)
    ids = put_letters(desk, count)
    for _ in range(len(fates) + count + 2):
        try:
            send_round(desk, fate)
        except KilledError:
            desk.close()
            desk = enter(path, clock)
        clock.advance(max(BEYOND_LEASE, LONGEST_PAUSE.total_seconds()))
    rows = letter_rows(desk)
    desk.close()
    shutil.rmtree(folder)
    assert rows.keys() == set(ids)
    assert all(fate.delivered[one] <= 1 for one in ids)
    for one in ids:
        match rows[one].state:
            case LetterState.SENT:
                assert fate.delivered[one] == 1
            case LetterState.REFUSED:
                assert fate.delivered[one] == 0
            case state:
                assert state == LetterState.UNCERTAIN
