"""Open time is counted by the hall's own clock, whatever it is asked about."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from hallterm.domain.opening_hours import ROUND_THE_CLOCK, OpeningHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
HALL = OpeningHours(time(8, 30), time(18, 0), SHANGHAI.key)
MINUTE = timedelta(minutes=1)

hours = st.builds(
    OpeningHours, st.times(), st.times(), st.sampled_from([SHANGHAI.key, "Asia/Urumqi", "UTC"])
)
moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside
spans = st.timedeltas(timedelta(), timedelta(days=14))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time of March 2026."""
    return datetime.combine(date(2026, 3, day), time(hour, minute), SHANGHAI)


def test_ten_minutes_before_closing_go_on_in_the_morning() -> None:
    assert HALL.after(at(2, 17, 50), 10 * MINUTE) == at(2, 18)
    assert HALL.after(at(2, 17, 50), 30 * MINUTE) == at(3, 8, 50)
    assert HALL.after(at(2, 22), 30 * MINUTE) == at(3, 9)
    assert HALL.after(at(3, 6), 30 * MINUTE) == at(3, 9)
    assert HALL.between(at(2, 17, 50), at(3, 8, 40)) == 20 * MINUTE
    assert HALL.between(at(2, 19), at(3, 8)) == timedelta()


def test_hours_may_go_on_past_midnight() -> None:
    night = OpeningHours(time(20), time(2), SHANGHAI.key)
    assert night.after(at(2, 23), timedelta(hours=4)) == at(3, 21)
    assert night.between(at(2, 12), at(3, 12)) == timedelta(hours=6)


def minutes_open(kept: OpeningHours, start: datetime, end: datetime) -> int:
    """Count, a minute after the other, those that begin while it is open."""
    open_, shut = kept.opens, kept.closes
    local = start.astimezone(ZoneInfo(kept.timezone))
    clock = [(local + n * MINUTE).time() for n in range(int((end - start) / MINUTE))]
    if open_ < shut:
        return sum(open_ <= one < shut for one in clock)
    return sum(one >= open_ or one < shut for one in clock)


whole = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(st.builds(OpeningHours, whole, whole, st.just(SHANGHAI.key)), moments, st.integers(0, 4000))
def test_open_time_is_what_counting_minutes_gives(
    kept: OpeningHours, moment: datetime, length: int
) -> None:
    start = moment.replace(second=0, microsecond=0)
    end = start + length * MINUTE
    assert kept.between(start, end) == minutes_open(kept, start, end) * MINUTE


@given(hours, moments, spans)
def test_as_much_open_time_has_passed_as_was_to_pass(
    kept: OpeningHours, start: datetime, span: timedelta
) -> None:
    end = kept.after(start, span)
    assert end >= start
    assert kept.between(start, end) == span
    if span:
        assert kept.between(start, end - timedelta(microseconds=1)) < span


@given(moments, spans)
def test_round_the_clock_every_second_counts(start: datetime, span: timedelta) -> None:
    assert ROUND_THE_CLOCK.after(start, span) == start + span
    assert ROUND_THE_CLOCK.between(start, start + span) == span
