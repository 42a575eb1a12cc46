"""How a terminal joins a hub: the code that a person types, and what is said besides the sync.

The code carries the fingerprint of the hub's certificate authority, so that the code alone says
which hub is the right one: a terminal asks for the authority's certificate over a connection that
it does not trust yet, compares, and only then sends the secret half over one that it does.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from pydantic import Field

from hallterm.wire import ID, Facts, Strict

PROTOCOL = 1
"""What this program speaks; a terminal names it in `PROTOCOL_HEADER`."""
PROTOCOL_HEADER = "Hallterm-Protocol"
TIME_HEADER = "Hallterm-Time"
"""The hub's clock in milliseconds since the epoch, in every answer."""
ACCESS_SECONDS = 15 * 60
"""How long an access token holds."""
CODE_SECONDS = 10 * 60
"""How long an enrolment code can be used."""
LONGEST_DEVICE = 40

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})
_FINGERPRINT, _SECRET, _CHECK, _GROUP = 16, 12, 2, 5
_BITS = 5


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What an administrator reads out at the hub and a person types at the terminal."""

    fingerprint: str
    """80 bits of the SHA-256 of the authority's certificate."""
    secret: str
    """60 random bits."""

    @property
    def text(self) -> str:
        """The code in groups of five, with two signs that show a slip."""
        whole = self.fingerprint + self.secret
        whole += _check(whole)
        return "-".join(whole[i : i + _GROUP] for i in range(0, len(whole), _GROUP))


def new_code(certificate: bytes) -> EnrolmentCode:
    """Return a new code for a hub whose authority has this certificate (DER)."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET))
    return EnrolmentCode(fingerprint(certificate), secret)


def read_code(text: str) -> EnrolmentCode | None:
    """Return the code that somebody typed, or None when there is a slip in it."""
    typed = text.upper().translate(_READ_AS)
    if len(typed) != _FINGERPRINT + _SECRET + _CHECK or not set(typed) <= set(_ALPHABET):
        return None
    whole, check = typed[:-_CHECK], typed[-_CHECK:]
    if check != _check(whole):
        return None
    return EnrolmentCode(whole[:_FINGERPRINT], whole[_FINGERPRINT:])


def fingerprint(certificate: bytes) -> str:
    """Return the fingerprint of a certificate (DER) as the code carries it."""
    return _letters(hashlib.sha256(certificate).digest(), _FINGERPRINT)


def certificate_bytes(pem: str) -> bytes:
    """Return the DER of the first certificate of a PEM text.

    Raises:
        ValueError: there is none.
    """
    _before, begin, rest = pem.partition("-----BEGIN CERTIFICATE-----")
    body, end, _after = rest.partition("-----END CERTIFICATE-----")
    if not begin or not end:
        raise ValueError("no certificate")
    return base64.b64decode("".join(body.split()), validate=True)


def _check(whole: str) -> str:
    return _letters(hashlib.sha256(whole.encode("ascii")).digest(), _CHECK)


def _letters(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest) >> (len(digest) * 8 - count * _BITS)
    places = range((count - 1) * _BITS, -1, -_BITS)
    return "".join(_ALPHABET[number >> place & 31] for place in places)


class Authority(Strict):
    """GET /v1/authority: the certificate that the code's fingerprint is of."""

    certificate: str
    """PEM."""


class EnrolRequest(Strict):
    """POST /v1/enrol."""

    secret: str = Field(min_length=_SECRET, max_length=_SECRET)
    """The code's secret half."""
    device: str = Field(min_length=1, max_length=LONGEST_DEVICE)
    """The name that the terminal goes by."""
    public_key: str = Field(max_length=64)
    proof: str = Field(max_length=128)
    """Signature over `proofs.enrol_message`: whoever enrols a key has it."""


class Tokens(Strict):
    """What a device shows with its requests, and with what it gets the next."""

    access: str
    """For ``Authorization: Bearer …``."""
    access_s: int
    """Seconds for which it holds."""
    refresh: str
    """Good for one exchange at /v1/token."""


class Enrolled(Strict):
    """What a terminal knows once it has joined."""

    device: str
    """Its name from now on: the wanted one, or that with a number behind it."""
    hall: str
    """Id of its hall."""
    lane: int
    """A number that no other terminal of the hub has."""
    streams: list[str]
    """Streams that it follows."""
    epoch: int
    tokens: Tokens


class TokenRequest(Strict):
    """POST /v1/token."""

    device: str = ID
    refresh: str = Field(max_length=256)
    proof: str = Field(max_length=128)
    """Signature over `proofs.token_message`."""


class PostHealth(Strict):
    """What the last round of the forms' letters and faxes left waiting."""

    status: str
    """ok, or failing when rounds can't be ended: no password, a mailbox that can't be read."""
    waiting: int
    asking: int
    unmatched: int


class Health(Strict):
    """GET /v1/health."""

    status: str
    """ok, or failing when the store can't be written."""
    protocol: int
    epoch: int
    time_ms: int
    """The hub's clock."""
    post: PostHealth


class Heads(Strict):
    """Each event of /v1/events: last place given out, by stream."""

    epoch: int
    heads: dict[str, int]


class News(Heads):
    """GET /v1/news: where the streams stand, and the facts that were asked for along with it."""

    facts: list[Facts] = Field(default_factory=list)


class SnapshotMade(Strict):
    """GET /v1/snapshot: a store of its own for a new terminal, to be fetched in pieces."""

    id: str
    epoch: int
    heads: dict[str, int]
    """Where each stream stands in it."""
    bytes: int
    sha256: str
    piece_bytes: int
    """Size of each piece but the last; GET /v1/snapshot/{id}/{piece}, pieces from 0."""
    key: str
    """Raw key of the file (64 hex digits), made for this snapshot."""


class Digests(Strict):
    """GET /v1/digests: what the read tables say where the streams stand."""

    epoch: int
    heads: dict[str, int]
    tables: dict[str, str]
    """Table → SHA-256 over its rows."""
