"""From what has to be filled in for a step of a request to the rows of a form."""

from collections.abc import Container, Mapping

from hallterm.desk.errands import LONGEST_TEXT
from hallterm.desk.request_acts import Act, Kind, Offer, Want
from hallterm.desk.request_views import RequestPage
from hallterm.domain.note import LONGEST_NOTE
from hallterm.domain.request.words import Mood
from hallterm.screens.form import ChoiceRowOf, Filled, Row, TextRow
from hallterm.screens.widgets.choice_list import Choice
from hallterm.words import _
from hallterm.words.request_words import request_field_word
from hallterm.words.terms import term

_LENGTHS = {
    Kind.WORDS: LONGEST_NOTE,
    Kind.TEXT: LONGEST_TEXT,
    Kind.STAFF: 8,
    Kind.AMOUNT: 12,
    Kind.MOMENT: 16,
    Kind.COUNT: 3,
    Kind.CODE: 32,
}


def rows_for(
    offer: Offer, page: RequestPage, hall_id: str, without: Container[str] = ()
) -> tuple[Row, ...]:
    """Return the rows to fill in for an offer.

    without: names of fields that have been asked for already.
    """
    known = _known(page, hall_id)
    return tuple(
        _row(want, known, _label(offer.act, want))
        for want in offer.wants
        if want.name not in without
    )


def opening_rows(*, money: bool) -> tuple[Row, ...]:
    """Return the rows to fill in when a request is taken down."""
    amount = TextRow("amount", _("金额（元）"), longest=12, note=_("元，例如 50 或 12.50"))
    rows: list[Row] = [amount] if money else []
    moods = [Choice(mood.value, term(mood)) for mood in Mood]
    return (
        *rows,
        TextRow("asked", _("客户要求"), longest=LONGEST_NOTE, note=_("客户的原话")),
        TextRow("explained", _("怎样解释的"), longest=LONGEST_NOTE, note=_("先解释、安抚，再记")),
        ChoiceRowOf("mood", _("客户反应"), moods, (), check=_needed),
    )


def _label(act: Act, want: Want) -> str:
    labels = {
        (Act.GRANT, "words"): _("条件和答复"),
        (Act.AUTHORISE, "words"): _("授权范围"),
        (Act.DRAFT, "words"): _("解决方案"),
        (Act.AGREE, "words"): _("商定的答复"),
        (Act.ACCEPTED, "words"): _("客户的话"),
        (Act.NOT_ACCEPTED, "words"): _("客户的话"),
        (Act.TOLD, "words"): _("告诉了什么"),
        (Act.MAIL_IN, "words"): _("谁的来信"),
    }
    return labels.get((act, want.name)) or request_field_word(want.name)


def _known(page: RequestPage, hall_id: str) -> Mapping[str, str]:
    """Return what need not be typed, because it can only be so."""
    manager = page.account_manager
    return {"hall": hall_id, "by": manager.staff_id if manager else ""}


def _row(want: Want, known: Mapping[str, str], label: str) -> Row:
    if want.kind is Kind.CHOICE:
        options = [Choice(one.value, term(one)) for one in want.options or ()]
        return ChoiceRowOf(
            want.name, label, options, (), _hint(want), check=_needed if want.needed else _nothing
        )
    return TextRow(
        want.name,
        label,
        known.get(want.name, ""),
        _hint(want),
        longest=_LENGTHS[want.kind],
        needed=want.needed,
    )


def _hint(want: Want) -> str:
    hints = {
        "said": _("原话照记：谁说的、同意什么、怎样答复客户"),
        "decider": _("没有账号就空着，把姓名写进原话"),
        "by": _("没有账号就空着，把姓名写进说明"),
        "amount": _("元，例如 50 或 12.50"),
        "at": _("12-05 14:30，或当天的 14:30"),
        "address": _("上门、配送要填；来厅不用填"),
        "superior_words": _("谁决定的、原话怎样"),
        "hours": _("不写就是本厅规定的最长时间"),
        "days": _("不写就是本厅规定的天数"),
    }
    found = hints.get(want.name, "")
    return found or ("" if want.needed else _("可以不填"))


def _needed(value: str, _filled: Filled) -> str:
    return "" if value else _("按数字选一项")


def _nothing(_value: str, _filled: Filled) -> str:
    return ""
