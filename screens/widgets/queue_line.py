"""One ticket as a line of the queue."""

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from hallterm.desk.views import TicketRow
from hallterm.domain.ticket.promise import PromiseWord
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.cells import fit, plain, right
from hallterm.screens.reading import Reading, read
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.queue_columns import AGE, NUMBER, RECEPTION, TIER, WORD, Columns
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

_SIGNS = {PromiseWord.IN_TIME: "  ", PromiseWord.SHORT: "! ", PromiseWord.OVERDUE: "!!"}
"""The shape beside the colour and the word."""

AGE_PLACE = 3
"""Which segment of a line holds the age."""


@dataclass(frozen=True, slots=True)
class QueueStyles:
    """Styles of a line, resolved from the theme."""

    ground: Style
    """What the whole list stands on."""
    number: Style
    value: Style
    label: Style
    promise: dict[PromiseWord, Style]
    bar: dict[PromiseWord, Style]
    """Painted part of a bar."""
    rest: Style
    """Unused part of a painted bar."""
    cursor: Style
    """Laid over the whole line under the cursor."""


def flags_of(row: TicketRow) -> str:
    """Return what staff must know at a glance, one character each."""
    signs = [term(flag) for flag in row.flags]
    signs += [_("约")] if row.appointed else []
    signs += [_("特")] if row.special else []
    signs += [_("团")] if row.group else []
    signs += [_("缺")] if row.documents_missing else []
    signs += [_("异")] if row.visiting else []
    signs += [_("议")] if row.offer_open else [_("分")] if row.ways else []
    signs += [_("返")] if row.passes and row.state is TicketState.WAITING else []
    return "".join(signs)


def standing_of(row: TicketRow) -> str:
    """Return where the ticket stands, or when it may expect its turn."""
    if row.state is TicketState.WAITING:
        if row.expected_wait is None:
            return ""
        return _("约 {minutes} 分").format(minutes=max(round(row.expected_wait / 60), 1))
    if row.state is TicketState.ABSENT:
        return _("过号 {times}").format(times=row.passes)
    words = {
        TicketState.CALLED: _("叫到"),
        TicketState.SERVING: _("办理"),
        TicketState.PARKED: _("挂起"),
    }
    word = words.get(row.state, term(row.state))
    if not row.counter:
        return word
    return _("{word} {counter}号").format(word=word, counter=row.counter)


def age_of(row: TicketRow, now: float) -> str:
    """Return how long the ticket has waited, in the cells of its column."""
    return right(minutes_seconds(read(row.service, now).age), AGE)


def _used(reading: Reading, cells: int) -> int:
    return cells if reading.word is PromiseWord.OVERDUE else int(reading.share * cells)


def slow_look(row: TicketRow, now: float, columns: Columns) -> tuple[object, ...]:
    """Return what a line shows beside its age; equal looks need no repaint."""
    reading = read(row.service, now)
    reception = reception_words(row, now) if columns.reception else None
    return _used(reading, columns.bar), reading.word, reception


def _bar(reading: Reading, cells: int, bars: Bars, styles: QueueStyles) -> list[Segment]:
    used = _used(reading, cells)
    if bars is Bars.PAINT:
        return [
            Segment(" " * used, styles.bar[reading.word]),
            Segment(" " * (cells - used), styles.rest),
        ]
    full, empty = ("█", "░") if bars is Bars.BLOCKS else ("#", ".")
    return [
        Segment(full * used, styles.promise[reading.word]),
        Segment(empty * (cells - used), styles.label),
    ]


def reception_words(row: TicketRow, now: float) -> tuple[str, PromiseWord] | None:
    """Return the reception clock of a VIP: received, or the seconds left to do it."""
    if row.reception is None:
        return None
    reading = read(row.reception, now)
    if not reading.running:
        return _("已接待"), reading.word
    sign = "+" if reading.left < 0 else " "
    return _("接") + sign + minutes_seconds(abs(reading.left)), reading.word


def queue_line(
    row: TicketRow, now: float, columns: Columns, bars: Bars, styles: QueueStyles, *, cursor: bool
) -> list[Segment]:
    """Lay a ticket out in exactly the columns' cells."""
    reading = read(row.service, now)
    state = styles.promise[reading.word]
    gap = Segment(" ", Style())
    pieces = [
        Segment(">" if cursor else " ", styles.number),
        Segment(fit(plain(row.number), NUMBER), styles.number),
        Segment(fit(tier_and_grade(row.tier, row.grade), TIER), styles.value),
        Segment(age_of(row, now), styles.number),
        gap,
        *(_bar(reading, columns.bar, bars, styles) if columns.bar else ()),
        gap,
        Segment(fit(_SIGNS[reading.word] + term(reading.word), WORD), state),
    ]
    if columns.reception:
        shown = reception_words(row, now)
        text, word = shown or ("", PromiseWord.IN_TIME)
        pieces += [gap, gap, Segment(fit(text, RECEPTION), styles.promise[word])]
    pieces.append(Segment("  ", Style()))
    for text, cells, style in (
        (standing_of(row), columns.state, styles.value),
        (flags_of(row), columns.flags, styles.number),
        (plain(joined(row.businesses)), columns.business, styles.value),
        (plain(row.customer), columns.customer, styles.label),
    ):
        if cells:
            pieces.append(Segment(fit(text, cells), style))
            pieces.append(gap)
    return _exactly(pieces, columns.cells, styles.cursor if cursor else None)


def _exactly(pieces: list[Segment], cells: int, cursor: Style | None) -> list[Segment]:
    laid = Segment.adjust_line_length(pieces, cells)
    if cursor is None:
        return laid
    painted = []
    for text, style, _control in laid:
        keep = style is not None and style.bgcolor is not None and not text.strip()
        painted.append(Segment(text, style if keep else (style or Style()) + cursor))
    return painted
