"""What tests of the import share: a hall, a file brought in, and what came of it."""

from pathlib import Path

import hallterm.data
from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.imports import Imported, import_customers
from hallterm.desk.persons import search
from hallterm.domain.actor import Actor
from hallterm.domain.roles import Role

ADMIN = Actor("1000", frozenset({Role.ADMINISTRATOR}))
CLERK = Actor("2001", frozenset({Role.CLERK}))
HEADER = "姓名,手机号码,客户级别,卡别,VIP卡号,身份证号码,品牌\n"


def open_hall(folder: Path) -> Desk:
    configuration = load(Path(hallterm.data.__file__).parent)
    return open_desk(folder / "hall.db", "ab" * 32, SystemClock(), configuration, "t1")


def bring(desk: Desk, path: Path, content: str | bytes) -> Imported:
    file = path / "customers.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    answer = import_customers(desk, ADMIN, file)
    assert isinstance(answer, Imported), answer
    return answer


def counts(result: Imported) -> tuple[int, int, int, int]:
    assert result.rows == result.recorded + result.changed + result.unchanged + result.refused
    return result.recorded, result.changed, result.unchanged, result.refused


def names(desk: Desk, text: str) -> list[str]:
    return [row.name for row in search(desk, CLERK, text).rows]
