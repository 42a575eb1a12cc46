"""The reception of one VIP (VIP 接待): the ritual step by step, its clocks, where, seen off."""

from typing import TYPE_CHECKING, Any, ClassVar

from hallterm.desk.reception_views import PlaceRow, PlaceState, ReceptionRow, StepRow
from hallterm.domain.appointment.words import Channel
from hallterm.domain.checklist.words import Asks
from hallterm.domain.reception.words import ReleaseReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import LeaveReason, UndoReason
from hallterm.screens.checklist import StepsScreen
from hallterm.screens.checklist_work import RunPage
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.reception import RECEPTION_KEYS, STEP_KEYS
from hallterm.screens.form import Filled
from hallterm.screens.reasons import ask_reason
from hallterm.screens.reception_answer import accept, accept_for, ask_who, customer_of
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _, joined
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.desk import Done
    from hallterm.screens.reception_work import ReceptionWork

_BY_NOBODY = frozenset({ReleaseReason.UNDONE})
"""Reasons that no person gives."""


def place_note(place: PlaceRow) -> str:
    """Say whether a customer can be led there."""
    words = {
        PlaceState.FREE: _("空着"),
        PlaceState.BUSY: _("有客户 {number}").format(number=place.taken_by),
        PlaceState.PAUSED: _("暂停"),
        PlaceState.UNSTAFFED: _("没有人"),
        PlaceState.SEAT: _("先坐下，说明要等多久"),
    }
    kind = term(place.kind) if place.kind else ""
    return "  ".join(filter(None, [words[place.state], kind]))


class ReceptionScreen(StepsScreen):
    """Receiver and counter work on the same reception and see each other's ticks."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (*STEP_KEYS, *RECEPTION_KEYS)

    def __init__(self, work: "ReceptionWork", ticket_id: str) -> None:
        super().__init__(work.checklists, ticket_id)
        self.work = work

    @property
    def _row(self) -> ReceptionRow | None:
        return self.page.reception if self.page else None

    def read(self) -> RunPage | None:
        """Return the page; runs on the desk's thread."""
        return self.work.page(self.run_id)

    def undo_last(self, reason: UndoReason) -> "Done | Refusal":
        """Take back what this person did last in the reception."""
        return self.work.undo(self.run_id, reason)

    # Who has the customer

    async def do_accept(self) -> None:
        """Take the customer oneself."""
        if self._row:
            await accept(self, self._row)
            await self._read()

    async def do_accept_for(self) -> None:
        """Let a colleague take the customer."""
        if self._row:
            await accept_for(self, self._row)
            await self._read()

    async def do_release(self) -> None:
        """Give the customer to a colleague or back, with a reason."""
        row = self._row
        if row is None:
            return
        title = _("{number} 为什么交出？").format(number=row.number)
        reason = await ask_reason(self.app, title, ReleaseReason, without=_BY_NOBODY)
        if reason is None:
            return
        to = None
        if reason is ReleaseReason.HAND_OVER:
            to = await self._ask_colleague(row)
            if to is None:
                return
        if await self.ask(self.work.release, row.ticket_id, reason, to) is not None:
            await self._read()
            after = self._row
            asked = joined(one.name or one.staff_id for one in after.asked) if after else ""
            words = _("{number} 已交出，已请 {names}。")
            self.say(words.format(number=row.number, names=asked), Tone.DONE)

    async def _ask_colleague(self, row: ReceptionRow) -> str | None:
        people = await self.ask(self.work.colleagues)
        own = row.receiver.staff_id if row.receiver else ""
        choices = [
            Choice(one.staff_id, one.name or one.staff_id, one.staff_id)
            for one in people or ()
            if one.staff_id != own
        ]
        title = _("{number} 交给谁？").format(number=row.number)
        return await self.app.push_screen_wait(Picker(title, choices))

    # Where, and the end

    async def do_tick(self) -> None:
        """Enter the step under the cursor; the one that leads somewhere asks where to."""
        step = self._steps.cursor
        if not self._marking and step is not None and step.asks is Asks.PLACE:
            await self.do_guide()
        else:
            await super().do_tick()

    async def before(self, step: StepRow, choices: tuple[str, ...]) -> bool:
        """Book the next visit when that is the answer."""
        if not any(one.books and one.choice_id in choices for one in step.choices):
            return True
        booked = await self._book_next_visit()
        if not booked:
            kept = step.came_by_itself
            words = _("没有约，“{title}”没有改。") if kept else _("没有约，“{title}”也没有记。")
            self.say(words.format(title=step.title), Tone.REFUSED)
        return booked

    async def do_guide(self) -> None:
        """Choose where the customer is led; what is free stands first."""
        row = self._row
        places = await self.ask(self.work.places, row.ticket_id) if row else None
        if row is None or not places:
            return
        choices = [
            Choice(place, f"{place.number or ''} {place.name}".strip(), place_note(place))
            for place in places
        ]
        title = _("{customer} 引到哪里？").format(customer=customer_of(row))
        place = await self.app.push_screen_wait(Picker(title, choices))
        if place is None:
            return
        if await self.ask(self.work.guide, row.ticket_id, place.counter_id) is None:
            return
        await self._tick_guide()
        words = _("{number} 引到 {place}。")
        name = f"{place.number or ''} {place.name}".strip()
        self.say(words.format(number=row.number, place=name), Tone.DONE)

    async def _tick_guide(self) -> None:
        view = self.page.checklist if self.page else None
        asking = [s for s in view.steps if s.is_open and s.asks is Asks.PLACE] if view else []
        if asking:
            await self._enter([(asking[0].step_id, ())])
            self._steps.go_to_open(self._steps.index)
        else:
            await self._read()

    async def do_see_off(self) -> None:
        """End the reception; a colleague's asks for the receiver's 工号 and PIN."""
        row = self._row
        if row is None:
            return
        if self.work.ends(row):
            closed = await self.ask(self.work.close, row.ticket_id) is not None
        else:
            closed = await self._see_off_for(row)
        await self._read()
        if closed:
            self.say(_("{number} 已送别，接待结束。").format(number=row.number), Tone.DONE)

    async def _see_off_for(self, row: ReceptionRow) -> bool:
        def commit(form: Filled) -> object:
            return self.work.close_with_pin(row.ticket_id, form["staff_id"], form["pin"])

        who = row.receiver
        name = f"{who.name} {who.staff_id}".strip() if who else ""
        title = _("{number} 由 {name} 接待，谁送别？").format(number=row.number, name=name)
        return await ask_who(self, title, commit)

    async def do_left(self) -> None:
        """Note that the customer went away before the end."""
        row = self._row
        if row is None:
            return
        title = _("{number} 为什么离开？").format(number=row.number)
        reason = await ask_reason(self.app, title, LeaveReason)
        if reason is None:
            return
        answer = await self.ask(self.work.left, row.ticket_id, reason)
        await self._read()
        if answer is not None:
            self.say(_("{number} 已离开，接待结束。").format(number=row.number), Tone.DONE)

    async def do_next_visit(self) -> None:
        """Book the next visit of this customer, while they are here."""
        await self._book_next_visit()

    async def _book_next_visit(self) -> bool:
        from hallterm.screens.arranging import Arranging  # noqa: PLC0415 - only when wanted

        row, work = self._row, self.shell.work
        if row is None or work is None:
            return False
        person_id = await self.ask(work.arrangements.person_of, row.ticket_id)
        asking = Arranging(self, work.arrangements, origin=row.ticket_id)
        return await asking.book(person_id, Channel.IN_HALL)

    async def do_card(self) -> None:
        """Show the card of this visit."""
        from hallterm.screens.reception_card import ReceptionCard  # noqa: PLC0415 - only when wanted

        row = self._row
        card = await self.ask(self.work.card, row.ticket_id) if row else None
        if card is not None:
            await self.app.push_screen(ReceptionCard(card))
