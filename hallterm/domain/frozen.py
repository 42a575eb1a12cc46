"""Base of every value of the domain that is written to the log or a read table."""

from typing import Any

from pydantic import BaseModel, ConfigDict

_NOT_KEPT: set[str] = set()


class Frozen(BaseModel):
    """An immutable, strictly checked value; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401 - Pydantic declares it so
        """Forget which fields were given: nobody asks, and it is a quarter of a ticket's memory.

        Copies take a set of their own, so all values can share an empty one.
        """
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_KEPT)
