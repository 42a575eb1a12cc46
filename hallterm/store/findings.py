"""What an examination of the store finds, as values; `hallterm.commands.doctor_words` says them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Detail = str | int

MOST_LISTED = 20
"""Findings of one code that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that isn't as it should be.

    code is one of: damaged, foreign_key, version, log_gap, log_head, event_unreadable,
    event_impossible, row_missing, row_surplus, row_different, person_missing, person_surplus,
    person_version, person_history, person_key, person_not_erased, staff_record, evidence,
    hub_differs.
    """

    code: str
    details: Mapping[str, Detail]


def finding(code: str, **details: Detail) -> Finding:
    """Make a finding with its details."""
    return Finding(code, details)


@dataclass(slots=True)
class Report:
    """How the store is."""

    version: int = 0
    """Steps of `hallterm.store.migrations` that it has taken."""
    facts: dict[str, int] = field(default_factory=dict)
    """Number of facts, by stream."""
    rows: int = 0
    """Rows of read tables compared with the log."""
    persons: int = 0
    """Person records compared with the log."""
    findings: list[Finding] = field(default_factory=list)
    """The first `MOST_LISTED` of each code."""
    counts: dict[str, int] = field(default_factory=dict)
    """Number of findings by code, those not listed included."""
    hub: str = "none"
    """How the tables compare with the hub's: ``equal``, ``different``, ``none`` where there is no
    hub, or the code that says why they could not be compared."""
    hub_detail: str = ""
    rewritten: int = 0
    """Rows of read tables that a rebuild put right."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.counts

    def add(self, found: Finding) -> None:
        """Note a finding."""
        count = self.counts.get(found.code, 0)
        self.counts[found.code] = count + 1
        if count < MOST_LISTED:
            self.findings.append(found)
