"""Changing one's own PIN: the old one, the new one twice."""

from typing import Any

from hallterm.screens.form import Filled, Form, TextRow

from hallterm.domain.refusal import Refusal
from hallterm.screens.desk_runner import DeskFaultError
from hallterm.screens.keyed import Keyed
from hallterm.screens.sign_in import wrong_pin_words
from hallterm.screens.widgets.news import Tone
from hallterm.words import _


def pin_rows(*, least: int, label: str = "") -> tuple[TextRow, TextRow]:
    """Return the two rows of a new PIN."""
    hint = _("{digits} 到 12 位数字，不要连号或重复").format(digits=least)
    return (
        TextRow("pin", label or _("新密码"), secret=True, longest=12, note=hint),
        TextRow("again", _("再输一遍"), secret=True, longest=12, check=_same),
    )


def _same(text: str, filled: Filled) -> str:
    return "" if text == filled["pin"] else _("两遍不一样，请重新输入")


async def change_own_pin(screen: Keyed[Any, Any]) -> None:
    """Ask for the PINs and change it; says in the news line how it went."""
    session, entrance, opened = screen.shell.session, screen.shell.entrance, screen.shell.opened
    if session is None or entrance is None or opened is None:
        return
    old = TextRow("old", _("现在的密码"), secret=True, longest=12)
    form = Form(_("改密码"), (old, *pin_rows(least=opened.pin_digits)))
    filled = await screen.app.push_screen_wait(form)
    if filled is None:
        return
    try:
        answer = await screen.shell.runner.run(
            entrance.change_pin, session, filled["old"], filled["pin"]
        )
    except DeskFaultError as fault:
        screen.say(str(fault), Tone.FAULT)
        return
    if isinstance(answer, Refusal):
        screen.say(wrong_pin_words(answer), Tone.REFUSED)
    else:
        screen.say(_("密码已改，下次登录用新密码。"), Tone.DONE)
