"""Dispatch (调度): the policy in force, what to do now, and the counters that the day needs."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from hallterm.desk.views import Moment
from hallterm.screens.base import HallScreen
from hallterm.screens.cells import fit, plain, right
from hallterm.screens.commands.dispatching import DISPATCH_KEYS, DispatchState
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.policies import policies, policy_name, policy_sentence
from hallterm.words.reasons import advice_figures, explain_advice

if TYPE_CHECKING:
    from hallterm.desk.dispatching import HalfHour, InForce
    from hallterm.screens.dispatching_work import DispatchWork, Overview

EVERY = 15.0
"""Seconds after which advice is worked out again."""
_TIME, _CUSTOMERS, _COUNTERS = 15, 10, 10


def caps() -> tuple[tuple[float, str], ...]:
    """Return the caps to choose from, each with what it does."""
    return (
        (1.0, _("超时的马上补，守住的最少")),
        (1.25, ""),
        (1.5, _("默认：各级大致不比按标准差")),
        (2.0, _("多守住一些，少数人超时更久")),
        (2.5, ""),
        (3.0, _("守住的多很多，最久的等得更久")),
        (4.0, ""),
    )


class DispatchScreen(HallScreen[DispatchState]):
    """For managers; the domain refuses everybody else."""

    KEYS = DISPATCH_KEYS
    CSS_PATH = [sheet("lines"), sheet("dispatch")]  # noqa: RUF012 - Textual declares it
    AUTO_FOCUS = "#plan"

    def __init__(self, work: "DispatchWork") -> None:
        super().__init__()
        self.work = work
        self.overview: Overview | None = None
        self._read_at = 0.0
        self._slot = ""

    @property
    def state(self) -> DispatchState:
        """The policy in force."""
        return DispatchState(self.overview.standing.rules.policy if self.overview else None)

    def compose_body(self) -> ComposeResult:
        """Yield policy, advice and plan."""
        yield Static(id="policy", markup=False)
        yield Static(id="policy-note", markup=False)
        yield Static(_(" 现在"), id="advice-head", markup=False)
        yield Static(id="advice", markup=False)
        yield Static(id="plan-head", markup=False)
        yield LineList(partial(_plan_line, self), _plan_heading, id="plan")

    @property
    def slot(self) -> str:
        """Begin of the half hour that runs now, such as ``09:30``."""
        local = self.moment.local
        return f"{local.hour:02}:{local.minute // 30 * 30:02}"

    def on_mount(self) -> None:
        """Read everything."""
        super().on_mount()
        self.reload()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up after another screen was on top."""
        super().on_screen_resume(event)
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Work the advice out again now and then."""
        super().tick(moment)
        if self.is_mounted and self.shell.clock.monotonic() - self._read_at >= EVERY:
            self.reload()

    def reload(self) -> None:
        """Read everything again, unless that is under way."""
        if not any(w.group == "dispatch" and not w.is_finished for w in self.workers):
            self.run_worker(self._read(), group="dispatch")

    async def _read(self) -> None:
        self._read_at = self.shell.clock.monotonic()
        overview = await self.ask(self.work.overview)
        if overview is None:
            return
        first = self.overview is None
        self.overview = overview
        self._show(overview)
        if first:
            self._go_to_now(overview.plan)
        self.refresh_keys()

    def _show(self, overview: "Overview") -> None:
        rules = overview.standing.rules
        head = [_(" 叫号规则  {name}").format(name=policy_name(rules.policy))]
        if rules.policy == "promise":
            head.append(_("超时的放到 {cap:g} 倍时限").format(cap=rules.late_cap))
        self._put("#policy", "   ".join([*head, _since(overview.standing)]))
        self._put("#policy-note", " " + policy_sentence(rules.policy))
        self._put("#advice", "\n".join(_advice_lines(overview)))
        title = _(" 全天窗口  按以往的日子，守住 95% 的承诺要开几个；本厅共 {count} 个")
        self._put("#plan-head", title.format(count=overview.counters))
        empty = _("还没有以往的日子，排不出全天的安排；开过一天之后再看。")
        plan: LineList[HalfHour] = self.query_one("#plan", LineList)
        plan.replace(overview.plan, empty, keep=True)

    def _go_to_now(self, plan: "Sequence[HalfHour]") -> None:
        place = next((i for i, part in enumerate(plan) if f"{part.begins:%H:%M}" == self.slot), 0)
        self.query_one("#plan", LineList).action_move(place)

    def _put(self, place: str, text: str) -> None:
        lines = (plain(line) for line in text.split("\n"))
        self.query_one(place, Static).update("\n".join(lines))

    @property
    def _called(self) -> str:
        policy = self.state.policy
        return policy_name(policy) if policy else ""

    async def do_policy(self) -> None:
        """Choose another policy by digit."""
        choices = [Choice(name, policy_name(name), policy_sentence(name)) for name in policies()]
        note = _("现在是“{name}”。选了立即生效，所有窗口都按新规则叫；谁改的有记录。")
        note = note.format(name=self._called)
        chosen = await self.app.push_screen_wait(Picker(_("按哪种规则叫号？"), choices, note))
        if chosen is not None and await self.ask(self.work.choose, chosen) is not None:
            await self._read()
            self.say(_("从现在起按“{name}”叫号。").format(name=policy_name(chosen)), Tone.DONE)

    async def do_cap(self) -> None:
        """Choose how long a broken promise may be put off."""
        choices = [Choice(cap, _("{cap:g} 倍时限").format(cap=cap), words) for cap, words in caps()]
        title = _("已经超时的，最多放到时限的几倍？")
        rules = self.overview.standing.rules if self.overview else None
        note = _("现在 {cap:g} 倍。放得越久，守住的承诺越多；少数已超时的等得越久。")
        note = note.format(cap=rules.late_cap if rules else 0)
        chosen = await self.app.push_screen_wait(Picker(title, choices, note))
        if chosen is not None and await self.ask(self.work.set_cap, chosen) is not None:
            await self._read()
            self.say(_("超时的最多放到 {cap:g} 倍时限。").format(cap=chosen), Tone.DONE)


def _since(standing: "InForce") -> str:
    if standing.since is None:
        return _("本厅的默认规则，还没有人另选")
    moment = f"{standing.since:%Y-%m-%d %H:%M}"
    return _("{name} {moment} 起").format(name=standing.by, moment=moment)


def _advice_lines(overview: "Overview") -> list[str]:
    figures = _(" 等候 {waiting} 位，开着 {at_work} 个窗口")
    lines = [figures.format(waiting=overview.waiting, at_work=overview.at_work)]
    for one in overview.advice:
        lines.append(f" {explain_advice(one)}")
        lines.append(f"   {advice_figures(one)}")
    if not overview.advice:
        lines.append(_(" 没有要做的：多开窗口或请人去自助，都不会多守住承诺。"))
    if not overview.plan:
        lines.append(_(" 没有以往的日子可参考，只按现在等候的客户算。"))
    return lines


def _plan_heading(cells: int) -> Sequence[Cell]:
    rest = max(cells - _TIME - _CUSTOMERS - _COUNTERS, 0)
    return [
        (fit(_("时段"), _TIME), "label"),
        (right(_("预计客户"), _CUSTOMERS), "label"),
        (right(_("要开窗口"), _COUNTERS), "label"),
        (fit("", rest), "label"),
    ]


def _plan_line(screen: DispatchScreen, part: "HalfHour", cells: int) -> Sequence[Cell]:
    rest = max(cells - _TIME - _CUSTOMERS - _COUNTERS, 0)
    begins = f"{part.begins:%H:%M}"
    now = begins == screen.slot
    notes = [_("现在")] if now else []
    notes += [] if part.enough else [_("!! 窗口不够")]
    return [
        (fit(begins, _TIME), "strong" if now else "value"),
        (right(f"{part.customers:.0f}", _CUSTOMERS), "value"),
        (right(str(part.counters), _COUNTERS), "strong"),
        (fit("   " + "  ".join(notes), rest), "value" if part.enough else "overdue"),
    ]
