"""Comparing two tables row by row, in the order of their keys, without holding either whole."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from hallterm.domain.appointment.state import Appointment
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.company.keys import OfficeKey
from hallterm.domain.company.state import HallProfile, StaffMember
from hallterm.domain.counter.state import CounterDuty, CounterSetup
from hallterm.domain.disputes import Dispute
from hallterm.domain.errand.state import Errand
from hallterm.domain.reception.state import Reception
from hallterm.domain.request.state import Request
from hallterm.domain.rulebook import Published
from hallterm.domain.ticket.state import Ticket
from hallterm.store.projection import Offer
from hallterm.store.rows import HallNumbers

Row = Mapping[str, Any]
Difference = tuple[Row | None, Row | None]
"""A row as the store has it and as the log tells it; None where there is none."""

_AT_ONCE = 500

_COMPANY_KINDS: Mapping[str, Any] = {
    "staff": StaffMember,
    "counter": CounterSetup,
    "profile": HallProfile,
    "offer": Offer,
    "office_key": OfficeKey,
    "rulebook": Published,
}
_MODELS: Mapping[str, Any] = {
    "ticket": Ticket,
    "counter_duty": CounterDuty,
    "hall_state": HallNumbers,
    "reception": Reception,
    "request": Request,
    "checklist_run": ChecklistRun,
    "checklist_version": ChecklistTemplate,
    "call_back": CallBack,
    "appointment": Appointment,
    "errand": Errand,
    "dispute": Dispute,
}


def differences(
    store: sa.Connection, shadow: sa.Connection, table: sa.Table, told: Callable[[int], None]
) -> Iterator[Difference]:
    """Return the rows in which the two differ.

    told: called with the number of rows compared so far, now and then.
    """
    keys = [column.name for column in table.primary_key]
    compared = 0
    for ours, theirs in merged(_rows(store, table), _rows(shadow, table), keys):
        compared += 1
        if ours is None or theirs is None or not same(table.name, ours, theirs):
            yield ours, theirs
    told(compared)


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    # Compared in Python below, so sorted by code point here, as SQLite's default does.
    ordered = sa.select(table).order_by(*table.primary_key)
    return rows(connection.execute(ordered.execution_options(yield_per=_AT_ONCE)))


def rows(result: sa.CursorResult[Any]) -> Iterator[Row]:
    """Return the rows of a result one by one, as mappings."""
    return (row._asdict() for row in result)


def merged(left: Iterator[Row], right: Iterator[Row], keys: list[str]) -> Iterator[Difference]:
    """Pair the rows of two sorted sources by key."""
    ours, theirs = next(left, None), next(right, None)
    while ours is not None or theirs is not None:
        mine = tuple(ours[key] for key in keys) if ours is not None else None
        other = tuple(theirs[key] for key in keys) if theirs is not None else None
        if other is None or (mine is not None and mine < other):
            yield ours, None
            ours = next(left, None)
        elif mine is None or other < mine:
            yield None, theirs
            theirs = next(right, None)
        else:
            yield ours, theirs
            ours, theirs = next(left, None), next(right, None)


def same(table: str, ours: Row, theirs: Row) -> bool:
    """Say whether two rows say the same; sets in a document may be written in any order."""
    if ours == theirs:
        return True
    without = [{k: v for k, v in row.items() if k != "document"} for row in (ours, theirs)]
    if without[0] != without[1] or "document" not in ours:
        return False
    model = _COMPANY_KINDS.get(ours["kind"]) if table == "company" else _MODELS.get(table)
    if model is None:
        return False
    try:
        read = [model.model_validate_json(row["document"]) for row in (ours, theirs)]
    except ValueError:
        return False
    return bool(read[0] == read[1])
