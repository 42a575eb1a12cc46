"""A hall of several terminals and a home, joined by calls instead of a network."""

from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.home import HubHome
from hallterm.desk.joining import follow
from hallterm.desk.sync_ports import Absorbed, Lost
from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.store.digests import digests
from hallterm.wire import Facts, Problem, Push, Pushed
from tests.support.hall import copy_store, enter
from tests.support.rulebook import PROFILE
from tests.support.truth import state


class SyncHall:
    """One home and terminals that are in step only when told so."""

    def __init__(self, template: Path, folder: Path, clock: ManualClock, count: int) -> None:
        self.clock = clock
        self.hub = enter(copy_store(template, folder), clock, device="hub")
        self.home = HubHome(self.hub)
        self.desks: list[Desk] = []
        for number in range(1, count + 1):
            path = folder / f"t{number}.db"
            desk = enter(path, clock, device=f"t{number}", durability="OFF")
            assert follow(desk, PROFILE.id, number, self.home.epoch) is None
            self.desks.append(desk)
            self.pull(number - 1)

    def push(self, place: int) -> Pushed | Problem:
        """Send everything that one terminal has not sent."""
        follower = TerminalFollower(self.desks[place])
        push = Push(epoch=follower.view().epoch, commands=list(follower.view().outgoing))
        [answer] = self.home.receive([(self.desks[place].device, push)])
        if isinstance(answer, Pushed):
            follower.acknowledge(answer.device_seq)
        return answer

    def pull(self, place: int, most: int = 1000) -> Absorbed:
        """Bring one terminal up to the home's heads."""
        follower = TerminalFollower(self.desks[place])
        count, settled, lost = 0, 0, tuple[Lost, ...]()
        while True:
            asked = [
                self.home.facts(s, after, most) for s, after in follower.view().cursors.items()
            ]
            answers = [answer for answer in asked if isinstance(answer, Facts) and answer.facts]
            if not answers:
                return Absorbed(count, settled, lost)
            absorbed = follower.absorb(answers)
            assert isinstance(absorbed, Absorbed), absorbed
            count, settled = count + absorbed.facts, settled + absorbed.settled
            lost += absorbed.lost

    def sync(self) -> tuple[Lost, ...]:
        """Bring all terminals in step; return what they lost."""
        for place in range(len(self.desks)):
            assert isinstance(self.push(place), Pushed)
        return tuple(lost for place in range(len(self.desks)) for lost in self.pull(place).lost)

    def assert_equal(self) -> None:
        """See that every store says the same, in memory and in its tables."""
        self.hub.refresh()
        wanted = digests(self.hub.connection)
        for desk in self.desks:
            assert TerminalFollower(desk).view().unsent == 0
            assert digests(desk.connection) == wanted
            assert _folded(desk) == _folded(self.hub)

    def close(self) -> None:
        """Let go of all stores."""
        for desk in (self.hub, *self.desks):
            desk.close()


def _folded(desk: Desk) -> tuple[dict[str, object], dict[str, object]]:
    hall: Hall = desk.replica.hall
    company: Company = desk.replica.company
    return state(hall), state(company)
