"""This process's copy of the hall and the company, kept up with the store."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.store import outbox, pending
from hallterm.store.loading import load_company, load_hall
from hallterm.store.log import (
    COMPANY,
    company_facts_after,
    facts_after,
    hall_stream,
    heads,
)
from hallterm.store.migrations import must_not_be_newer
from hallterm.store.pending_fold import pending_facts


@dataclass
class Replica:
    """The folded states and how far each stream has been read.

    Where the store follows a home, `company` and `hall` also hold what is pending, and what the
    facts alone say is kept under them. Elsewhere the two are the same.
    """

    company: Company = field(default_factory=Company)
    hall: Hall = field(default_factory=Hall)
    company_seq: int = 0
    hall_seq: int = 0
    loaded: bool = False
    link: outbox.Link | None = None
    confirmed_company: Company = field(default_factory=Company)
    confirmed_hall: Hall = field(default_factory=Hall)
    confirmed_company_seq: int = 0
    confirmed_hall_seq: int = 0
    oldest_pending_ms: int | None = None
    """When the oldest command was given that is not a fact yet; None when there is none."""
    version: int = 0
    """Grows with every change read."""

    @property
    def stream(self) -> str:
        """Name of the hall's stream; empty before the hall is set up."""
        return hall_stream(self.company.hall.id) if self.company.hall else ""

    def catch_up(self, connection: sa.Connection) -> bool:
        """Read what other processes have written; say whether there was anything.

        Call it inside a transaction, so that heads and facts are of one moment.

        Raises:
            StoreFaultError: store_newer when another process has brought the store to a later
                version; nothing is written or read by rules that don't know it.
        """
        must_not_be_newer(connection)
        seqs = heads(connection)
        if not self.loaded:
            self._load(connection, seqs)
            self.version += 1
            return True
        changed = self._read_company(connection, seqs)
        changed = self._read_hall(connection, seqs) or changed
        changed = self._read_pending(connection, facts=changed) or changed
        self.version += changed
        return changed

    def confirm_company(self, company: Company, seq: int) -> None:
        """Take what the facts of the company's stream say up to a place."""
        self.confirmed_company = self.company = company
        self.confirmed_company_seq = self.company_seq = seq

    def confirm_hall(self, hall: Hall, seq: int) -> None:
        """Take what the facts of the hall's stream say up to a place."""
        self.confirmed_hall = self.hall = hall
        self.confirmed_hall_seq = self.hall_seq = seq

    def show_facts(self) -> None:
        """Show the facts alone, as if nothing were pending; for deciding that again on top."""
        self.confirm_company(self.confirmed_company, self.confirmed_company_seq)
        self.confirm_hall(self.confirmed_hall, self.confirmed_hall_seq)

    def _read_company(self, connection: sa.Connection, seqs: dict[str, int]) -> bool:
        if self.confirmed_company_seq >= seqs.get(COMPANY, 0):
            return False
        founded = self.confirmed_company.hall is not None
        # On a copy: a fault half-way must not leave facts applied that are then read again.
        company = self.confirmed_company.copy()
        for fact in company_facts_after(connection, self.confirmed_company_seq):
            company_evolve.apply(company, fact)
        self.confirm_company(company, seqs[COMPANY])
        if not founded and company.hall:
            self._load(connection, seqs)
        return True

    def _read_hall(self, connection: sa.Connection, seqs: dict[str, int]) -> bool:
        if not self.stream or self.confirmed_hall_seq >= seqs.get(self.stream, 0):
            return False
        for fact in facts_after(connection, self.stream, self.confirmed_hall_seq):
            self.confirmed_hall.apply(fact)
            self.confirmed_hall_seq = fact.seq
        self.hall_seq = self.confirmed_hall_seq
        return True

    def _read_pending(self, connection: sa.Connection, *, facts: bool) -> bool:
        """Put what is pending on top of the facts."""
        link = outbox.read_link(connection)
        known, self.link = self.link, link
        if link is None:
            return False
        self.oldest_pending_ms = outbox.count(connection)[1]
        again = facts or known is None or known.generation != link.generation
        if again:
            self.hall, self.hall_seq = self.confirmed_hall.copy(), self.confirmed_hall_seq
            self.company = self.confirmed_company.copy()
            self.company_seq = self.confirmed_company_seq
        after = 0 if again or known is None else known.device_seq
        if not again and after == link.device_seq:
            return False
        # What is pending must never get into what the facts alone say.
        if self.hall is self.confirmed_hall:
            self.hall = self.hall.copy()
        if self.company is self.confirmed_company:
            self.company = self.company.copy()
        waiting = outbox.pending(connection, after)
        steps = pending_facts(waiting, link.device, self.company_seq, self.hall_seq)
        for _, kind, fact in steps:
            if kind == "company":
                company_evolve.apply(self.company, fact)
                self.company_seq = fact.seq
            else:
                self.hall.apply(fact)
                self.hall_seq = fact.seq
        return True

    def _load(self, connection: sa.Connection, seqs: dict[str, int]) -> None:
        self.link = outbox.read_link(connection)
        if self.link is not None and outbox.count(connection)[0]:
            # What the facts alone say is looked at in a step that is taken back.
            with connection.begin_nested() as step:
                pending.restore(connection)
                self._load_confirmed(connection, seqs)
                step.rollback()
        else:
            self._load_confirmed(connection, seqs)
        self.show_facts()
        self.loaded = True
        if self.link is not None:
            self._read_pending(connection, facts=True)

    def _load_confirmed(self, connection: sa.Connection, seqs: dict[str, int]) -> None:
        company = load_company(connection)
        stream = hall_stream(company.hall.id) if company.hall else ""
        self.confirmed_company, self.confirmed_company_seq = company, seqs.get(COMPANY, 0)
        self.confirmed_hall = load_hall(connection, stream) if stream else Hall()
        self.confirmed_hall_seq = seqs.get(stream, 0)

    def kept(self, link: outbox.Link | None) -> None:
        """After a commit of this process: what was decided is the state."""
        self.version += 1
        self.link = link
        if link is None:
            self.confirmed_hall, self.confirmed_company = self.hall, self.company
            self.confirmed_hall_seq = self.hall_seq
            self.confirmed_company_seq = self.company_seq
