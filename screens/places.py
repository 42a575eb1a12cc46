"""The places of the app, and who may go where. The domain still judges every command."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hallterm.domain.roles import FLOOR, MANAGERS, OFFICES, Role
from hallterm.screens.session import Session
from hallterm.screens.shell import PlaceMaker, Shell
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.work import Work
from hallterm.words import _

if TYPE_CHECKING:
    from textual.screen import Screen


AT_COUNTER = frozenset({Role.CLERK, *MANAGERS})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def place_words() -> Mapping[str, tuple[str, str]]:
    """Return title and explanation of every place, in the order of the menu."""
    return {
        "counter": (_("窗口"), _("叫号、办理、办结")),
        "tickets": (_("取号"), _("接待客户、出票")),
        "board": (_("等候区"), _("所有号票和窗口")),
        "customer": (_("客户资料"), _("查一位客户，看来访和改动")),
        "seat": (_("换窗口"), _("选、接管或让出窗口")),
        "day": (_("日结"), _("结清号票，关这一天，看以前的日子")),
        "contradictions": (_("待核对"), _("断线时各终端记下的不一致")),
        "dispatch": (_("调度"), _("叫号规则、现在的建议、全天窗口")),
        "office": (_("管理"), _("窗口、人员、营业时间、业务")),
        "receptions": (_("VIP 接待"), _("谁在等、谁在接待、做到哪一步")),
        "diversions": (_("分流"), _("谁的等候要超时，可以去哪里")),
        "call_backs": (_("回电"), _("答应了客户要打的电话")),
        "requests": (_("特殊需求"), _("待办、请示、流转单、全部经过")),
        "checklists": (_("步骤单"), _("开门、关门、应急、设备故障")),
        "appointments": (_("预约"), _("谁约了几点、约一个、到厅取号")),
        "errands": (_("上门配送"), _("谁去哪里、电联、未遇、办结")),
    }


def places_for(session: Session, work: Work) -> dict[str, PlaceMaker]:
    """Return the places that make sense for a person's roles."""
    roles = session.actor.roles
    makers: list[tuple[frozenset[Role], str, PlaceMaker]] = [
        (AT_COUNTER, "counter", lambda: _counter(work)),
        (FLOOR, "tickets", lambda: _tickets(work)),
        (FLOOR, "board", lambda: _board(work)),
        (FLOOR, "customer", lambda: _customer(work)),
        (AT_COUNTER, "seat", _seat),
        (MANAGERS, "day", lambda: _day(work)),
        (MANAGERS, "contradictions", lambda: _contradictions(work)),
        (MANAGERS, "dispatch", lambda: _dispatch(work)),
        (ADMINISTRATORS, "office", lambda: _office(work)),
        (FLOOR, "receptions", lambda: _receptions(work)),
        (FLOOR, "diversions", lambda: _diversions(work)),
        (FLOOR, "call_backs", lambda: _call_backs(work)),
        (FLOOR | OFFICES, "requests", lambda: _requests(work)),
        (FLOOR, "checklists", lambda: _checklists(work)),
        (FLOOR, "appointments", lambda: _appointments(work)),
        (FLOOR, "errands", lambda: _errands(work)),
    ]
    return {name: maker for wanted, name, maker in makers if roles & wanted}


def place_choices(shell: Shell) -> list[Choice[str]]:
    """Return the places of the signed-in person as a choice."""
    return [
        Choice(name, title, note)
        for name, (title, note) in place_words().items()
        if name in shell.places
    ]


def _counter(work: Work) -> "Screen[None]":
    from hallterm.screens.counter import CounterScreen  # noqa: PLC0415 - only when wanted

    return CounterScreen(work.hall)


def _tickets(work: Work) -> "Screen[None]":
    from hallterm.screens.ticket_desk import TicketDeskScreen  # noqa: PLC0415 - only when wanted

    return TicketDeskScreen(work.tickets, work.search, work.customers)


def _board(work: Work) -> "Screen[None]":
    from hallterm.screens.board import BoardScreen  # noqa: PLC0415 - only when wanted

    return BoardScreen(work.hall)


def _customer(work: Work) -> "Screen[None]":
    from hallterm.screens.customer import CustomerScreen  # noqa: PLC0415 - only when wanted

    return CustomerScreen(work.customers, work.search)


def _seat() -> "Screen[None]":
    from hallterm.screens.seat import SeatScreen  # noqa: PLC0415 - only when wanted

    return SeatScreen()


def _day(work: Work) -> "Screen[None]":
    from hallterm.screens.end_of_day import EndOfDayScreen  # noqa: PLC0415 - only when wanted

    return EndOfDayScreen(work.day)


def _contradictions(work: Work) -> "Screen[None]":
    from hallterm.screens.contradictions import (  # noqa: PLC0415 - only when wanted
        ContradictionsScreen,
    )

    return ContradictionsScreen(work.contradictions)


def _dispatch(work: Work) -> "Screen[None]":
    from hallterm.screens.dispatching import DispatchScreen  # noqa: PLC0415 - only when wanted

    return DispatchScreen(work.dispatch)


def _office(work: Work) -> "Screen[None]":
    from hallterm.screens.setup.office import OfficeScreen  # noqa: PLC0415 - only when wanted

    return OfficeScreen(work.book)


def _receptions(work: Work) -> "Screen[None]":
    from hallterm.screens.receptions import ReceptionsScreen  # noqa: PLC0415 - only when wanted

    return ReceptionsScreen(work.receptions)


def _diversions(work: Work) -> "Screen[None]":
    from hallterm.screens.diversions import DiversionsScreen  # noqa: PLC0415 - only when wanted

    return DiversionsScreen(work.diversions)


def _call_backs(work: Work) -> "Screen[None]":
    from hallterm.screens.call_backs import CallBacksScreen  # noqa: PLC0415 - only when wanted

    return CallBacksScreen(work.diversions)


def _requests(work: Work) -> "Screen[None]":
    from hallterm.screens.requests import RequestsScreen  # noqa: PLC0415 - only when wanted

    return RequestsScreen(work.requests)


def _checklists(work: Work) -> "Screen[None]":
    from hallterm.screens.checklists import ChecklistsScreen  # noqa: PLC0415 - only when wanted

    return ChecklistsScreen(work.receptions.checklists)


def _appointments(work: Work) -> "Screen[None]":
    from hallterm.screens.appointments import AppointmentsScreen  # noqa: PLC0415 - only when wanted

    return AppointmentsScreen(work.arrangements)


def _errands(work: Work) -> "Screen[None]":
    from hallterm.screens.errands import ErrandsScreen  # noqa: PLC0415 - only when wanted

    return ErrandsScreen(work.arrangements)
