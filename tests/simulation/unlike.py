"""What did not hold, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unlike:
    """Something that did not hold."""

    code: str
    where: str
    detail: str = ""
