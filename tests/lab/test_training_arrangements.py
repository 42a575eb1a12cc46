"""The training hall has appointments and a visit to practise with."""

from datetime import timedelta
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.tiers import Tier
from tests.lab.test_training import MANAGER, NINE, create
from tests.support.truth import assert_true_to_log


@pytest.mark.parametrize(("later", "today"), [(0, 4), (8, 1), (13, 0)])
def test_appointments_lie_ahead_whatever_the_hour(tmp_path: Path, later: int, today: int) -> None:
    begin = NINE + timedelta(hours=later)
    desk = create(tmp_path, ManualClock(begin))
    booked = list(desk.hall.appointments.values())
    assert {(one.state, one.tier) for one in booked} == {(AppointmentState.BOOKED, Tier.VIP)}
    assert all(one.at > begin for one in booked)
    assert len({one.person_id for one in booked}) == len(booked) == 4
    day = desk.business_day(begin)
    assert sum(one.day == day for one in booked) == today
    (visit,) = ArrangementBoard(desk).errands(MANAGER)
    assert visit.address
    assert_true_to_log(desk.connection)
    desk.close()
