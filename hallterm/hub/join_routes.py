"""How terminals come in and stay in: authority, enrolment, tokens."""

from fastapi import APIRouter, Depends, Request

from hallterm.hub import registry
from hallterm.hub.guard import Hub, speaks
from hallterm.hub.problems import ProblemError
from hallterm.hub.registry import Device
from hallterm.hub.services import Services, refuse_too_many
from hallterm.hub.sync_routes import ERRORS
from hallterm.joining import Authority, Enrolled, EnrolRequest, TokenRequest, Tokens
from hallterm.proofs import enrol_message, holds, is_public_key, token_message

router = APIRouter(prefix="/v1", dependencies=[Depends(speaks)], responses=ERRORS, tags=["join"])


@router.get("/authority")
async def authority(hub: Hub) -> Authority:
    """Return the certificate that an enrolment code's fingerprint is of. No secret."""
    return Authority(certificate=hub.certificate)


@router.post("/enrol")
async def enrol(wanted: EnrolRequest, request: Request, hub: Hub) -> Enrolled:
    """Let a terminal in by a code. Asking again with the same code and key gives the same."""
    who, now = request.client.host if request.client else "", hub.now_ms()
    refuse_too_many(hub.tries, who, now)
    name = "".join(sign for sign in wanted.device if sign.isprintable()).strip() or "terminal"
    message = enrol_message(wanted.secret, wanted.device)
    if not is_public_key(wanted.public_key) or not holds(wanted.public_key, message, wanted.proof):
        raise ProblemError(401, "proof_wrong")
    device = await hub.write(
        lambda c: registry.enrol(c, wanted.secret, name, wanted.public_key, now)
    )
    if device is None:
        hub.tries.wrong(who, now)
        raise ProblemError(401, "code_wrong")
    if device.revoked_ms is not None:
        raise ProblemError(403, "device_revoked")
    return Enrolled(
        device=device.id,
        hall=device.hall,
        lane=device.lane,
        streams=list(device.streams),
        epoch=hub.epoch,
        tokens=_tokens(hub, device),
    )


@router.post("/token")
async def token(wanted: TokenRequest, hub: Hub) -> Tokens:
    """Exchange a refresh token for the next pair."""
    read = hub.mint.read(wanted.refresh, "refresh")
    device = hub.device(wanted.device) if read and read.device == wanted.device else None
    if read is None or device is None:
        raise ProblemError(401, "token_wrong")
    message = token_message(wanted.device, wanted.refresh)
    if not holds(device.public_key, message, wanted.proof):
        raise ProblemError(401, "proof_wrong")
    now = hub.now_ms()
    device = await hub.write(lambda c: registry.rotate(c, read, now))
    if device is None:
        raise ProblemError(401, "token_wrong")
    if device.revoked_ms is not None:
        raise ProblemError(403, "device_revoked")
    return _tokens(hub, device)


def _tokens(hub: Services, device: Device) -> Tokens:
    return hub.mint.pair(device.id, device.family, device.generation, hub.now_ms())
