"""Opens a hall on the desk's thread. Importing this loads the store: only after the first frame."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hallterm.clock import Clock, SystemClock
from hallterm.configuration import Configuration, load
from hallterm.configuration.printer_target import PrinterTarget
from hallterm.desk.accounts import staff_names
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.founding import found
from hallterm.desk.losses import LossWatch
from hallterm.desk.renumbered import NumberWatch, Renumbered
from hallterm.desk.tickets import Issued
from hallterm.devices.printer import print_slip
from hallterm.devices.slip import paper, slip
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.screens.entrance_desk import EntranceDesk
from hallterm.screens.entrance_port import Entrance
from hallterm.screens.session import Opened, TrainingAccount
from hallterm.screens.setup.draft_book import DraftBook
from hallterm.screens.ticket_desk_work import Printer
from hallterm.settings import Settings
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key, read_key
from hallterm.sync.adjusted import AdjustedClock
from hallterm.sync.machine import terminal_clock
from hallterm.sync.terminal import Doors, TerminalSync
from hallterm.words import _
from hallterm.words.losses import explain_loss, explain_renumbered


def open_hall(settings: Settings) -> tuple[EntranceDesk, Opened]:
    """Open this terminal's real hall.

    Raises:
        ConfigurationProblems: the operator's data has faults; all of them are in it.
        StoreFaultError: key or store can't be used; see `hallterm.store.faults`.
    """
    configuration = load(*settings.data)
    if not settings.store.exists():
        raise StoreFaultError("store_missing", str(settings.store))
    key = read_key(settings.key)
    return _door(settings, key, configuration)


def _door(
    settings: Settings, key: str, configuration: Configuration
) -> tuple[EntranceDesk, Opened]:
    clock = terminal_clock(settings.store)

    def enter() -> Desk:
        return open_desk(settings.store, key, clock, configuration, settings.device)

    desk = enter()
    opened = opened_of(desk, clock)
    if desk.replica.link is not None:
        opened = replace(opened, hub=TerminalHub(desk, enter, settings.store, clock))
    door = EntranceDesk(desk, enter, printer_of(settings.printer), paper=paper_of(settings.printer))
    return door, opened


class TerminalHub:
    """This terminal's sync, as the screens see it. `losses` belongs to the desk's thread."""

    def __init__(
        self, desk: Desk, enter: Callable[[], Desk], store: Path, clock: AdjustedClock
    ) -> None:
        self._desk = desk
        self._losses, self._numbers = LossWatch(desk), NumberWatch(desk)
        self._sync = TerminalSync(store, Doors(enter, TerminalFollower), clock)
        self.start, self.close = self._sync.start, self._sync.close
        self.standing = self._sync.standing

    def losses(self) -> list[str]:
        """Return in words what the home decided otherwise since the last call.

        Whether the home can be reached is told to the desk as well: cut off, counters share.
        """
        self._desk.apart = not self.standing().online
        names = self._numbers.new()
        renumbered = [explain_renumbered(one.before, one.now, self._named(one)) for one in names]
        return renumbered + [
            explain_loss(
                one.refusal,
                disputed=one.disputed,
                number=one.number,
                counter=one.counter,
                staff=one.staff,
            )
            for one in self._losses.new()
        ]

    def _named(self, one: Renumbered) -> str:
        return staff_names(self._desk).get(one.opened_by, one.opened_by)


def printer_of(target: PrinterTarget) -> Printer:
    """Return what prints a slip to a target and says in words what went wrong."""

    def send(issued: Issued) -> str:
        trouble = print_slip(target, slip(issued))
        return trouble.sentence if trouble else ""

    return send


def paper_of(target: PrinterTarget) -> Callable[[Sequence[str]], str]:
    """Return what prints lines of text to a target and says in words what went wrong."""

    def send(lines: Sequence[str]) -> str:
        trouble = print_slip(target, paper(lines))
        if trouble is None:
            return ""
        words = _("没有打印出来（{printer}：{reason}）")
        return words.format(printer=trouble.printer, reason=trouble.reason)

    return send


def draft(settings: Settings) -> DraftBook:
    """Begin a hall in memory.

    Raises:
        ConfigurationProblems: the operator's data has faults.
    """
    return DraftBook(load(*settings.data), SystemClock(), settings.device)


def found_hall(
    settings: Settings, book: DraftBook, entrance: Entrance | None
) -> tuple[EntranceDesk, Opened] | Refusal:
    """Write a drafted hall into a store; key file and store are made if they are not there.

    entrance: the store, where one is open already: a set-up that was broken off goes on in it.

    Raises:
        StoreFaultError: key or store can't be written.
    """
    new = book.new_hall()
    if new is None:
        return refuse("hall_missing")
    was_open = isinstance(entrance, EntranceDesk)
    door = entrance if isinstance(entrance, EntranceDesk) else _new_store(settings)
    refused = found(door.desk, new)
    if refused is not None:
        if not was_open:
            door.close()
        return refused
    return door, opened_of(door.desk, door.desk.clock)


def _new_store(settings: Settings) -> EntranceDesk:
    configuration = load(*settings.data)
    if settings.key.exists() or settings.store.exists():
        key = read_key(settings.key)
    else:
        key = create_key(settings.key)
    try:
        settings.store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(settings.store)) from error
    return _door(settings, key, configuration)[0]


def opened_of(
    desk: Desk, clock: Clock, accounts: tuple[TrainingAccount, ...] = (), common_pin: str = ""
) -> Opened:
    """Tell the screens what they must know of an open hall."""
    company = desk.rules.company
    complete = any(Role.ADMINISTRATOR in member.roles for member in company.active_staff())
    limits = desk.rules.standards.sign_in
    return Opened(
        hall_name=company.hall.name if company.hall and complete else "",
        zone=desk.timezone,
        clock=clock,
        idle_minutes=limits.idle_minutes,
        pin_digits=limits.pin_digits,
        accounts=accounts,
        common_pin=common_pin,
    )
