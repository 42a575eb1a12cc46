"""A hub as a process of its own over TLS, and the real home behind it."""

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
            began = time.monotonic()
            async with client.stream("GET", "/v1/events", headers=signed(device)) as events:
                lines = events.aiter_lines()
                assert await anext(lines) == "event: heads"
                process.send_signal(signal.SIGTERM)
                assert [line async for line in lines][-1] == "", "the stream ends, it isn't cut"
            process.wait(10)
            assert time.monotonic() - began < 5
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


def test_a_device_is_revoked_once(ready: Terminal) -> None:
    assert ready.run("hub", "devices").out
    assert ready.run("hub", "revoke", "nobody").code == 1
    assert ready.run("hub", "aside", "--json").value == []
    assert ready.run("hub", "erasures", "--json").value == []
    assert Path(ready.folder / "config" / "hub" / "server.pem").exists()
