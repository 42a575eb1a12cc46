"""A hub as a process of its own over TLS, and the real home behind it."""

import asyncio
import json
import os
import signal
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from hallterm.joining import (
    Authority,
    Enrolled,
    EnrolRequest,
    certificate_bytes,
    fingerprint,
    read_code,
)
from hallterm.proofs import enrol_message, new_private_key, public_key, sign
from hallterm.wire import Facts, Pushed
from tests.commands.conftest import hall, terminal  # noqa: F401 - fixtures
from tests.commands.terminal import Terminal
from tests.hub.terminals import Terminal as Device


@contextmanager
def serving(hall: Terminal, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:  # noqa: F811
    """Run a hub on a free port of this machine; give the process and its URL."""
    process = hall.start_process("hub", "serve", "--listen", "127.0.0.1:0", *options)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert "http" in first, (first, process.stderr and process.stderr.read())
        yield process, first.rpartition("，")[2].strip()
    finally:
        process.kill()
        process.communicate()


def trusting(pem: str) -> ssl.SSLContext:
    """Trust this authority and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem)
    return context


def pinned(url: str, code: str) -> str:
    """Fetch the authority's certificate over a connection that is not trusted, and compare."""
    read = read_code(code)
    assert read is not None
    with httpx.Client(verify=False, base_url=url) as unsafe:  # noqa: S501 - compared below
        pem = Authority.model_validate_json(unsafe.get("/v1/authority").content).certificate
    assert fingerprint(certificate_bytes(pem)) == read.fingerprint
    return pem


@pytest.fixture
def ready(hall: Terminal) -> Terminal:  # noqa: F811
    assert hall.run("hub", "certs", "--name", "hub.example").code == 0
    return hall


async def joined(client: httpx.AsyncClient, code: str) -> Device:
    device = Device(client)
    read = read_code(code)
    assert read is not None
    await device.join(read.secret, "counter-1")
    return device


async def test_a_terminal_joins_and_works_over_tls(ready: Terminal) -> None:
    with serving(ready) as (process, url):
        code = ready.run("hub", "code", "--json").value["code"]
        pem = pinned(url, code)
        async with httpx.AsyncClient(verify=trusting(pem), base_url=url, timeout=20) as client:
            device = await joined(client, code)
            await works(device, ready)
            async with client.stream("GET", "/v1/events", headers=signed(device)) as events:
                lines = events.aiter_lines()
                assert await anext(lines) == "event: heads"
                process.send_signal(signal.SIGTERM)
                assert [line async for line in lines][-1] == "", "the stream ends, it isn't cut"
            process.wait(30)
        assert process.returncode == 0
        listed = ready.run("hub", "devices", "--json").value
    assert [(one["device"], one["behind"] >= 0) for one in listed] == [("counter-1", True)]


def signed(device: Device) -> dict[str, str]:
    return dict(device.request("GET", "/v1/events").headers)


async def works(device: Device, ready: Terminal) -> None:
    """Take a ticket as a machine; what nobody has signed for a person is refused, not stuck."""
    clock = int(time.time() * 1000)
    ticket = {
        "ticket_id": "t1",
        "tier": "standard",
        "businesses": [{"business_id": "payment"}],
        "arrived_at": "2026-01-01T00:00:00Z",
        "shown_at": "2026-01-01T00:00:00Z",
    }
    (first,) = device.envelopes(payload=ticket, at_ms=clock)
    (forged,) = device.envelopes(
        type="OfferBusinesses",
        stream="company",
        payload={"business_ids": ["payment"]},
        actor="0001",
        previous=first.digest,
        at_ms=clock,
    )
    answer = await device.push([first, forged])
    pushed = Pushed.model_validate_json(answer.content)
    assert pushed.device_seq == 2
    pulled = await device.get(f"/v1/pull?stream=company&after={pushed.heads['company'] - 1}")
    (fact,) = Facts.model_validate_json(pulled.content).facts
    assert fact.command_id == forged.id
    assert "signature_wrong" in json.dumps(fact.payload)
    assert "businesses_offered" not in ready.run("doctor", "--json").out


def test_whoever_is_not_the_hub_is_found_out(ready: Terminal) -> None:
    with serving(ready) as (_process, url):
        code = ready.run("hub", "code", "--json").value["code"]
        pinned(url, code)
        (ready.folder / "config" / "hub" / "authority.pem").unlink()
        assert ready.run("hub", "certs").code == 0
        other = ready.run("hub", "code", "--json").value["code"]
        with pytest.raises(AssertionError):
            pinned(url, other)
        pem = (ready.folder / "config" / "hub" / "authority.pem").read_text()
        with (
            httpx.Client(verify=trusting(pem), base_url=url) as client,
            pytest.raises(httpx.ConnectError),
        ):
            client.get("/v1/health")


def test_a_renewed_certificate_is_trusted_as_before(ready: Terminal) -> None:
    pem = (ready.folder / "config" / "hub" / "authority.pem").read_text()
    assert ready.run("hub", "certs", "--name", "other.example", "--json").value["new"] is False
    with serving(ready) as (_process, url), httpx.Client(verify=trusting(pem)) as client:
        assert client.get(f"{url}/v1/health").json()["status"] == "ok"
    for path in (ready.folder / "config" / "hub").glob("*.key"):
        assert path.stat().st_mode & 0o077 == 0


def test_secrets_and_names_are_in_no_log(ready: Terminal) -> None:
    with serving(ready, "--plain") as (process, url):
        code = ready.run("hub", "code", "--json").value["code"]
        read = read_code(code)
        assert read is not None
        private = new_private_key()
        wanted = EnrolRequest(
            secret=read.secret,
            device="王芳的终端",
            public_key=public_key(private),
            proof=sign(private, enrol_message(read.secret, "王芳的终端")),
        )
        with httpx.Client(base_url=url) as client:
            answer = client.post("/v1/enrol", json=wanted.model_dump())
            enrolled = Enrolled.model_validate_json(answer.content)
            client.post("/v1/push", content=b'{"phone": "13800138000"', headers=bad(enrolled))
            client.get("/v1/pull?stream=王芳&after=x")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
    logs = [path.read_text() for path in (ready.store.parent / "log").glob("*")]
    told = "".join([out, err, *logs])
    for secret in (read.secret, enrolled.tokens.access, enrolled.tokens.refresh, private):
        assert secret not in told
    assert "王芳" not in told
    assert "13800138000" not in told


def bad(enrolled: Enrolled) -> dict[str, str]:
    return {"Authorization": f"Bearer {enrolled.tokens.access}", "Hallterm-Proof": "x"}


@pytest.mark.parametrize(
    "options",
    [("--listen", "nowhere"), ("--listen", "127.0.0.1:x"), ("--listen", "127.0.0.1:99999")],
)
def test_an_address_that_is_none(ready: Terminal, options: tuple[str, str]) -> None:
    assert ready.run("hub", "serve", *options).code == 2


def test_without_certificates_or_a_hall_there_is_no_hub(terminal: Terminal) -> None:  # noqa: F811
    assert terminal.run("hub", "serve").code == 3
    terminal.set_up()
    ended = terminal.run("hub", "serve", "--listen", "127.0.0.1:0")
    assert ended.code == 3
    assert "hallterm hub certs" in ended.err
    plain = terminal.run("hub", "serve", "--plain", "--listen", "0.0.0.0:0")
    assert plain.code == 2


def test_a_port_in_use_is_told(ready: Terminal) -> None:
    with serving(ready) as (_process, url):
        host = url.removeprefix("https://")
        ended = ready.run("hub", "serve", "--listen", host)
        assert ended.code == 2
        assert host in ended.err


def test_a_killed_hub_goes_on_where_it_was(ready: Terminal) -> None:
    with serving(ready, "--plain") as (process, _url):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with serving(ready, "--plain") as (_process, url):
        assert httpx.get(f"{url}/v1/health").json()["status"] == "ok"
    assert ready.run("doctor").code == 0


async def test_what_a_revoked_terminal_still_sends_is_shown_and_dropped(ready: Terminal) -> None:
    with serving(ready, "--plain") as (_process, url):
        code = ready.run("hub", "code", "--json").value["code"]
        async with httpx.AsyncClient(base_url=url, timeout=20) as client:
            device = await joined(client, code)
            assert ready.run("hub", "revoke", "nobody").code == 1
            assert ready.run("hub", "revoke", "counter-1", "--json").value["revoked"]
            assert ready.run("hub", "revoke", "counter-1").code == 1, "it was"
            answer = await revoked_push(device)
            assert answer.json() == {"code": "device_revoked", "expected": {"kept_aside": 1}}
    listed = ready.run("hub", "devices").out
    assert "counter-1" in listed
    assert "已除名，另存 1 条" in listed
    (kept,) = ready.run("hub", "aside", "--json").value
    assert kept["command"]["type"] == "RecordPerson"
    for told in (ready.run("hub", "aside"), ready.run("hub", "aside", "--json")):
        assert "王芳" not in told.out, "who it is about is nobody's business here"
    assert "RecordPerson" in ready.run("hub", "aside", "--device", "counter-1").out
    assert ready.run("hub", "aside", "--drop", "counter-1", "--json").value == {"dropped": 1}
    assert ready.run("hub", "aside").out == "没有另存的操作\n"


async def revoked_push(device: Device) -> httpx.Response:
    """Push until the hub has heard that the terminal is revoked: within a second."""
    commands = device.envelopes(
        type="RecordPerson",
        stream="company",
        payload={"person_id": "p1"},
        beside={"persons": {"p1": {"name": "王芳"}}},
    )
    for _ in range(200):
        if (await device.get("/v1/news")).status_code == 403:
            break
        await asyncio.sleep(0.02)
    return await device.push(commands)


def test_a_hub_that_has_nothing_to_tell(ready: Terminal) -> None:
    assert ready.run("hub", "devices").out == "还没有终端加入\n"
    assert ready.run("hub", "aside", "--json").value == []
    assert ready.run("hub", "erasures").out == "没有删除过客户资料\n"
    assert ready.run("hub", "code").out.count("-") >= 5
    assert ready.run("hub", "devices", "--db", "/nowhere/hall.db").code == 3


async def test_which_terminals_have_erased(ready: Terminal) -> None:
    with serving(ready, "--plain") as (process, url):
        async with httpx.AsyncClient(base_url=url, timeout=20) as client:
            devices = []
            for _ in range(3):
                code = ready.run("hub", "code", "--json").value["code"]
                devices.append(await joined(client, code))
            assert ready.run("hub", "revoke", devices[2].device).code == 0
            head = erased(ready)
            answer = await devices[0].get(f"/v1/pull?stream=company&after={head}&wait=5")
            assert answer.status_code == 200, answer.text
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    (told,) = ready.run("hub", "erasures", "--json").value
    assert told["erased"] == ["counter-1"]
    assert told["waiting"] == ["counter-1-2"]
    assert told["out_of_reach"] == ["counter-1-3"]
    assert "管不到：counter-1-3" in ready.run("hub", "erasures").out


def erased(ready: Terminal) -> int:
    """Erase a customer at the hub; return the head of the company's stream then."""
    path = ready.folder / "customers.csv"
    path.write_text("姓名,手机号码\n张伟,13800131234\n", "utf-8")
    assert ready.run("customers", "import", str(path)).code == 0
    erasing = ("customers", "erase", "--phone", "13800131234", "--reason", "requested")
    assert ready.run(*erasing, "--staff", "0001", "--pin-file", str(pin(ready))).code == 0
    return int(ready.run("doctor", "--json").value["facts"]["company"])


def pin(ready: Terminal) -> Path:
    path = ready.folder / "pin"
    path.write_text("208317\n")
    path.chmod(0o600)
    return path


def test_an_empty_terminal_begins_with_all_that_the_hub_has(
    ready: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ready.take().code == 0
    other = Terminal(tmp_path / "other", capsys)
    other.folder.mkdir()
    with serving(ready) as (_process, url):
        code = ready.run("hub", "code", "--json").value["code"]
        joined_ = other.process("sync", "enrol", url, code, "--json")
        assert joined_.code == 0, joined_.err
        # Read now: at its start the hub has published the operator's files as a fact.
        facts = ready.run("doctor", "--json").value["facts"]
        assert joined_.value["begun_with"] == sum(facts.values())
        report = other.process("doctor", "--json").value
        assert report["sound"]
        assert report["facts"] == facts
        assert other.process("sync", "now", "--json").code == 0
    assert other.process("doctor").code == 0
    assert list(other.store.parent.glob(".hallterm-snapshot*")) == []
