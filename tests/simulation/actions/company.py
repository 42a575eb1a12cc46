"""The set-up changes; people are hired, sign in, and go."""

from datetime import time

from hallterm.desk import accounts
from hallterm.domain.company import commands as cmd
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.dispatching import Rates, Rules
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.tiers import Tier
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import COUNTERS, PIN, PROFILE, STAFF

_NEW = tuple(f"30{n:02d}" for n in range(6))
_NEW_COUNTERS = ("d1", "d2")


@action(cmd.FoundHall, weight=1)
def found(at: Scene) -> object:
    return at.desk.act(at.actor(Role.ADMINISTRATOR), cmd.FoundHall(profile=PROFILE))


@action(cmd.DefineCounter, weight=1)
def define_counter(at: Scene) -> object:
    place = at.chance.randrange(len(_NEW_COUNTERS))
    setup = CounterSetup(
        id=_NEW_COUNTERS[place],
        number=10 + place,
        name=at.some(("综合", "缴费", "新装")),
        tiers=tuple(Tier),
        serves_others=at.chance.random() < 0.5,
    )
    chosen = setup if at.sensible() else at.some(COUNTERS)
    return at.desk.act(at.actor(Role.ADMINISTRATOR), cmd.DefineCounter(counter=chosen))


@action(cmd.RetireCounter, weight=1)
def retire_counter(at: Scene) -> object:
    command = cmd.RetireCounter(counter_id=at.some(_NEW_COUNTERS))
    return at.desk.act(at.actor(Role.ADMINISTRATOR), command)


@action(cmd.SetHours, weight=1)
def set_hours(at: Scene) -> object:
    command = cmd.SetHours(opens=time(at.chance.randint(7, 9)), closes=time(18))
    return at.desk.act(at.actor(Role.ADMINISTRATOR), command)


@action(cmd.OfferBusinesses, weight=1)
def offer(at: Scene) -> object:
    every = list(at.desk.configuration.businesses)
    fewer = [one for one in every if one in ("payment", "replace_sim", "suspend") or at.sensible()]
    command = cmd.OfferBusinesses(business_ids=tuple(fewer))
    return at.desk.act(at.actor(Role.ADMINISTRATOR), command)


@action(cmd.ChoosePolicy, weight=1)
def choose_policy(at: Scene) -> object:
    rules = Rules(
        policy=at.some(("fifo", "strict", "edf", "apq", "ratio", "promise")),
        late_cap=at.some((1.0, 1.5, 2.0)),
        rates=at.perhaps(Rates(vip=3, gotone=2, standard=1)),
    )
    return at.desk.act(at.actor(*sorted(MANAGERS)), cmd.ChoosePolicy(rules=rules))


@action(cmd.HireStaff, weight=1)
def hire(at: Scene) -> object:
    actor, roles = at.actor(Role.ADMINISTRATOR), frozenset({at.some((Role.CLERK, Role.GREETER))})
    return accounts.hire(at.desk, actor, at.some(_NEW), f"新人{at.lane}", roles, PIN)


@action(cmd.GiveRoles, weight=1)
def give_roles(at: Scene) -> object:
    roles = frozenset({Role.CLERK, at.some((Role.GREETER, Role.STORE_MANAGER))})
    command = cmd.GiveRoles(staff_id=at.some(_NEW), roles=roles)
    return at.desk.act(at.actor(Role.ADMINISTRATOR), command)


@action(cmd.RetireStaff, weight=1)
def retire_staff(at: Scene) -> object:
    command = cmd.RetireStaff(staff_id=at.some(_NEW))
    return at.desk.act(at.actor(Role.ADMINISTRATOR), command)


@action(cmd.ChangePin, weight=1)
def change_pin(at: Scene) -> object:
    member = at.some(STAFF)
    actor = member if at.sensible() else at.actor(Role.ADMINISTRATOR)
    return accounts.change_pin(at.desk, actor, member.staff_id, at.some((PIN, "975318")))


@action(cmd.SignIn, weight=3)
def sign_in(at: Scene) -> object:
    pin = PIN if at.sensible() else "000001"
    return accounts.sign_in(at.desk, at.some(STAFF).staff_id, pin)


@action(cmd.SignOut, weight=1)
def sign_out(at: Scene) -> object:
    return accounts.sign_out(at.desk, at.some(STAFF))
