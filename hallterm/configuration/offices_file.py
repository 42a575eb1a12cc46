"""Reads `offices.toml`: to whom forms go. Read only when a letter or a fax is made."""

import re
from pathlib import Path

from pydantic import Field, ValidationError, field_validator

from hallterm.configuration.complaints import complaints
from hallterm.configuration.mail_target import read_address
from hallterm.configuration.problems import give_up
from hallterm.configuration.reading import PACKAGED, Table, parse, read_text
from hallterm.domain.frozen import Frozen
from hallterm.words import _

OFFICES_FILE = "offices.toml"
_FAX = re.compile(r"[+0-9][0-9 -]{2,29}|")
_MOST = 5
"""Addresses of one office."""


class OfficeAddress(Frozen):
    """How an office is reached."""

    name: str = Field(default="", max_length=24)
    mail: list[str] = Field(default_factory=list, max_length=_MOST)
    fax: str = ""

    @field_validator("mail")
    @classmethod
    def _addresses(cls, values: list[str]) -> list[str]:
        return [read_address(value) for value in values]

    @field_validator("fax")
    @classmethod
    def _number(cls, value: str) -> str:
        if not _FAX.fullmatch(value.strip()):
            raise ValueError(_("写一个传真号码，例如 0731-88880000"))
        return value.strip()


class Offices(Frozen):
    """Every office that gets something."""

    vip_office: OfficeAddress = OfficeAddress(name="大客户服务室")
    hall_operations: OfficeAddress = OfficeAddress(name="营业管理室")
    account_manager: OfficeAddress = OfficeAddress(name="客户经理")
    store_manager: OfficeAddress = OfficeAddress(name="店面经理")
    duty_manager: OfficeAddress = OfficeAddress(name="值班经理")
    hall: OfficeAddress = OfficeAddress(name="协助营业厅")

    def of(self, office: str) -> OfficeAddress:
        """Return an office by its key.

        Raises:
            KeyError: there is none of that name.
        """
        if office not in Offices.model_fields:
            raise KeyError(office)
        found: OfficeAddress = getattr(self, office)
        return found


def load_offices(*folders: Path) -> Offices:
    """Read the offices from the first folder that has the file.

    Raises:
        ConfigurationProblems: Something is wrong; every problem is in it.
    """
    paths = [folder / OFFICES_FILE for folder in (*folders, PACKAGED)]
    path = next((path for path in paths if path.exists()), paths[-1])
    return offices_of(parse(str(path), read_text(path)))


def offices_of(table: Table) -> Offices:
    """Make the offices from the file.

    Raises:
        ConfigurationProblems: see `load_offices`.
    """
    try:
        return Offices.model_validate(table.values, strict=True)
    except ValidationError as wrong:
        give_up(*complaints(table, wrong, Offices))
