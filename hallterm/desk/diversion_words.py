"""Offers and a day's diversion in words, for screens and the command line alike."""

from hallterm.desk.diversion_views import DiversionFigures
from hallterm.desk.views import OfferRow
from hallterm.words import _, joined
from hallterm.words.terms import term


def way_and_place(offer: OfferRow) -> str:
    """Name where an offer leads."""
    return f"{term(offer.way)} {offer.place}".strip()


def offer_word(offer: OfferRow) -> str:
    """Say what was offered and what the customer said, such as 自助办理：不要."""
    answers = {None: _("等答复"), True: _("接受"), False: _("不要")}
    return _("{way}：{answer}").format(way=way_and_place(offer), answer=answers[offer.accepted])


def diversion_words(counted: DiversionFigures) -> str:
    """Return a day's diversion in one line; empty when nothing was offered."""
    if not counted.offered:
        return ""
    told = [
        _("提议 {offered}").format(offered=counted.offered),
        _("接受 {accepted}").format(accepted=counted.accepted),
        _("不要 {declined}").format(declined=counted.declined),
    ]
    if counted.unanswered:
        told.append(_("没答复 {count}").format(count=counted.unanswered))
    ways = [f"{term(way)} {count}" for way, count in counted.by_way.items()]
    first = "  ".join([_("分流"), *told])
    words = _("{first}（{ways}）").format(first=first, ways=joined(ways)) if ways else first
    return "   ".join(filter(None, [words, call_back_words(counted)]))


def call_back_words(counted: DiversionFigures) -> str:
    """Return how the day's call-backs stand; empty without any."""
    parts = (
        (_("已回 {count}"), counted.called_back),
        (_("按时 {count}"), counted.called_in_time),
        (_("没联系上 {count}"), counted.not_reached),
        (_("待回 {count}"), counted.calls_due),
    )
    told = [text.format(count=count) for text, count in parts if count]
    return "  ".join([_("回电"), *told]) if told else ""
