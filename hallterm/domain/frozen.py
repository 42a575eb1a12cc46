"""Base of every value of the domain that is written to the log or a read table."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable, strictly checked value; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
