"""Sending a customer elsewhere: choose the way, say the words, write the answer down."""

from typing import TYPE_CHECKING, Any

from hallterm.domain.diversion.words import STAYS, Way
from hallterm.domain.refusal import Refusal
from hallterm.screens.cells import plain
from hallterm.screens.form import Filled, Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _, joined
from hallterm.words.durations import about_range
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.diversion_views import DivertRow, Promise, WayRow
    from hallterm.screens.diversion_work import DiversionWork

_BLAME = {
    "promise_form": "due",
    "call_back_time_past": "due",
    "call_back_too_late": "due",
    "phone_wrong": "phone",
    "call_back_number_missing": "phone",
    "call_back_nobody": "staff",
}
"""Refusals → the row of the promise to which their words belong."""


async def divert(screen: Keyed[Any, Any], work: "DiversionWork", ticket_id: str) -> None:
    """Go through one offer; says in the news line how it ended."""
    row = await screen.ask(work.of_ticket, ticket_id)
    if row is None:
        screen.say(_("这位客户已经不在等候。"), Tone.REFUSED)
        return
    if not row.ways:
        words = _("{number} 没有别的去向可提，都问过了。")
        screen.say(words.format(number=row.ticket.number), Tone.REFUSED)
        return
    choices = [Choice(way, way_title(way), plain(way_note(way))) for way in row.ways]
    title = _("{customer} 去哪里更快？").format(customer=customer_of(row))
    way = await screen.app.push_screen_wait(Picker(title, choices, standing_words(row)))
    if way is not None:
        await _tell(screen, work, row, way)


def customer_of(row: "DivertRow") -> str:
    """Return number, tier and customer on one line."""
    ticket = row.ticket
    parts = (ticket.number, tier_and_grade(ticket.tier, ticket.grade), plain(ticket.customer))
    return "  ".join(part for part in parts if part)


def way_title(way: "WayRow") -> str:
    """Name a way with its place; a neighbouring hall's name says enough."""
    if way.way is Way.OTHER_HALL:
        return plain(way.place)
    return f"{term(way.way)} {plain(way.place)}".strip()


def way_note(way: "WayRow") -> str:
    """Tell what staff should know of a way."""
    offered = ""
    if way.offered is not None:
        offered = _("{name} 提过，等答复").format(name=way.offered.name or way.offered.staff_id)
    return _("，").join(filter(None, [way.note, offered]))


def standing_words(row: "DivertRow") -> str:
    """Tell what the customer wants, and how long they would still wait."""
    ticket = row.ticket
    wait = _("没有窗口能叫到")
    if ticket.expected_wait is not None:
        low, high = ticket.expected_low or 0.0, ticket.expected_high or ticket.expected_wait
        wait = about_range(ticket.expected_wait, low, high)
    return "   ".join([joined(plain(name) for name in ticket.businesses), wait])


async def _tell(
    screen: Keyed[Any, Any], work: "DiversionWork", row: "DivertRow", way: "WayRow"
) -> None:
    said = Choice("yes", _("客户愿意"), _yes_note(way))
    choices = [said, Choice("no", _("客户不愿意"), _("接着等，这个去向不再提"))]
    if way.offered is None:
        choices.append(Choice("open", _("客户要想想"), _("记为已提，等答复")))
    number = row.ticket.number
    title = _("{number} → {way}，照这样说：").format(number=number, way=way_title(way))
    # Unbroken: a line must not end before the unit of a figure.
    say = way.say.replace(" ", "\N{NO-BREAK SPACE}")
    answer = await screen.app.push_screen_wait(Picker(title, choices, f"“{say}”"))
    ticket_id = row.ticket.ticket_id
    if answer == "yes" and way.way is Way.CALL_BACK:
        await _promise(screen, work, row)
    elif answer == "yes" and way.way is Way.APPOINTMENT and not await _booked(screen, row):
        screen.say(_("{number} 没有约成，接着等。").format(number=number), Tone.REFUSED)
    elif answer == "yes" and await screen.ask(work.told, ticket_id, way, True) is not None:  # noqa: FBT003 - the answer
        screen.say(_done_words(number, way), Tone.DONE)
    elif answer == "no" and await screen.ask(work.told, ticket_id, way, False) is not None:  # noqa: FBT003 - the answer
        words = _("{number} 不要{way}，接着等。")
        screen.say(words.format(number=number, way=term(way.way)), Tone.DONE)
    elif answer == "open" and await screen.ask(work.told, ticket_id, way, None) is not None:
        words = _("{number} 已提{way}，等客户答复。")
        screen.say(words.format(number=number, way=term(way.way)), Tone.DONE)


async def _booked(screen: Keyed[Any, Any], row: "DivertRow") -> bool:
    """Agree the time at which the customer comes again."""
    from hallterm.domain.appointment.words import Channel  # noqa: PLC0415 - only when wanted
    from hallterm.screens.arranging import Arranging  # noqa: PLC0415 - only when wanted

    if screen.shell.work is None:
        return False
    ticket = row.ticket
    arranging = Arranging(screen, screen.shell.work.arrangements, origin=ticket.ticket_id)
    return await arranging.book(ticket.person_id, Channel.IN_HALL)


def _yes_note(way: "WayRow") -> str:
    if way.way in STAYS:
        return _("号票转到 {place}").format(place=plain(way.place))
    if way.way is Way.CALL_BACK:
        return _("再填几点之前、打哪个号码")
    if way.way is Way.APPOINTMENT:
        return _("接着约几点，号票就此结束")
    return _("号票就此结束，记为已分流")


def _done_words(number: str, way: "WayRow") -> str:
    if way.way in STAYS:
        return _("{number} 转到 {place}。").format(number=number, place=plain(way.place))
    return _("{number} 已分流：{way}。").format(number=number, way=way_title(way))


async def _promise(screen: Keyed[Any, Any], work: "DiversionWork", row: "DivertRow") -> None:
    """Ask until when, which number and who, and promise the call."""
    ticket_id, number = row.ticket.ticket_id, row.ticket.number
    promise = await screen.ask(work.promise, ticket_id)
    if promise is None or isinstance(promise, Refusal):
        return

    def commit(form: Filled) -> object:
        return work.promise_call(ticket_id, form["due"], form["staff"], form["phone"])

    title = _("{customer} 回电").format(customer=customer_of(row))
    form = Form(title, _promise_rows(promise, work.staff_id), commit=commit, blame=_BLAME)
    filled = await screen.app.push_screen_wait(form)
    if filled is not None:
        words = _("{number} 已分流：工号 {staff} 会按时回电。")
        screen.say(words.format(number=number, staff=filled["staff"]), Tone.DONE)


def _promise_rows(promise: "Promise", staff_id: str) -> tuple[TextRow, ...]:
    due = _("不填就是 {time} 之前；90 是 90 分钟之内，1430 是 14:30 之前")
    number = _("客户留的号码") if promise.needs_phone else _("资料里有号码；另留一个就填在这里")
    return (
        TextRow("due", _("几点之前"), note=due.format(time=f"{promise.due:%H:%M}"), needed=False),
        TextRow("phone", _("号码"), note=number, needed=promise.needs_phone),
        TextRow("staff", _("谁打（工号）"), staff_id, longest=8),
    )
