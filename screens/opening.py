"""Opens a hall on the desk's thread. Importing this loads the store: only after the first frame."""

from hallterm.clock import Clock, SystemClock
from hallterm.configuration import load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import found
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.screens.entrance_desk import EntranceDesk
from hallterm.screens.entrance_port import Entrance
from hallterm.screens.session import Opened, TrainingAccount
from hallterm.screens.setup.draft_book import DraftBook
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
    clock = SystemClock()
    desk = open_desk(settings.store, key, clock, configuration, settings.device)
    return EntranceDesk(desk), opened_of(desk, clock)


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
    door = entrance if isinstance(entrance, EntranceDesk) else None
    desk = door.desk if door else _new_store(settings)
    refused = found(desk, new)
    if refused is not None:
        if door is None:
            desk.close()
        return refused
    return door or EntranceDesk(desk), opened_of(desk, desk.clock)


def _new_store(settings: Settings) -> Desk:
    configuration = load(*settings.data)
    if settings.key.exists() or settings.store.exists():
        key = read_key(settings.key)
    else:
        key = create_key(settings.key)
    try:
        settings.store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(settings.store)) from error
    return open_desk(settings.store, key, SystemClock(), configuration, settings.device)


def opened_of(
    desk: Desk, clock: Clock, accounts: tuple[TrainingAccount, ...] = (), common_pin: str = ""
) -> Opened:
    """Tell the screens what they must know of an open hall."""
    company = desk.rules.company
    complete = any(Role.ADMINISTRATOR in member.roles for member in company.active_staff())
    limits = desk.configuration.standards.sign_in
    return Opened(
        hall_name=company.hall.name if company.hall and complete else "",
        zone=desk.timezone,
        clock=clock,
        idle_minutes=limits.idle_minutes,
        pin_digits=limits.pin_digits,
        accounts=accounts,
        common_pin=common_pin,
    )
