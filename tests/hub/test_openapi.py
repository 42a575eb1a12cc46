"""Requests made up from the hub's own description: 4xx at worst, and nothing has changed."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from hallterm.hub.app import create_app
from hallterm.hub.services import Services
from hallterm.wire import Problem
from tests.hub.fakes import MemoryHome
from tests.hub.terminals import Terminal

EXAMPLES = 30


def described() -> dict[str, Any]:
    """Return the description; no hub is opened for it."""
    nowhere = Path("/nowhere")
    return create_app(Services(MemoryHome().opening(nowhere), "", nowhere)).openapi()


SCHEMA = described()
OPERATIONS = [
    (path, method) for path, item in SCHEMA["paths"].items() for method in item if method != "head"
]
LOADED = schemathesis.openapi.from_dict(SCHEMA)


def cases(path: str, method: str) -> st.SearchStrategy[Any]:
    """Return requests of one operation: those that fit its description, and those that don't."""
    operation = LOADED[path][method.upper()]
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])


def test_everything_is_described() -> None:
    assert set(OPERATIONS) == {
        ("/v1/push", "post"),
        ("/v1/pull", "get"),
        ("/v1/news", "get"),
        ("/v1/events", "get"),
        ("/v1/authority", "get"),
        ("/v1/enrol", "post"),
        ("/v1/token", "post"),
        ("/v1/snapshot", "get"),
        ("/v1/snapshot/{name}/{piece}", "get"),
        ("/v1/digests", "get"),
        ("/v1/health", "get"),
        ("/metrics", "get"),
    }
    text = json.dumps(SCHEMA)
    for name in ("Push", "Envelope", "Facts", "Problem", "Enrolled"):
        assert name in SCHEMA["components"]["schemas"]
    assert "HTTPValidationError" not in text, "what is not as described is told as a Problem"


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@pytest.mark.parametrize("known", [False, True])
async def test_made_up_requests(
    hub: Services,
    home: MemoryHome,
    terminal: Terminal,
    path: str,
    method: str,
    known: bool,  # noqa: FBT001 - parametrized
) -> None:
    await terminal.get("/v1/news")
    await hub.write(lambda _: None)  # what the first use of its tokens left to write is written
    hub.board.close()  # nobody waits for news here
    documented = SCHEMA["paths"][path][method]["responses"]
    devices = dict(hub._devices)

    @given(case=cases(path, method))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    async def ask(case: Any) -> None:  # noqa: ANN401 - schemathesis' own
        request = request_of(case, terminal, known=known)
        if request is None:
            return
        answer = await terminal.client.send(request)
        assert answer.status_code < 500, (answer.status_code, answer.text, request.url)
        allowed = {*documented, "404", "405"}
        assert str(answer.status_code) in allowed, (answer.status_code, answer.text)
        if answer.status_code >= 400:
            Problem.model_validate_json(answer.content)

    await run(ask)
    assert home.heads() == {}
    assert hub._devices == devices


async def run(ask: Any) -> None:  # noqa: ANN401 - what `given` makes
    """Run a property inside the loop that is running."""
    inner = ask.hypothesis.inner_test
    examples: list[Any] = []

    def collect(case: Any) -> None:  # noqa: ANN401 - see above
        examples.append(case)

    ask.hypothesis.inner_test = collect
    ask()
    for case in examples:
        await inner(case)


def request_of(case: Any, terminal: Terminal, *, known: bool) -> httpx.Request | None:  # noqa: ANN401
    """Return a made-up request, signed by the terminal when it is a known one."""
    told = case.as_transport_kwargs(base_url="http://hub")
    body = told.get("data") or b""
    if "json" in told:
        body = json.dumps(told["json"]).encode()
    if isinstance(body, str):
        body = body.encode()
    if not isinstance(body, bytes):
        return None
    headers = {k: v for k, v in dict(told.get("headers") or {}).items() if isinstance(v, str)}
    query = {k: v for k, v in dict(told.get("params") or {}).items() if v is not None}
    try:
        url = httpx.URL(told["url"], params=query or None)
        made = terminal.client.build_request(told["method"], url, content=body)
        made.headers.update({k: v for k, v in headers.items() if k.lower() != "content-length"})
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
        return None  # no client could send it
    made.headers.setdefault("content-type", "application/json")
    if known:
        target = made.url.raw_path.decode("ascii")
        signed = terminal.request(made.method, target, body)
        for name in ("authorization", "hallterm-proof"):
            made.headers[name] = signed.headers[name]
    return made
