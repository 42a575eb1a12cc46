"""The doctor's look at the hub: does it say the same where this terminal stands?"""

import asyncio

import sqlalchemy as sa

from hallterm.commands.opening import settings
from hallterm.store.account import read_account
from hallterm.store.connection import reading
from hallterm.store.findings import Report, finding
from hallterm.sync.one_only import SyncLock
from hallterm.words import _
from hallterm.words.hub_faults import explain_hub_fault


def compare_with_hub(store: sa.Connection, report: Report) -> None:
    """Add to the report how the tables compare with the hub's, if this terminal has one.

    A hub that can't be asked now is no finding: the store is as sound as it is.
    """
    with reading(store):
        account = read_account(store)
    if account is None:
        return
    from hallterm.sync.comparing import compare  # noqa: PLC0415 - httpx takes 0.1 s

    lock = SyncLock(settings().store)
    alone = lock.acquire()
    try:
        compared = asyncio.run(compare(store, account, alone=alone))
    finally:
        lock.release()
    report.hub, report.hub_detail = compared.why_not or "equal", compared.detail
    for table in compared.unlike:
        report.hub = "different"
        report.add(finding("hub_differs", table=table))


def hub_sentence(report: Report) -> str:
    """Say how the tables compare with the hub's."""
    match report.hub:
        case "equal":
            return _("与中心在同一处，各表相同")
        case "different":
            return _("与中心在同一处，有的表不同")
        case why:
            reason = explain_hub_fault(why, report.hub_detail)
            return _("没有与中心核对：{reason}").format(reason=reason)
