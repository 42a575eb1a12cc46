"""Writes made-up customers as the kind of CSV file that a company's other system exports."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from hallterm.domain.person.details import PersonKind
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab.people import MadeUpPerson

Encoding = Literal["gb18030", "utf-8", "utf-8-sig"]

HEADER = ("客户姓名", "手机号码", "证件号码", "客户类型", "客户级别", "卡别", "VIP卡号", "客户经理")

# the words of the exporting system, whatever language this terminal speaks
_KINDS = {PersonKind.INDIVIDUAL: "个人", PersonKind.COMPANY: "单位"}
_TIERS = {Tier.VIP: "全球通VIP", Tier.GOTONE: "全球通", Tier.STANDARD: "普通"}
_GRADES = {Grade.DIAMOND: "钻石卡", Grade.GOLD: "金卡", Grade.SILVER: "银卡", None: ""}


def write_people(path: Path, people: Iterable[MadeUpPerson], encoding: Encoding = "gb18030") -> int:
    """Write a header and one row a person; return how many persons were written.

    Raises:
        OSError: The file can't be written.
    """
    written = 0
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        for person in people:
            table.writerow(
                (
                    person.name,
                    person.phone,
                    person.id_number,
                    _KINDS[person.kind],
                    _TIERS[person.tier],
                    _GRADES[person.grade],
                    person.vip_card,
                    person.account_manager,
                )
            )
            written += 1
    return written
