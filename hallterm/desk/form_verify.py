"""Is a form that somebody shows the one that was approved, and is it still the one that counts?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.office_keys import trusted_keys
from hallterm.domain.company.keys import Office
from hallterm.forms.content import Order, canonical
from hallterm.forms.examine import Examination, examine_code, examine_file
from hallterm.forms.sealing import read_code
from hallterm.store.connection import reading
from hallterm.store.post import seals


class Filed(StrEnum):
    """How a form stands to those that this store has sealed."""

    CURRENT = "current"
    """It is the last one sealed under its number."""
    SUPERSEDED = "superseded"
    """It was sealed here, and written anew since."""
    UNKNOWN = "unknown"
    """Nothing like it was sealed here; only its seal speaks for it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about a form that was shown."""

    examination: Examination
    office: Office | None
    """Whose key sealed it; None for a key that nobody knows."""
    filed: Filed
    order: Order | None
    """What was approved: as the file carries it or, for a mere code, as it was sealed here."""

    @property
    def good(self) -> bool:
        """Whether one may act on it."""
        return self.examination.genuine and self.filed is not Filed.SUPERSEDED


def verify_file(desk: Desk, data: bytes) -> Verification | None:
    """Verify a PDF, a scan or a fax; None when there is no form in it.

    Raises:
        NotAPageError: the file can't be read.
        FormNotDrawnError: the form can't be drawn here for comparison.
    """
    found = examine_file(data, trusted_keys(desk.replica.company))
    return _verified(desk, found) if found else None


def verify_code(desk: Desk, text: str) -> Verification | None:
    """Verify what a QR picture holds; None when it is no code of a form."""
    code = read_code(text)
    if code is None:
        return None
    return _verified(desk, examine_code(code, trusted_keys(desk.replica.company)))


def _verified(desk: Desk, found: Examination) -> Verification:
    with reading(desk.connection) as connection:
        kept = seals.sealed_under(connection, found.number)
    carried = found.copy.content.order if found.copy else None
    digest = sha256(canonical(carried)).digest() if carried else found.digest
    place = _place(kept, digest.hex() if digest else "")
    key = desk.replica.company.office_keys.get(found.key_id)
    order = carried
    if order is None and place is not None:
        order = Order.model_validate_json(kept[place].order_json)
    filed = Filed.UNKNOWN if place is None else Filed.SUPERSEDED if place else Filed.CURRENT
    return Verification(found, key.office if key else None, filed, order)


def _place(kept: list[sa.Row[tuple[object, ...]]], digest: str) -> int | None:
    rows: list[Mapping[str, object]] = [row._asdict() for row in kept]
    return next((n for n, row in enumerate(rows) if row["digest"] == digest), None)
