"""Who is let in, and who isn't."""

import asyncio
import json

import httpx
import pytest

from hallterm.hub import registry
from hallterm.hub.aside import kept_aside
from hallterm.hub.services import Services
from hallterm.hub.tries import MOST_OF_ONE, WINDOW_MS
from hallterm.joining import ACCESS_SECONDS, CODE_SECONDS, Tokens, new_code
from hallterm.proofs import PROOF_HEADER, new_private_key, public_key
from hallterm.store.hub_tables import HubDeviceRow
from hallterm.store.tables import table_of
from tests.hub.conftest import Clock
from tests.hub.fakes import HALL, MemoryHome
from tests.hub.terminals import Terminal, make_code
from tests.hub.test_sync import STREAM, problem, until
from tests.hub.test_sync import listening as waiting_for_news

PULL = f"/v1/pull?stream={STREAM}&after=0"


async def test_a_code_lets_one_terminal_in_once(hub: Services, client: httpx.AsyncClient) -> None:
    secret = await make_code(hub)
    first = Terminal(client)
    enrolled = await first.join(secret)
    assert (enrolled.device, enrolled.hall) == ("窗口-1", HALL)
    assert enrolled.streams == ["company", STREAM]
    again = await first.join(secret)
    assert again.device == enrolled.device, "the answer was lost on its way"
    other = Terminal(client)
    assert problem(await other.ask_to_join(secret), 401).code == "code_wrong"
    assert (await first.get(PULL)).status_code == 200


async def test_a_code_holds_ten_minutes(
    hub: Services, client: httpx.AsyncClient, hub_clock: Clock
) -> None:
    secret = await make_code(hub)
    hub_clock.ms += CODE_SECONDS * 1000
    assert problem(await Terminal(client).ask_to_join(secret), 401).code == "code_wrong"


async def test_codes_are_not_guessed(
    hub: Services, client: httpx.AsyncClient, hub_clock: Clock
) -> None:
    secret = await make_code(hub)
    guesser = Terminal(client)
    for _ in range(MOST_OF_ONE):
        answer = await guesser.ask_to_join(new_code(b"").secret)
        assert problem(answer, 401).code == "code_wrong"
        hub_clock.ms += 1000
    refused = await guesser.ask_to_join(secret)
    assert problem(refused, 429).code == "too_many_tries"
    assert int(refused.headers["Retry-After"]) == WINDOW_MS / 1000 - MOST_OF_ONE
    hub_clock.ms += WINDOW_MS
    assert problem(await guesser.ask_to_join(secret), 401).code == "code_wrong", "it has ended"
    assert (await guesser.ask_to_join(await make_code(hub))).status_code == 200


async def test_two_terminals_of_one_name_get_two(hub: Services, client: httpx.AsyncClient) -> None:
    joined = [
        await Terminal(client).join(await make_code(hub), wanted)
        for wanted in ("desk", "desk", "x" * 40, "x" * 40, "1001")
    ]
    names = [one.device for one in joined]
    assert len({one.lane for one in joined}) == len(joined)
    assert names[:2] == ["desk", "desk-2"]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)
    assert names[-1] == "terminal-1001", "nobody is called like a person of the staff"


async def test_a_key_that_somebody_else_has_is_not_enrolled(
    hub: Services, client: httpx.AsyncClient
) -> None:
    secret = await make_code(hub)
    honest = Terminal(client)
    answer = await honest.ask_to_join(secret)
    sent = json.loads(answer.request.content) | {"public_key": public_key(new_private_key())}
    assert problem(await client.post("/v1/enrol", json=sent), 401).code == "proof_wrong"


async def test_tokens_end_and_are_renewed(terminal: Terminal, hub_clock: Clock) -> None:
    hub_clock.ms += ACCESS_SECONDS * 1000
    assert problem(await terminal.get(PULL), 401).code == "token_ended"
    tokens = Tokens.model_validate_json((await terminal.ask_for_tokens()).content)
    terminal.access = tokens.access
    assert (await terminal.get(PULL)).status_code == 200


async def test_an_answer_with_tokens_may_be_lost(terminal: Terminal) -> None:
    first = Tokens.model_validate_json((await terminal.ask_for_tokens()).content)
    again = Tokens.model_validate_json((await terminal.ask_for_tokens()).content)
    assert again.refresh == first.refresh


async def test_a_copied_refresh_token_ends_the_whole_line(
    terminal: Terminal, hub: Services
) -> None:
    stolen = terminal.refresh
    tokens = Tokens.model_validate_json((await terminal.ask_for_tokens()).content)
    terminal.access, terminal.refresh = tokens.access, tokens.refresh
    assert (await terminal.get(PULL)).status_code == 200
    await hub.write(lambda _: None)  # what the first use left to write is written
    assert problem(await terminal.ask_for_tokens(stolen), 403).code == "device_revoked"
    assert problem(await terminal.get(PULL), 403).code == "device_revoked"
    assert problem(await terminal.ask_for_tokens(), 403).code == "device_revoked"
    device = hub.device(terminal.device)
    assert device is not None
    assert device.revoked_why == "token_reused"


async def test_a_token_is_worth_nothing_without_the_devices_key(
    hub: Services, client: httpx.AsyncClient, terminal: Terminal
) -> None:
    thief = Terminal(client)
    await thief.join(await make_code(hub), "thief")
    thief.access, thief.refresh = terminal.access, terminal.refresh
    assert problem(await thief.get(PULL), 401).code == "proof_wrong"
    thief.device = terminal.device
    assert problem(await thief.ask_for_tokens(), 401).code == "proof_wrong"


async def test_a_signature_holds_for_one_request(terminal: Terminal, home: MemoryHome) -> None:
    await terminal.push(terminal.envelopes())
    request = terminal.request("GET", PULL)
    other = terminal.request("GET", f"{PULL}&most=1")
    other.headers[PROOF_HEADER] = request.headers[PROOF_HEADER]
    assert problem(await terminal.client.send(other), 401).code == "proof_wrong"
    assert home.heads() == {STREAM: 1}


@pytest.mark.parametrize("token", ["", "x", "a.b", "码.码", "." * 300, "e30.e30"])
async def test_made_up_tokens(terminal: Terminal, token: str) -> None:
    header = {b"Authorization": f"Bearer {token}".encode(), PROOF_HEADER.encode(): b"x"}
    answer = await terminal.client.get(PULL, headers=header)
    assert problem(answer, 401).code in {"token_missing", "token_wrong"}


async def test_a_refresh_token_opens_nothing_else(terminal: Terminal) -> None:
    terminal.access = terminal.refresh
    assert problem(await terminal.get(PULL), 401).code == "token_wrong"
    terminal.refresh = "x"
    assert problem(await terminal.ask_for_tokens(), 401).code == "token_wrong"


async def test_halls_are_kept_apart(
    hub: Services, client: httpx.AsyncClient, terminal: Terminal
) -> None:
    await terminal.push(terminal.envelopes())
    stranger = Terminal(client)
    enrolled = await stranger.join(await make_code(hub, "west"), "stranger")
    assert enrolled.streams == ["company", "hall:west"]
    seen = await stranger.get(f"/v1/pull?stream={STREAM}&after=0")
    none = await stranger.get("/v1/pull?stream=hall:nowhere&after=0")
    assert problem(seen, 403).code == "stream_unknown"
    assert seen.content == none.content, "it can't even be told from one that isn't there"
    assert problem(await stranger.get(f"/v1/news?seen={STREAM}@0"), 403).code == "stream_unknown"
    assert STREAM not in (await stranger.get("/v1/news")).text
    as_other = stranger.envelopes(device=terminal.device)
    assert problem(await stranger.push(as_other), 403).code == "device_other"


async def test_a_revoked_terminal_gets_nothing_and_its_work_is_kept_aside(
    terminal: Terminal, hub: Services, home: MemoryHome, hub_clock: Clock
) -> None:
    await terminal.push(terminal.envelopes())
    await hub.write(lambda c: registry.revoke(c, terminal.device, "by_hand", 1))
    for path in (PULL, "/v1/news", "/v1/events"):
        assert problem(await terminal.get(path), 403).code == "device_revoked"
    assert problem(await terminal.ask_for_tokens(), 403).code == "device_revoked"
    commands = terminal.envelopes(2)
    for _ in range(2):
        answer = problem(await terminal.push(commands), 403)
        assert (answer.code, answer.expected) == ("device_revoked", {"kept_aside": 2})
    hub_clock.ms += ACCESS_SECONDS * 1000
    assert problem(await terminal.push(commands), 403).code == "device_revoked", "token or not"
    assert home.heads() == {STREAM: 1}
    kept = await hub.write(lambda c: list(kept_aside(c)))
    assert [one.envelope for one in kept] == commands


async def test_nobody_else_s_key_is_kept(hub: Services, terminal: Terminal) -> None:
    rows = await hub.write(lambda c: c.execute(table_of(HubDeviceRow).select()).all())
    assert terminal.private not in str(rows)
    terminal.private = new_private_key()
    assert problem(await terminal.get(PULL), 401).code == "proof_wrong"


async def test_the_authority_is_told_to_everybody(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/authority")).json() == {"certificate": "PEM"}


async def test_who_listens_hears_nothing_more_once_revoked(
    terminal: Terminal, hub: Services, client: httpx.AsyncClient
) -> None:
    other = Terminal(client)
    await other.join(await make_code(hub), "other")
    listening = asyncio.create_task(terminal.get("/v1/events"))
    pulling = asyncio.create_task(terminal.get(f"{PULL}&wait=20"))
    await until(lambda: waiting_for_news(hub) == 2)
    await hub.write(lambda c: registry.revoke(c, terminal.device, "by_hand", 1))
    await other.push(other.envelopes())
    assert problem(await pulling, 403).code == "device_revoked"
    told = (await listening).text
    assert f'"{STREAM}": 0' in told
    assert f'"{STREAM}": 1' not in told
