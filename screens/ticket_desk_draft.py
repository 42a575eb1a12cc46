"""The ticket being made: whose it is, which businesses, which documents, what to mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from hallterm.desk.views import Moment
from hallterm.domain.business import Business, Document
from hallterm.domain.person.details import PersonKind
from hallterm.domain.ticket.words import HelpFlag
from hallterm.screens.cells import Piece, fit, line, plain, width
from hallterm.screens.commands.ticket_desk import Panel
from hallterm.words import _, joined
from hallterm.words.durations import minutes_seconds
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.persons import PersonView
    from hallterm.desk.tickets import TicketDraft

_LABEL = 9
_BUSINESS_CELLS = 19
_MINUTE = 60
_CALM = Style(bold=False)


def care_words() -> tuple[str, ...]:
    """Return what the digits 1 to 6 of the care panel stand for."""
    return (_("老人"), _("残障"), _("孕妇"), _("异地"), _("集团"), _("特别关注"))


def care_of(draft: "TicketDraft") -> tuple[bool, ...]:
    """Return which of `care_words` hold."""
    helped = tuple(flag in draft.flags for flag in HelpFlag)
    return (*helped, draft.visiting, draft.group, draft.special)


def toggle_care(draft: "TicketDraft", place: int) -> None:
    """Set or clear the place-th of `care_words`, 0 first."""
    flags = list(HelpFlag)
    if place < len(flags):
        draft.flags ^= {flags[place]}
    else:
        name = ("visiting", "group", "special")[place - len(flags)]
        setattr(draft, name, not getattr(draft, name))


def spaced(words: str) -> str:
    """Return words with air between their letters, to be seen from afar."""
    return " ".join(words)


@dataclass(frozen=True)
class Draft:
    """What the widgets show of a draft."""

    draft: "TicketDraft"
    person: "PersonView | None"
    agent: "PersonView | None"
    budget: float
    """Promised wait of the tier, seconds."""
    businesses: tuple[Business, ...]
    documents: tuple[Document, ...]
    panel: Panel = Panel.BUSINESSES
    partial: str = ""
    """First digit of a business's code."""

    @property
    def care(self) -> tuple[bool, ...]:
        """Which of `care_words` hold."""
        return care_of(self.draft)


class DraftBand(Widget):
    """Three full lines in the look of the tier: tier and grade, who, since when."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--vip", "band--gotone", "band--standard"}

    def __init__(self) -> None:
        super().__init__()
        self._shown: Draft | None = None
        self._moment: Moment | None = None

    def show(self, draft: Draft, moment: Moment) -> None:
        """Show a draft."""
        self._shown, self._moment = draft, moment
        self.refresh()

    def tick(self, moment: Moment) -> None:
        """Show a new second."""
        if self._shown is not None:
            self._moment = moment
            self.refresh()

    def render(self) -> Text:
        """Lay the lines out."""
        shown, moment = self._shown, self._moment
        if shown is None or moment is None:
            return Text()
        draft, cells = shown.draft, self.size.width
        look = self.get_component_rich_style(f"band--{draft.tier.value}")
        calm = look + _CALM
        age = moment.seconds - draft.shown_at.timestamp()
        shown_at = draft.shown_at.astimezone(moment.local.tzinfo)
        tier = spaced(term(draft.tier)) + ("   " + spaced(term(draft.grade)) if draft.grade else "")
        minutes = round(shown.budget / _MINUTE)
        ends = (
            _("已等 {age}").format(age=minutes_seconds(age)),
            _("时限 {minutes} 分钟").format(minutes=minutes),
            _("{time} 表明身份").format(time=f"{shown_at:%H:%M:%S}"),
        )
        lefts = (tier, self._who(shown), self._more(shown))
        rows = []
        for number, (left, end) in enumerate(zip(lefts, ends, strict=True)):
            style = calm if number else look
            rows.append(line([(f"   {left}", style)], cells, [(f"  {end}  ", style)]))
            rows[-1].stylize(style)
        return Text("\n").join(rows)

    def _who(self, shown: Draft) -> str:
        person = shown.person
        if person is None:
            return _("散客，没有号码")
        card = _("VIP 卡 {card}").format(card=person.vip_card) if person.vip_card else ""
        return "   ".join(filter(None, (plain(person.name), person.phone, card)))

    def _more(self, shown: Draft) -> str:
        person = shown.person
        if person is None:
            return _("出示了号码或卡就按 F3")
        manager = plain(person.account_manager or "")
        words = [_("客户经理 {staff}").format(staff=manager)] if manager else []
        words += [w for w, on in zip(care_words(), care_of(shown.draft), strict=True) if on]
        return "   ".join(words) or term(person.brand)


class DraftPart(Widget):
    """A part of the ticket desk that shows the draft."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Draft | None = None

    def show(self, draft: Draft) -> None:
        """Show a draft."""
        self._shown = draft
        self.refresh()


class BusinessGrid(DraftPart):
    """All businesses with their codes, those chosen marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--label",
        "grid--code",
        "grid--name",
        "grid--chosen",
    }

    def render(self) -> Text:
        """Lay out the heading and the businesses, code by code down the columns."""
        shown = self._shown
        if shown is None:
            return Text()
        cells = self.size.width
        columns = max((cells - 1) // _BUSINESS_CELLS, 1)
        room = max(self.size.height - 1, 1) * columns
        listed = list(shown.businesses)
        if len(listed) > room:
            listed = [b for b in listed if b.code.startswith(shown.partial)]
        rows = [self._heading(shown, cells)]
        for first in range(0, min(len(listed), room), columns):
            pieces: list[Piece] = [(" ", self._style("name"))]
            for business in listed[first : first + columns]:
                pieces += self._cell(business, shown)
            rows.append(line(pieces, cells))
        return Text("\n").join(rows)

    def _heading(self, shown: Draft, cells: int) -> Text:
        label, chosen = self._style("label"), self._style("chosen")
        names = {b.id: b.name for b in shown.businesses}
        picked = joined(names.get(b, b) for b in shown.draft.business_ids)
        words: list[Piece] = [(fit(_(" 业务"), _LABEL), label)]
        words.append((plain(picked), chosen) if picked else (_("还没有选"), label))
        typed = shown.partial + "_" if shown.partial else ""
        end: list[Piece] = [(_("业务码 "), label), (f"{typed}  ", chosen)] if typed else []
        return line(words, cells, end)

    def _cell(self, business: Business, shown: Draft) -> list[Piece]:
        on = business.id in shown.draft.business_ids
        name = plain(business.name) + (" ✓" if on else "")
        meant = business.code.startswith(shown.partial)
        active = shown.panel is Panel.BUSINESSES and meant
        look = "chosen" if on else "name" if meant else "label"
        return [
            (f" {business.code} ", self._style("code" if active else "label")),
            (fit(name, _BUSINESS_CELLS - 4), self._style(look)),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"grid--{name}")


class DraftChecks(DraftPart):
    """Documents at hand or not, what to mind, and who comes on whose behalf."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "checks--label",
        "checks--digit",
        "checks--value",
        "checks--missing",
        "checks--on",
    }

    def render(self) -> Text:
        """Lay out documents, care and agent; the last two are always in sight."""
        shown = self._shown
        if shown is None:
            return Text()
        cells = self.size.width
        rows = [self._documents_heading(shown, cells), *self._documents(shown, cells)]
        room = max(self.size.height - 2, 1)
        rows = rows[:room]
        rows += [Text()] if len(rows) < room else []
        rows += [self._care(shown, cells), self._agent(shown, cells)]
        return Text("\n").join(rows)

    def _documents_heading(self, shown: Draft, cells: int) -> Text:
        label = self._style("label")
        missing = len(shown.draft.missing & {d.id for d in shown.documents})
        if not shown.documents:
            none = _("不用") if shown.draft.business_ids else _("选好业务后列出")
            words: Piece = (none, label)
        elif missing:
            words = (_("缺 {count} 样").format(count=missing), self._style("missing"))
        else:
            words = (_("都带了"), self._style("value"))
        return line([(fit(_(" 证件"), _LABEL), label), words], cells)

    def _documents(self, shown: Draft, cells: int) -> list[Text]:
        active = shown.panel is Panel.DOCUMENTS
        longest = max((width(d.name) for d in shown.documents), default=0)
        half = max((cells - 2) // 2, 1)
        columns = 2 if longest + 6 <= half else 1
        each = (cells - 2) // columns
        rows = []
        for first in range(0, len(shown.documents), columns):
            pieces: list[Piece] = [("  ", self._style("value"))]
            for place, document in enumerate(shown.documents[first : first + columns], first + 1):
                gone = document.id in shown.draft.missing
                digit = str(place % 10) if active else " "
                look = self._style("missing" if gone else "value")
                sign = "✗" if gone else "✓"
                word = _("（没带）") if gone else ""
                pieces += [
                    (f"{digit} ", self._style("digit")),
                    (fit(f"{sign} {plain(document.name)}{word}", each - 2), look),
                ]
            rows.append(line(pieces, cells))
        return rows

    def _care(self, shown: Draft, cells: int) -> Text:
        active = shown.panel is Panel.CARE
        pieces: list[Piece] = [(fit(_(" 关照"), _LABEL), self._style("label"))]
        for place, (words, on) in enumerate(zip(care_words(), shown.care, strict=True), 1):
            if active:
                pieces.append((f"{place} ", self._style("digit")))
            look = self._style("on" if on else "label")
            pieces.append((f"{words} ✓  " if on else f"{words}  ", look))
        return line(pieces, cells)

    def _agent(self, shown: Draft, cells: int) -> Text:
        agent = shown.agent
        pieces: list[Piece] = [(fit(_(" 经办人"), _LABEL), self._style("label"))]
        if agent is None and shown.person and shown.person.kind is PersonKind.COMPANY:
            words = _("单位客户，请按 F7 登记经办人")
            pieces.append((words, self._style("missing")))
        elif agent is None:
            pieces.append((_("本人来办"), self._style("label")))
        else:
            pieces.append((f"{plain(agent.name)}   {agent.phone}", self._style("on")))
        return line(pieces, cells)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"checks--{name}")


def toggle(items: list[str], item: str) -> None:
    """Put an item at the end of a list, or take it out if it is there."""
    if item in items:
        items.remove(item)
    else:
        items.append(item)


def business_by_code(businesses: Sequence[Business], code: str) -> Business | None:
    """Return the business with this two-digit code."""
    return next((b for b in businesses if b.code == code), None)
