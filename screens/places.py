"""The places of the app, and who may go where. The domain still judges every command."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.screens.session import Session
from hallterm.screens.shell import PlaceMaker, Shell
from hallterm.screens.widgets.choice_list import Choice
from hallterm.words import _

if TYPE_CHECKING:
    from textual.screen import Screen

    from hallterm.screens.desk_port import HallDesk

AT_COUNTER = frozenset({Role.CLERK, *MANAGERS})


def place_words() -> Mapping[str, tuple[str, str]]:
    """Return title and explanation of every place, in the order of the menu."""
    return {
        "counter": (_("窗口"), _("叫号、办理、办结")),
        "tickets": (_("取号"), _("接待客户、出票")),
        "board": (_("等候区"), _("所有号票和窗口")),
        "seat": (_("换窗口"), _("选、接管或让出窗口")),
        "office": (_("管理"), _("窗口、人员、营业时间、业务")),
    }


def places_for(shell: Shell, session: Session) -> dict[str, PlaceMaker]:
    """Return the places that make sense for a person's roles."""
    roles = session.actor.roles
    places: dict[str, PlaceMaker] = {}
    if roles & AT_COUNTER:
        places["counter"] = _counter(shell, session)
    if roles & FLOOR:
        places["board"] = _board(shell, session)
    if roles & AT_COUNTER:
        places["seat"] = _seat
    if Role.ADMINISTRATOR in roles:
        places["office"] = _office(shell, session)
    return places


def place_choices(shell: Shell) -> list[Choice[str]]:
    """Return the places of the signed-in person as a choice."""
    return [
        Choice(name, title, note)
        for name, (title, note) in place_words().items()
        if name in shell.places
    ]


def _desk(shell: Shell, session: Session) -> "HallDesk":
    if shell.entrance is None:
        message = "nobody can be signed in before the store is open"
        raise RuntimeError(message)
    return shell.entrance.hall_desk(session)


def _counter(shell: Shell, session: Session) -> Callable[[], "Screen[None]"]:
    def make() -> "Screen[None]":
        from hallterm.screens.counter import CounterScreen  # noqa: PLC0415 - only after the first frame

        return CounterScreen(_desk(shell, session))

    return make


def _board(shell: Shell, session: Session) -> Callable[[], "Screen[None]"]:
    def make() -> "Screen[None]":
        from hallterm.screens.board import BoardScreen  # noqa: PLC0415 - only after the first frame

        return BoardScreen(_desk(shell, session))

    return make


def _office(shell: Shell, session: Session) -> Callable[[], "Screen[None]"]:
    def make() -> "Screen[None]":
        from hallterm.screens.setup.office import OfficeScreen  # noqa: PLC0415 - only after the first frame

        if shell.entrance is None:
            message = "nobody can be signed in before the store is open"
            raise RuntimeError(message)
        return OfficeScreen(shell.entrance.hall_book(session))

    return make


def _seat() -> "Screen[None]":
    from hallterm.screens.seat import SeatScreen  # noqa: PLC0415 - only after the first frame

    return SeatScreen()
