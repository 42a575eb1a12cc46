"""What pending commands give, folded on top of the facts without being decided again."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.domain.stream import Fact, StreamKind
from hallterm.store import beside, outbox, pending
from hallterm.store.log import COMPANY, Origin, from_ms, hall_stream, heads, provisional
from hallterm.store.projection import fold_company, fold_hall
from hallterm.wire import Envelope

Step = tuple[outbox.Pending, StreamKind, Fact]


def pending_facts(
    waiting: Sequence[outbox.Pending], device: str, company_seq: int, hall_seq: int
) -> Iterator[Step]:
    """Return what each command gives as facts with the places that they have for the time being."""
    places: dict[StreamKind, int] = {"company": company_seq, "hall": hall_seq}
    for one in waiting:
        origin = Origin(one.command_id, from_ms(one.at_ms), one.actor, device)
        for kind, event in one.events:
            places[kind] += 1
            [fact] = provisional([event], places[kind], origin)
            yield one, kind, fact


def fold_pending(
    source: sa.Connection, target: sa.Connection, company: Company, hall: Hall, *, keep: bool
) -> None:
    """Fold the pending commands of one store into the read tables of another, or its own.

    keep: note in the target how its rows stood, and write what goes beside the commands too.
    """
    link = outbox.read_link(source)
    if link is None:
        return
    stream, seqs = hall_stream(link.hall), heads(source)
    waiting = outbox.pending(source)
    steps = pending_facts(waiting, link.device, seqs.get(COMPANY, 0), seqs.get(stream, 0))
    note = pending.keep if keep else None
    for one, kind, fact in steps:
        if kind == "company":
            fold_company(target, company, [fact], note)
        else:
            fold_hall(target, stream, hall, [fact], note)
        if keep:
            envelope = Envelope.model_validate_json(one.envelope)
            beside.write(target, [fact], envelope.beside, one.command_id, pending=True)
