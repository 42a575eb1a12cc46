"""Doing the next step of a request: the question, what has to be filled in, the news."""

from typing import TYPE_CHECKING, Any

from hallterm.desk.request_acts import Act, Offer
from hallterm.desk.request_views import RequestPage
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.screens.form import Filled, Form
from hallterm.screens.keyed import Keyed
from hallterm.screens.reception_answer import ask_who
from hallterm.screens.request_forms import opening_rows, rows_for
from hallterm.screens.request_words import matter, why_not
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _
from hallterm.words.request_words import act_word
from hallterm.words.terms import term

if TYPE_CHECKING:
    from hallterm.desk.accounts import SignedIn
    from hallterm.desk.requests import Taken
    from hallterm.screens.request_work import RequestWork

GRACE = 0.5
"""Seconds during which a question for a decision takes no key."""
_AT_ONCE = frozenset({Act.ARRIVED})
"""What needs no further question."""


def offer_words(offer: Offer) -> str:
    """Return what an offer is called."""
    word = act_word(offer.act)
    return _("电话：{act}").format(act=word) if offer.by_phone else word


async def carry_out(
    screen: Keyed[Any, Any],
    work: "RequestWork",
    page: RequestPage,
    offer: Offer,
    actor: Actor | None = None,
) -> bool:
    """Do a step after asking what it needs; says whether it was done.

    actor: who has just shown 工号 and PIN at this terminal; None: the signed-in person.
    """
    if offer.refusal:
        screen.say(why_not(offer.refusal), Tone.REFUSED)
        return False
    row = page.row
    title = f"{row.number}  {matter(row)}  {offer_words(offer)}"
    if offer.wants:
        done = await _filled_in(screen, work, page, offer, title, actor)
    else:
        done = await _agreed(screen, work, page, offer, title, actor)
    if done:
        words = _("{number} 已记：{act}。")
        screen.say(words.format(number=row.number, act=offer_words(offer)), Tone.DONE)
    return done


async def _filled_in(
    screen: Keyed[Any, Any],
    work: "RequestWork",
    page: RequestPage,
    offer: Offer,
    title: str,
    actor: Actor | None,
) -> bool:
    grace = GRACE if offer.decides else 0.0
    picked: dict[str, str] = {}
    for want in offer.wants:
        if want.name == "reason":
            reasons = [Choice(one.value, term(one)) for one in want.options or ()]
            question = _("{title}：为什么？").format(title=title)
            reason = await screen.app.push_screen_wait(Picker(question, reasons, page.asked, grace))
            if reason is None:
                return False
            picked["reason"], grace = reason, 0.0

    def commit(filled: Filled) -> object:
        return work.perform(page.row.request_id, offer.act, {**filled, **picked}, actor)

    rows = rows_for(offer, page, work.hall_id(), without=picked)
    if not rows:
        return await screen.ask(commit, {}) is not None
    form = Form(title, rows, page.asked, commit=commit, grace=grace)
    return await screen.app.push_screen_wait(form) is not None


async def _agreed(
    screen: Keyed[Any, Any],
    work: "RequestWork",
    page: RequestPage,
    offer: Offer,
    title: str,
    actor: Actor | None,
) -> bool:
    if offer.act not in _AT_ONCE:
        verb = act_word(offer.act)
        if not await screen.app.push_screen_wait(Confirm(title, verb, page.asked, GRACE)):
            return False
    done = await screen.ask(work.perform, page.row.request_id, offer.act, {}, actor)
    return done is not None


async def as_somebody(screen: Keyed[Any, Any], work: "RequestWork", page: RequestPage) -> bool:
    """Let somebody do one step here by 工号 and PIN; says whether it was done."""
    shown: list[SignedIn] = []

    def commit(form: Filled) -> object:
        who = work.identify(form["staff_id"], form["pin"])
        if not isinstance(who, Refusal):
            shown.append(who)
        return who

    title = _("{number} 由谁在这里办？").format(number=page.row.number)
    if not await ask_who(screen, title, commit):
        return False
    try:
        return await _step_of(screen, work, page, shown[0])
    finally:
        await screen.ask(work.leave, shown[0].actor)


async def _step_of(
    screen: Keyed[Any, Any], work: "RequestWork", page: RequestPage, who: "SignedIn"
) -> bool:
    theirs = await screen.ask(work.page, page.row.request_id, who.actor)
    if theirs is None:
        return False
    if not theirs.offers:
        words = _("{name} 现在没有可以做的。")
        screen.say(words.format(name=who.name or who.actor.staff_id), Tone.REFUSED)
        return False
    choices = [Choice(offer, offer_words(offer)) for offer in theirs.offers]
    title = _("{name} {staff}：做什么？").format(name=who.name, staff=who.actor.staff_id)
    offer = await screen.app.push_screen_wait(Picker(title, choices, page.asked, GRACE))
    return offer is not None and await carry_out(screen, work, theirs, offer, who.actor)


async def open_request(
    screen: Keyed[Any, Any], work: "RequestWork", person_id: str, ticket_id: str | None = None
) -> str | None:
    """Take a request down for a customer; answers with its id."""
    name = await screen.ask(work.customer, person_id) or ""
    title = _("特殊需求  {name}").format(name=name)
    note = _("规定之外的要求：先解释和安抚；不接受再请示店面经理。")
    kinds = [Choice(kind, kind.name) for kind in work.kinds()]
    kind = await screen.app.push_screen_wait(Picker(title, kinds, note))
    if kind is None:
        return None
    taken: list[Taken] = []

    def commit(filled: Filled) -> object:
        answer = work.open(person_id, {**filled, "kind": kind.id}, ticket_id)
        if not isinstance(answer, Refusal):
            taken.append(answer)
        return answer

    form = Form(
        f"{title}  {kind.name}",
        opening_rows(money=kind.money),
        note,
        commit=commit,
        blame={"amount_form": "amount", "amount_missing": "amount"},
    )
    if await screen.app.push_screen_wait(form) is None or not taken:
        return None
    screen.say(_("{number} 已登记。").format(number=taken[0].number), Tone.DONE)
    return taken[0].request_id
