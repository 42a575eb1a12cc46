"""A checklist (步骤单) being worked through: one key a step."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from hallterm.desk.reception_views import StepRow
from hallterm.desk.views import Moment
from hallterm.domain.checklist.words import SkipReason, StepKind
from hallterm.domain.ticket.words import UndoReason
from hallterm.screens.base import HallScreen
from hallterm.screens.checklist_choices import SeveralPicker
from hallterm.screens.checklist_head import RunHead, StepDetail
from hallterm.screens.checklist_steps import StepList, chosen_words
from hallterm.screens.checklist_work import Mark, RunPage
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.reception import CHECKLIST_KEYS, STEP_KEYS, StepsState
from hallterm.screens.form import Form, TextRow
from hallterm.screens.reasons import ask_reason
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _, joined
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.desk import Done
    from hallterm.domain.refusal import Refusal
    from hallterm.screens.checklist_work import ChecklistWork


class StepsScreen(HallScreen[StepsState]):
    """The steps of one run. A subclass reads its page and ends it."""

    CSS_PATH = sheet("reception")
    AUTO_FOCUS = "StepList"

    def __init__(self, checklists: "ChecklistWork", run_id: str) -> None:
        super().__init__()
        self.checklists = checklists
        self.run_id = run_id
        self.page: RunPage | None = None
        self._marking = False
        self._marked: dict[str, None] = {}

    # State and look

    @property
    def state(self) -> StepsState:
        """The step under the cursor, and what is marked."""
        page = self.page
        view = page.checklist if page else None
        return StepsState(
            loaded=view is not None,
            step=self._steps.cursor,
            marking=self._marking,
            marked=len(self._marked),
            ended=view is not None and view.ended is not None,
            undoable=self._undoable,
            reception=page.reception if page else None,
        )

    @property
    def _steps(self) -> StepList:
        return self.query_one(StepList)

    @property
    def _undoable(self) -> str:
        step = self._steps.cursor
        if step is not None and step.undoable:
            return step.title
        return self.page.undoable if self.page else ""

    def digits_mean(self) -> str:
        """Digits go to a step, or mark it while steps are entered late."""
        return _("标出做过的") if self._marking else _("选一步")

    def compose_body(self) -> ComposeResult:
        """Yield head, steps and the step in words."""
        yield RunHead()
        with Vertical(id="steps"):
            yield StepList()
            yield StepDetail()

    def on_mount(self) -> None:
        """Read the run."""
        super().on_mount()
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and what colleagues have ticked."""
        super().tick(moment)
        for head in self.query(RunHead):
            head.tick(moment)
        if self.is_mounted:
            self.reload()

    def reload(self) -> None:
        """Read the run again, unless that is under way."""
        if not any(w.group == "page" and not w.is_finished for w in self.workers):
            self.run_worker(self._read(), group="page")

    def read(self) -> RunPage | None:
        """Return the page; runs on the desk's thread."""
        return self.checklists.page(self.run_id)

    async def _read(self) -> None:
        page = await self.ask(self.read)
        if page is None or page == self.page:
            return
        before, self.page = self.page, page
        self.query_one(RunHead).show(page, self.moment)
        self._show_steps()
        if before is None:
            self._steps.go_to_open()
        else:
            self._tell_of_service(before, page)
        self.refresh_keys()

    def _tell_of_service(self, before: RunPage, page: RunPage) -> None:
        """Say that the counter has ended the service, or has taken that back."""
        then = {step.step_id for step in _by_service(before)}
        now = {step.step_id for step in _by_service(page)}
        steps = page.checklist.steps if page.checklist else ()
        for step in steps:
            if step.step_id in now - then:
                words = _("窗口已办结，“{title}”自己记上了：{answer}。")
                answer = chosen_words(step) or _("做了")
                self.say(words.format(title=step.title, answer=answer), Tone.DONE)
            elif step.step_id in then and step.is_open:
                self.say(_("窗口撤销了办结，“{title}”还没有做。").format(title=step.title))

    def _show_steps(self) -> None:
        view = self.page.checklist if self.page else None
        steps = view.steps if view else ()
        done = {step.step_id for step in steps if not step.is_open}
        self._marked = {step_id: None for step_id in self._marked if step_id not in done}
        self._steps.show(steps, frozenset(self._marked), self.moment.local.tzinfo)

    @on(StepList.Moved)
    def step_moved(self) -> None:
        """Show the step under the cursor in words, and its keys."""
        if self.page is not None:
            self.query_one(StepDetail).show(self._steps.cursor, self.page)
        self.refresh_keys()

    # Steps

    def digit(self, digit: str) -> bool:
        """Go to a step of the page, or mark it."""
        step = self._steps.at_digit(int(digit))
        if step is None:
            return True
        self._steps.go_to(step.step_id)
        if self._marking:
            self._mark(step)
        return True

    def _mark(self, step: StepRow) -> None:
        if not step.is_open:
            self.say(_("“{title}”已经记过了。").format(title=step.title), Tone.REFUSED)
        elif step.step_id in self._marked:
            del self._marked[step.step_id]
        else:
            self._marked[step.step_id] = None
        self._show_steps()
        self.refresh_keys()

    async def do_tick(self) -> None:
        """Enter the step under the cursor; in late entry, all that are marked."""
        if self._marking:
            await self._enter_late()
            return
        step = self._steps.cursor
        if step is None:
            return
        choices = await self.answer_of(step)
        if choices is None or not await self.before(step, choices):
            return
        if await self._enter([(step.step_id, choices)]):
            self._advance(_("已记：{title}。").format(title=step.title))

    async def before(self, step: StepRow, choices: tuple[str, ...]) -> bool:
        """Do what an answer asks for before it is entered; say whether it was done."""
        del step, choices
        return True

    async def answer_of(self, step: StepRow) -> tuple[str, ...] | None:
        """Ask for the answers of a step; None when the person backs out."""
        if step.kind is StepKind.TICK:
            return ()
        told = {
            one.choice: f"{one.at:%Y-%m-%d}"
            for one in reversed(self.page.told if self.page else ())
            if one.name == step.remember
        }
        choices = [
            Choice(
                choice.choice_id,
                choice.title,
                " ".join((_("上次"), told[choice.title])) if choice.title in told else "",
            )
            for choice in step.choices
        ]
        note = step.say or step.hint
        if step.kind is StepKind.SEVERAL:
            return await self.app.push_screen_wait(SeveralPicker(step.title, choices, note))
        chosen = await self.app.push_screen_wait(Picker(step.title, choices, note))
        return None if chosen is None else (chosen,)

    async def _enter(self, marks: list[Mark], when: str = "") -> bool:
        answer = await self.ask(self.checklists.tick, self.run_id, marks, when)
        await self._read()
        return answer is not None

    def _advance(self, said: str) -> None:
        self._steps.go_to_open(self._steps.index)
        self.say(said, Tone.DONE)

    async def do_late(self) -> None:
        """Begin to mark steps that were done earlier; once more: don't."""
        self._marking = not self._marking
        self._marked = {}
        self._show_steps()
        if self._marking:
            self.say(_("按数字标出做过的几步，再按 Enter。"))
        else:
            self.say(_("不补录了。"))

    async def _enter_late(self) -> None:
        view = self.page.checklist if self.page else None
        marked = [step for step in view.steps if step.step_id in self._marked] if view else []
        marks: list[Mark] = []
        for step in marked:
            choices = await self.answer_of(step)
            if choices is None:
                return
            marks.append((step.step_id, choices))
        form = Form(
            _("什么时候做的？"),
            (TextRow("when", _("几分钟前"), longest=4, note=_("7 是 7 分钟前，1432 是 14:32")),),
            joined(step.title for step in marked),
            commit=lambda filled: self.checklists.tick(self.run_id, marks, filled["when"]),
            blame={"moment_form": "when", "time_in_future": "when", "time_too_old": "when"}
            | {"time_before_arrival": "when"},
        )
        if await self.app.push_screen_wait(form) is None:
            return
        self._marking, self._marked = False, {}
        await self._read()
        self._show_steps()
        self._advance(_("已补录 {count} 步。").format(count=len(marks)))

    async def do_skip(self) -> None:
        """Leave the step under the cursor out, with a reason."""
        step = self._steps.cursor
        if step is None:
            return
        title = _("为什么跳过“{title}”？").format(title=step.title)
        reason = await ask_reason(self.app, title, SkipReason)
        if reason is None:
            return
        answer = await self.ask(self.checklists.skip, self.run_id, step.step_id, reason)
        await self._read()
        if answer is not None:
            words = _("跳过“{title}”：{reason}。")
            self._advance(words.format(title=step.title, reason=term(reason)))

    async def do_undo(self) -> None:
        """Take back the entry under the cursor, else what was done last."""
        step, what = self._steps.cursor, self._undoable
        reason = await ask_reason(self.app, _("撤销“{what}”，原因？").format(what=what), UndoReason)
        if reason is None:
            return
        if step is not None and step.undoable:
            done = await self.ask(self.checklists.undo, self.run_id, step.step_id, reason)
        else:
            done = await self.ask(self.undo_last, reason)
        await self._read()
        if done is not None:
            self.say(_("已撤销：{what}。").format(what=what), Tone.DONE)

    def undo_last(self, reason: UndoReason) -> "Done | Refusal":
        """Take back what was done last; runs on the desk's thread."""
        raise NotImplementedError

    async def do_back(self) -> None:
        """Stop marking; else leave the screen. The run goes on."""
        if self._marking:
            await self.do_late()
        else:
            await super().do_back()


def _by_service(page: RunPage) -> tuple[StepRow, ...]:
    steps = page.checklist.steps if page.checklist else ()
    return tuple(step for step in steps if step.came_by_itself)


class ChecklistScreen(StepsScreen):
    """A run of the hall: opening, closing, emergency, a fault."""

    KEYS: ClassVar[tuple[Command[Any], ...]] = (*STEP_KEYS, *CHECKLIST_KEYS)

    @property
    def _undoable(self) -> str:
        step = self._steps.cursor
        last = self._last()
        return step.title if step and step.undoable else (last.title if last else "")

    def _last(self) -> StepRow | None:
        view = self.page.checklist if self.page else None
        mine = [s for s in view.steps if s.undoable] if view else []
        return max(mine, key=lambda step: step.entered or 0.0, default=None)

    def undo_last(self, reason: UndoReason) -> "Done | Refusal":
        """Take back the latest entry that this person may take back."""
        last = self._last()
        step_id = last.step_id if last else ""
        return self.checklists.undo(self.run_id, step_id, reason)

    async def do_finish(self) -> None:
        """End the run once nothing is forgotten."""
        if await self.ask(self.checklists.end, self.run_id) is not None:
            await self._read()
            self.say(_("这份步骤单做完了。"), Tone.DONE)

    async def do_withdraw(self) -> None:
        """Ask, then give the run up."""
        title = self.page.checklist.title if self.page and self.page.checklist else ""
        question = _("不做这份“{title}”了？").format(title=title)
        note = _("已记的都还在，没做的空着。")
        if not await self.app.push_screen_wait(Confirm(question, _("作罢"), note)):
            return
        if await self.ask(self.checklists.end, self.run_id, withdraw=True) is not None:
            await self._read()
            self.say(_("已作罢。"), Tone.DONE)
