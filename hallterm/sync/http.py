"""The way to the hub over HTTPS: the hub's own authority only, every request signed."""

import asyncio
import gzip
import json
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

import httpx
from pydantic import BaseModel, ValidationError

from hallterm.joining import (
    PROTOCOL,
    PROTOCOL_HEADER,
    TIME_HEADER,
    Digests,
    News,
    SnapshotMade,
    TokenRequest,
    Tokens,
)
from hallterm.proofs import PROOF_HEADER, request_message, sign, token_message
from hallterm.store.account import HubAccount
from hallterm.sync.ports import BusyError, ShutOutError, Timed, UnreachableError
from hallterm.wire import Facts, Problem, Push, Pushed

Model = TypeVar("Model", bound=BaseModel)

_log = logging.getLogger("hallterm.sync")

WORTH_PACKING = 1024
"""Bytes of a body from which it is compressed."""
CONNECT_S = 5.0
"""For reaching the hub at all; what follows has the loop's deadline."""

Keep = Callable[[HubAccount], Awaitable[None]]
"""Writes the account with new tokens down; they are shown only after that."""


class HubTransport:
    """A `Transport` to one hub.

    keep: writes new tokens down; a refresh token is good for one exchange. None: another process
        exchanges them, here they are only used.
    """

    def __init__(self, account: HubAccount, keep: Keep | None) -> None:
        self._account, self._keep = account, keep
        self._client = client_for(account.url, account.certificate)
        self._renewing = asyncio.Lock()
        """A refresh token that is shown twice shuts the terminal out."""

    async def push(self, push: Push) -> Timed[Pushed | Problem]:
        """See `Transport`."""
        body = push.model_dump_json().encode()
        return await self._ask(Pushed, "POST", "/v1/push", body)

    async def pull(self, stream: str, after: int, most: int) -> Timed[Facts | Problem]:
        """See `Transport`."""
        query = urlencode({"stream": stream, "after": after, "most": most})
        return await self._ask(Facts, "GET", f"/v1/pull?{query}")

    async def digests(self) -> Timed[Digests | Problem]:
        """Return what the hub's tables say, and where its streams stood then."""
        return await self._ask(Digests, "GET", "/v1/digests")

    async def snapshot(self) -> SnapshotMade | Problem:
        """Let the hub make a snapshot of what this terminal follows; it takes its time."""
        return (await self._ask(SnapshotMade, "GET", "/v1/snapshot")).value

    async def piece(self, name: str) -> bytes | Problem:
        """Return a piece of a snapshot. name: its id, ``/``, and the number of the piece."""
        response = await self._answer("GET", f"/v1/snapshot/{name}")
        return response.content if response.status_code == httpx.codes.OK else _problem(response)

    async def news(self, seen: Mapping[str, int], most: int) -> Timed[News]:
        """See `Transport`."""
        places = [("seen", f"{stream}@{seq}") for stream, seq in seen.items()]
        query = urlencode([*places, ("most", str(most))])
        told = await self._ask(News, "GET", f"/v1/news?{query}")
        if isinstance(told.value, Problem):
            raise UnreachableError(told.value.code)
        return Timed(told.value, told.home_ms)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    # One request

    async def _ask(
        self, model: type[Model], method: str, target: str, body: bytes = b""
    ) -> Timed[Model | Problem]:
        response = await self._answer(method, target, body)
        home_ms = _clock_of(response)
        if response.status_code == httpx.codes.OK:
            return Timed(_read(model, response), home_ms)
        return Timed(_problem(response), home_ms)

    async def _answer(self, method: str, target: str, body: bytes = b"") -> httpx.Response:
        token = self._account.access
        response = await self._send(method, target, body)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            async with self._renewing:
                # Another question that was open at the same time may have been first.
                if self._account.access == token:
                    await self._refresh()
            response = await self._send(method, target, body)
        return response

    async def _send(self, method: str, target: str, body: bytes) -> httpx.Response:
        headers = {}
        if body:
            headers["Content-Type"] = "application/json"
        if len(body) >= WORTH_PACKING:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        headers |= self._proof(method, target, body)
        try:
            return await self._client.request(method, target, content=body, headers=headers)
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise UnreachableError(type(error).__name__) from error

    def _proof(self, method: str, target: str, body: bytes) -> dict[str, str]:
        token = self._account.access
        message = request_message(method, target, token, body)
        signed = sign(self._account.private_key, message)
        return {"Authorization": f"Bearer {token}", PROOF_HEADER: signed}

    async def _refresh(self) -> None:
        """Exchange the refresh token for new ones."""
        account, keep = self._account, self._keep
        if keep is None:
            raise UnreachableError("token")
        proof = sign(account.private_key, token_message(account.device, account.refresh))
        wanted = TokenRequest(device=account.device, refresh=account.refresh, proof=proof)
        try:
            response = await self._client.post(
                "/v1/token",
                content=wanted.model_dump_json(),
                headers={"Content-Type": "application/json"},
            )
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise UnreachableError(type(error).__name__) from error
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise ShutOutError("device_unknown")
        if response.status_code != httpx.codes.OK:
            raise UnreachableError(_problem(response).code)
        tokens = _read(Tokens, response)
        new = replace(account, access=tokens.access, refresh=tokens.refresh)
        await keep(new)
        self._account = new


def client_for(url: str, certificate: str) -> httpx.AsyncClient:
    """Return a client that believes one authority only.

    certificate: PEM; empty where the hub speaks without TLS, such as on the same machine.

    Raises:
        ValueError: the certificate can't be read.
    """
    verify: ssl.SSLContext | bool = True
    if certificate:
        try:
            verify = ssl.create_default_context(cadata=certificate)
        except ssl.SSLError as error:
            raise ValueError(str(error)) from error
    return httpx.AsyncClient(
        base_url=url,
        verify=verify,
        trust_env=False,
        follow_redirects=False,
        headers={PROTOCOL_HEADER: str(PROTOCOL)},
        timeout=httpx.Timeout(None, connect=CONNECT_S),
    )


def _clock_of(response: httpx.Response) -> int | None:
    text = response.headers.get(TIME_HEADER, "")
    return int(text) if text.isascii() and text.isdigit() else None


def _read(model: type[Model], response: httpx.Response) -> Model:
    try:
        return model.model_validate_json(response.content)
    except ValidationError as error:
        _log.error("the hub's answer can't be read: %s", error.errors(include_input=False)[:3])
        raise UnreachableError("unreadable") from error


def _problem(response: httpx.Response) -> Problem:
    """Return what the hub has against a request.

    Raises:
        BusyError, ShutOutError, UnreachableError: see `Transport`.
    """
    status = response.status_code
    try:
        problem = Problem.model_validate(json.loads(response.content))
    except (ValueError, ValidationError):
        problem = Problem(code=f"http_{status}")
    if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        raise BusyError(_retry_after(response))
    if status == httpx.codes.UPGRADE_REQUIRED:
        raise ShutOutError("too_old")
    if problem.code in ("device_revoked", "device_unknown", "device_wrong"):
        raise ShutOutError(problem.code)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.UNAUTHORIZED:
        raise UnreachableError(problem.code)
    return problem


def _retry_after(response: httpx.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(min(int(text), 3600)) if text.isascii() and text.isdigit() else 0.0
