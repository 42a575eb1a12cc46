"""A field above a list: what is typed narrows the list, the arrows move its cursor."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import events

from hallterm.screens.widgets.line_list import LineList
from hallterm.screens.widgets.text_field import TextField

LONGEST = 100
"""Characters of the longest thing that is looked for."""

_STEPS = {"up": -1, "down": 1}
_PAGES = {"pageup": -1, "pagedown": 1}
_EDGES = {"home": -1, "end": 1}
_MOVES = frozenset({*_STEPS, *_PAGES, *_EDGES})


class SeekField(TextField):
    """Moves the list's cursor itself, so that a quick arrow is never overtaken by Enter.

    An arrow pressed before the list fits what is typed is kept until the list is filled.

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
        self._listed = ""
        self._kept: list[str] = []
        self._kept_for = ""

    @property
    def behind(self) -> bool:
        """Whether the list doesn't answer yet what is typed."""
        return self.text != self._listed

    def fill(self, rows: Sequence[object], text: str, empty: str | None = None) -> None:
        """List what fits a text, and make the moves that were pressed before it was known."""
        self._found().replace(rows, empty)
        self._listed = text
        if self._kept_for == text:
            for key in self._kept:
                self._move(key)
        self._kept = []

    def _move(self, key: str) -> None:
        found = self._found()
        if key in _STEPS:
            found.action_move(_STEPS[key])
        elif key in _PAGES:
            found.action_page(_PAGES[key])
        else:
            found.action_edge(_EDGES[key])

    def _move_or_keep(self, key: str) -> None:
        if not self.behind:
            self._move(key)
            return
        text = self.text
        if self._kept_for != text:
            self._kept, self._kept_for = [], text
        self._kept.append(key)

    async def _on_key(self, event: events.Key) -> None:
        if event.key not in _MOVES:
            await super()._on_key(event)
            return
        self._move_or_keep(event.key)
        event.stop()
        event.prevent_default()
