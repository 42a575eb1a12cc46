"""Comparing the person records with what the log tells of them; no name is looked at."""

import sqlalchemy as sa

from hallterm.store.comparing import merged, rows
from hallterm.store.findings import Report, finding
from hallterm.store.shadow import EXPECTED_PERSON

_AT_ONCE = 2000
_PERSONS = sa.text("SELECT person_id, version FROM person ORDER BY person_id")
_ERASED = "SELECT person_id FROM person_tombstone"
_TOLD_ERASED = (
    "SELECT aggregate_id FROM event WHERE type = 'person_erased'"
    " EXCEPT SELECT person_id FROM person_tombstone"
)
_HISTORY = (
    "SELECT p.person_id, p.version, count(v.version) AS changes, min(v.version), max(v.version)"
    " FROM person p LEFT JOIN person_version v ON v.row = p.row"
    " GROUP BY p.row HAVING p.version > 1 OR changes > 0"
)
_LOOSE_KEYS = (
    "SELECT 'person_key', count(*) FROM person_key WHERE row NOT IN (SELECT row FROM person)"
    " UNION ALL SELECT 'person_version', count(*) FROM person_version"
    " WHERE row NOT IN (SELECT row FROM person)"
    " UNION ALL SELECT 'person_due', count(*) FROM person_due"
    " WHERE row NOT IN (SELECT row FROM person)"
)
_KEYLESS = (
    "SELECT count(*) FROM person WHERE (phone IS NOT NULL OR vip_card IS NOT NULL"
    " OR id_number IS NOT NULL OR name IS NOT NULL) AND row NOT IN (SELECT row FROM person_key)"
    " AND row NOT IN (SELECT row FROM person_due)"
)
_STAFF = (
    "SELECT c.id FROM company c LEFT JOIN staff_record s ON s.staff_id = c.id"
    " WHERE c.kind = 'staff' AND s.staff_id IS NULL"
    " UNION SELECT s.staff_id FROM staff_record s LEFT JOIN company c"
    " ON c.kind = 'staff' AND c.id = s.staff_id WHERE c.id IS NULL"
)


def check_persons(store: sa.Connection, folded: sa.Connection, report: Report) -> None:
    """Compare versions, histories, keys and accounts with the log.

    store: inside a read transaction. folded: holds `EXPECTED_PERSON`.
    """
    _check_versions(store, folded, report)
    for person_id, version, changes, first, last in store.exec_driver_sql(_HISTORY):
        whole = changes == version - 1 and (not changes or (first, last) == (2, version))
        if not whole:
            report.add(finding("person_history", person=person_id, version=version, rows=changes))
    for table, count in store.exec_driver_sql(_LOOSE_KEYS):
        if count:
            report.add(finding("person_key", table=table, rows=count))
    keyless = store.exec_driver_sql(_KEYLESS).scalar()
    if keyless:
        report.add(finding("person_key", table="person", rows=keyless))
    for person_id in store.exec_driver_sql(_TOLD_ERASED).scalars():
        report.add(finding("person_not_erased", person=person_id))
    for staff_id in store.exec_driver_sql(_STAFF).scalars():
        report.add(finding("staff_record", staff=staff_id))


def _check_versions(store: sa.Connection, folded: sa.Connection, report: Report) -> None:
    erased = set(store.exec_driver_sql(_ERASED).scalars())
    kept = store.execute(_PERSONS.execution_options(yield_per=_AT_ONCE))
    ordered = sa.select(EXPECTED_PERSON).order_by(EXPECTED_PERSON.c.person_id)
    told = folded.execute(ordered.execution_options(yield_per=_AT_ONCE))
    for ours, theirs in merged(rows(kept), rows(told), ["person_id"]):
        report.persons += ours is not None
        if ours is None and theirs is not None:
            if theirs["person_id"] not in erased:
                report.add(finding("person_missing", person=theirs["person_id"]))
        elif ours is not None and ours["person_id"] in erased:
            report.add(finding("person_not_erased", person=ours["person_id"]))
        elif ours is not None and theirs is None:
            report.add(finding("person_surplus", person=ours["person_id"]))
        elif ours is not None and theirs is not None and ours["version"] != theirs["version"]:
            report.add(
                finding(
                    "person_version",
                    person=ours["person_id"],
                    found=ours["version"],
                    wanted=theirs["version"],
                )
            )
