"""What the keys of the counter do."""

from typing import Any, cast

from hallterm.desk.views import CounterRow, CounterView, TicketRow
from hallterm.domain.ticket.words import (
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    TicketState,
    UndoReason,
)
from hallterm.screens.commands.counter import CounterState, paused, resumes
from hallterm.screens.customer_reach import flow_of
from hallterm.screens.keyed import Keyed
from hallterm.screens.live import LiveScreen
from hallterm.screens.reasons import ask_reason
from hallterm.screens.satisfaction import Satisfaction
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.queue_pane import QueuePane
from hallterm.words import _
from hallterm.words.terms import term


class CounterActions(LiveScreen[CounterState]):
    """Each `do_…` asks what it must, sends one command, and says what happened."""

    rateable: TicketRow | None = None
    """Ticket finished here last, whose customer may still rate."""

    @property
    def _current(self) -> TicketRow | None:
        return self.view.current if self.view else None

    def _called(self, view: CounterView | None) -> None:
        if view and view.current:
            pane = self.query_one(QueuePane)
            pane.clear_digits()
            pane.view.touched = False
            self.app.bell()
            row = view.current
            self.say(_("已叫 {number}。").format(number=row.number), Tone.DONE)

    async def do_call_next(self) -> None:
        """Call whoever is next."""
        self._called(await self.act(self.desk.call_next))

    async def do_call_given(self) -> None:
        """Call the ticket under the cursor; out of turn with a reason."""
        row, view = self.state.cursor, self.view
        if row is None or view is None:
            return
        reason = None
        if view.next_up is None or view.next_up.row.ticket_id != row.ticket_id:
            title = _("{number} 不是下一位，为什么先叫？").format(number=row.number)
            cost = await self.ask(self.desk.cost, row.ticket_id) or ""
            reason = await ask_reason(self.app, title, OutOfOrderReason, note=cost)
            if reason is None:
                return
        self._called(await self.act(self.desk.call_given, row.ticket_id, reason))

    async def do_request(self) -> None:
        """Take down what the customer wants beyond the rules."""
        row, work = self._current, self.shell.work
        if row is None or row.person_id is None or work is None:
            return
        from hallterm.screens.request_flow import open_request  # noqa: PLC0415 - only when wanted

        await open_request(self, work.requests, row.person_id, row.ticket_id)

    async def do_recall(self) -> None:
        """Call out again."""
        row = self._current
        if row and await self.act(self.desk.recall, row.ticket_id):
            self.app.bell()
            self.say(_("又叫了一遍 {number}。").format(number=row.number), Tone.DONE)

    async def do_start(self) -> None:
        """Begin the service."""
        row = self._current
        if row and await self.act(self.desk.start, row.ticket_id):
            self.say(_("{number} 开始办理。").format(number=row.number), Tone.DONE)

    async def do_park(self) -> None:
        """Set the service aside, or take one back."""
        if resumes(self.state):
            await self._resume()
            return
        row = self._current
        if row is None:
            return
        title = _("{number} 为什么挂起？").format(number=row.number)
        reason = await ask_reason(self.app, title, ParkReason)
        if reason and await self.act(self.desk.park, row.ticket_id, reason):
            words = _("{number} 已挂起（{reason}），F5 取回。")
            self.say(words.format(number=row.number, reason=term(reason)), Tone.DONE)

    async def _resume(self) -> None:
        parked = self.view.parked if self.view else ()
        row: TicketRow | None = parked[0] if len(parked) == 1 else None
        if len(parked) > 1:
            choices = [Choice(r, f"{r.number}  {_('、').join(r.businesses)}") for r in parked]
            row = await self.app.push_screen_wait(Picker(_("取回哪一张？"), choices))
        if row and await self.act(self.desk.resume, row.ticket_id):
            self.say(_("已取回 {number}，继续办理。").format(number=row.number), Tone.DONE)

    async def do_pass_over(self) -> None:
        """Note that the called customer isn't there."""
        row = self._current
        if row and await self.act(self.desk.pass_over, row.ticket_id):
            self.say(_("{number} 已过号，稍后自动回到队里。").format(number=row.number), Tone.DONE)

    async def do_transfer(self) -> None:
        """Send the customer to another counter, or on to a further business."""
        row, view = self._current, self.view
        if row is None or view is None:
            return
        own = view.counter.counter_id if view.counter else None
        further = _("加办业务")
        choices: list[Choice[CounterRow | str]] = [
            Choice(c, _("{number} 号窗口").format(number=c.number), _who(c), c.number)
            for c in view.hall.counters
            if c.counter_id != own
        ]
        choices.append(Choice(further, further, _("再办一项，另起一个时限"), 0))
        title = _("{number} 转到几号窗口？").format(number=row.number)
        target = await self.app.push_screen_wait(Picker(title, choices))
        if isinstance(target, CounterRow):
            if await self.act(self.desk.transfer, row.ticket_id, target.counter_id, None):
                words = _("{number} 已转到 {counter} 号窗口。")
                self.say(words.format(number=row.number, counter=target.number), Tone.DONE)
        elif target is not None:
            await self._add_business(row)

    async def _add_business(self, row: TicketRow) -> None:
        """Ask which business comes on top, and send the customer on for it."""
        businesses = await self.look(self.desk.businesses) or []
        choices = [Choice(business, business[1]) for business in businesses]
        title = _("{number} 加办什么？").format(number=row.number)
        business = await self.app.push_screen_wait(Picker(title, choices))
        if business and await self.act(self.desk.transfer, row.ticket_id, None, business[0]):
            words = _("{number} 加办 {business}。")
            self.say(words.format(number=row.number, business=business[1]), Tone.DONE)

    async def do_undo(self) -> None:
        """Take back the last action, with a reason."""
        what = self.view.undoable if self.view else ""
        title = _("撤销“{what}”，原因？").format(what=what)
        reason = await ask_reason(self.app, title, UndoReason)
        if reason and await self.act(self.desk.undo, reason):
            self.rateable = None
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)

    async def do_finish(self) -> None:
        """Finish with everything handed back."""
        await self._finish(Outcome.COMPLETED)

    async def do_finish_otherwise(self) -> None:
        """Finish a matter that was not done, saying why."""
        outcome = await ask_reason(
            self.app, _("没有办妥，为什么？"), Outcome, without=frozenset({Outcome.COMPLETED})
        )
        if outcome:
            await self._finish(outcome)

    async def _finish(self, outcome: Outcome) -> None:
        row = self._current
        if row and await self.act(self.desk.finish, row.ticket_id, outcome):
            self.rateable = row
            words = _("{number} {outcome}，证件、单据、找零已交还。Ctrl+R 请客户评价。")
            self.say(words.format(number=row.number, outcome=term(outcome)), Tone.DONE)
            if outcome is Outcome.NOT_POSSIBLE_HERE:
                await self._arrange_later(row)

    async def _arrange_later(self, row: TicketRow) -> None:
        from hallterm.screens.arrange_later import arrange_later  # noqa: PLC0415 - seldom wanted

        await arrange_later(cast("Keyed[Any, Any]", self), row)

    async def do_finish_and_call(self) -> None:
        """Finish and call the next one."""
        row = self._current
        if row is None:
            return
        view = await self.act(self.desk.finish_and_call_next, row.ticket_id)
        if view is None:
            return
        self.rateable = row
        if view.current is None:
            words = _("{number} 已办结，后面没有人等候。").format(number=row.number)
        else:
            self.app.bell()
            words = _("{number} 已办结，已叫 {next}。").format(
                number=row.number, next=view.current.number
            )
        self.say(words, Tone.DONE)

    async def do_left(self) -> None:
        """Note that the customer went away, and why."""
        row = self._current
        if row is None:
            return
        without = (
            frozenset() if row.state is TicketState.CALLED else frozenset({LeaveReason.NO_SHOW})
        )
        title = _("{number} 为什么离开？").format(number=row.number)
        reason = await ask_reason(self.app, title, LeaveReason, without=without)
        if reason and await self.act(self.desk.left, row.ticket_id, reason):
            words = _("{number} 已离开（{reason}）。")
            self.say(words.format(number=row.number, reason=term(reason)), Tone.DONE)

    async def do_rate(self) -> None:
        """Turn the screen to the customer."""
        row = self.rateable
        if row is None:
            return
        rating = await self.app.push_screen_wait(Satisfaction(row.number))
        if rating and await self.act(self.desk.rate, row.ticket_id, rating):
            self.rateable = None
            self.say(_("客户已评价，谢谢。"), Tone.DONE)

    async def do_customer(self) -> None:
        """Open the panel of the customer at this counter."""
        row, flow = self._current, flow_of(self)
        if row is not None and row.person_id and flow is not None:
            flow.show_customer(row.person_id)

    async def do_pause(self) -> None:
        """Pause with a reason, or go on."""
        if paused(self.state):
            if await self.act(self.desk.reopen):
                self.say(_("窗口恢复办理。"), Tone.DONE)
            return
        reason = await ask_reason(self.app, _("窗口为什么暂停？"), PauseReason)
        if reason and await self.act(self.desk.pause, reason):
            self.say(_("窗口已暂停：{reason}。").format(reason=term(reason)), Tone.DONE)


def _who(counter: CounterRow) -> str:
    return f"{counter.name}  {counter.staff_name or _('无人')}"
