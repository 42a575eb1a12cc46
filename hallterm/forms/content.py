"""What stands in a form: the order, which an office approves, and the record of the hall.

Each part has one canonical way to be written as bytes; seals are made over these bytes.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from hallterm.domain.frozen import Frozen
from hallterm.forms.text import Line, Number, Paragraphs


class Stage(StrEnum):
    """A step through which a form passes (S0 §4.3)."""

    VIP_OFFICE = "vip_office"
    """大客户服务室接口人."""
    HALL_OPERATIONS = "hall_operations"
    """营业管理室接口人."""
    STORE_MANAGER = "store_manager"
    DUTY_MANAGER = "duty_manager"


class Verdict(StrEnum):
    """What was said at a stage."""

    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    SENT = "sent"
    """Passed on without a decision of its own."""
    TAKEN = "taken"
    """Received by whoever has to act."""


class Way(StrEnum):
    """One of the three confirmations without which nothing is carried out (S0 §4.3)."""

    MAIL = "mail"
    FAX = "fax"
    PHONE = "phone"


class Who(Frozen):
    """Somebody of the staff, as they stood when the form was written."""

    staff_id: Line = ""
    """工号; empty for somebody outside hallterm."""
    name: Line = ""


class Approval(Frozen):
    """What was said at one stage."""

    stage: Stage
    who: Who
    verdict: Verdict
    at: AwareDatetime
    words: Line = ""


class Confirmation(Frozen):
    """One of the three confirmations, with what proves it."""

    way: Way
    who: Who
    at: AwareDatetime
    evidence: Line = ""


class Customer(Frozen):
    """The customer in whole. Stands only in copies for readers who may see it.

    The order holds a digest over it, so that a copy with and a copy without it carry the same seal.
    """

    name: Line
    phone: Line = ""
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    """Makes the digest tell nothing to somebody who guesses names."""

    @property
    def digest(self) -> str:
        """SHA-256 over salt, name and telephone, hexadecimal."""
        return sha256(canonical(self)).hexdigest()


class Order(Frozen):
    """What the approving office has approved."""

    number: Number
    revision: int = Field(default=1, ge=1)
    """Grows each time a form was returned and written again."""
    hall_id: Line
    hall: Line
    issuer: Line
    """Office that draws the form up."""
    timezone: Line = "Asia/Shanghai"
    drawn_at: AwareDatetime
    approved_at: AwareDatetime | None = None
    valid_until: AwareDatetime
    tier: Line
    customer_name: Line
    """Masked."""
    customer_phone: Line = ""
    """Masked."""
    customer_digest: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """`Customer.digest`; empty where the whole customer isn't known."""
    account_manager: Who
    request: Paragraphs
    solution: Paragraphs
    decided_by: Line
    decided_at: AwareDatetime
    by_phone: bool = False
    """Decided by telephone; the decider has confirmed it since, or will."""
    approvals: tuple[Approval, ...] = Field(default=(), max_length=4)


class Record(Frozen):
    """What the hall did with the order."""

    confirmations: tuple[Confirmation, ...] = Field(default=(), max_length=3)
    received: tuple[Approval, ...] = Field(default=(), max_length=4)
    """Store manager and duty manager, when they had taken the form in hand."""
    result: Paragraphs = ""
    result_by: Who | None = None
    result_at: AwareDatetime | None = None


class FormContent(Frozen):
    """A form as it stands."""

    order: Order
    record: Record = Record()


def canonical(part: Frozen) -> bytes:
    """Write a part in the one way that is signed: JSON, keys sorted, UTF-8, no spaces."""
    return as_bytes(part.model_dump(mode="json"))


def as_bytes(value: Mapping[str, Any]) -> bytes:
    """Write a JSON object canonically."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


NO_RECORD: Mapping[str, Any] = MappingProxyType(Record().model_dump(mode="json"))
"""The record of a form with which nothing was done yet; it carries no seal."""
