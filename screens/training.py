"""Opens the training hall on the desk's thread. Importing this loads the store."""

from dataclasses import replace
from pathlib import Path

from hallterm.clock import ScaledClock
from hallterm.configuration import load, training_folders
from hallterm.configuration.printer_target import FilePrinter
from hallterm.desk.desk import open_desk
from hallterm.domain.refusal import Refusal
from hallterm.lab.training import ACCOUNTS, KEY_NAME, STORE_NAME, create_training_hall, training_pin
from hallterm.lab.training_day import TrainingDay, TrainingPlan
from hallterm.screens.entrance_desk import EntranceDesk
from hallterm.screens.opening import opened_of, paper_of, printer_of
from hallterm.screens.session import Opened, TrainingAccount
from hallterm.settings import Settings
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key


def open_training(
    settings: Settings,
    folder: str,
    speed: float,
    arrivals_per_hour: float | None,
    seed: int,
) -> tuple[EntranceDesk, Opened]:
    """Make a training hall in an empty folder, with customers in it already.

    Raises:
        ConfigurationProblems: the operator's data has faults.
        StoreFaultError: the folder can't be written.
    """
    configuration = load(*training_folders(settings.data))
    clock = ScaledClock(speed)
    desk = create_training_hall(Path(folder), clock, configuration, seed=seed)
    if isinstance(desk, Refusal):
        raise StoreFaultError("store_unopenable", folder)
    plan = TrainingPlan(seed=seed)
    if arrivals_per_hour is not None:
        plan = replace(plan, arrivals_per_hour=arrivals_per_hour)
    day = TrainingDay(desk, plan)
    accounts = tuple(TrainingAccount(a.staff_id, a.name, (a.role,)) for a in ACCOUNTS)
    opened = opened_of(desk, clock, accounts, training_pin(configuration))
    store, key = Path(folder) / STORE_NAME, read_key(Path(folder) / KEY_NAME)
    printer = FilePrinter(Path(folder) / "slips.bin")
    door = EntranceDesk(
        desk,
        lambda: open_desk(store, key, clock, configuration, desk.device),
        printer_of(printer),
        lambda: day.step(desk, clock.now()),
        paper_of(printer),
    )
    return door, opened
