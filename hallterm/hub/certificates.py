"""The hub's private certificate authority, and the certificate that it serves with (TLS).

No authority of the world vouches for a hub in a back office. The hub makes one of its own;
terminals pin it when they join (see `hallterm.joining`), and trust nothing else.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hallterm.store.faults import StoreFaultError

AUTHORITY_DAYS = 20 * 365
SERVER_DAYS = 2 * 365
_LEEWAY = timedelta(days=1)
"""Certificates hold from a day ago: a terminal's clock may be slow."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where the four files are."""

    folder: Path

    @property
    def authority(self) -> Path:
        """Certificate of the authority."""
        return self.folder / "authority.pem"

    @property
    def authority_key(self) -> Path:
        """Its key: whoever has it can pretend to be this hub."""
        return self.folder / "authority.key"

    @property
    def server(self) -> Path:
        """Certificate of the server."""
        return self.folder / "server.pem"

    @property
    def server_key(self) -> Path:
        """Its key."""
        return self.folder / "server.key"

    @property
    def ready(self) -> bool:
        """Whether a hub can be served with them."""
        return all(p.exists() for p in (self.authority, self.server, self.server_key))


def certificates_beside(key: Path) -> Certificates:
    """Return where the certificates of a store are: in a folder beside its key file."""
    return Certificates(key.parent / "hub")


def authority_text(files: Certificates) -> str:
    """Return the authority's certificate (PEM).

    Raises:
        StoreFaultError: certificates_missing.
    """
    try:
        return files.authority.read_text(encoding="ascii")
    except OSError as error:
        raise StoreFaultError("certificates_missing", str(files.folder)) from error


def server_ends(files: Certificates) -> datetime:
    """Return until when the server's certificate holds (aware).

    Raises:
        StoreFaultError: certificates_missing.
    """
    try:
        return x509.load_pem_x509_certificate(files.server.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise StoreFaultError("certificates_missing", str(files.folder)) from error


def make_certificates(files: Certificates, names: Sequence[str], now: datetime) -> bool:
    """Make a certificate for the server, valid for these names and addresses.

    The authority is made the first time and kept from then on, so that a renewed certificate is
    accepted by every terminal that has joined. Return whether the authority is a new one.

    Raises:
        StoreFaultError: certificates_unwritable.
    """
    try:
        files.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = not (files.authority.exists() and files.authority_key.exists())
        if new:
            _make_authority(files, now)
        _make_server(files, names, now)
    except (OSError, ValueError) as error:
        raise StoreFaultError("certificates_unwritable", str(files.folder)) from error
    return new


def _make_authority(files: Certificates, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("hallterm hub authority")
    signs = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        _begun(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(signs, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(files.authority_key, _key_text(key), 0o600)
    _write(files.authority, made.public_bytes(serialization.Encoding.PEM), 0o644)


def _make_server(files: Certificates, names: Sequence[str], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    signing = serialization.load_pem_private_key(files.authority_key.read_bytes(), None)
    if not isinstance(signing, ec.EllipticCurvePrivateKey):
        raise ValueError(str(files.authority_key))  # noqa: TRY004 - a file that is not ours
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    of_authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    made = (
        _begun(_name("hallterm hub"), authority.subject, public, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(list(map(_alternative, names))), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(of_authority, critical=False)
        .sign(signing, hashes.SHA256())
    )
    _write(files.server_key, _key_text(key), 0o600)
    _write(files.server, made.public_bytes(serialization.Encoding.PEM), 0o644)


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _LEEWAY)
        .not_valid_after(now.astimezone(UTC) + timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key_text(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole, under its mode from the first byte on."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
