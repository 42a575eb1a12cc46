"""What an operator's files say, as one value: the promises, businesses, checklists, authority.

A home publishes it to the company's stream, so that every terminal decides under the same rules,
and a command can be decided again under those that its terminal knew.
"""

from functools import lru_cache

from pydantic import Field

from hallterm.domain.business import Business
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.diversion.plan import DiversionPlan
from hallterm.domain.frozen import Frozen
from hallterm.domain.request.authority import Authority
from hallterm.domain.standards import Standards


class Rulebook(Frozen):
    """The operator data of a hall, checked as a whole."""

    standards: Standards
    businesses: dict[str, Business]
    """Every business by id, in the order of the file."""
    checklists: dict[str, ChecklistTemplate]
    """Every checklist by id, in the order of their files' names."""
    diversion: DiversionPlan = DiversionPlan()
    authority: Authority
    """What each role may grant of a special request."""
    digest: str
    """SHA-256 of the values, hexadecimal: comments and layout don't change it."""


class Published(Frozen):
    """A rulebook in the company's stream."""

    seq: int = Field(ge=1)
    """Place from which it holds."""
    digest: str
    text: str
    """The rulebook as JSON."""

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook itself."""
        return read_rulebook(self.text)


@lru_cache(maxsize=8)
def read_rulebook(text: str) -> Rulebook:
    """Return a rulebook from its JSON.

    Raises:
        ValueError: it is none.
    """
    return Rulebook.model_validate_json(text)
