"""Opens a hall on the desk's thread. Importing this loads the store: only after the first frame."""

from hallterm.clock import Clock, SystemClock
from hallterm.configuration import Configuration, load
from hallterm.configuration.printer_target import PrinterTarget
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import found
from hallterm.desk.tickets import Issued
from hallterm.devices.printer import print_slip
from hallterm.devices.slip import slip
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
    clock = SystemClock()

    def enter() -> Desk:
        return open_desk(settings.store, key, clock, configuration, settings.device)

    desk = enter()
    return EntranceDesk(desk, enter, printer_of(settings.printer)), opened_of(desk, clock)


def printer_of(target: PrinterTarget) -> Printer:
    """Return what prints a slip to a target and says in words what went wrong."""

    def send(issued: Issued) -> str:
        trouble = print_slip(target, slip(issued))
        return trouble.sentence if trouble else ""

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
