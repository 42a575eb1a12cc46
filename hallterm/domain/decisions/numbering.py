"""Lending ticket numbers."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.numbering import MOST_LENT, LeaseNumbers, NumbersLeased
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.tiers import NUMBER_LETTER


def lease(
    hall: Hall, command: LeaseNumbers, _: Circumstances, __: Rules
) -> tuple[NumbersLeased, ...] | Refusal:
    """Lend the next numbers of each letter to the device that asks."""
    if hall.day is None:
        return refuse("day_closed")
    known = set(NUMBER_LETTER.values())
    for letter, count in command.counts:
        if letter not in known or not 1 <= count <= MOST_LENT:
            return refuse("lease_form", most=MOST_LENT)
    return tuple(
        NumbersLeased(
            lease_id=f"{command.lease_id}:{letter}",
            day=hall.day,
            letter=letter,
            first=hall.issued.get(letter, 0) + 1,
            last=hall.issued.get(letter, 0) + count,
        )
        for letter, count in sorted(dict(command.counts).items())
    )
