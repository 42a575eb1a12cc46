"""Measures of special requests: time per stage, share solved at each level, promises kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.domain.decisions.request_clock import clock_hours
from hallterm.domain.opening_hours import OpeningHours
from hallterm.domain.request.clocks import StageMinutes
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import RequestState, Result
from hallterm.store.connection import reading
from hallterm.store.log import to_ms
from hallterm.store.tables import RequestRecord, table_of

_rows = table_of(RequestRecord)


@dataclass(frozen=True, slots=True)
class StageFigures:
    """How long one stage took."""

    state: RequestState
    times: int
    """How many times a request went through it."""
    median_s: float
    longest_s: float
    in_time: int
    """How many of them kept to the stage's clock as it is set now."""


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """The requests that were opened in a span of days."""

    opened: int
    closed: int
    solved: dict[Result, int]
    """Closed ones by the level at which they ended."""
    stages: tuple[StageFigures, ...]

    def share(self, result: Result) -> float | None:
        """Return the share of the closed ones that ended at a level; None without any."""
        return self.solved.get(result, 0) / self.closed if self.closed else None


def figures(desk: Desk, first: date, last: date) -> RequestFigures:
    """Return the figures of the requests opened on these business days, first and last included."""
    requests = [r for r in _opened(desk, first, last) if first <= r.day <= last]
    closed = [r for r in requests if not r.is_open]
    solved: dict[Result, int] = {}
    for request in closed:
        if request.result:
            solved[request.result] = solved.get(request.result, 0) + 1
    minutes = desk.rules.standards.requests.minutes
    stages = _stages(requests, minutes, clock_hours(desk.rules))
    return RequestFigures(len(requests), len(closed), solved, stages)


def _opened(desk: Desk, first: date, last: date) -> Iterator[Request]:
    """Read those opened around the days; a business day does not begin at midnight."""
    early, late = (
        to_ms(datetime.combine(day, datetime.min.time(), desk.timezone)) + shift * 36 * 3600 * 1000
        for day, shift in ((first, -1), (last, 2))
    )
    wanted = sa.select(_rows.c.document).where(_rows.c.opened_ms.between(early, late))
    with reading(desk.connection) as connection:
        documents = connection.execute(wanted).scalars().all()
    return (Request.model_validate_json(document) for document in documents)


def stays(request: Request, hours: OpeningHours) -> Iterator[tuple[RequestState, float]]:
    """Yield each stage that a request has left, with the seconds that its clock ran there."""
    entered: tuple[RequestState, datetime] | None = None
    for move in request.moves:
        if entered is None or move.state is not entered[0]:
            if entered is not None:
                yield entered[0], hours.between(entered[1], move.at).total_seconds()
            entered = (move.state, move.at)


def _stages(
    requests: Iterable[Request], minutes: StageMinutes, hours: OpeningHours
) -> tuple[StageFigures, ...]:
    lasted: dict[RequestState, list[float]] = {}
    for request in requests:
        for state, seconds in stays(request, hours):
            lasted.setdefault(state, []).append(seconds)
    told = []
    for state in RequestState:
        allowed = minutes.of(state)
        if state not in lasted or allowed is None:
            continue
        spans = lasted[state]
        kept = sum(seconds <= allowed.total_seconds() for seconds in spans)
        told.append(StageFigures(state, len(spans), median(spans), max(spans), kept))
    return tuple(told)
