"""Commands of the list of what terminals said differently (待核对)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.contradiction_work import Contradiction


@dataclass(frozen=True, slots=True)
class ContradictionsState:
    """What decides which keys work now."""

    row: "Contradiction | None"


def _on_row(state: ContradictionsState) -> Availability:
    return True if state.row else _("没有要核对的。")


CONTRADICTION_KEYS: tuple[Command[ContradictionsState], ...] = (
    Command(
        "contradictions.settle",
        ("enter",),
        _("核对"),
        _("看两边各说了什么，说明哪个算数。"),
        Group.SERVE,
        _on_row,
    ),
)
