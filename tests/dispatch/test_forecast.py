"""What is told about waits, and the advice from the same look-ahead."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.dispatch.advice import open_counter, self_service
from hallterm.dispatch.cost import cost_of
from hallterm.dispatch.forecast import RULED, forecast
from hallterm.dispatch.forward import Forward, Hall
from hallterm.dispatch.known import HALF_HOUR, Coming, Known, Stream
from hallterm.dispatch.queue import Station, Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import PolicyName, Rules
from hallterm.domain.tiers import Tier
from tests.dispatch.halls import NOW, counters, queues, station, ticket


def expected(*streams: Stream) -> Known:
    """Return a day of which only is known who is expected."""
    return Known(streams=streams)


def stream(per_half_hour: float, tier: Tier = Tier.STANDARD) -> Stream:
    """Return customers who keep coming for four hours."""
    return Stream(tier, NOW, (per_half_hour,) * 8, expected=480.0, budget=1800.0)


@given(st.sampled_from(list(POLICIES)), queues(), counters())
def test_everybody_is_told_a_wait_within_its_range(
    policy: PolicyName, waiting: list[Waiting], others: list[Station]
) -> None:
    stations = [station(), *others]
    waits = forecast(NOW, waiting, stations, expected(stream(5)), Rules(policy=policy))
    assert set(waits) <= {w.ticket_id for w in waiting}
    for wait in waits.values():
        assert 0 <= wait.low <= wait.high
        assert 0 <= wait.wait <= wait.high
    turned = forecast(NOW, waiting[::-1], stations[::-1], expected(stream(5)), Rules(policy=policy))
    assert turned == waits


def test_nobody_waits_or_nobody_works() -> None:
    assert forecast(NOW, [], [station()]) == {}
    assert forecast(NOW, [ticket(1, Tier.VIP, 0)], []) == {}


def test_the_one_at_a_free_counter_waits_no_time() -> None:
    waits = forecast(NOW, [ticket(1, Tier.STANDARD, 0)], [station()])
    assert waits["t001"].low == 0
    assert waits["t001"].wait < 60


def test_nobody_is_promised_a_counter_that_may_not_serve_them() -> None:
    vip_room = Station("v", frozenset({Tier.VIP}), serves_others=False, free_at=NOW)
    waits = forecast(NOW, [ticket(1, Tier.STANDARD, 0), ticket(2, Tier.VIP, 0)], [vip_room])
    assert set(waits) == {"t002"}


def test_later_customers_of_higher_tier_make_the_others_wait_longer() -> None:
    waiting = [ticket(place, Tier.STANDARD, 0) for place in range(10)]
    calm = forecast(NOW, waiting, [station()], Known(), Rules(policy="strict"))
    vips = expected(stream(1, Tier.VIP))
    busy = forecast(NOW, waiting, [station()], vips, Rules(policy="strict"))
    assert busy["t009"].wait > calm["t009"].wait


def test_a_stream_is_even_within_its_half_hours() -> None:
    coming = Stream(Tier.VIP, NOW, (3.0, 0.0, 6.0), 480.0, 600.0)
    moments = [w.arrived - NOW for w in coming.until(NOW, NOW + 3 * HALF_HOUR)]
    assert moments == pytest.approx([300, 900, 1500, 3750, 4050, 4350, 4650, 4950, 5250])
    assert coming.until(NOW + 3 * HALF_HOUR, NOW + 4 * HALF_HOUR) == []


def test_those_known_to_come_are_no_longer_expected_besides() -> None:
    coming = [Coming(NOW + 700, Tier.VIP, 8), Coming(NOW + 600, Tier.GOTONE, 8)]
    day = Known(streams=[stream(2, Tier.VIP)], coming=coming)
    arrivals = day.arrivals(NOW, NOW + HALF_HOUR)
    assert [(w.arrived - NOW, w.tier) for w in arrivals] == [
        (600, Tier.GOTONE),
        (700, Tier.VIP),
        (900, Tier.VIP),
    ]


def test_an_appointment_makes_those_who_wait_wait_longer() -> None:
    waiting = [ticket(1, Tier.STANDARD, 0)]
    busy = [station("c1", 600)]
    alone = forecast(NOW, waiting, busy)
    booked = forecast(NOW, waiting, busy, Known(coming=[Coming(NOW + 60, Tier.VIP, 30)]))
    assert booked["t001"].wait > alone["t001"].wait + 300


def test_a_counter_may_be_told_whom_to_call() -> None:
    waiting = [ticket(1, Tier.VIP, 500), ticket(2, Tier.STANDARD, 0)]
    forward = Forward(NOW, waiting, [station()])
    forward.call(waiting[1], "c0")
    assert [s.waiting.ticket_id for s in forward.run()] == ["t002", "t001"]


def test_cost_of_another_choice_names_the_promise_it_breaks() -> None:
    busy = [station("c1", 900)]
    waiting = [ticket(1, Tier.STANDARD, 1790, expected=120), ticket(2, Tier.STANDARD, 100)]
    cost = cost_of(Hall(NOW, waiting, [station(), *busy]), station(), "t002")
    assert cost is not None
    assert cost.broken == ("A001",)
    assert cost.saved == ()
    assert cost.overdue_s > 0
    ruled = cost_of(Hall(NOW, waiting, [station(), *busy]), station(), "t001")
    assert ruled is not None
    assert (ruled.broken, ruled.overdue_s) == ((), 0)


def test_no_cost_for_a_ticket_the_counter_cannot_be_offered() -> None:
    elsewhere = replace(ticket(1, Tier.STANDARD, 0), only_counter="c9")
    hall = Hall(NOW, [elsewhere, ticket(2, Tier.VIP, 0)], [station()])
    assert cost_of(hall, station(), "t001") is None
    assert cost_of(hall, station(), "nobody") is None


def busy_hall() -> Hall:
    """Return a hall with two counters whose queue grows past the promises."""
    waiting = [ticket(place, Tier.STANDARD, 60.0 * place) for place in range(12)]
    return Hall(NOW, waiting, [station("c1", 60), station("c2", 240)], expected(stream(8)))


def test_one_more_counter_keeps_more_promises_of_a_busy_hall() -> None:
    advice = open_counter(busy_hall())
    assert advice is not None
    assert advice.kept_more > 0
    assert advice.overdue_less_s > 0


def test_no_advice_for_a_calm_hall() -> None:
    calm = Hall(NOW, [ticket(1, Tier.STANDARD, 60)], [station()], expected(stream(1)))
    assert open_counter(calm) is None
    assert self_service(calm, {"t001"}) is None


def test_self_service_is_asked_of_those_who_can_oldest_first() -> None:
    advice = self_service(busy_hall(), {"t003", "t005", "gone"})
    assert advice is not None
    assert advice.numbers == ("A005", "A003")
    assert advice.kept_more >= 2
    assert self_service(busy_hall(), set()) is None


def test_a_long_queue_is_told_on_in_the_norms_order_at_the_pace_so_far() -> None:
    """Behind the starts that the rule is run for; nobody is told what nobody may serve."""
    tiers = (Tier.GOTONE, Tier.STANDARD)
    waiting = [ticket(k, tiers[k % 4 > 0], 10 * k, expected=480.0) for k in range(2 * RULED)]
    waiting.append(replace(ticket(900, Tier.STANDARD, 60), only_counter="elsewhere"))
    stations = [station(f"c{k}", 60.0 * k) for k in range(12)]
    rules = Rules(policy="strict")
    waits = forecast(NOW, waiting, stations, rules=rules)
    assert set(waits) == {w.ticket_id for w in waiting} - {"t900"}
    whole = [s.waiting.ticket_id for s in Forward(NOW, waiting, stations, rules=rules).run()]
    assert list(waits) == whole
    moments = [wait.wait for wait in waits.values()][RULED:]
    assert moments == sorted(moments)
    assert moments[-1] == pytest.approx(480 * 2 * RULED / 12, rel=0.15)
