"""The training hall has neighbouring halls, so that a diversion to one can be tried."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.configuration import load, training_folders
from hallterm.configuration.reading import PACKAGED
from hallterm.desk import diversions
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.diversion.words import Way
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import LeaveReason, TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.training import ACCOUNTS, create_training_hall
from tests.support.hall import done, take

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OWN = """
[[hall]]
id = "own"
name = "自己的邻厅"
address = "和平路 1 号"
minutes = 5
"""


def names(*folders: Path) -> list[str]:
    return [hall.name for hall in load(*training_folders(folders)).diversion.halls]


def test_only_training_has_made_up_neighbours(tmp_path: Path) -> None:
    assert load(tmp_path, PACKAGED).diversion.halls == ()
    assert names(tmp_path, PACKAGED) == names(PACKAGED) == ["车站路营业厅", "滨河营业点"]


@pytest.mark.parametrize("with_packaged", [True, False])
def test_an_operator_trains_with_their_own(tmp_path: Path, *, with_packaged: bool) -> None:
    for name in ("standards.toml", "businesses.toml"):
        (tmp_path / name).write_text((PACKAGED / name).read_text("utf-8"), "utf-8")
    folders = (tmp_path, PACKAGED) if with_packaged else (tmp_path,)
    assert names(*folders) == ["车站路营业厅", "滨河营业点"]
    (tmp_path / "diversion.toml").write_text(OWN, "utf-8")
    assert names(*folders) == ["自己的邻厅"]


def test_a_customer_is_sent_there(tmp_path: Path) -> None:
    clock, configuration = ManualClock(MORNING), load(*training_folders((PACKAGED,)))
    desk = create_training_hall(tmp_path, clock, configuration, customers=40, durability="OFF")
    assert not isinstance(desk, Refusal)
    greeter = next(one.actor for one in ACCOUNTS if one.role is Role.GREETER)
    waiting = take(desk, Tier.STANDARD, actor=greeter)
    ticket = desk.hall.tickets[waiting]
    ways = diversions.ways(desk, greeter, ticket, 3600.0, StaffNames(desk))
    offered = [one.target for one in ways if one.way is Way.OTHER_HALL]
    assert offered == ["station_road", "riverside"]
    target = (Way.OTHER_HALL, "riverside")
    done(diversions.told(desk, greeter, waiting, target, accepted=True))
    gone = desk.hall.tickets[waiting]
    assert (gone.state, gone.reason) == (TicketState.LEFT, LeaveReason.DIVERTED)
    desk.close()
