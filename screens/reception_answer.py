"""Answering an offered VIP at any terminal: oneself, or a colleague by 工号 and PIN."""

from typing import TYPE_CHECKING, Any

from hallterm.desk.reception_views import ReceptionRow
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import plain
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.form import Filled, Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.reception_strip import ReceptionStrip, asked_words
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.words import _
from hallterm.words.terms import term, tier_and_grade

if TYPE_CHECKING:
    from collections.abc import Callable

    from hallterm.screens.reception_work import ReceptionWork


def customer_of(row: ReceptionRow) -> str:
    """Return number, grade and customer on one line."""
    return f"{row.number}  {tier_and_grade(Tier.VIP, row.grade)}  {plain(row.customer)}".rstrip()


async def watch(screen: Keyed[Any, Any]) -> None:
    """Give one tick to the receptions: show who waits, ring when this person is asked anew."""
    work = screen.shell.work
    if work is None:
        return
    try:
        found = await screen.shell.runner.run(work.receptions.watch)
    except DeskFaultError:
        return  # the screen asks the desk, too, and tells what is wrong
    for strip in screen.query(ReceptionStrip):
        strip.show(found.waiting, screen.moment)
    if found.fresh:
        row = found.fresh[0]
        screen.app.bell()
        words = _("{state}：{customer}，按 Ins 接待。")
        screen.say(words.format(state=term(row.state), customer=customer_of(row)))
        return
    try:
        due = await screen.shell.runner.run(work.diversions.reminder)
        late = None if due else await screen.shell.runner.run(work.arrangements.late_news)
    except DeskFaultError:
        return
    if due is not None:
        screen.app.bell()
        words = _("该给 {number} {customer} 回电了：Ctrl+N 到回电。")
        screen.say(words.format(number=due.number, customer=plain(due.customer)))
    elif late is not None:
        screen.app.bell()
        words = _("约好 {time} 的 {tier} {customer} 还没到：Ctrl+N 到预约。")
        tier = tier_and_grade(late.tier, late.grade)
        told = words.format(time=f"{late.begins:%H:%M}", tier=tier, customer=plain(late.customer))
        screen.say(told)


async def answer(screen: Keyed[Any, Any], row: ReceptionRow) -> None:
    """Ask who takes a waiting VIP."""
    session = screen.shell.session
    mine = f"{session.name} {session.actor.staff_id}" if session else ""
    choices = [
        Choice("me", _("我接待"), mine),
        Choice("colleague", _("同事接待"), _("按自己的工号和密码，这台终端不换人")),
        Choice("look", _("看步骤"), _("先不答应")),
    ]
    title = _("谁接待 {customer}？").format(customer=customer_of(row))
    note = _("已请 {names}").format(names=asked_words(row))
    chosen = await screen.app.push_screen_wait(Picker(title, choices, note))
    if chosen == "me":
        await accept(screen, row)
    elif chosen == "colleague":
        await accept_for(screen, row)
    elif chosen == "look":
        await open_reception(screen, row.ticket_id)


async def accept(screen: Keyed[Any, Any], row: ReceptionRow) -> bool:
    """Take a VIP oneself; says whether it was done."""
    work = screen.shell.work
    if work is None or await screen.ask(work.receptions.accept, row.ticket_id) is None:
        return False
    screen.say(_("{number} 由您接待。").format(number=row.number), Tone.DONE)
    await watch(screen)
    return True


async def accept_for(screen: Keyed[Any, Any], row: ReceptionRow) -> bool:
    """Let somebody take a VIP by 工号 and PIN; says whether it was done."""
    work = screen.shell.work
    if work is None:
        return False
    receptions: ReceptionWork = work.receptions
    names: list[str] = []

    def commit(form: Filled) -> object:
        accepted = receptions.accept_with_pin(row.ticket_id, form["staff_id"], form["pin"])
        if not isinstance(accepted, Refusal):
            names.append(f"{accepted.name} {accepted.actor.staff_id}".strip())
        return accepted

    title = _("谁接待 {customer}？").format(customer=customer_of(row))
    if not await ask_who(screen, title, commit):
        return False
    words = _("{number} 由 {name} 接待。")
    screen.say(words.format(number=row.number, name=names[0]), Tone.DONE)
    await watch(screen)
    return True


async def ask_who(
    screen: Keyed[Any, Any], title: str, commit: "Callable[[Filled], object]"
) -> bool:
    """Ask for 工号 and PIN on a sheet; nobody is signed in or out by it."""
    form = Form(
        title,
        (
            TextRow("staff_id", _("工号"), longest=8),
            TextRow("pin", _("密码"), secret=True, longest=12),
        ),
        _("只为这一件事核对，终端上还是原来的人。"),
        commit=commit,
        blame={"wrong_pin": "pin", "account_locked": "pin", "not_allowed": "staff_id"},
    )
    return await screen.app.push_screen_wait(form) is not None


async def open_reception(screen: Keyed[Any, Any], ticket_id: str) -> None:
    """Show the steps of a reception."""
    from hallterm.screens.reception import ReceptionScreen  # noqa: PLC0415 - only when wanted

    work = screen.shell.work
    if work is not None:
        await screen.app.push_screen(ReceptionScreen(work.receptions, ticket_id))
