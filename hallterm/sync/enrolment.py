"""Joining a hub: the code is checked against the hub's authority before any secret is sent.

Two ways to join, and no third: an empty store takes over the hub's streams; a store that has a
hall may join where the hub holds the very same history (it was made from a copy of this store).
Histories are never merged.
"""

import ipaddress
import ssl
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from hallterm.joining import (
    PROTOCOL,
    PROTOCOL_HEADER,
    Authority,
    Enrolled,
    EnrolmentCode,
    EnrolRequest,
    certificate_bytes,
    fingerprint,
    read_code,
)
from hallterm.proofs import enrol_message, new_private_key, public_key, sign
from hallterm.store.account import HubAccount
from hallterm.sync.faults import HubFaultError
from hallterm.wire import Problem

Model = TypeVar("Model", bound=BaseModel)

PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Joined:
    """A terminal that the hub has let in; nothing is written down yet."""

    account: HubAccount
    enrolled: Enrolled


def join(url: str, code_text: str, device: str, private_key: str = "") -> Joined:
    """Let the hub take this terminal in.

    Args:
        url: ``https://host:port``.
        code_text: the code as somebody typed it.
        device: the name that this terminal wants.
        private_key: of an earlier try whose answer was lost; empty: a new one.

    Raises:
        HubFaultError: address_wrong, address_plain, code_unreadable, code_wrong, authority_wrong,
            unreachable, device_revoked, too_old.
    """
    base = _address(url)
    code = read_code(code_text)
    if code is None:
        raise HubFaultError("code_unreadable")
    certificate = _authority(base, code)
    private_key = private_key or new_private_key()
    wanted = EnrolRequest(
        secret=code.secret,
        device=device,
        public_key=public_key(private_key),
        proof=sign(private_key, enrol_message(code.secret, device)),
    )
    with _client(base, certificate) as client:
        enrolled = _said(Enrolled, client, base, "POST", "/v1/enrol", wanted)
    tokens = enrolled.tokens
    account = HubAccount(
        url=base,
        certificate=certificate,
        device=enrolled.device,
        private_key=private_key,
        access=tokens.access,
        refresh=tokens.refresh,
    )
    return Joined(account, enrolled)


def _address(url: str) -> str:
    """Return the address without what does not belong to it."""
    parts = urlsplit(url.strip() if "//" in url else f"https://{url.strip()}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HubFaultError("address_wrong", url[:80]) from error
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/"):
        raise HubFaultError("address_wrong", url[:80])
    if parts.scheme == "http" and not _is_here(host):
        raise HubFaultError("address_plain", url[:80])
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}:{port}" if port else f"{parts.scheme}://{name}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _authority(base: str, code: EnrolmentCode) -> str:
    """Fetch the hub's authority over a connection that is not believed yet, and judge it."""
    if base.startswith("http:"):
        return ""
    with _client(base, None) as client:
        told = _said(Authority, client, base, "GET", "/v1/authority")
    try:
        found = fingerprint(certificate_bytes(told.certificate))
    except ValueError as error:
        raise HubFaultError("authority_wrong", base) from error
    if found != code.fingerprint:
        raise HubFaultError("authority_wrong", base)
    return told.certificate


def _client(base: str, certificate: str | None) -> httpx.Client:
    """Return a client that believes the authority; with None it believes anybody."""
    verify: ssl.SSLContext | bool = True
    if certificate is None:
        verify = ssl.create_default_context()
        verify.check_hostname, verify.verify_mode = False, ssl.CERT_NONE
    elif certificate:
        verify = ssl.create_default_context(cadata=certificate)
    headers = {PROTOCOL_HEADER: str(PROTOCOL), "Content-Type": "application/json"}
    return httpx.Client(
        base_url=base, verify=verify, trust_env=False, headers=headers, timeout=PATIENCE_S
    )


def _said(
    model: type[Model],
    client: httpx.Client,
    base: str,
    method: str,
    target: str,
    body: BaseModel | None = None,
) -> Model:
    try:
        content = body.model_dump_json() if body else None
        response = client.request(method, target, content=content)
        if response.status_code == httpx.codes.OK:
            return model.model_validate_json(response.content)
        problem = Problem.model_validate_json(response.content)
    except (httpx.HTTPError, ssl.SSLError, ValidationError) as error:
        raise HubFaultError("unreachable", base) from error
    if response.status_code == httpx.codes.UPGRADE_REQUIRED:
        raise HubFaultError("too_old")
    busy = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
    raise HubFaultError("busy" if response.status_code in busy else problem.code, base)
