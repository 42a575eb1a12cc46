"""What stands above and below the steps: what the run is about, and the current step in words."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from hallterm.desk.reception_views import ChecklistView, ReceptionRow, StepRow, Told
from hallterm.desk.views import Clock, Moment
from hallterm.domain.reception.words import WAITING_STATES
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import Piece, fit, line, plain, width
from hallterm.screens.checklist_steps import chosen_words, clock_time
from hallterm.screens.checklist_work import RunPage
from hallterm.screens.reading import read
from hallterm.screens.reception_strip import asked_words, clock_words, state_style
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term, tier_and_grade

_LABEL = 11
_MOST_TOLD = 3
"""Earlier visits that are told of."""


def wrapped(text: str, cells: int) -> Iterator[str]:
    """Break a text into lines of so many cells; Chinese breaks anywhere."""
    rest = plain(text)
    while rest:
        taken = used = 0
        for character in rest:
            used += width(character)
            if used > cells:
                break
            taken += 1
        taken = max(taken, 1)
        yield rest[:taken]
        rest = rest[taken:]


class RunHead(Widget):
    """Two lines: title, customer and clocks; who has it, where, how far."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "run--label",
        "run--value",
        "run--strong",
        "run--in-time",
        "run--short",
        "run--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self._page: RunPage | None = None
        self._now = 0.0
        self._zone: tzinfo | None = None

    def show(self, page: RunPage, moment: Moment) -> None:
        """Show a new page."""
        self._page, self._now, self._zone = page, moment.seconds, moment.local.tzinfo
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        if int(moment.seconds) != int(self._now):
            self._now = moment.seconds
            self.refresh()

    def render(self) -> Text:
        """Lay out the lines."""
        page, cells = self._page, self.size.width
        if page is None:
            return Text("")
        lines = (self._reception if page.reception else self._hall)(page, cells)
        return Text("\n").join(lines)

    def _progress(self, view: ChecklistView | None) -> list[Piece]:
        style = self.get_component_rich_style
        if view is None:
            return [(_("没有合适的步骤单 "), style("run--label"))]
        if view.ended is not None:
            return [(_("步骤已结 "), style("run--label"))]
        required = [step for step in view.steps if step.required]
        words = f"{len(required) - view.required_open}/{len(required)} "
        return [(_("必做 "), style("run--label")), (words, style("run--strong"))]

    def _clock(self, label: str, clock: Clock) -> list[Piece]:
        style = self.get_component_rich_style
        reading = read(clock, self._now)
        look = style(f"run--{state_style(reading)}")
        words = clock_words(reading) if reading.running else f"{minutes_seconds(reading.age)} ✓"
        if not reading.running and reading.left < 0:
            words = f"{minutes_seconds(reading.age)} ✗"
        return [(f"{label} ", style("run--label")), (f"{words}  ", look)]

    def _reception(self, page: RunPage, cells: int) -> list[Text]:
        style = self.get_component_rich_style
        label, value, strong = style("run--label"), style("run--value"), style("run--strong")
        row = page.reception
        if row is None:
            return []
        first: list[Piece] = [
            (f" {row.number}  ", strong),
            (f"{tier_and_grade(Tier.VIP, row.grade)}  ", strong),
            (plain(row.customer), value),
        ]
        clocks = [*self._clock(_("接待"), row.clock), *self._clock(_("办理"), row.service)]
        second: list[Piece] = [(f" {term(row.state)}  ", strong), *self._who(row)]
        if row.place:
            second += [(_("  在 "), label), (plain(row.place), value)]
        second.append((f"  {term(row.ticket_state)}", label))
        progress = self._progress(page.checklist)
        return [line(first, cells, clocks), line(second, cells, progress)]

    def _who(self, row: ReceptionRow) -> list[Piece]:
        style = self.get_component_rich_style
        if row.state in WAITING_STATES:
            return [(_("请 "), style("run--label")), (asked_words(row), style("run--value"))]
        who = row.receiver
        name = f"{plain(who.name)} {who.staff_id}".strip() if who else ""
        return [(name, style("run--value"))]

    def _hall(self, page: RunPage, cells: int) -> list[Text]:
        style = self.get_component_rich_style
        label, strong = style("run--label"), style("run--strong")
        view = page.checklist
        if view is None:
            return []
        who = plain(view.started_by.name or view.started_by.staff_id)
        started = clock_time(view.started, self._zone)
        began = _("{time} {name} 开始").format(time=started, name=who)
        end: list[Piece] = []
        if view.ended is not None:
            end = [(f"{term(view.ended)} ", label)]
        elif view.due is not None:
            over = view.due < self._now
            left = minutes_seconds(abs(view.due - self._now))
            words = _("限 {time}  已超 {left} ") if over else _("限 {time}  还有 {left} ")
            due = words.format(time=clock_time(view.due, self._zone), left=left)
            end = [(due, style("run--overdue" if over else "run--in-time"))]
        notes = [(_("  文件已改，这份按开始时的做"), label)] if view.newer else []
        first = line([(f" {plain(view.title)}  ", strong), (plain(view.source), label)], cells, end)
        second = line([(f" {began}", label), *notes], cells, self._progress(view))
        return [first, second]


class StepDetail(Widget):
    """The step under the cursor: words to say, what to mind, what was told before, its answers."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--label",
        "detail--value",
        "detail--say",
        "detail--strong",
    }

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str, str]] = []

    def show(self, step: StepRow | None, page: RunPage) -> None:
        """Show a step; without one, nothing."""
        self._lines = list(_detail(step, page)) if step else []
        self.refresh()

    def render(self) -> Text:
        """Lay out the lines, the label only beside the first of each."""
        style = self.get_component_rich_style
        cells = self.size.width
        laid: list[Text] = []
        for label, text, look in self._lines:
            for place, part in enumerate(wrapped(text, max(cells - _LABEL - 2, 10))):
                name = fit(f" {label}" if not place else "", _LABEL + 1)
                pieces = [(name, style("detail--label")), (part, style(f"detail--{look}"))]
                laid.append(line(pieces, cells))
        return Text("\n").join(laid[: self.size.height])


def _detail(step: StepRow, page: RunPage) -> Iterator[tuple[str, str, str]]:
    if step.say:
        yield _("对客户说"), step.say, "say"
    if step.hint:
        yield _("留意"), step.hint, "value"
    if step.came_by_itself:
        yield _("自动"), _("随窗口办结记上的；不是这样就按 Enter 另选"), "value"
    elif step.done_by is not None and step.is_open:
        yield _("自动"), _("窗口办结就自己记上；办结了还空着的，由您来选"), "value"
    for name, words in told_lines(step, page.told):
        yield name, words, "value"
    if step.choices:
        given = chosen_words(step)
        words = joined(choice.title for choice in step.choices)
        yield (_("选了"), given, "strong") if given else (_("选项"), words, "label")
    if step.source:
        yield _("出处"), step.source, "label"


def told_lines(step: StepRow, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """Return what earlier visits wanted remembered under this step's name, visit by visit."""
    if not step.remember:
        return
    visits: dict[str, list[Told]] = {}
    for one in told:
        if one.name == step.remember:
            visits.setdefault(one.ticket_id, []).append(one)
    shown = list(visits.values())[:_MOST_TOLD]
    for place, theirs in enumerate(shown):
        titles = joined(one.choice for one in theirs)
        label = _("以前{name}").format(name=step.remember) if not place else ""
        yield label, f"{theirs[0].at:%Y-%m-%d} {titles}"
    if not shown:
        yield _("以前{name}").format(name=step.remember), _("没有记录")
