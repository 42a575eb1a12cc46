"""Asking what is needed for a visit or delivery: kind and window, then where and to whom."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hallterm.desk.arrangement_views import ErrandRow
from hallterm.desk.errands import LONGEST_TEXT, ErrandPlan
from hallterm.domain.errand.words import ErrandKind, ErrandNote
from hallterm.screens.arranging import ask_business, ask_person
from hallterm.screens.cells import plain
from hallterm.screens.form import ChoiceRowOf, Filled, Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.words import _
from hallterm.words.days import weekday
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.desk import Done
    from hallterm.domain.refusal import Refusal
    from hallterm.screens.arrangement_work import ArrangementWork

_CLOCK = len("1430")
_MONTH_AND_DAY = len("0303")
Window = tuple[datetime, datetime]


class ErrandForm(Form):
    """A form whose fields take the room there is: addresses are long."""


def clock_of(text: str) -> tuple[int, int] | None:
    """Return hour and minute of ``1430``, ``930`` or ``14:30``; None: it can't be a time."""
    digits = text.replace(":", "").replace("：", "")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= _CLOCK):  # noqa: PLR2004 - digits of a clock
        return None
    hour, minute = int(digits[:-2]), int(digits[-2:])
    return (hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock face


def day_of(text: str, today: date) -> date | None:
    """Return the next day with this month and day, such as ``0303``; None: there is none."""
    if not (text.isascii() and text.isdigit() and len(text) == _MONTH_AND_DAY):
        return None
    for year in (today.year, today.year + 1):
        try:
            day = date(year, int(text[:2]), int(text[2:]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _clock_problem(text: str, _filled: Filled) -> str:
    return "" if clock_of(text) else _("写成 1430 这样的时刻")


class ErrandAsking:
    """Asks for a visit or delivery, and writes it down.

    origin: id of the ticket or request that it comes from.
    """

    def __init__(
        self, screen: Keyed[Any, Any], work: "ArrangementWork", origin: str | None = None
    ) -> None:
        self._screen = screen
        self._work = work
        self._origin = origin

    async def plan(
        self,
        person_id: str | None = None,
        business_id: str | None = None,
        kind: ErrandKind = ErrandKind.ON_SITE,
    ) -> bool:
        """Ask for everything that isn't given; say whether it was written down."""
        person_id = person_id or await ask_person(self._screen, _("去哪位客户那里？"))
        if person_id is None:
            return False
        if business_id is None:
            business = await ask_business(self._screen, self._work, _("办什么业务？"))
            if business is None:
                return False
            business_id = business.id
        first = await self._screen.app.push_screen_wait(
            ErrandForm(_("上门还是配送，什么时候去"), [_kind_row(kind), *self._window_rows()])
        )
        if first is None:
            return False
        window = self._window(first)

        def commit(filled: Filled) -> "Done | Refusal":
            return self._work.plan(
                ErrandPlan(
                    kind=ErrandKind(first["kind"]),
                    person_id=person_id,
                    business_id=business_id,
                    begins=window[0],
                    ends=window[1],
                    texts=_texts(filled),
                    origin=self._origin,
                )
            )

        return await self._where({}, window, commit)

    async def rebook(self, row: ErrandRow) -> bool:
        """Ask for another window, and for what else has changed."""
        first = await self._screen.app.push_screen_wait(
            ErrandForm(_("改到什么时候"), self._window_rows(row))
        )
        if first is None:
            return False
        window = self._window(first)
        before = {
            ErrandNote.ADDRESS: row.address,
            ErrandNote.CONTACT: row.contact,
            ErrandNote.PHONE: row.phone,
            ErrandNote.BRING: row.bring,
            ErrandNote.REMARK: row.remark,
        }

        def commit(filled: Filled) -> "Done | Refusal":
            changed = {a: t for a, t in _texts(filled).items() if t != before[a]}
            return self._work.rebook(row.errand_id, window, changed)

        return await self._where(before, window, commit)

    async def _where(
        self,
        before: Mapping[ErrandNote, str],
        window: Window,
        commit: Any,  # noqa: ANN401 - desk work
    ) -> bool:
        when = f"{window[0]:%m-%d %H:%M}-{window[1]:%H:%M}"
        title = _("{when}  去哪里，找谁").format(when=when)
        blame = {"address_missing": "address", "phone_wrong": "phone"}
        filled = await self._screen.app.push_screen_wait(
            ErrandForm(title, _text_rows(before), commit=commit, blame=blame)
        )
        if filled is None:
            return False
        words = _("已约 {when}  {address}。")
        address = plain(filled[ErrandNote.ADDRESS.value])
        self._screen.say(words.format(when=when, address=address), Tone.DONE)
        return True

    def _window_rows(self, row: ErrandRow | None = None) -> list[Any]:
        tomorrow = self._work.today() + timedelta(days=1)
        day = max(row.begins.date(), tomorrow) if row else tomorrow
        times = (f"{row.begins:%H%M}", f"{row.ends:%H%M}") if row else ("0900", "1100")
        return [
            TextRow("day", _("哪一天"), f"{day:%m%d}", self._day_note(), check=self._day_problem),
            TextRow("from", _("从几点"), times[0], _("如 1430"), check=_clock_problem),
            TextRow("to", _("到几点"), times[1], _("在这段时间里到"), check=_clock_problem),
        ]

    def _day_note(self) -> str:
        today = self._work.today()
        words = _("月日四位；今天 {today} {weekday}")
        return words.format(today=f"{today:%m%d}", weekday=weekday(today))

    def _day_problem(self, text: str, _filled: Filled) -> str:
        return "" if day_of(text, self._work.today()) else _("写成 0303 这样的月日")

    def _window(self, filled: Filled) -> Window:
        day = day_of(filled["day"], self._work.today()) or self._work.today()
        clocks = [clock_of(filled[name]) or (0, 0) for name in ("from", "to")]
        begins, ends = (self._work.moment(day, *clock) for clock in clocks)
        return begins, ends


def _kind_row(kind: ErrandKind) -> ChoiceRowOf:
    options = [Choice(one.value, term(one)) for one in ErrandKind]
    return ChoiceRowOf("kind", _("种类"), options, [kind.value])


def _text_rows(before: Mapping[ErrandNote, str]) -> list[TextRow]:
    notes = {
        ErrandNote.ADDRESS: _("街道、门牌、单元"),
        ErrandNote.CONTACT: _("到了找谁；不写就是客户本人"),
        ErrandNote.PHONE: _("出发前打这个电话；不写就打客户资料里的"),
        ErrandNote.BRING: _("要带去的东西和单据"),
        ErrandNote.REMARK: _("可以不写"),
    }
    return [
        TextRow(
            about.value,
            term(about),
            before.get(about, ""),
            notes[about],
            longest=LONGEST_TEXT,
            needed=about is ErrandNote.ADDRESS,
        )
        for about in ErrandNote
    ]


def _texts(filled: Filled) -> dict[ErrandNote, str]:
    return {about: filled[about.value] for about in ErrandNote if filled[about.value]}
