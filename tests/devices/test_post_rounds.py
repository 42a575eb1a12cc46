"""Rounds of the post beside an open terminal."""

import os
import threading
import time
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.configuration.mail_target import MailFolder, MailServer
from hallterm.desk.desk import Desk
from hallterm.desk.post_status import post_status, received
from hallterm.devices.post_rounds import PostRound, nothing_to_do, round_once
from hallterm.devices.post_thread import PostThread
from hallterm.devices.post_watch import PostWatch
from hallterm.domain.request.words import Proof
from hallterm.mail.account import PasswordFileError
from hallterm.settings import PostSettings
from hallterm.store.post.evidence import Verdict
from tests.support.form_desk import OFFICES, request, to_hall
from tests.support.hall import KEY, enter


def settings(folder: Path, **changed: object) -> PostSettings:
    usual = PostSettings.below(folder)
    values = {name: getattr(usual, name) for name in PostSettings.__dataclass_fields__}
    return PostSettings(**{**values, **changed})


def test_a_round_writes_sends_faxes_and_collects(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    inbox = MailFolder(tmp_path / "outbox")
    PostRound(settings(tmp_path, mail_in=inbox), OFFICES).do(desk)
    assert post_status(desk).quiet
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 4
    assert len(list((tmp_path / "fax-out").glob("*.tif"))) == 1
    desk.refresh()
    form = request(desk).form
    assert form is not None
    assert form.proof(Proof.MAIL) is not None


def test_a_hall_without_requests_and_without_a_mailbox_is_left_alone(
    store: Path, clock: ManualClock, tmp_path: Path
) -> None:
    inbox = MailFolder(tmp_path / "inbox")
    usual = settings(tmp_path)
    assert nothing_to_do(store, KEY, usual)
    assert not nothing_to_do(store, KEY, settings(tmp_path, mail_in=inbox))
    assert not nothing_to_do(store, "cd" * 32, usual), "the round tells that the key is wrong"
    desk = enter(store, clock)
    to_hall(desk)
    desk.close()
    assert not nothing_to_do(store, KEY, usual)


def test_without_a_password_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    server = MailServer("mail.invalid", 587, "starttls", "hall")
    with pytest.raises(PasswordFileError):
        PostRound(settings(tmp_path, mail_out=server), OFFICES).do(desk)
    assert post_status(desk).waiting == 4


def test_the_thread_works_beside_the_terminal_and_ends_with_it(
    store: Path, clock: ManualClock, tmp_path: Path
) -> None:
    desk = enter(store, clock)
    to_hall(desk)
    done = threading.Event()

    def work() -> str:
        trouble = round_once(lambda: enter(store, clock), PostRound(settings(tmp_path), OFFICES))
        done.set()
        return trouble

    thread = PostThread(work)
    thread.start(first_after=0)
    assert done.wait(30)
    thread.stop(30)
    assert post_status(desk).quiet
    desk.close()


def test_a_fault_is_told_once_and_ends_no_thread(caplog: pytest.LogCaptureFixture) -> None:
    rounds = threading.Semaphore(0)

    def work() -> str:
        rounds.release()
        return "PasswordFileError: exposed"

    thread = PostThread(work, every=0.01)
    thread.start(first_after=0)
    assert all(rounds.acquire(timeout=30) for _ in range(3))
    thread.stop(30)
    assert [record.getMessage() for record in caplog.records].count(
        "post round: PasswordFileError: exposed"
    ) == 1


def test_a_round_says_what_kept_it_from_ending(
    store: Path, clock: ManualClock, tmp_path: Path
) -> None:
    server = MailServer("mail.invalid", 587, "starttls", "hall")
    post = PostRound(settings(tmp_path, mail_out=server), OFFICES)
    assert round_once(lambda: enter(store, clock), post) == "PasswordFileError: missing"
    post = PostRound(settings(tmp_path), OFFICES)
    assert round_once(lambda: enter(store, clock), post) == ""


def test_a_fax_that_comes_into_the_folder_is_taken_once_it_is_whole(
    desk: Desk, tmp_path: Path
) -> None:
    to_hall(desk)
    usual = settings(tmp_path)
    post = PostRound(usual, OFFICES)
    post.do(desk)
    (page,) = usual.fax_out.glob("*.tif")
    usual.fax_in.mkdir()
    arrived = usual.fax_in / "0001.TIF"
    arrived.write_bytes(page.read_bytes())
    (usual.fax_in / "notes.txt").write_text("no page")
    broken = usual.fax_in / "0002.tif"
    broken.write_bytes(b"II*\0 cut off")
    post.do(desk)
    assert received(desk, "fax") == [], "the fax server may still be writing"
    for path in (arrived, broken):
        os.utime(path, (time.time() - 60, time.time() - 60))
    post.do(desk)
    (taken,) = received(desk, "fax")
    assert (taken.verdict, taken.reported) == (Verdict.GENUINE, True)
    desk.refresh()
    form = request(desk).form
    assert form is not None
    assert form.proof(Proof.FAX) is not None
    assert {name for name, _size, _time in post.pages} == {"0001.TIF", "0002.tif"}
    post.do(desk)
    assert len(received(desk, "fax")) == 1


def test_the_round_tells_what_it_left(desk: Desk, tmp_path: Path) -> None:
    to_hall(desk)
    watch = PostWatch()
    server = MailServer("mail.invalid", 587, "starttls", "hall")
    post = PostRound(settings(tmp_path, mail_out=server), OFFICES)
    desk.close = lambda: None  # type: ignore[method-assign]  # the fixture closes it
    trouble = round_once(lambda: desk, post, watch)
    assert trouble.startswith("PasswordFileError")
    status, failing = watch.seen()
    assert (status.waiting, failing) == (4, True)
    assert round_once(lambda: desk, PostRound(settings(tmp_path), OFFICES), watch) == ""
    assert watch.seen() == (post_status(desk), False)
    assert watch.seen()[0].quiet
