"""Businesses (业务) a hall does, as `data/businesses.toml` lists them."""

from collections.abc import Mapping

from pydantic import Field

from hallterm.domain.frozen import Frozen


class Document(Frozen):
    """A paper the customer must bring (所需证件/资料)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=40)
    """Name shown to staff and customers, in the hall's language."""
    only_for_agent: bool = False
    """Needed only when someone comes on behalf of a company or another person (经办人)."""


class Business(Frozen):
    """One kind of business."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    code: str = Field(pattern=r"^[0-9]{2}$")
    """Two digits typed on the keypad to pick it."""
    name: str = Field(min_length=1, max_length=20)
    minutes: float = Field(gt=0, le=240)
    """Expected length of service, minutes; the prior until the hall has its own history."""
    documents: tuple[Document, ...] = ()
    conditions: tuple[str, ...] = ()
    """Rules to check before it may be done (S4), one short sentence each."""
    self_service: bool = False
    """A self-service machine can do it."""
    bookable: bool = False
    """May be booked by phone (S0 §2.2.2.3)."""
    source: str = ""


Businesses = Mapping[str, Business]
"""Every business that the hall knows, by id, in the order of the file."""
