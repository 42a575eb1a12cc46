"""Bodies that are too large, too deep, bombs or garbage end in 4xx, and nothing has changed."""

import gzip
import json
import time
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.hub.intake import DEEPEST, too_deep
from hallterm.wire import MOST_BYTES, Push
from tests.hub.fakes import MemoryHome
from tests.hub.terminals import Terminal
from tests.hub.test_sync import problem

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
)


def bomb(size: int) -> bytes:
    """Return gzip that inflates to so many spaces."""
    packer = zlib.compressobj(9, wbits=31)
    piece = b" " * (1 << 20)
    packed = b"".join(packer.compress(piece) for _ in range(size >> 20))
    return packed + packer.flush()


async def test_what_is_too_large(terminal: Terminal, home: MemoryHome) -> None:
    body = b" " * (MOST_BYTES + 1)
    assert problem(await terminal.post("/v1/push", body), 413).code == "too_large"
    assert problem(await terminal.post("/v1/enrol", body), 413).code == "too_large"
    fits = Push(epoch=1, commands=terminal.envelopes()).model_dump_json().encode()
    assert (await terminal.post("/v1/push", fits.ljust(MOST_BYTES))).status_code == 200
    assert home.rounds == [1]


async def test_a_body_of_unknown_length_is_cut_at_the_bound(terminal: Terminal) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65536
            yield b" " * 65536

    answer = await terminal.client.post("/v1/push", content=endless())
    assert problem(answer, 413).code == "too_large"
    assert sent < 2 * MOST_BYTES


async def test_a_bomb_is_not_inflated(terminal: Terminal) -> None:
    packed = bomb(512 << 20)
    assert len(packed) < MOST_BYTES
    began = time.process_time()
    answer = await terminal.post("/v1/push", packed, Content_Encoding="gzip")
    assert problem(answer, 413).code == "too_large"
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("packed", "status"),
    [
        (b"", 400),
        (b"no gzip", 400),
        (gzip.compress(b"{}")[:-1], 400),
        (gzip.compress(b"{}") + b"more", 400),
        (gzip.compress(gzip.compress(b"{}")), 422),
    ],
)
async def test_what_is_no_gzip(terminal: Terminal, packed: bytes, status: int) -> None:
    problem(await terminal.post("/v1/push", packed, Content_Encoding="gzip"), status)


async def test_other_compressions(terminal: Terminal) -> None:
    answer = await terminal.post("/v1/push", b"{}", Content_Encoding="br")
    assert problem(answer, 415).expected == {"encodings": ["gzip", "identity"]}


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1000, 400_000])
@pytest.mark.parametrize("signs", ["[]", "{}"])
async def test_what_is_too_deep(terminal: Terminal, depth: int, signs: str) -> None:
    left = signs[0] if signs == "[]" else '{"a":'
    body = (left * depth)[: MOST_BYTES // 2] + signs[1] * depth
    body = body[:MOST_BYTES]
    for path in ("/v1/push", "/v1/enrol", "/v1/token"):
        assert problem(await terminal.post(path, body.encode()), 413).code == "too_deep"


@given(VALUES)
def test_depth_is_measured_outside_of_texts(value: object) -> None:
    def depth(part: object) -> int:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        nested = isinstance(part, dict | list)
        return nested + max(map(depth, inner), default=0)

    assert too_deep(json.dumps(value).encode()) == (depth(value) > DEEPEST)


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        (json.dumps(["[" * 100]), False),
        (json.dumps([']"\\["' * 100]), False),
        ("[" * DEEPEST + "]" * DEEPEST, False),
        ('["]",' * 40 + "1" + "]" * 40, True),
        ('"' * 300_000, False),
        ('"' + '\\"' * 500_000, False),
        ("[]" * 400_000, False),
    ],
)
def test_depth_of_what_is_made_to_mislead(text: str, deep: bool) -> None:  # noqa: FBT001
    began = time.process_time()
    assert too_deep(text.encode()) == deep
    assert time.process_time() - began < 1, "no text takes long to look at"


@given(body=st.binary(max_size=200) | VALUES.map(lambda v: json.dumps(v).encode()))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_garbage_changes_nothing(terminal: Terminal, home: MemoryHome, body: bytes) -> None:
    for path in ("/v1/push", "/v1/enrol", "/v1/token"):
        answer = await terminal.post(path, body)
        assert 400 <= answer.status_code < 500, answer.text
    assert home.rounds == []


@pytest.mark.parametrize(
    "change",
    [
        {"device_seq": "1"},
        {"device_seq": 0},
        {"device_seq": True},
        {"device_seq": 1.5},
        {"stream": "other"},
        {"id": ""},
        {"more": 1},
        {"payload": []},
        {"at_ms": None},
        {"signature": "x" * 257},
        {"beside": {"notes": [{"id": 1}]}},
    ],
)
async def test_strict_to_the_letter(
    terminal: Terminal, home: MemoryHome, change: dict[str, object]
) -> None:
    told = Push(epoch=1, commands=terminal.envelopes()).model_dump(mode="json")
    told["commands"][0].update(change)
    answer = await terminal.post("/v1/push", json.dumps(told).encode())
    assert problem(answer, 422).code == "malformed"
    assert home.rounds == []


async def test_an_answer_never_repeats_what_was_sent(terminal: Terminal) -> None:
    number = "13800138000"
    for body in (f'{{"epoch": "{number}"}}', f'"{number}"', number):
        answer = await terminal.post("/v1/push", body.encode())
        assert answer.status_code == 422
        assert number not in answer.text
        answer = await terminal.client.post(
            "/v1/enrol", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 422
        assert number not in answer.text


async def test_paths_and_methods_that_are_not_there(client: httpx.AsyncClient) -> None:
    assert problem(await client.get("/v1/nothing"), 404).code == "no_such_thing"
    answer = await client.delete("/v1/push")
    assert problem(answer, 405).code == "method_wrong"
    assert answer.headers["allow"] == "POST"
