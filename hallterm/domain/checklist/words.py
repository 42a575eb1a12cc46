"""The closed sets of words in which a run of a checklist is told."""

from enum import StrEnum


class StepKind(StrEnum):
    """How a step is answered."""

    TICK = "tick"
    """Done; nothing more to say."""
    CHOICE = "choice"
    """One of its choices."""
    SEVERAL = "several"
    """One or more of its choices."""


class Asks(StrEnum):
    """What a step asks for before it is entered, beyond a tick."""

    PLACE = "place"
    """Where the customer is led; only in a reception."""


class DoneBy(StrEnum):
    """What ticks a step by itself."""

    SERVICE = "service"
    """The end of the service of the run's ticket (办结), with the clerk who ended it."""


class StartsWith(StrEnum):
    """What starts a run."""

    HAND = "hand"
    """Somebody picks it."""
    RECEPTION = "reception"
    """It starts by itself with the reception of a customer whom it fits."""


class SkipReason(StrEnum):
    """Why a step was left out (跳过原因), in the order of the digits."""

    DECLINED = "declined"
    """The customer did not want it."""
    HURRIED = "hurried"
    """The customer was in a hurry."""
    NOT_AVAILABLE = "not_available"
    """The hall had no room, tea, brochure …"""
    SHORT_OF_STAFF = "short_of_staff"
    NOT_FITTING = "not_fitting"
    """It makes no sense this time."""
    FORGOTTEN = "forgotten"
    """Said honestly, it counts as left out."""


class RunEnd(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    """Every required step was done or skipped with a reason."""
    WITHDRAWN = "withdrawn"
    """What it was for ended first, or it was started by mistake."""
