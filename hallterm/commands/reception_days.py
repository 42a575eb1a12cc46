"""Which business days a command about receptions means."""

from datetime import date, timedelta

from hallterm.commands.arguments import day
from hallterm.commands.exits import WrongUsageError
from hallterm.desk.desk import Desk
from hallterm.words import _

_MOST = 366


def days_meant(desk: Desk, first: str | None, last: str | None) -> tuple[date, date]:
    """Return first and last day; without any it is the day that is open or was open last.

    Raises:
        WrongUsageError: A date is none, or they are more than a year apart or the wrong way round.
    """
    today = desk.hall.last_day or desk.business_day(desk.clock.now())
    begin = day(first, "--from") if first else (day(last, "--to") if last else today)
    end = day(last, "--to") if last else (today if first else begin)
    if not timedelta(0) <= end - begin <= timedelta(days=_MOST):
        raise WrongUsageError(_("--from 不能晚于 --to，最多一年"))
    return begin, end
