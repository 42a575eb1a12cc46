"""Finding what was named on the command line."""

from datetime import datetime

from hallterm.commands.arguments import normal, shown
from hallterm.commands.exits import RefusedError, WrongUsageError
from hallterm.desk.desk import Desk
from hallterm.domain.refusal import refuse
from hallterm.words import _


def business_named(desk: Desk, text: str) -> str:
    """Return the id of a business that was named by id or by its two digits.

    Raises:
        RefusedError: The hall knows none of that name.
    """
    wanted = normal(text)
    for business in desk.rules.businesses.values():
        if wanted in (business.id, business.code):
            return business.id
    raise RefusedError(refuse("unknown_business", business=wanted))


def moment_named(desk: Desk, text: str, option: str) -> datetime:
    """Return a moment written in the hall's local time, such as ``2026-11-28 10:00``; aware.

    Raises:
        WrongUsageError: It isn't one.
    """
    try:
        moment = datetime.fromisoformat(normal(text))
    except ValueError:
        sentence = _("{option} 要写成 2026-11-28 10:00 这样的时间，不是“{text}”")
        raise WrongUsageError(sentence.format(option=option, text=shown(text))) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.timezone)
