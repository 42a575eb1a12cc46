"""Customers with an appointment in the hall of a test terminal."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.desk import errands
from hallterm.desk.accounts import sign_in
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.errands import ErrandPlan
from hallterm.desk.persons import record, search
from hallterm.desk.receptions import set_roster
from hallterm.domain.actor import Actor
from hallterm.domain.errand.words import ErrandKind, ErrandNote
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.store.keys import read_key
from tests.commands.terminal import CLERK, CLERK_PIN, Ended, Terminal
from tests.support.hall import done
from tests.support.rulebook import DUTY_MANAGER

PHONE = "13900139001"


def _floor(hall: Terminal) -> tuple[Desk, Actor]:
    desk = open_desk(
        hall.store, read_key(hall.folder / "config" / "hall.key"), SystemClock(), load(), "floor"
    )
    who = sign_in(desk, CLERK, CLERK_PIN)
    assert not isinstance(who, Refusal)
    return desk, who.actor


def member_on_file(hall: Terminal) -> None:
    """Enter a gold member of the club, and let the clerk receive VIPs."""
    desk, clerk = _floor(hall)
    typed = {"name": "王芳", "phone": PHONE, "tier": "vip", "grade": "gold"}
    assert not isinstance(record(desk, DUTY_MANAGER, typed, ConsentWay.SPOKEN), Refusal)
    done(set_roster(desk, clerk, [CLERK]))
    desk.close()


def tomorrow() -> str:
    """Return a slot of the hall's tomorrow, as typed."""
    day = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    return f"{day:%Y-%m-%d} 10:00"


def book(hall: Terminal, *more: str) -> Ended:
    """Book ten o'clock tomorrow."""
    asked = ("--phone", PHONE, "--business", "03", "--at", tomorrow(), "--staff", CLERK)
    return hall.run("appointment", "book", *asked, *more, "--json")


def visit_agreed(hall: Terminal) -> None:
    """Agree on a visit to the member of the club."""
    desk, clerk = _floor(hall)
    (person,) = search(desk, clerk, PHONE).rows
    now = desk.clock.now()
    texts = {ErrandNote.ADDRESS: "建设路 12 号"}
    ends = now + timedelta(hours=2)
    plan = ErrandPlan(ErrandKind.ON_SITE, person.person_id, "open_account", now, ends, texts)
    done(errands.plan(desk, clerk, plan))
    desk.close()
