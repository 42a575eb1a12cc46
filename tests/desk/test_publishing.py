"""One set of rules for the whole hall, and each command under those that its terminal knew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.configuration import Configuration
from hallterm.desk.desk import Done
from hallterm.desk.founding import INSTALLER
from hallterm.desk.publishing import publish
from hallterm.domain.company.commands import PublishRules
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from tests.support.rulebook import CLERK
from tests.support.sync_hall import SyncHall
from tests.support.truth import assert_true_to_log


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    """Return two terminals in step with a home that has published its files."""
    hall = SyncHall(founded_store, tmp_path, clock, 2)
    assert isinstance(publish(hall.hub), Done)
    hall.sync()
    yield hall
    hall.close()


def stricter(configuration: Configuration, minutes: int) -> Configuration:
    """Return the configuration with another promise for everybody's wait."""
    told = configuration.model_dump(mode="json")
    told["standards"]["budgets"]["standard_service"]["minutes"] = minutes
    return Configuration.model_validate({**told, "digest": f"{minutes:064x}"})


def take(hall: SyncHall, place: int, ticket_id: str) -> int:
    """Take a ticket at a terminal; return its promise, minutes."""
    now = hall.clock.now()
    command = cmd.TakeTicket(
        ticket_id=ticket_id,
        tier=Tier.STANDARD,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    assert isinstance(hall.desks[place].act(CLERK, command), Done)
    return hall.desks[place].hall.tickets[ticket_id].leg.budget_s // 60


def test_what_the_hub_publishes_holds_at_the_terminals(hall: SyncHall) -> None:
    before = take(hall, 0, "t1")
    hall.hub.configuration = stricter(hall.hub.configuration, before - 7)
    assert isinstance(publish(hall.hub), Done)
    assert take(hall, 0, "t2") == before, "not known here yet"
    hall.sync()
    assert take(hall, 0, "t3") == before - 7
    assert take(hall, 1, "t4") == before - 7
    hall.sync()
    hall.sync()
    hall.assert_equal()
    assert_true_to_log(hall.hub.connection)
    promised = {t.id: t.leg.budget_s // 60 for t in hall.hub.hall.tickets.values()}
    assert promised == {"t1": before, "t2": before, "t3": before - 7, "t4": before - 7}


def test_publishing_what_holds_changes_nothing(hall: SyncHall) -> None:
    heads = hall.home.heads()
    assert isinstance(publish(hall.hub), Done)
    assert hall.home.heads() == heads


@pytest.mark.parametrize("text", ["", "{}", '{"standards": 1}'])
def test_rules_that_can_not_be_read_are_refused(hall: SyncHall, text: str) -> None:
    refused = hall.hub.act(INSTALLER, PublishRules(digest="ab" * 32, text=text))
    assert isinstance(refused, Refusal)
    assert refused.code == "rules_unreadable"
