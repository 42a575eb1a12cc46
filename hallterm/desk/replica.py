"""This process's copy of the hall and the company, kept up with the store."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.store.loading import load_company, load_hall
from hallterm.store.log import COMPANY, company_facts_after, facts_after, hall_stream, heads


@dataclass
class Replica:
    """The folded states and how far each stream has been read."""

    company: Company = field(default_factory=Company)
    hall: Hall = field(default_factory=Hall)
    company_seq: int = 0
    hall_seq: int = 0
    loaded: bool = False

    @property
    def stream(self) -> str:
        """Name of the hall's stream; empty before the hall is set up."""
        return hall_stream(self.company.hall.id) if self.company.hall else ""

    @property
    def version(self) -> int:
        """Grows with every fact read."""
        return self.hall_seq + self.company_seq

    def catch_up(self, connection: sa.Connection) -> bool:
        """Read what other processes have written; say whether there was anything.

        Call it inside a transaction, so that heads and facts are of one moment.
        """
        seqs = heads(connection)
        if not self.loaded:
            self._load(connection, seqs)
            return True
        behind = self.company_seq < seqs.get(COMPANY, 0)
        if behind:
            founded = self.company.hall is not None
            # On a copy: a fault half-way must not leave facts applied that are then read again.
            company = self.company.copy()
            for fact in company_facts_after(connection, self.company_seq):
                company_evolve.apply(company, fact)
            self.company, self.company_seq = company, seqs[COMPANY]
            if not founded and self.company.hall:
                self._load(connection, seqs)
        if self.stream and self.hall_seq < seqs.get(self.stream, 0):
            behind = True
            for fact in facts_after(connection, self.stream, self.hall_seq):
                self.hall.apply(fact)
                self.hall_seq = fact.seq
        return behind

    def _load(self, connection: sa.Connection, seqs: dict[str, int]) -> None:
        self.company = load_company(connection)
        self.company_seq = seqs.get(COMPANY, 0)
        self.hall = load_hall(connection, self.stream) if self.stream else Hall()
        self.hall_seq = seqs.get(self.stream, 0)
        self.loaded = True
