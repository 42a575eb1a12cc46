"""Examining a store, and rebuilding its read tables from the log (体检与重建)."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from hallterm.store import pending
from hallterm.store.comparing import Difference, differences
from hallterm.store.connection import reading, writing
from hallterm.store.faults import StoreFaultError
from hallterm.store.findings import Report, finding
from hallterm.store.migrations import MIGRATIONS
from hallterm.store.persons_check import check_persons
from hallterm.store.post.evidence import damaged
from hallterm.store.projection import READ_TABLES
from hallterm.store.shadow import Shadow, shadow

_STREAMS = "SELECT stream FROM stream_head UNION SELECT stream FROM event ORDER BY stream"
_HEADS = "SELECT stream, seq FROM stream_head"
_PLACES = "SELECT stream, count(seq), min(seq), max(seq) FROM event GROUP BY stream"
_LONGEST = 200


def examine(store: sa.Connection) -> Report:
    """Examine a store on one consistent view; nothing is changed, nobody has to wait.

    Raises:
        StoreFaultError: the store can't be read at all.
    """
    report = Report()
    with shadow() as folded, reading(store):
        _check_file(store, report)
        _check_log(store, report)
        folded.catch_up(store, _streams(store))
        for trouble in folded.trouble.values():
            report.add(trouble)
        folded.add_pending(store)
        for table in READ_TABLES:
            for difference in _table_differences(store, folded, table, report):
                _note(report, table, difference)
        check_persons(store, folded.connection, report)
        for digest in damaged(store):
            report.add(finding("evidence", digest=digest))
    return report


def rebuild(store: sa.Connection) -> Report:
    """Make the read tables what the log says.

    The log is folded beside the store first; then, in one write transaction, what was written
    meanwhile is folded as well and the rows that differ are rewritten.

    Raises:
        StoreFaultError: store_damaged when the log itself can't be folded; nothing is changed.
            store_busy, store_full … as for every write.
    """
    report = Report()
    with shadow() as folded:
        with reading(store):
            folded.catch_up(store, _streams(store))
        _must_fold(folded)
        with writing(store):
            folded.catch_up(store, _streams(store))
            _must_fold(folded)
            # What is pending stands aside while the facts' rows are put right.
            pending.restore(store)
            for table in READ_TABLES:
                # Keys only: when every row differs, the rows would not fit into the memory.
                found = _table_differences(store, folded, table, report)
                keys = [_key(table, difference) for difference in found]
                for key in keys:
                    _rewrite(store, folded.connection, table, key)
                report.rewritten += len(keys)
            folded.put_pending_back(store)
    return report


def _must_fold(folded: Shadow) -> None:
    for stream, trouble in folded.trouble.items():
        raise StoreFaultError("store_damaged", f"{trouble.code} {stream}")


def _key(table: sa.Table, difference: Difference) -> tuple[Any, ...]:
    row = difference[0] or difference[1] or {}
    return tuple(row[column.name] for column in table.primary_key)


def _rewrite(
    store: sa.Connection, folded: sa.Connection, table: sa.Table, key: tuple[Any, ...]
) -> None:
    """Make one row what the log tells."""
    one = [column == part for column, part in zip(table.primary_key, key, strict=True)]
    store.execute(sa.delete(table).where(*one))
    told = folded.execute(sa.select(table).where(*one)).mappings().first()
    if told is not None:
        store.execute(sa.insert(table), dict(told))


def _streams(store: sa.Connection) -> Iterator[str]:
    return iter(store.exec_driver_sql(_STREAMS).scalars().all())


def _check_file(store: sa.Connection, report: Report) -> None:
    report.version = int(store.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if report.version != len(MIGRATIONS):
        report.add(finding("version", found=report.version, wanted=len(MIGRATIONS)))
    for pragma in ("integrity_check", "cipher_integrity_check"):
        for line in store.exec_driver_sql(f"PRAGMA {pragma}").scalars():
            if line != "ok":
                report.add(finding("damaged", check=pragma, says=str(line)[:_LONGEST]))
    for table, row, parent, _number in store.exec_driver_sql("PRAGMA foreign_key_check"):
        report.add(finding("foreign_key", table=table, row=row or 0, parent=parent))


def _check_log(store: sa.Connection, report: Report) -> None:
    """See that the places of each stream are 1, 2, 3 … up to its head."""
    heads: dict[str, int] = {row.stream: row.seq for row in store.exec_driver_sql(_HEADS)}
    for stream, facts, first, last in store.exec_driver_sql(_PLACES):
        report.facts[stream] = facts
        if first != 1 or last != facts:
            report.add(finding("log_gap", stream=stream, first=first, last=last, facts=facts))
        heads[stream] = heads.get(stream, 0) - last
    for stream, beyond in heads.items():
        report.facts.setdefault(stream, 0)
        if beyond:
            report.add(finding("log_head", stream=stream, beyond=beyond))


def _table_differences(
    store: sa.Connection, folded: Shadow, table: sa.Table, report: Report
) -> Iterator[Difference]:
    def told(rows: int) -> None:
        report.rows += rows

    return differences(store, folded.connection, table, told)


def _note(report: Report, table: sa.Table, difference: Difference) -> None:
    ours, theirs = difference
    code = "row_different" if ours and theirs else "row_surplus" if ours else "row_missing"
    key = "/".join(str(part) for part in _key(table, difference))
    report.add(finding(code, table=table.name, key=key))
