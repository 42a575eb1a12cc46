"""A hub looks after the post by itself, and tells whoever watches over it what waits."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from hallterm.clock import ManualClock
from hallterm.commands.hub_serve import trained
from hallterm.desk.desk import Desk
from hallterm.desk.post_status import letters
from hallterm.domain.request.words import Proof
from hallterm.forms.render import pdf_of
from hallterm.hub.app import create_app
from hallterm.hub.post_figures import PostFigures
from hallterm.hub.services import Services
from hallterm.mail.letter import compose
from hallterm.store.post.spool import LetterState
from tests.hub.conftest import NOW
from tests.hub.fakes import MemoryHome
from tests.mail.letters import letter
from tests.support.certificates import HOST, make_certificates
from tests.support.form_desk import copy_of, request, to_hall
from tests.support.hall import KEY, enter
from tests.support.imap_server import MISSING, PROGRAM, imap_server
from tests.support.letters import put_letters
from tests.support.smtp_server import PASSWORD, USER

PATIENCE = 60.0
OFFICES = '[store_manager]\nmail = ["store@example.com"]\n[hall]\nfax = "0731-88880000"\n'


def eventually(found: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    """Wait until something holds, as long as the hub lives."""
    give_up = time.monotonic() + PATIENCE
    while not found():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < give_up
        time.sleep(0.05)


def served(store: Path, folder: Path, **more: str) -> "subprocess.Popen[str]":
    """Run a hub on a store, on a free port of this machine."""
    (folder / "config").mkdir()
    (folder / "config" / "offices.toml").write_text(OFFICES, "utf-8")
    key = folder / "hall.key"
    key.write_text(KEY, "utf-8")
    key.chmod(0o600)
    return subprocess.Popen(
        [sys.executable, "-m", "hallterm", "hub", "serve", "--plain", "--listen", "127.0.0.1:0"],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "HALLTERM_CONFIG": str(folder / "config"),
            "HALLTERM_STORE": str(store),
            "HALLTERM_KEY": str(key),
            "HALLTERM_MAIL_OUT": f"folder:{folder / 'out'}",
            "HALLTERM_FAX_OUT": str(folder / "pages"),
            **more,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_hub_sends_what_is_due_and_ends_cleanly(
    store: Path, clock: ManualClock, tmp_path: Path
) -> None:
    desk = enter(store, clock)
    to_hall(desk)
    put_letters(desk, fact_seq=900, state=LetterState.UNCERTAIN)
    desk.close()
    process = served(store, tmp_path)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().rpartition("，")[2].strip()
        out, pages = tmp_path / "out", tmp_path / "pages"
        eventually(lambda: list(out.glob("*.eml")) and list(pages.glob("*.tif")), process)
        with httpx.Client(base_url=url) as client:
            eventually(lambda: client.get("/v1/health").json()["post"]["asking"], process)
            told = client.get("/metrics").text
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    desk = enter(store, clock)
    filed = [one for one in letters(desk) if one.state is LetterState.FILED]
    asking = sum(one.asks for one in letters(desk))
    desk.close()
    assert [one.office for one in filed] == ["store_manager"]
    assert len(list(out.glob("*.eml"))) == 1
    assert f"hallterm_post_asking {float(asking)}\n" in told
    assert "hallterm_post_waiting 0.0\n" in told
    assert "hallterm_post_failing 0.0\n" in told


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
def test_a_letter_in_the_mailbox_of_a_hub_confirms_its_request(
    store: Path, clock: ManualClock, tmp_path: Path
) -> None:
    desk = enter(store, clock)
    number = to_hall(desk)
    arrived = compose(letter(number=number, file=pdf_of(copy_of(desk, number))))
    desk.close()
    certificates = make_certificates(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n", "ascii")
    secret.chmod(0o600)
    with imap_server(certificates) as mailbox:
        mailbox.put(arrived)
        process = served(
            store,
            tmp_path,
            HALLTERM_MAIL_IN=f"tls://{USER}@{HOST}:{mailbox.tls_port}/INBOX",
            HALLTERM_MAIL_SECRET=str(secret),
            HALLTERM_MAIL_TRUST=str(mailbox.authority),
        )
        desk = enter(store, clock, device="looks")
        try:
            eventually(lambda: confirmed(desk), process)
            assert mailbox.seen() == 0, "the mailbox is left as it was"
        finally:
            desk.close()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
    assert process.returncode == 0


def confirmed(desk: Desk) -> bool:
    """Say whether the request has its confirmation by mail."""
    desk.refresh()
    form = request(desk).form
    return form is not None and form.proof(Proof.MAIL) is not None


async def test_figures_are_told_by_health_and_metrics(tmp_path: Path) -> None:
    figures = PostFigures(2, 1, 3, oldest_ms=NOW - 90_000, failing=True)
    home = MemoryHome().opening(tmp_path / "hub.db")
    services = Services(home, "", tmp_path / "made", lambda: NOW, post=lambda: figures)
    app = create_app(services)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=("127.0.0.1", 1)), base_url="http://hub"
        ) as client,
    ):
        health = (await client.get("/v1/health")).json()
        told = (await client.get("/metrics")).text
    assert health["status"] == "ok", "the store can be written, whatever becomes of the post"
    assert health["post"] == {"status": "failing", "waiting": 2, "asking": 1, "unmatched": 3}
    for line in (
        "waiting 2.0",
        "asking 1.0",
        "unmatched 3.0",
        "oldest_seconds 90.0",
        "failing 1.0",
    ):
        assert f"hallterm_post_{line}\n" in told


def test_what_is_practised_leaves_no_building(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLTERM_MAIL_OUT", "plain://mail.example:25")
    post = trained(tmp_path).post
    assert post.fax_out.parent == tmp_path
    assert "mail.example" not in str(post.mail_out)
    assert post.mail_in is None
