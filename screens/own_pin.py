"""Changing one's own PIN: the old one, the new one twice."""

from typing import Any

from hallterm.screens.form import Filled, Form, TextRow
from hallterm.screens.keyed import Keyed
from hallterm.screens.pin_words import pin_words
from hallterm.screens.widgets.news import Tone
from hallterm.words import _

PIN_BLAME = {"pin_form": "pin", "pin_easy": "pin"}
"""Refusals that belong to the row of a new PIN."""


def pin_rows(least: int, label: str = "") -> tuple[TextRow, TextRow]:
    """Return the two rows of a new PIN."""
    hint = _("{digits} 到 12 位数字，不要连号或重复").format(digits=least)
    return (
        TextRow(
            "pin",
            label or _("新密码"),
            secret=True,
            longest=12,
            note=hint,
            check=lambda pin, _filled: _problem(pin, least),
        ),
        TextRow("again", _("再输一遍"), secret=True, longest=12, check=_same),
    )


def _problem(pin: str, least: int) -> str:
    from hallterm.desk.accounts import pin_problem  # noqa: PLC0415 - only a new PIN needs it

    refusal = pin_problem(pin, least)
    return pin_words(refusal) if refusal else ""


def _same(text: str, filled: Filled) -> str:
    return "" if text == filled["pin"] else _("两遍不一样，请重新输入")


async def change_own_pin(screen: Keyed[Any, Any]) -> None:
    """Ask for the PINs and change it; says in the news line how it went."""
    session, entrance, opened = screen.shell.session, screen.shell.entrance, screen.shell.opened
    if session is None or entrance is None or opened is None:
        return
    filled = await screen.app.push_screen_wait(
        Form(
            _("改密码"),
            (
                TextRow("old", _("现在的密码"), secret=True, longest=12),
                *pin_rows(opened.pin_digits),
            ),
            commit=lambda form: entrance.change_pin(session, form["old"], form["pin"]),
            blame={**PIN_BLAME, "wrong_pin": "old", "account_locked": "old"},
        )
    )
    if filled is not None:
        screen.say(_("密码已改，下次登录用新密码。"), Tone.DONE)
