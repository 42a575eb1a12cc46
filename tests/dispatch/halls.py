"""Halls as hypothesis makes them up."""

from collections.abc import Sequence

from hypothesis import strategies as st

from hallterm.dispatch.known import Came, Coming, Known, Others, Stream
from hallterm.dispatch.queue import ALL_TIERS, Station, Waiting
from hallterm.domain.tiers import Grade, Tier

NOW = 1_000_000.0
BUDGETS = {Tier.VIP: 600.0, Tier.GOTONE: 900.0, Tier.STANDARD: 1800.0}
LETTERS = {Tier.VIP: "V", Tier.GOTONE: "G", Tier.STANDARD: "A"}


def ticket(  # noqa: PLR0913 - a made-up ticket says what is special about it
    place: int,
    tier: Tier,
    age: float,
    *,
    grade: Grade | None = None,
    expected: float = 480.0,
    helped: bool = False,
    returned: bool = False,
    appointment: float | None = None,
) -> Waiting:
    """Return a waiting ticket of that age, seconds, at `NOW`."""
    return Waiting(
        ticket_id=f"t{place:03d}",
        number=f"{LETTERS[tier]}{place:03d}",
        tier=tier,
        grade=grade,
        clock_from=NOW - age,
        budget=BUDGETS[tier],
        expected=expected,
        helped=helped,
        arrived=NOW - age,
        returned=returned,
        appointment=appointment,
    )


def station(counter_id: str = "c0", free_in: float = 0.0) -> Station:
    """Return a counter that is open to all."""
    return Station(counter_id, ALL_TIERS, serves_others=True, free_at=NOW + free_in)


_tiers = st.sampled_from(Tier)
_ages = st.one_of(
    st.floats(-600, 12_000, allow_nan=False),
    st.sampled_from([0.0, 600.0, 900.0, 1800.0, 2700.0, 3600.0]),
)


@st.composite
def queues(draw: st.DrawFn, least: int = 1) -> list[Waiting]:
    """Draw some waiting tickets; ages may be negative, as when a clock goes back."""
    made = []
    for place in range(draw(st.integers(least, 25))):
        tier = draw(_tiers)
        one = ticket(
            place,
            tier,
            draw(_ages),
            grade=draw(st.sampled_from(Grade)) if tier is Tier.VIP else None,
            expected=draw(st.floats(30, 3600)),
            helped=draw(st.integers(0, 9)) == 0,
            returned=draw(st.integers(0, 9)) == 0,
            appointment=draw(st.none() | st.floats(NOW - 3600, NOW + 3600)),
        )
        made.append(one)
    return made


@st.composite
def counters(draw: st.DrawFn) -> Sequence[Station]:
    """Draw the other counters; some are late to become free."""
    times = draw(st.lists(st.floats(-900, 3600), max_size=8))
    return [station(f"c{place + 1}", free_in) for place, free_in in enumerate(times)]


_lengths = st.floats(30, 3600)


@st.composite
def known_days(draw: st.DrawFn) -> Known:
    """Draw what is known beside who waits; any part may be missing."""
    came = draw(st.lists(st.builds(Came, st.floats(NOW - 12_000, NOW), _lengths), max_size=30))
    coming = draw(
        st.lists(
            st.builds(Coming, st.floats(NOW, NOW + 7200), _tiers, st.floats(1, 60)), max_size=3
        )
    )
    streams = [
        Stream(tier, NOW - 3600, (draw(st.floats(0, 20)),) * 6, 480.0, BUDGETS[tier])
        for tier in draw(st.sets(_tiers))
    ]
    return Known(Others(came), streams, coming, draw(st.floats(0, 20_000)))
