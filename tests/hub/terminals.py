"""A terminal as the hub sees it: a key, tokens, signed requests."""

import gzip
from typing import Any

import httpx

from hallterm.hub import registry
from hallterm.hub.services import Services
from hallterm.joining import Enrolled, EnrolRequest, TokenRequest, Tokens, new_code
from hallterm.proofs import (
    PROOF_HEADER,
    enrol_message,
    new_private_key,
    public_key,
    request_message,
    sign,
    token_message,
)
from hallterm.wire import Envelope, Push
from tests.hub.fakes import HALL

CERTIFICATE = b"the authority's certificate"


async def make_code(hub: Services, hall: str = HALL) -> str:
    """Let the hub give out a code; return its secret."""
    secret = new_code(CERTIFICATE).secret
    now = hub.now_ms()
    await hub.write(lambda connection: registry.keep_code(connection, secret, hall, now))
    return secret


class Terminal:
    """Makes requests as an enrolled terminal."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.private = new_private_key()
        self.device = self.access = self.refresh = ""
        self.seq = 0

    async def ask_to_join(self, secret: str, device: str = "窗口-1") -> httpx.Response:
        wanted = EnrolRequest(
            secret=secret,
            device=device,
            public_key=public_key(self.private),
            proof=sign(self.private, enrol_message(secret, device)),
        )
        return await self.client.post("/v1/enrol", json=wanted.model_dump())

    async def join(self, secret: str, device: str = "窗口-1") -> Enrolled:
        answer = await self.ask_to_join(secret, device)
        assert answer.status_code == 200, answer.text
        enrolled = Enrolled.model_validate_json(answer.content)
        self.device = enrolled.device
        self.access, self.refresh = enrolled.tokens.access, enrolled.tokens.refresh
        return enrolled

    async def ask_for_tokens(self, refresh: str | None = None) -> httpx.Response:
        shown = self.refresh if refresh is None else refresh
        proof = sign(self.private, token_message(self.device, shown))
        wanted = TokenRequest(device=self.device, refresh=shown, proof=proof)
        return await self.client.post("/v1/token", json=wanted.model_dump())

    async def renew(self) -> None:
        tokens = Tokens.model_validate_json((await self.ask_for_tokens()).content)
        self.access, self.refresh = tokens.access, tokens.refresh

    def request(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> httpx.Request:
        """Return a signed request."""
        made = self.client.build_request(method, path, content=body, headers=headers)
        target = made.url.raw_path.decode()
        proof = sign(self.private, request_message(method, target, self.access, body))
        made.headers["Authorization"] = f"Bearer {self.access}"
        made.headers[PROOF_HEADER] = proof
        return made

    async def get(self, path: str) -> httpx.Response:
        return await self.client.send(self.request("GET", path))

    async def post(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.send(self.request("POST", path, body, named))

    def envelopes(self, count: int = 1, **fields: Any) -> list[Envelope]:  # noqa: ANN401
        """Return the next commands of this terminal's chain."""
        made = []
        for _ in range(count):
            self.seq += 1
            given: dict[str, Any] = {
                "id": f"{self.device}-{self.seq}",
                "device": self.device,
                "device_seq": self.seq,
                "previous": "",
                "stream": "hall",
                "type": "TakeTicket",
                "payload": {},
                "actor": self.device,
                "at_ms": 0,
            }
            made.append(Envelope(**(given | fields)))
        return made

    async def push(
        self, commands: list[Envelope], *, epoch: int = 1, zipped: bool = False
    ) -> httpx.Response:
        # Not checked here: what no terminal of ours would send is the hub's to find.
        told = Push.model_construct(epoch=epoch, commands=commands)
        body = told.model_dump_json().encode()
        if zipped:
            return await self.post("/v1/push", gzip.compress(body), Content_Encoding="gzip")
        return await self.post("/v1/push", body)
