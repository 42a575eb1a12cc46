"""What undo needs of a thing's past: its last few states, one inside the other."""

from typing import Self

from hallterm.domain.frozen import Frozen

UNDO_DEPTH = 4
"""Earlier states kept for undo."""


class Past(Frozen):
    """A thing that can be taken back by some steps; for things of which a hall holds few."""

    before: Self | None = None
    """As it was before the last event; a chain of a few, without their stories (`moves`)."""

    def remembered(self, depth: int = UNDO_DEPTH) -> Self:
        """Return what the next state keeps of this one."""
        kept = self.before.remembered(depth - 1) if self.before and depth > 1 else None
        return self.model_copy(update={"moves": (), "before": kept})
