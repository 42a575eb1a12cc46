"""The customers that fit what was typed, and the field they are found by."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events

from hallterm.domain.tiers import Tier
from hallterm.screens.cells import fit, normal, plain
from hallterm.screens.widgets.line_list import Cell, LineList
from hallterm.screens.widgets.seek_field import SeekField
from hallterm.words import _
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from hallterm.screens.customer_search import FoundRow, FoundRows

LEAST_DIGITS = 4
"""Digits of a number that must be known to look for it."""
_CARD_SHOWN = 8
_MANAGER = 14
"""Least cells for the account manager; with less it is left out."""
_TIER, _NAME, _PHONE, _CARD, _HOME, _NUMBER = 8, 16, 15, 12, 15, 11


def found_heading(cells: int) -> Sequence[Cell]:
    """Lay out the names of the columns."""
    names = (
        (_("级别"), _TIER),
        (_("姓名"), _NAME),
        (_("手机"), _PHONE),
        (_("VIP 卡"), _CARD),
        (_("关照"), _HOME),
        (_("号票"), _NUMBER),
    )
    del cells
    return [(fit(name, room), "label") for name, room in names]


def found_line(row: "FoundRow", cells: int) -> Sequence[Cell]:
    """Lay a customer out; what is too wide is cut."""
    view = row.view
    signs = [_("异")] if view.home.value == "visiting" else []
    signs += [_("团")] if view.group_member else []
    signs += [_("特")] if view.special else []
    signs += [term(view.kind)] if view.kind.value == "company" else []
    waits = _("已取 {number}").format(number=row.number) if row.number else ""
    rest = max(cells - _TIER - _NAME - _PHONE - _CARD - _HOME - _NUMBER, 0)
    manager = _("客户经理 {staff}").format(staff=view.account_manager)
    strong = "strong" if view.tier is Tier.VIP else "value"
    return [
        (fit(tier_and_grade(view.tier, view.grade), _TIER), strong),
        (fit(plain(view.name) or _("（无姓名）"), _NAME - 1) + " ", "value"),
        (fit(view.phone, _PHONE), "value"),
        (fit(view.vip_card[-_CARD_SHOWN:], _CARD), "value"),
        (fit("".join(signs), _HOME), "strong"),
        (fit(waits, _NUMBER), "short"),
        (fit(plain(manager) if view.account_manager and rest >= _MANAGER else "", rest), "label"),
    ]


def hint_for(text: str, found: "FoundRows | None") -> str:
    """Say what to type, or what was found."""
    if not text:
        return _("没有号码的客户按 F2；补出示卡片、过号回来按 F10")
    if text.isascii() and text.isdigit() and len(text) < LEAST_DIGITS:
        return _("再输 {count} 位").format(count=LEAST_DIGITS - len(text))
    if found is None or found.text != text:
        return _("正在找")
    if not found.rows:
        return _("没有找到。F4 登记新客户，F2 作散客")
    if not found.more:
        return _("找到 {count} 位").format(count=len(found.rows))
    more = _("{count} 位以上") if found.more_is_at_least else _("{count} 位")
    return _("列出前 {count} 位，还有 {more}，再多输几个字").format(
        count=len(found.rows), more=more.format(count=found.more)
    )


class WhoField(SeekField):
    """The field by which a customer is found.

    A key that goes on (Enter, walk-in) ends the typing at once: digits that follow before the desk
    has answered are handed to `take`, so that fast hands and scanners lose nothing.

    lead: goes on if the key means that; answers whether it did.
    take: gets the digits typed meanwhile.
    """

    def __init__(
        self,
        found: Callable[[], "LineList[FoundRow]"],
        lead: Callable[[str], bool],
        take: Callable[[str], bool],
    ) -> None:
        super().__init__(_("手机号、后四位、VIP 卡、证件、姓名、拼音首字母"), found, id="who")
        self._lead = lead
        self._take = take
        self.handing_on = False
        """Whether what is typed is no longer this field's."""

    async def _on_key(self, event: events.Key) -> None:
        if self._lead(event.key):
            self.handing_on = True
        elif self.handing_on and event.is_printable:
            self._take(normal(event.character or ""))
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
