"""A hall that was set up from nothing, with everybody through whose hands a request goes."""

import json
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.bench.terminal import Terminal, python
from tests.terminals.hands import Hands, environment, ran
from tests.terminals.hurried import put_forward
from tests.terminals.person import Person

PIN = "730264"
ZONE = ZoneInfo("Asia/Shanghai")
PHONE = "13800138888"
CUSTOMER = PHONE[-4:]
PEOPLE = {
    "manager": ("0001", "王芳", '"administrator", "store_manager"', "经理室"),
    "duty": ("4001", "孙立", '"duty_manager"', "大堂"),
    "clerk": ("1001", "李明", '"clerk"', "3号窗口"),
    "keeper": ("5001", "何慧", '"account_manager"', "客户经理"),
    "deputy": ("5002", "马超", '"account_manager"', "客户经理二"),
    "liaison": ("6001", "许磊", '"vip_liaison"', "大客户室"),
    "operations": ("6002", "罗敏", '"operations_liaison"', "营业管理室"),
    "signer": ("6003", "陈刚", '"vip_office_manager"', "大客户室经理"),
}
"""Who works at which terminal: 工号, name, roles, name of the terminal."""
OFFICES = """
[vip_office]
mail = ["vip@hall.example"]
[hall_operations]
mail = ["operations@hall.example"]
[account_manager]
mail = ["keeper@hall.example"]
[store_manager]
mail = ["manager@hall.example"]
[duty_manager]
mail = ["duty@hall.example"]
[hall]
fax = "0731-88880000"
"""


def setup_text() -> str:
    """Return the file that the hall is set up from."""
    hall = '[hall]\nname = "建设路营业厅"\nopens = "00:00"\ncloses = "23:59"\n'
    staff = "".join(
        f'[[staff]]\nid = "{id_}"\nname = "{name}"\nroles = [{roles}]\npin = "{PIN}"\n'
        for id_, name, roles, _ in PEOPLE.values()
    )
    return f'{hall}{staff}[[counter]]\nnumber = 3\nname = "综合"\n'


class RequestHall:
    """The hall, and the terminals at which its people and the offices sit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.where = environment(folder, HALLTERM_PIN=PIN, HALLTERM_DEVICE="后台")
        self._ahead = folder / "ahead"
        put_forward(self._ahead, 0.0)
        self._people: dict[str, Person] = {}
        (folder / "config").mkdir()
        (folder / "config" / "offices.toml").write_text(OFFICES, "utf-8")
        (folder / "setup.toml").write_text(setup_text(), "utf-8")
        line = f"陈建华,{PHONE},VIP,金卡,V88001234,5001"
        columns = "姓名,手机号码,客户级别,卡别,VIP卡号,客户经理"
        (folder / "customers.csv").write_text(f"{columns}\n{line}\n", "utf-8")
        self.run("setup", "--from", str(folder / "setup.toml"))
        self.run("customers", "import", str(folder / "customers.csv"))

    def _hallterm(self, *arguments: str) -> list[str]:
        return python("-m", "tests.terminals.hurried", str(self._ahead), *arguments)

    def run(self, *arguments: str) -> str:
        """Run a command to its end."""
        return ran(self._hallterm(*arguments), self.where)

    def shown(self, number: str) -> dict[str, Any]:
        """Return a request as the command line shows it."""
        found: dict[str, Any] = json.loads(self.run("request", "show", number, "--json"))
        return found

    def events(self, number: str) -> list[str]:
        """Return what has happened to a request, one name after the other."""
        return [line["event"] for line in self.shown(number)["story"]]

    def posted(self, number: str) -> tuple[Path, Path]:
        """Send what is due; return the approved form's letter to the manager, and its fax."""
        self.run("mail", "send")
        self.run("fax", "send")
        letters = [
            path for path in sorted(self.folder.rglob("*.eml")) if self._is_form(path, number)
        ]
        pages = sorted(self.folder.rglob(f"*{number}*.tif*"))
        assert letters, list(self.folder.rglob("*.eml"))
        assert pages, list(self.folder.rglob("*.tif*"))
        return letters[-1], pages[-1]

    def _is_form(self, path: Path, number: str) -> bool:
        letter = message_from_bytes(path.read_bytes(), policy=default)
        return number in str(letter["subject"]) and "manager@" in str(letter["to"])

    def tomorrow(self, at: str) -> str:
        """Return a time of tomorrow as it is typed."""
        return f"{datetime.now(ZONE) + timedelta(days=1):%m-%d} {at}"

    def in_hours(self, hours: int) -> str:
        """Return a whole hour that is so far away, as it is typed."""
        return f"{datetime.now(ZONE) + timedelta(hours=hours):%m-%d %H}:00"

    def errands(self) -> list[dict[str, Any]]:
        """Return the visits and deliveries of the hall."""
        found: list[dict[str, Any]] = json.loads(self.run("errand", "list", "--json"))
        return found

    def person(self, who: str) -> Person:
        """Return somebody at a terminal, who signs in when first needed."""
        if who not in self._people:
            where = {**self.where, "HALLTERM_DEVICE": PEOPLE[who][3]}
            opened = Hands(Terminal(self._hallterm(), where, 80, 24))
            self._people[who] = Person(opened)
            opened.sign_in(PEOPLE[who][0], PIN, "Ctrl+N 去别处")
        return self._people[who]

    def later(self, hours: float) -> None:
        """End all terminals; those opened from now on are so much later."""
        self.close()
        put_forward(self._ahead, hours * 60)

    def close(self) -> None:
        """End the terminals."""
        for person in self._people.values():
            person.hands.terminal.close()
        self._people.clear()
