"""One thing that a person can do with a key."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from textual.binding import Binding

StateT_contra = TypeVar("StateT_contra", contravariant=True)
Availability = Literal[True] | str
"""True, or the words that say why not."""


class Group(StrEnum):
    """Under which heading of the help and the menu a command stands."""

    SERVE = "serve"
    CUSTOMER = "customer"
    LIST = "list"
    PLACE = "place"
    GENERAL = "general"


def always(_state: object) -> Availability:
    """Say that the command works at any time."""
    return True


@dataclass(frozen=True)
class Command(Generic[StateT_contra]):
    """A row of the table.

    `when` sees the state of the screen that offers the command. The method that carries it out is
    `do_<the id's last part>` of that screen; a key that only moves about in a widget names the
    widget's Textual action instead.
    """

    id: str
    """Stable name, `place.what`; the keymap file remaps by it."""
    keys: tuple[str, ...]
    """Textual key names: F-keys, digits, Enter, Esc, arrows and Ctrl only."""
    title: str
    """Two to five characters, for the key bar."""
    help: str
    """One sentence, for the help and the menu."""
    group: Group
    when: Callable[[StateT_contra], Availability] = always
    label: Callable[[StateT_contra], str] | None = None
    """Title that depends on the state (挂起 or 取回); None: always `title`."""
    action: str = ""
    """Textual action of a widget's own key; empty: the screen's `do_` method."""
    quiet: bool = False
    """Works, but the key bar doesn't mention it."""
    told: Callable[[StateT_contra], bool] | None = None
    """When the key bar mentions a quiet one after all; None: never."""

    @property
    def handler(self) -> str:
        """Name of the method that carries the command out."""
        return f"do_{self.id.rpartition('.')[2]}"

    def is_told(self, state: StateT_contra) -> bool:
        """Say whether the key bar mentions it now."""
        return not self.quiet or (self.told is not None and self.told(state))

    def title_in(self, state: StateT_contra) -> str:
        """Return the title as it reads now."""
        return self.label(state) if self.label else self.title

    def binding(self) -> Binding:
        """Return the Textual binding; the keymap may give it other keys by its id."""
        return Binding(
            ",".join(self.keys),
            self.action or f"command('{self.id}')",
            self.title,
            show=False,
            id=self.id,
        )
