"""Who is next: what holds for every policy."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.dispatch.choose import choose
from hallterm.dispatch.known import Known
from hallterm.dispatch.lateness import MOST_DEEP, STRETCH
from hallterm.dispatch.queue import Station, Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import PolicyName, Rules
from hallterm.domain.tiers import Grade, Tier
from tests.dispatch.halls import NOW, counters, known_days, queues, station, ticket

policies = st.sampled_from(list(POLICIES))
every_policy = pytest.mark.parametrize("policy", list(POLICIES))


@given(policies, queues(), counters(), known_days(), st.randoms(use_true_random=False))
def test_order_of_the_lists_does_not_matter(
    policy: PolicyName,
    waiting: list[Waiting],
    others: Sequence[Station],
    known: Known,
    rng: random.Random,
) -> None:
    rules = Rules(policy=policy)
    chosen = choose(NOW, waiting, station(), others, rules, known)
    shuffled, turned = list(waiting), list(others)
    rng.shuffle(shuffled)
    rng.shuffle(turned)
    streams, coming = list(known.streams), list(known.coming)
    rng.shuffle(streams)
    rng.shuffle(coming)
    same = replace(known, streams=streams, coming=coming)
    assert choose(NOW, shuffled, station(), turned, rules, same) == chosen
    assert choose(NOW, waiting, station(), others, rules, known) == chosen


@given(policies, queues(), counters())
def test_somebody_who_waits_is_chosen(
    policy: PolicyName, waiting: list[Waiting], others: Sequence[Station]
) -> None:
    chosen = choose(NOW, waiting, station(), others, Rules(policy=policy))
    assert chosen is not None
    assert chosen.ticket_id in {w.ticket_id for w in waiting}


@given(policies, queues(), counters(), known_days(), st.floats(-1e6, 1e6))
def test_clock_may_go_back_or_far_ahead(
    policy: PolicyName,
    waiting: list[Waiting],
    others: Sequence[Station],
    known: Known,
    shift: float,
) -> None:
    moved = NOW + shift
    assert choose(moved, waiting, station(), others, Rules(policy=policy), known) is not None


@given(queues(), counters(), st.floats(1, 6))
def test_beyond_the_cap_none_of_lower_claim_is_served_first(
    waiting: list[Waiting], others: Sequence[Station], late_cap: float
) -> None:
    """The widest cap of all halls; those who go first are an order of their own."""
    plain = [replace(w, helped=False, returned=False, appointment=None) for w in waiting]
    chosen = choose(NOW, plain, station(), others, Rules(late_cap=late_cap))
    assert chosen is not None
    widest = 1 + (late_cap - 1) * (1 + STRETCH)
    beyond = [w for w in plain if NOW - w.clock_from > widest * w.budget]
    called = next(w for w in plain if w.ticket_id == chosen.ticket_id)
    if beyond and called in beyond:
        order = sorted(beyond, key=lambda w: (w.rank, w.clock_from, w.ticket_id))
        assert called == order[0]
    elif beyond:
        assert called.rank < min(w.rank for w in beyond), "only a higher claim goes before"


@given(queues(), counters(), known_days())
def test_whatever_is_known_nobody_in_time_passes_one_beyond_every_cap(
    waiting: list[Waiting], others: Sequence[Station], known: Known
) -> None:
    plain = [replace(w, helped=False, returned=False, appointment=None) for w in waiting]
    chosen = choose(NOW, plain, station(), others, Rules(), known)
    assert chosen is not None
    called = next(w for w in plain if w.ticket_id == chosen.ticket_id)
    if any(NOW - w.clock_from > MOST_DEEP * w.budget for w in plain):
        assert called.tier is not Tier.STANDARD or called.deadline < NOW


@given(queues(), counters())
def test_vip_goes_before_all_by_grade(waiting: list[Waiting], others: Sequence[Station]) -> None:
    chosen = choose(NOW, waiting, station(), others)
    vips = [w for w in waiting if w.tier is Tier.VIP]
    assert chosen is not None
    if vips:
        called = next(w for w in waiting if w.ticket_id == chosen.ticket_id)
        assert called.tier is Tier.VIP
        assert called.rank == min(w.rank for w in vips)


@every_policy
def test_empty_hall_has_no_next(policy: PolicyName) -> None:
    assert choose(NOW, [], station(), [], Rules(policy=policy)) is None


@every_policy
def test_the_only_one_is_next(policy: PolicyName) -> None:
    chosen = choose(NOW, [ticket(1, Tier.STANDARD, 60)], station(), [], Rules(policy=policy))
    assert chosen is not None
    assert (chosen.ticket_id, chosen.reason) == ("t001", "only_one")


def test_all_overdue_are_served_by_claim_then_oldest() -> None:
    late = [
        ticket(1, Tier.STANDARD, 9000),
        ticket(2, Tier.STANDARD, 9500),
        ticket(3, Tier.GOTONE, 2000),
        ticket(4, Tier.VIP, 900, grade=Grade.GOLD),
    ]
    called = []
    while late:
        chosen = choose(NOW, late, station())
        assert chosen is not None
        called.append(chosen.ticket_id)
        late = [w for w in late if w.ticket_id != chosen.ticket_id]
    assert called == ["t004", "t003", "t002", "t001"]


@pytest.mark.parametrize(
    "special",
    [
        ticket(2, Tier.STANDARD, 60, helped=True),
        ticket(2, Tier.STANDARD, 60, returned=True),
        ticket(2, Tier.STANDARD, 60, appointment=NOW - 1),
    ],
    ids=["helped", "back after a pass-over", "appointment"],
)
@pytest.mark.parametrize("policy", ["strict", "promise"])
def test_some_go_first_within_their_tier(special: Waiting, policy: PolicyName) -> None:
    waiting = [ticket(1, Tier.STANDARD, 1700), special]
    chosen = choose(NOW, waiting, station(), [], Rules(policy=policy))
    assert chosen is not None
    assert (chosen.ticket_id, chosen.reason) == ("t002", "goes_first")
    later = replace(special, helped=False, returned=False, appointment=NOW + 600)
    chosen = choose(NOW, [waiting[0], later], station(), [], Rules(policy=policy))
    assert chosen is not None
    assert chosen.ticket_id == "t001"


def test_dedicated_counter_keeps_to_its_own() -> None:
    waiting = [ticket(1, Tier.STANDARD, 5000), ticket(2, Tier.GOTONE, 10)]
    own = frozenset({Tier.GOTONE})
    chosen = choose(NOW, waiting, Station("g", own, serves_others=True, free_at=NOW))
    assert chosen is not None
    assert chosen.ticket_id == "t002"
    closed = Station("v", frozenset({Tier.VIP}), serves_others=False, free_at=NOW)
    assert choose(NOW, waiting, closed) is None


def test_gotone_waits_only_while_its_promise_is_safe() -> None:
    """One counter of eight is free; the others need some minutes yet."""
    others = [station(f"c{n}", 300) for n in range(1, 8)]
    short = ticket(1, Tier.STANDARD, 1790)
    for age, called in ((300, "t001"), (880, "t002")):
        chosen = choose(NOW, [short, ticket(2, Tier.GOTONE, age)], station(), others)
        assert chosen is not None
        assert chosen.ticket_id == called


def test_reason_says_how_both_stand() -> None:
    others = [station(f"c{n}", 300) for n in range(1, 8)]
    waiting = [ticket(14, Tier.STANDARD, 1760), ticket(7, Tier.GOTONE, 300)]
    chosen = choose(NOW, waiting, station(), others)
    assert chosen is not None
    assert chosen.reason == "keeps_promise"
    assert dict(chosen.args) == {
        "tier": "standard",
        "number": "A014",
        "left_s": 40,
        "rival": "G007",
        "rival_left_s": 600,
    }
