"""Asking what is needed for an appointment, step by step; each step can be backed out of."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from hallterm.desk.appointments import LONGEST_REMARK, Booking
from hallterm.domain.appointment.words import Channel
from hallterm.screens.cells import plain
from hallterm.screens.customer_finder import CustomerFinder
from hallterm.screens.form import Filled, Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.slot_picker import SlotPicker
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.desk.desk import Done
    from hallterm.domain.business import Business
    from hallterm.domain.refusal import Refusal
    from hallterm.screens.arrangement_work import ArrangementWork, Wish


async def ask_person(screen: Keyed[Any, Any], title: str) -> str | None:
    """Ask which customer it is; None when the person backs out."""
    work = screen.shell.work
    if work is None:
        return None
    return await screen.app.push_screen_wait(CustomerFinder(title, work.search, work.customers))


async def ask_business(
    screen: Keyed[Any, Any], work: "ArrangementWork", title: str, channel: Channel | None = None
) -> "Business | None":
    """Ask which business it is, by its code."""
    offered = await screen.ask(work.businesses, channel) or ()
    choices = [Choice(one, one.name, "", int(one.code)) for one in offered]
    note = _("电话能约的业务（S0）。") if channel is Channel.PHONE else ""
    return await screen.app.push_screen_wait(Picker(title, choices, note))


class Arranging:
    """Books one appointment.

    day: the day shown first. origin: id of the ticket or request that it comes from.
    """

    def __init__(
        self,
        screen: Keyed[Any, Any],
        work: "ArrangementWork",
        *,
        day: date | None = None,
        origin: str | None = None,
    ) -> None:
        self._screen = screen
        self._work = work
        self._day = day
        self._origin = origin

    async def book(self, person_id: str | None = None, channel: Channel | None = None) -> bool:
        """Ask for everything that isn't given, and book; say whether it was booked."""
        person_id = person_id or await ask_person(self._screen, _("给哪位客户预约？"))
        if person_id is None:
            return False
        answer = await self._screen.ask(self._work.wish, person_id)
        if answer is None:
            return False
        wish = cast("Wish", answer)
        way = channel or await self._ask_channel(wish)
        business = await self._ask_business(wish, way) if way else None
        if way is None or business is None:
            return False
        return await self._ask_slot(wish, way, business)

    async def _ask_channel(self, wish: "Wish") -> Channel | None:
        if not wish.by_phone:
            return Channel.IN_HALL
        notes = {
            Channel.PHONE: _("客户打电话来约"),
            Channel.IN_HALL: _("客户在厅里，约下一次"),
        }
        choices = [Choice(way, term(way), notes[way]) for way in Channel]
        title = _("{customer} 怎么约的？").format(customer=_customer(wish))
        return await self._screen.app.push_screen_wait(Picker(title, choices))

    async def _ask_business(self, wish: "Wish", way: Channel) -> "Business | None":
        title = _("{customer} 约什么业务？").format(customer=_customer(wish))
        return await ask_business(self._screen, self._work, title, way)

    async def _ask_slot(self, wish: "Wish", way: Channel, business: "Business") -> bool:
        day = self._day
        while True:
            at = await self._pick(wish, business, day)
            if at is None:
                return False
            day = at.astimezone(self._screen.moment.local.tzinfo).date()
            if await self._confirm(wish, way, business, at):
                return True

    async def _pick(self, wish: "Wish", business: "Business", day: date | None) -> datetime | None:
        title = _("{customer}  {business}  约几点？").format(
            customer=_customer(wish), business=business.name
        )
        slots = partial(self._work.slots, tier=wish.person.tier)
        days = (self._work.today(), self._work.last_day())
        return await self._screen.app.push_screen_wait(SlotPicker(title, slots, days, begin=day))

    async def _confirm(
        self, wish: "Wish", way: Channel, business: "Business", at: datetime
    ) -> bool:
        local = at.astimezone(self._screen.moment.local.tzinfo)
        summary = _("{time}  {customer}  {business}").format(
            time=f"{local:%m-%d %H:%M}", customer=_customer(wish), business=business.name
        )

        def commit(filled: Filled) -> "Done | Refusal":
            person_id, remark = wish.person.person_id, filled["remark"]
            booking = Booking(person_id, business.id, at, way, remark, self._origin)
            return self._work.book(booking)

        note = _("跟客户复述一遍，再按 F9 或 Enter。")
        row = TextRow("remark", _("备注"), "", _("可以不写"), longest=LONGEST_REMARK, needed=False)
        filled = await self._screen.app.push_screen_wait(
            Form(summary, [row], note, commit=commit, blame={"text_too_long": "remark"})
        )
        if filled is None:
            return False
        self._screen.say(_("已预约：{summary}。").format(summary=summary), Tone.DONE)
        return True


def _customer(wish: "Wish") -> str:
    view = wish.person
    name = plain(view.name) or _("（无姓名）")
    return f"{tier_and_grade(view.tier, view.grade)} {name}"
