"""Questions for a reason: one digit from a closed set of words."""

from enum import StrEnum
from typing import TypeVar

from textual.app import App

from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.picker import Picker
from hallterm.words.terms import term

ReasonT = TypeVar("ReasonT", bound=StrEnum)


async def ask_reason(
    app: App[object],
    title: str,
    reasons: type[ReasonT],
    *,
    without: frozenset[ReasonT] = frozenset(),
    note: str = "",
) -> ReasonT | None:
    """Ask for one of a set of reasons; None when the person backs out.

    note: what to know before answering; stands under the title.
    """
    choices = [Choice(reason, term(reason)) for reason in reasons if reason not in without]
    return await app.push_screen_wait(Picker(title, choices, note))
