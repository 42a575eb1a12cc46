"""What must hold when the faults have stopped."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from hallterm.domain.company.state import Company
from hallterm.domain.decisions.reporting import OF_A_LOST_CALL
from hallterm.domain.hall import Hall
from hallterm.domain.numbering import LeaseNumbers, NumbersLeased
from hallterm.domain.request.state import Request
from hallterm.domain.ticket.events import TicketCalled, TicketIssued
from hallterm.domain.ticket.words import TicketState
from hallterm.store.comparing import differences
from hallterm.store.digests import digests
from hallterm.store.loading import load_company, load_hall
from hallterm.store.log import COMPANY, facts_after, heads
from hallterm.store.projection import READ_TABLES, fold_company, fold_hall
from tests.simulation.bytes_left import check_bytes, words_of
from tests.simulation.trust import UNTRUSTED, check_forged, keys_moved
from tests.simulation.unlike import Unlike
from tests.support.truth import state

if TYPE_CHECKING:
    from tests.simulation.hub import SimHub
    from tests.simulation.terminal import SimTerminal

_LOG = (
    "SELECT stream, seq, id, type, version, actor, device, at_ms, payload, epoch,"
    " command_id, device_seq, device_hash FROM event ORDER BY stream, seq"
)
_BEATEN = (
    "SELECT seq FROM event WHERE stream = ? AND type = 'ticket_called' AND command_id IN"
    " (SELECT command_id FROM event WHERE type = 'report_disputed')"
)
"""Calls that a service begun elsewhere has beaten; see `domain.decisions.reporting`."""
_PERSONAL = ("person", "note", "person_conflict")
"""Tables in which somebody is named under an id."""
MAY_REFUSE_REPORTS = ("", "not_allowed", "role_not_allowed", "managers_only", "person_erased")
"""Codes under which even a report comes to nothing: who must not give it, who was erased."""


def check(hub: "SimHub", terminals: Sequence["SimTerminal"]) -> list[Unlike]:
    """Return everything that does not hold."""
    found = list(check_home(hub))
    moved = keys_moved(terminals)
    told = words_of(terminal.memory.words for terminal in terminals)
    found += check_bytes(hub.disk, "hub", told)
    for terminal in terminals:
        with terminal.disk.no_crash():
            found += _terminal(hub, terminal, moved)
            found += check_bytes(terminal.disk, terminal.device, told)
    return found


# At the home


def check_home(hub: "SimHub") -> Iterator[Unlike]:
    """Return what does not hold at the home alone."""
    with hub.disk.no_crash():
        connection = hub.desk.connection
        yield from _places(connection)
        yield from _chains(connection)
        yield from _life(connection, hub.desk.replica.stream)
        yield from _requests(connection)
        yield from _erased(connection, "hub")
        for table in _unlike_rebuilt(connection):
            yield Unlike("rebuilt_differs", "hub", table)
        connection.rollback()


def _places(connection: sa.Connection) -> Iterator[Unlike]:
    for stream, last in heads(connection).items():
        asked = "SELECT seq FROM event WHERE stream = ? ORDER BY seq"
        places = connection.exec_driver_sql(asked, (stream,)).scalars().all()
        if list(places) != list(range(1, last + 1)):
            yield Unlike("places_not_contiguous", stream, f"{len(places)} of {last}")


def _chains(connection: sa.Connection) -> Iterator[Unlike]:
    """See that every command of a device was decided once, in the order of its chain."""
    asked = (
        "SELECT device, device_seq, count(DISTINCT command_id) AS commands, stream"
        " FROM event WHERE device_seq IS NOT NULL GROUP BY device, device_seq"
    )
    last: dict[str, int] = {}
    for row in connection.exec_driver_sql(asked):
        if row.commands != 1:
            yield Unlike("place_decided_twice", row.device, str(row.device_seq))
        if row.device_seq != last.get(row.device, 0) + 1:
            yield Unlike("chain_not_contiguous", row.device, str(row.device_seq))
        last[row.device] = row.device_seq
    twice = (
        "SELECT command_id FROM event WHERE device_seq IS NOT NULL"
        " GROUP BY command_id HAVING count(DISTINCT device_seq) > 1"
    )
    for command_id in connection.exec_driver_sql(twice).scalars():
        yield Unlike("command_decided_twice", "hub", command_id)
    # What one command gives stands together; with something in between it was carried out again.
    apart = (
        "SELECT DISTINCT command_id FROM event WHERE device_seq IS NOT NULL"
        " GROUP BY stream, command_id HAVING max(seq) - min(seq) >= count(*)"
    )
    for command_id in connection.exec_driver_sql(apart).scalars():
        yield Unlike("command_carried_out_twice", "hub", command_id)


def _life(connection: sa.Connection, stream: str) -> Iterator[Unlike]:
    """Follow the tickets through the log: numbers are given once, calls have one winner."""
    hall, given = Hall(), set()
    beaten = set(connection.exec_driver_sql(_BEATEN, (stream,)).scalars())
    for fact in facts_after(connection, stream, 0):
        event = fact.event
        if isinstance(event, TicketCalled):
            before = hall.tickets[event.ticket_id]
            free = before.state in (TicketState.WAITING, TicketState.ABSENT)
            if not free and fact.seq not in beaten:
                yield Unlike("called_twice", stream, f"{fact.seq} {before.number} {before.state}")
        hall.apply(fact)
        if isinstance(event, TicketIssued):
            number = (hall.last_day, event.number)
            if number in given:
                yield Unlike("number_given_twice", stream, str(number))
            given.add(number)


def _requests(connection: sa.Connection) -> Iterator[Unlike]:
    """See that each request has one holder, was decided once a stage, and passed its gate."""
    numbers = set()
    for document in connection.exec_driver_sql("SELECT document FROM request").scalars():
        request = Request.model_validate_json(document)
        if request.number in numbers:
            yield Unlike("request_number_given_twice", "hub", request.number)
        numbers.add(request.number)
        if (request.holder is not None) is not request.is_open:
            yield Unlike("request_without_holder", "hub", request.number)
        stages = [(one.state, one.entry) for one in request.decisions]
        if len(stages) != len(set(stages)):
            yield Unlike("request_decided_twice", "hub", request.number)
        events = [one.event for one in request.moves if not one.disputed]
        given = events.count("request_hall_authorised")
        if events.count("request_authority_used") > given:
            yield Unlike("authority_used_twice", "hub", request.number)
        if request.carried_out_at and (request.form is None or request.form.missing):
            yield Unlike("request_past_its_gate", "hub", request.number)


def _unlike_rebuilt(connection: sa.Connection) -> Iterator[str]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as empty:
        SQLModel.metadata.create_all(empty, tables=list(READ_TABLES))
        for stream in heads(connection):
            facts = list(facts_after(connection, stream, 0))
            if stream == COMPANY:
                fold_company(empty, Company(), facts)
            else:
                fold_hall(empty, stream, Hall(), facts)
        yield from _unlike_tables(connection, empty)
    engine.dispose()


def _unlike_tables(ours: sa.Connection, theirs: sa.Connection) -> Iterator[str]:
    for table in READ_TABLES:
        for mine, other in differences(ours, theirs, table, _nothing):
            yield f"{table.name}: {mine} | {other}"


def _nothing(_: int) -> None:
    """Nobody wants to know."""


def _erased(connection: sa.Connection, where: str) -> Iterator[Unlike]:
    """See that nothing is left of whoever was erased."""
    for table in _PERSONAL:
        asked = (
            f"SELECT count(*) FROM {table} WHERE person_id IN"  # noqa: S608 - our own names
            " (SELECT person_id FROM person_tombstone)"
        )
        left = connection.exec_driver_sql(asked).scalar()
        if left:
            yield Unlike("erased_still_there", where, f"{left} rows of {table}")


# At a terminal


def _terminal(hub: "SimHub", terminal: "SimTerminal", moved: frozenset[str]) -> Iterator[Unlike]:
    where = terminal.device
    ours, theirs = terminal.desk.connection, hub.desk.connection
    view = terminal.follower.view()
    trouble = terminal.syncer.standing.trouble
    if view.unsent or trouble:
        yield Unlike(
            "not_in_step",
            where,
            f"unsent {view.unsent} since {view.oldest_ms}, trouble {trouble!r}",
        )
    for code, told in _COMPARED.items():
        mine, other = told(ours), told(theirs)
        if mine != other:
            yield Unlike(code, where, _first_difference(mine, other))
    for table in _unlike_tables(ours, theirs):
        yield Unlike("tables_differ", where, table)
    terminal.look(terminal.desk)
    if state(terminal.desk.hall) != state(load_hall(ours, terminal.desk.replica.stream)):
        yield Unlike("memory_differs", where, "hall")
    if state(terminal.desk.replica.company) != state(load_company(ours)):
        yield Unlike("memory_differs", where, "company")
    yield from _erased(ours, where)
    yield from _nothing_lost(theirs, terminal, moved)
    yield from check_forged(theirs, terminal)
    ours.rollback()
    theirs.rollback()


def _asked_by_itself(answer: list[tuple[str, str]]) -> bool:
    """Say whether an answer is to a terminal's own asking for numbers."""
    return any(
        kind == NumbersLeased.type or f'"command":"{LeaseNumbers.__name__}"' in payload
        for kind, payload in answer
    )


def _nothing_lost(
    hub: sa.Connection, terminal: "SimTerminal", moved: frozenset[str]
) -> Iterator[Unlike]:
    """See that everything a person saw done has an answer from the home.

    moved: people whose key was changed meanwhile: their honest signature may be an older one.
    """
    asked = "SELECT command_id, type, payload FROM event WHERE device = ?"
    answers: dict[str, list[tuple[str, str]]] = {}
    for row in hub.exec_driver_sql(asked, (terminal.device,)):
        answers.setdefault(row.command_id, []).append((row.type, row.payload))
    told = {one.command_id for one in terminal.lost}
    for one in terminal.confirmed:
        answer = answers.pop(one.command_id, None)
        if answer is None:
            yield Unlike("confirmed_lost", terminal.device, f"{one.type} {one.command_id}")
            continue
        refused = all(kind.endswith("command_settled") for kind, _ in answer)
        codes = (*MAY_REFUSE_REPORTS, *(UNTRUSTED if one.actor in moved else ()))
        allowed = any(f'"code":"{code}"' in answer[0][1] for code in codes)
        to_nobody = one.type in {kind.__name__ for kind in OF_A_LOST_CALL}
        if refused and one.says == "report" and not allowed and not to_nobody:
            yield Unlike("report_refused", terminal.device, f"{one.type} {answer}")
        silent = refused and '"code":""' not in answer[0][1] and one.command_id not in told
        if silent and terminal.deaths == 0:
            yield Unlike("loss_not_told", terminal.device, f"{one.type} {one.command_id}")
    for forged in terminal.forged:
        answers.pop(forged.command_id, None)
    # What a terminal asks for by itself, nobody has seen done: numbers for later.
    answers = {one: told for one, told in answers.items() if not _asked_by_itself(told)}
    if len(answers) > terminal.unsure:
        yield Unlike("done_but_never_wanted", terminal.device, str(sorted(answers)[:3]))


def _rows(connection: sa.Connection, asked: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(asked)]


def _log(connection: sa.Connection) -> list[tuple[Any, ...]]:
    return _rows(connection, _LOG)


def _digests(connection: sa.Connection) -> list[tuple[Any, ...]]:
    return sorted(digests(connection).items())


_COMPARED: dict[str, Callable[[sa.Connection], list[tuple[Any, ...]]]] = {
    "logs_differ": _log,
    "digests_differ": _digests,
}


def _first_difference(mine: list[Any], other: list[Any]) -> str:
    for place, pair in enumerate(zip(mine, other, strict=False)):
        if pair[0] != pair[1]:
            return f"{len(mine)}/{len(other)} at {place}: {pair[0]} | {pair[1]}"
    longer = mine if len(mine) > len(other) else other
    return f"{len(mine)}/{len(other)}: {longer[min(len(mine), len(other))]}"
