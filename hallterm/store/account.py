"""What a terminal shows its hub: where it is, by which authority it is known, key and tokens."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from hallterm.store.tables import table_of


class HubAccountRow(SQLModel, table=True):
    """The one row of a terminal that was enrolled at a hub."""

    __tablename__ = "hub_account"

    id: int = Field(default=1, primary_key=True)
    url: str
    certificate: str
    """The hub's authority, PEM: nobody else is believed. Empty where the hub speaks plainly."""
    device: str
    private_key: str
    """The device's own; never leaves this store."""
    access: str = ""
    refresh: str = ""


_account = table_of(HubAccountRow)


@dataclass(frozen=True, slots=True)
class HubAccount:
    """How this terminal reaches its hub."""

    url: str
    certificate: str
    device: str
    private_key: str
    access: str = ""
    refresh: str = ""


def read_account(connection: sa.Connection) -> HubAccount | None:
    """Return the account; None where this terminal has no hub."""
    wanted = [column for column in _account.c if column.name != "id"]
    row = connection.execute(sa.select(*wanted)).mappings().first()
    return HubAccount(**row) if row else None


def write_account(connection: sa.Connection, account: HubAccount) -> None:
    """Write the account inside the caller's write transaction."""
    connection.execute(sa.delete(_account))
    connection.execute(sa.insert(_account), {"id": 1, **asdict(account)})
