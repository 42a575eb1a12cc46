"""A field above a list: what is typed narrows the list, the arrows move its cursor."""

from collections.abc import Callable
from typing import Any

from textual import events

from hallterm.screens.widgets.line_list import LineList
from hallterm.screens.widgets.text_field import TextField

LONGEST = 20_000
"""Characters a field takes: too much is told by the rules, not cut off in silence."""

_STEPS = {"up": -1, "down": 1}
_PAGES = {"pageup": -1, "pagedown": 1}


class SeekField(TextField):
    """Moves the list's cursor itself, so that a quick arrow is never overtaken by Enter.

    found: answers the list.
    """

    def __init__(
        self,
        placeholder: str,
        found: Callable[[], LineList[Any]],
        *,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(placeholder, longest=LONGEST, id=id)
        self._found = found

    async def _on_key(self, event: events.Key) -> None:
        if event.key in _STEPS:
            self._found().action_move(_STEPS[event.key])
        elif event.key in _PAGES:
            self._found().action_page(_PAGES[event.key])
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
