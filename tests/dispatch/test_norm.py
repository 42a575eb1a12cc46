"""The norm's queue, found without running a second hall, and what it allows."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.dispatch.choose import choose
from hallterm.dispatch.known import Came, Coming, Known, Others, Stream
from hallterm.dispatch.lateness import KNOWN_RUSH, MARGIN, allowance, norm_of
from hallterm.dispatch.norm import longest_wait, norm_ahead, norm_now
from hallterm.dispatch.promise import VIP_GRACE
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Rules, View
from hallterm.domain.tiers import Tier
from hallterm.lab.simulation import Counter, Hall
from hallterm.lab.synthetic import Shape, make_day
from tests.dispatch.halls import NOW, station, ticket

BUDGET = 1800.0


def came(ages: Sequence[float], expected: float = 480.0) -> Others:
    """Return others who came so long ago."""
    return Others(Came(NOW - age, expected) for age in ages)


def view(waiting: Sequence[Waiting], known: Known, late_cap: float = 1.5) -> View:
    """Return a hall of eight counters."""
    others = [station(f"c{k}", 240) for k in range(1, 8)]
    return View(NOW, waiting, station(), others, Rules(late_cap=late_cap), known)


def test_as_much_waits_as_under_the_norm_and_it_is_what_came_last() -> None:
    day = came([5000, 4000, 3000, 2000, 1000, 100])
    assert norm_now(NOW, 3 * 480.0, day, BUDGET) == (2000, 1, 0)
    assert norm_now(NOW, 5 * 480.0, day, BUDGET) == (4000, 3, 1)
    assert norm_now(NOW, 0.0, day, BUDGET) == (0, 0, 0)
    assert norm_now(NOW, 2.4 * 480, day, BUDGET).oldest == 1000
    assert norm_now(NOW, 2.6 * 480, day, BUDGET).oldest == 2000


@pytest.mark.parametrize("number", range(3))
def test_it_is_the_queue_of_the_hall_that_really_follows_the_norm(number: int) -> None:
    """Under `strict` itself the norm's queue is the queue; services are as long as expected."""

    class Watching(Hall):
        apart: list[float]

        def came(self, _ticket_id: str, now: float) -> None:
            others = [w for w in self.waiting if w.tier is Tier.STANDARD]
            if len(others) < len(self.waiting) or len(others) < 2:
                return
            work = sum(w.expected for w in others)
            seen = norm_now(now, work, self.known.came, BUDGET)
            self.apart.append(seen.oldest - (now - min(w.clock_from for w in others)))

    hall = Watching([Counter()] * 8, POLICIES["strict"], Rules())
    hall.apart = []
    hall.run(make_day(Shape(), 77, number))
    assert len(hall.apart) > 20
    assert hall.apart == pytest.approx([0.0] * len(hall.apart))


def test_the_look_ahead_sees_a_rush_come_and_pass() -> None:
    day = came([1200, 900, 600, 300])
    calm = Known(came=day, streams=[Stream(Tier.STANDARD, NOW, (10.0,) * 4, 480.0, BUDGET)])
    rush = Known(came=day, streams=[Stream(Tier.STANDARD, NOW, (60.0,) * 4, 480.0, BUDGET)])
    now = norm_now(NOW, 4 * 480.0, day, BUDGET).oldest
    assert norm_ahead(NOW, 4 * 480.0, 8, calm, BUDGET).oldest == 0
    assert norm_ahead(NOW, 4 * 480.0, 8, rush, BUDGET).oldest > now


def test_an_appointment_is_work_that_comes() -> None:
    day = came([600.0] * 20)
    booked = [Coming(NOW + 300, Tier.VIP, 60)] * 8
    alone = norm_ahead(NOW, 20 * 480.0, 8, Known(came=day), BUDGET)
    more = norm_ahead(NOW, 20 * 480.0, 8, Known(came=day, coming=booked), BUDGET)
    assert more.oldest > alone.oldest


def test_the_longest_wait_of_a_day_under_the_norm_is_found_whatever_the_order_was() -> None:
    """One counter, three services of ten minutes; the last was called before the second."""
    standard = Tier.STANDARD
    day = [
        (0.0, 0.0, 600.0, standard),
        (120.0, 600.0, 600.0, standard),
        (60.0, 1200.0, 600.0, standard),
    ]
    assert longest_wait(day) == 1200 - 120
    assert longest_wait([]) == 0


def test_no_more_are_overdue_than_under_the_norm() -> None:
    """Two are overdue; the norm has one, and all who are in time would not fit."""
    late = [ticket(1, Tier.STANDARD, 2000), ticket(2, Tier.STANDARD, 1900)]
    due = [ticket(10 + k, Tier.STANDARD, 1790 - k) for k in range(10)]
    ages = [NOW - w.clock_from for w in (*late, *due)]
    more = Known(came=came(ages))
    chosen = choose(NOW, [*late, *due], station(), [station("c1", 240)], Rules(), more)
    assert chosen is not None
    assert chosen.reason == "keeps_promise"
    fewer = Known(came=came([*ages[2:], 1000, 900]))
    chosen = choose(NOW, [*late, *due], station(), [station("c1", 240)], Rules(), fewer)
    assert chosen is not None
    assert (chosen.ticket_id, chosen.reason) == ("t001", "overdue_enough")


def test_while_the_norm_keeps_all_below_twice_the_budget_so_does_this() -> None:
    waiting = [ticket(k, Tier.STANDARD, 60.0 * k) for k in range(40)]
    day = Known(came=came([60.0 * k for k in range(40)][::-1]), worst=9000.0)
    seen = view(waiting, day)
    allowed = allowance(seen, norm_of(seen, BUDGET), BUDGET, 1.0)
    assert allowed.oldest == 0
    assert 1.5 * BUDGET <= allowed.calm < 2 * BUDGET
    careful = replace(seen, known=replace(day, worst=(KNOWN_RUSH - 0.1) * BUDGET))
    assert allowance(careful, norm_of(careful, BUDGET), BUDGET, 1.0).calm < allowed.calm


def test_where_the_norm_leaves_many_beyond_some_may_wait_as_long() -> None:
    ages = [120.0 * k for k in range(50)][::-1]
    waiting = [ticket(k, Tier.STANDARD, age) for k, age in enumerate(ages)]
    seen = view(waiting, Known(came=came(ages)))
    norm = norm_of(seen, BUDGET)
    assert norm is not None
    allowed = allowance(seen, norm, BUDGET, 2.0)
    assert allowed.oldest > 0
    assert 2 * BUDGET < allowed.deep <= norm.oldest


@given(st.floats(1.0, 6.0), st.floats(0, 5))
def test_a_larger_cap_never_allows_less(late_cap: float, backlog: float) -> None:
    seen = view([ticket(1, Tier.STANDARD, 2000), ticket(2, Tier.VIP, 0)], Known(), late_cap)
    allowed = allowance(seen, norm_of(seen, BUDGET), BUDGET, backlog)
    wider = replace(seen, rules=Rules(late_cap=min(6.0, late_cap + 0.1)))
    assert allowance(wider, None, BUDGET, backlog).calm >= allowed.calm
    assert allowed.overdue == inf


def test_the_shorter_service_first_when_no_counter_would_be_free_for_a_vip() -> None:
    """Two counters, the other one busy for half an hour: a long service would close both."""
    long = ticket(1, Tier.STANDARD, 1500, expected=1500)
    short = ticket(2, Tier.STANDARD, 0, expected=300)
    chosen = choose(NOW, [long, short], station(), [station("c1", 1800)])
    assert chosen is not None
    assert (chosen.ticket_id, chosen.reason) == ("t002", "free_for_vip")
    many = [station(f"c{k}", 300) for k in range(1, 8)]
    chosen = choose(NOW, [long, short], station(), many)
    assert chosen is not None
    assert chosen.ticket_id == "t001"


LONG = [station(f"c{k}", 1200) for k in range(1, 8)]
"""Seven counters that have just begun services of twenty minutes."""


@pytest.mark.parametrize(
    ("others", "left", "reason"),
    [(5, 60, "tier_first"), (5, 600, "free_for_vip"), (2, 600, "gotone_due")],
)
def test_gotone_in_no_hurry_leaves_a_counter_that_is_soon_free_to_vip(
    others: int, left: float, reason: str
) -> None:
    """Besides long services some run that are as good as over, half over; or too few for GoTone."""
    gotone = ticket(1, Tier.GOTONE, 60, expected=1200)
    short = ticket(2, Tier.STANDARD, 60, expected=170)
    streams = [
        Stream(tier, NOW, (count,) * 6, 480.0, BUDGET)
        for tier, count in ((Tier.VIP, 2.0), (Tier.GOTONE, 8.0), (Tier.STANDARD, 23.0))
    ]
    stations = [*LONG[others:], *(station(f"s{k}", left) for k in range(others))]
    chosen = choose(NOW, [gotone, short], station(), stations, known=Known(streams=streams))
    assert chosen is not None
    assert chosen.reason == reason


def test_a_promise_broken_for_too_long_is_not_put_off_for_vip() -> None:
    """The bound is `late_cap`, 45 minutes: a minute over it a short one goes first, not later."""
    short = ticket(2, Tier.STANDARD, 60, expected=170)
    for age, first in ((2760, "free_for_vip"), (2700 + VIP_GRACE + 1, "bounded_lateness")):
        late = ticket(1, Tier.STANDARD, age, expected=1200)
        chosen = choose(NOW, [late, short], station(), LONG)
        assert chosen is not None
        assert chosen.reason == first


def test_the_more_first_tiers_bring_the_earlier_the_oldest_are_called() -> None:
    ages = [120.0 * k for k in range(50)][::-1]
    waiting = [ticket(k, Tier.STANDARD, age) for k, age in enumerate(ages)]

    def deep(gotone: float) -> float:
        streams = [
            Stream(tier, NOW, (count,) * 6, 480.0, BUDGET)
            for tier, count in ((Tier.GOTONE, gotone), (Tier.STANDARD, 30 - gotone))
        ]
        seen = view(waiting, Known(came=came(ages), streams=streams, worst=9000.0))
        return allowance(seen, norm_of(seen, BUDGET), BUDGET, 2.0).deep

    assert deep(3.0) == deep(9.0) > deep(15.0) >= 2 * BUDGET - MARGIN
