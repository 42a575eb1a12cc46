"""The forms' letters (邮件传真): what waits, what may have arrived, what came in and is loose."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from hallterm.desk.post_status import ReceivedView
from hallterm.screens.cells import fit, plain, time_or_day
from hallterm.screens.commands.letter import LETTER_KEYS, LettersState
from hallterm.screens.letter_work import LetterRow
from hallterm.screens.live_list import PLACE, LiveListScreen
from hallterm.screens.request_flow import GRACE
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.line_list import Cell, LineList, heading
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.styles import sheet
from hallterm.words import _
from hallterm.words.post_words import letter_state_word, office_word, purpose_word, verdict_word

if TYPE_CHECKING:
    from hallterm.screens.letter_work import LetterWork

Item = LetterRow | ReceivedView
_TIME, _NUMBER, _ABOUT, _STATE = 6, 10, 19, 19


class LettersScreen(LiveListScreen[LettersState, Item]):
    """One line each; what this person has to settle comes first."""

    KEYS = LETTER_KEYS
    CSS_PATH = sheet("lines")
    LIST = "letters"
    AUTO_FOCUS = "#letters"
    SHOWS_REQUESTS = False

    def __init__(self, work: "LetterWork") -> None:
        super().__init__()
        self.work = work
        self._rows: tuple[Item, ...] | None = None

    @property
    def state(self) -> LettersState:
        """The line under the cursor."""
        return LettersState(self.items.cursor)

    def digits_mean(self) -> str:
        """Digits go to a line."""
        return _("第几封") if self._rows else ""

    def compose_body(self) -> ComposeResult:
        """Yield the list."""
        empty = _("没有待发、待处理的邮件和传真")
        yield LineList(partial(_line, self), _heading, empty, id="letters")

    async def read(self) -> None:
        """Read the list."""
        rows = await self.ask(self.work.rows)
        if rows is None:
            return
        if rows != self._rows:
            self._rows = rows
            self.items.replace(rows, keep=True, same=_id_of)
        self.refresh_keys()

    async def do_settle(self) -> None:
        """Ask what became of a letter, with everything that is known of it in sight."""
        row = self.items.cursor
        if not isinstance(row, LetterRow):
            return
        letter = row.letter
        words = _("{state}。发给 {to}，试过 {count} 次。先问收件人。{said}")
        note = words.format(
            state=letter_state_word(letter.state),
            to=plain(letter.recipient),
            count=letter.attempts,
            said=plain(letter.said),
        )
        choices = [
            Choice(True, _("收到了"), _("不再发")),  # noqa: FBT003 - the choice's value
            Choice(False, _("没有收到"), _("同一封信原样重发")),  # noqa: FBT003 - the choice's value
        ]
        title = f"{letter.number}  {purpose_word(letter.purpose)}"
        arrived = await self.app.push_screen_wait(Picker(title, choices, note, GRACE))
        if arrived is None:
            return
        settled = await self.ask(self.work.settle, row, arrived)
        if settled is None:
            return
        await self.read()
        told = _("记下了：收件人说已收到。") if arrived else _("记下了：马上原样重发。")
        late = _("这一封刚才已经有了着落。")
        self.say(told if settled else late, Tone.DONE if settled else Tone.REFUSED)


def _id_of(row: Item) -> str:
    return row.letter.id if isinstance(row, LetterRow) else row.id


def _line(screen: LettersScreen, row: Item, cells: int) -> Sequence[Cell]:
    if isinstance(row, LetterRow):
        letter = row.letter
        at, number, about = letter.made, letter.number, purpose_word(letter.purpose)
        state, look = letter_state_word(letter.state), "short" if letter.asks else "value"
        who = f"{letter.recipient or office_word(letter.office)}  {letter.said}"
    else:
        at, number, look = row.at, row.number or "-", "short"
        about = _("来信") if row.kind == "mail" else _("收到的传真")
        state, who = verdict_word(row.verdict), f"{row.sender}  {row.subject}"
    used = PLACE + _TIME + _NUMBER + _ABOUT + _STATE
    now = screen.moment.local
    return [
        screen.numbered(row),
        (fit(time_or_day(at.astimezone(now.tzinfo), now), _TIME), "value"),
        (fit(number, _NUMBER), "strong"),
        (fit(about, _ABOUT - 1) + " ", "value"),
        (fit(state, _STATE - 1) + " ", look),
        (fit(plain(who), max(cells - used, 0)), "label"),
    ]


def _heading(cells: int) -> Sequence[Cell]:
    names = (
        ("", PLACE),
        (_("时间"), _TIME),
        (_("编号"), _NUMBER),
        (_("事由"), _ABOUT),
        (_("状态"), _STATE),
    )
    return heading(names, _("收件人、对方的话"), cells)
