"""Who asks: a device that was let in, with a token of its own and a signature over the request."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from hallterm.hub.intake import SENT
from hallterm.hub.problems import ProblemError
from hallterm.hub.registry import Device
from hallterm.hub.services import Services
from hallterm.joining import PROTOCOL, PROTOCOL_HEADER
from hallterm.proofs import PROOF_HEADER, holds, request_message

_bearer = HTTPBearer(auto_error=False, description="The access token from /v1/enrol or /v1/token")


async def services(request: Request) -> Services:
    """Return what the endpoints share."""
    found = request.app.state.services
    assert isinstance(found, Services)  # noqa: S101 - put there by create_app
    return found


Hub = Annotated[Services, Depends(services)]


async def speaks(
    version: Annotated[str, Header(alias=PROTOCOL_HEADER, max_length=8)] = str(PROTOCOL),
) -> None:
    """Turn away what speaks another protocol.

    Raises:
        ProblemError: 426.
    """
    if version != str(PROTOCOL):
        raise ProblemError(426, "protocol", {"protocol": PROTOCOL})


@dataclass(frozen=True, slots=True)
class Asking:
    """A genuine device; its token may have ended, and it may have been revoked."""

    device: Device
    ended: bool


async def genuine(
    request: Request,
    hub: Hub,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    proof: Annotated[
        str,
        Header(
            alias=PROOF_HEADER,
            max_length=128,
            description="Ed25519 signature of the device over method, target, token and body",
        ),
    ] = "",
) -> Asking:
    """Return the device that signed the request.

    Raises:
        ProblemError: 401; 403 for a device of a hall that this home does not order.
    """
    if bearer is None:
        raise ProblemError(401, "token_missing")
    token = hub.mint.read(bearer.credentials, "access")
    device = hub.device(token.device) if token else None
    if token is None or device is None or token.family != device.family:
        raise ProblemError(401, "token_wrong")
    message = request_message(
        request.method, target(request), bearer.credentials, request.scope[SENT]
    )
    if not holds(device.public_key, message, proof):
        raise ProblemError(401, "proof_wrong")
    if hub.hall and device.hall != hub.hall:
        raise ProblemError(403, "stream_unknown")
    hub.shown(device, token.generation)
    return Asking(device, token.expires_ms <= hub.now_ms())


async def let_in(asking: Annotated[Asking, Depends(genuine)]) -> Device:
    """Return the device if it may be dealt with.

    Raises:
        ProblemError: 401 when its token has ended, 403 when it was revoked.
    """
    if asking.device.revoked_ms is not None:
        raise ProblemError(403, "device_revoked")
    if asking.ended:
        raise ProblemError(401, "token_ended")
    return asking.device


def target(request: Request) -> str:
    """Return path and query as they were sent."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string") or b""
    return (path + b"?" + query if query else path).decode("latin-1")


LetIn = Annotated[Device, Depends(let_in)]
Genuine = Annotated[Asking, Depends(genuine)]
