"""Which columns of the queue fit into a width, and how wide each is."""

from dataclasses import dataclass

NUMBER = 6
TIER = 6
AGE = 7
BAR = 8
WORD = 6
RECEPTION = 8
STATE = 9
_FLAGS_WIDE = 6
_FLAGS_NARROW = 4
_BUSINESS_LEAST = 8
_BUSINESS_GOOD = 11
"""Enough for a name in full; the notes get more only when this is left."""
_BUSINESS_MOST = 36
_CUSTOMER = 18
_LEAST_WITH_BAR = 44
_MUCH_ROOM = 100
_MARGINS = 3
"""Two cells before the words, one at the right edge."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; 0: not shown. Fixed columns come first, the business takes what is left."""

    cells: int
    bar: int
    reception: int
    state: int
    flags: int
    business: int
    customer: int

    @property
    def live_start(self) -> int:
        """First cell of what changes every second: age, bar, word, reception."""
        return 1 + NUMBER + TIER

    @property
    def live_cells(self) -> int:
        """How many cells change every second."""
        return AGE + 1 + self.bar + 1 + WORD + (2 + self.reception if self.reception else 0)


def columns_for(cells: int, *, with_state: bool) -> Columns:
    """Choose the columns for a width. with_state: show where a ticket stands or is expected."""
    bar = BAR if cells >= _LEAST_WITH_BAR else 0
    if cells >= _MUCH_ROOM:
        bar = 2 * BAR
    room = cells - (1 + NUMBER + TIER + AGE + 1 + bar + 1 + WORD) - _MARGINS
    reception = state = flags = customer = 0
    if room >= RECEPTION + 2:
        reception = RECEPTION
        room -= RECEPTION + 2
    if (with_state or cells >= _MUCH_ROOM) and room >= STATE + 1:
        state = STATE
        room -= STATE + 1
    if room >= _FLAGS_NARROW + 1:
        wide = room >= _FLAGS_WIDE + 1 + _BUSINESS_GOOD
        flags = _FLAGS_WIDE if wide else _FLAGS_NARROW
        room -= flags + 1
    if room >= _BUSINESS_LEAST + 1 + _CUSTOMER:
        customer = _CUSTOMER
        room -= _CUSTOMER + 1
    business = min(max(room, 0), _BUSINESS_MOST)
    return Columns(cells, bar, reception, state, flags, business, customer)
