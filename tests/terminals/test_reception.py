"""A whole reception of a VIP in real terminals: the card forgotten, gold, tea, seen off.

The receiver is at one process and a colleague at another; nothing is called but what keys call.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hallterm.configuration import load
from hallterm.domain.tiers import Grade
from hallterm.lab.people import made_up_people
from hallterm.lab.training import CUSTOMERS as CUSTOMERS_THERE
from hallterm.lab.training import training_pin
from tests.bench.terminal import Terminal, python
from tests.terminals.hands import ENTER, ESCAPE, INSERT, Hands, environment, f, ran
from tests.terminals.hurried import put_forward

PIN = "730264"
PAGE_UP = "\x1b[5~"
PHONE = "13800138888"
ZONE = ZoneInfo("Asia/Shanghai")
SETUP = f"""
[hall]
name = "建设路营业厅"
opens = "00:00"
closes = "23:59"

[[staff]]
id = "0001"
name = "王芳"
roles = ["administrator", "store_manager"]
pin = "{PIN}"

[[staff]]
id = "2001"
name = "赵倩"
roles = ["greeter"]
pin = "{PIN}"

[[staff]]
id = "1001"
name = "李明"
roles = ["clerk"]
pin = "{PIN}"

[[counter]]
number = 1
name = "VIP室"
kind = "vip_room"

[[counter]]
number = 3
name = "综合"
"""
CUSTOMERS = f"姓名,手机号码,客户级别,卡别,VIP卡号\n陈建华,{PHONE},VIP,金卡,V88001234\n"


class NewHall:
    """A hall that was set up from a file, and the terminals in it."""

    def __init__(self, folder: Path) -> None:
        self._ahead = folder / "ahead"
        put_forward(self._ahead, 0.0)
        self.where = environment(folder, HALLTERM_PIN=PIN)
        self.folder = folder
        self._open: list[Terminal] = []

    def hallterm(self, *arguments: str) -> list[str]:
        """Return the command line of hallterm on the hall's clock."""
        module = "tests.terminals.hurried"
        return python("-m", module, str(self._ahead), *arguments)

    def run(self, *arguments: str) -> str:
        """Run a command to its end."""
        return ran(self.hallterm(*arguments), self.where)

    def terminal(self) -> Hands:
        """Open the hall at one more terminal."""
        opened = Terminal(self.hallterm(), self.where, 80, 24)
        self._open.append(opened)
        return Hands(opened)

    def let_pass(self, minutes: float) -> None:
        """Let minutes pass in the hall at once."""
        put_forward(self._ahead, minutes)

    def close(self) -> None:
        """End the terminals."""
        for terminal in self._open:
            terminal.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[NewHall]:
    made = NewHall(tmp_path)
    for name, text in (("setup.toml", SETUP), ("customers.csv", CUSTOMERS)):
        (tmp_path / name).write_text(text, "utf-8")
    made.run("setup", "--from", str(tmp_path / "setup.toml"))
    made.run("customers", "import", str(tmp_path / "customers.csv"))
    yield made
    made.close()


def at_step(receiver: Hands, title: str) -> None:
    """Wait until the cursor is at a step: Enter is meant for no other."""
    receiver.until(rf"^ ?>\d+ .*{title}")


def greeted(receiver: Hands) -> None:
    """The receiver has the customer's reception open: looks the customer up, greets, leads."""
    at_step(receiver, "核实身份")
    receiver(ENTER, "选第几项")
    receiver("2", "查系统时核对了什么")
    at_step(receiver, "查系统时核对了什么")
    receiver(ENTER, "选上或去掉")
    receiver("1", "✓   手机号码")
    receiver("2", "✓   身份证件")
    receiver(ENTER, "✓  查系统时核对了什么")
    at_step(receiver, "微笑问好")
    receiver(ENTER, "✓  微笑问好")
    at_step(receiver, "引到服务室或专柜")
    receiver(ENTER, "引到哪里？")
    receiver("1", "✓  引到服务室或专柜")


def tea_entered_late(receiver: Hands, minutes: str) -> None:
    """Tea, sweets and something to read were brought before anybody typed."""
    receiver(f(5), "按数字标出做过的几步")
    receiver("5", "补录 1 步")
    receiver("6", "补录 2 步")
    receiver("7", "补录 3 步")
    receiver(ENTER, "什么时候做的？")
    receiver(minutes + ENTER, "✓  递上书报")


def solved(receiver: Hands) -> None:
    """What the customer came for is known; for the rest they come again tomorrow at ten."""
    # the counter's finish has ticked it; for the rest there is another answer
    receiver.see("✓  在 VIP 席办结")
    at_step(receiver, "问清需要")
    receiver(ENTER, "选上或去掉")
    receiver("1", "✓   与号票上的一样")
    # Nothing required is left on the first page. A page is there once the line below it is.
    receiver(ENTER, "2/2  PgUp")
    receiver.see(">1     主动介绍俱乐部服务")
    receiver(PAGE_UP, "1/2  PgUp")
    receiver("9", "Enter 另选")
    receiver(ENTER, "选第几项")
    receiver("2", "约什么业务？")
    receiver("3", "约几点？")
    receiver(f(6), "明天")
    receiver.terminal.type("10")
    receiver.until("^ *>10:00-10:30")
    receiver(ENTER, "跟客户复述一遍")
    receiver(f(9), ">1     主动介绍俱乐部服务")


def seen_off(receiver: Hands) -> None:
    """From the club's services to the door."""
    at_step(receiver, "主动介绍俱乐部服务")
    receiver(ENTER, "选上或去掉")
    receiver("4", "✓   易登机")
    receiver(ENTER, "✓  主动介绍俱乐部服务")
    at_step(receiver, "证件票据现金交还")
    receiver("2", ">2     客户感兴趣的")
    receiver(ENTER, "选上或去掉")
    receiver("4", "✓   易登机")
    receiver(ENTER, "✓  客户感兴趣的")
    for step in ("证件票据现金交还", "起身致谢", "送到门口", "目送离开"):
        at_step(receiver, step)
        receiver(ENTER, f"✓  {step}")
    receiver(f(9), "已结束")


def test_in_a_hall_that_was_set_up_from_nothing(hall: NewHall) -> None:
    receiver, clerk = hall.terminal(), hall.terminal()
    receiver.sign_in("2001", PIN, "后四位")
    clerk.sign_in("1001", PIN, "窗口号")
    clerk("1" + ENTER, "本窗口   空闲")
    # the roster of the day: the greeter receives
    receiver.go("VIP", "没有排，直接请值班经理")
    receiver(f(5), "今天谁接待 VIP？")
    receiver("3", "(1) 赵倩")
    receiver(ENTER, "哪些经理当班？")
    receiver(ENTER, "值班名单已排好")
    # a gold customer without the card gives the last four digits of the number
    receiver.go("取号", "后四位")
    receiver("8888", "陈建华")
    receiver(ENTER, "表明身份")
    receiver("02", "缴费 ✓")
    receiver.terminal.type(ENTER)
    receiver.until("^ +V001 +VIP金 +陈建华")
    receiver.see("待接")
    # accepted at the ticket desk; the clerk's terminal sees who has the customer
    receiver(INSERT, "谁接待")
    receiver("1", "由您接待")
    receiver.go("VIP", "接待中")
    receiver(ENTER, "对客户说")
    greeted(receiver)
    clerk(f(2), "已叫")
    clerk(f(4), "已办")
    hall.let_pass(3.5)
    tea_entered_late(receiver, "3")
    # the colleague sees the receiver's ticks, and finishes the service
    clerk.go("VIP", "赵倩 2001")
    clerk(ENTER, "对客户说")
    assert "补录" in clerk.terminal.text
    clerk.go("窗口", "已办")
    clerk(f(9), "本窗口   空闲")
    solved(receiver)
    tomorrow = f"{datetime.now(ZONE) + timedelta(days=1):%Y-%m-%d}"
    (booked,) = json.loads(hall.run("appointment", "list", "--from", tomorrow, "--json"))
    assert booked["begins"].startswith(f"{tomorrow}T10:00")
    seen_off(receiver)
    card = json.loads(hall.run("reception", "show", "V001", "--json"))
    check(card)
    assert (card["received_in_time"], card["service"]) == (True, "kept")
    assert json.loads(hall.run("doctor", "--json"))["findings"] == []


def check(card: dict[str, Any]) -> None:
    """See that the card tells what was done."""
    assert (card["closed_as"], card["receiver"]) == ("seen_off", "2001")
    steps = {step["title"]: step for step in card["steps"]}
    assert steps["核实身份"]["answers"] == ["卡没带，已查系统"]
    assert steps["查系统时核对了什么"]["answers"] == ["手机号码", "身份证件"]
    late = [title for title, step in steps.items() if step["late"]]
    assert late == ["上茶", "水果糖点", "递上书报、业务手册"]
    assert steps["在 VIP 席办结"]["answers"] == ["约好下次来"]
    assert card["remembered"] == {"介绍过": ["易登机"], "感兴趣": ["易登机"]}
    assert {step["staff"] for step in steps.values()} == {"2001"}
    assert card["steps_skipped"] == 0


def gold_customers() -> Iterator[str]:
    """Return the numbers of those of the training hall who have a gold card."""
    people = made_up_people(CUSTOMERS_THERE, 1)
    return (one.phone for one in people if one.grade is Grade.GOLD and one.phone)


def found_outside(receiver: Hands) -> None:
    """Find a gold customer who is not in the hall already; an appointment is left as it is."""
    for phone in gold_customers():
        receiver(phone, "找到 1 位")
        receiver.terminal.type(ENTER)
        found = receiver.until(r"\d 表明身份|另办别的|已有号票")[0]
        if found == "另办别的":
            receiver("2", " 表明身份")
        if found != "已有号票":
            return
        receiver(ESCAPE, "Enter 选定  Ctrl+N")
        receiver(ESCAPE, "没有号码的客户按 F2")
    pytest.fail("every gold customer is in the hall")


def test_in_the_training_hall(tmp_path: Path) -> None:
    receiver = Hands(Terminal(python("-m", "hallterm", "train"), environment(tmp_path), 80, 24))
    pin = training_pin(load())
    receiver.sign_in("2001", pin, "后四位")
    (store,) = tmp_path.glob("hallterm-training-*/hall.db")
    key = str(store.with_name("hall.key"))
    where = environment(tmp_path, HALLTERM_STORE=str(store), HALLTERM_KEY=key, HALLTERM_PIN=pin)
    manager = Hands(Terminal(python("-m", "hallterm"), where, 80, 24))
    try:
        number = received_in_training(receiver)
        manager.sign_in("4001", pin, "只看将超")
        manager.go("VIP", "接待值班")
        manager.until(rf"{number} +VIP金 +接待中 .*赵倩 2001")
        receiver("\x05", "时间走多快？")
        receiver.away("6", "时间走多快？")
        receiver.until("^ 接待中 .*  办结 ")
        receiver("\x05", "时间走多快？")
        receiver.away("1", "时间走多快？")
        tea_entered_late(receiver, "3")
        solved(receiver)
        seen_off(receiver)
        card = json.loads(
            ran(python("-m", "hallterm", "reception", "show", number, "--json"), where)
        )
        check(card)
    finally:
        manager.terminal.close()
        receiver.terminal.close()


def received_in_training(receiver: Hands) -> str:
    """A gold customer without the card comes, is taken from the list and led to a place."""
    found_outside(receiver)
    receiver("02", "缴费 ✓")
    receiver.terminal.type(ENTER)
    # on the ticket itself: somebody else's wait may take the news line over at once
    number = receiver.until(r"^ +(V\d+) +VIP金 +\S+ +缴费")[1]
    receiver.go("VIP", "接待值班")
    receiver.terminal.type(receiver.until(rf"^[ >](\d)  {number} ")[1])
    receiver.until(rf"^>\d  {number} ")
    receiver(f(2), "对客户说")
    greeted(receiver)
    return number
