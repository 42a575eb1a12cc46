"""The policy in force, advice, the plan of a day, and what a call out of turn costs."""

from datetime import time
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.configuration import configure
from hallterm.configuration.reading import PACKAGED
from hallterm.desk.calling import call_next, current, next_for
from hallterm.desk.desk import Desk
from hallterm.desk.dispatching import advice, choose_policy, cost_of_calling, day_plan, in_force
from hallterm.desk.queueing import dispatch_rules, expected_seconds
from hallterm.domain.dispatching import Rates, Rules
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, enter, refused, sit, take
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, FIRST, SECOND, STORE_MANAGER
from tests.support.truth import assert_true_to_log


def test_a_choice_takes_effect_on_the_next_call(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = take(desk)
    clock.advance(60)
    vip = take(desk, Tier.VIP, Grade.GOLD)

    def following() -> str | None:
        choice = next_for(desk, desk.hall, desk.rules, FIRST, clock.now())
        return choice.ticket_id if choice else None

    assert following() == vip
    done(choose_policy(desk, STORE_MANAGER, Rules(policy="fifo")))
    assert following() == first
    done(call_next(desk, CLERK))
    called = current(desk, CLERK)
    assert called is not None
    assert called.id == first


def test_only_managers_choose(desk: Desk) -> None:
    assert refused(choose_policy(desk, CLERK, Rules(policy="fifo"))) == "not_allowed"
    assert in_force(desk).rules.policy == "promise"


def test_who_chose_and_when_is_told_and_survives_a_start(
    desk: Desk, store: Path, clock: ManualClock
) -> None:
    standing = in_force(desk)
    assert (standing.rules, standing.by, standing.since) == (Rules(), "", None)
    done(choose_policy(desk, DUTY_MANAGER, Rules(policy="promise", late_cap=3)))
    clock.advance(60)
    again = enter(store, clock)
    standing = in_force(again)
    again.close()
    assert standing.rules.late_cap == 3
    assert standing.by == "员工1005"
    assert standing.since is not None
    assert standing.since.time() == time(9, 0)
    assert_true_to_log(desk.connection)


def test_another_terminal_hears_of_the_choice(desk: Desk, store: Path, clock: ManualClock) -> None:
    other = enter(store, clock)
    done(choose_policy(desk, DUTY_MANAGER, Rules(policy="edf")))
    assert other.refresh()
    assert dispatch_rules(other.rules).policy == "edf"
    other.close()


def test_the_files_rates_hold_under_a_choice_without_rates(desk: Desk) -> None:
    files = [(PACKAGED / name).read_text("utf-8") for name in ("standards.toml", "businesses.toml")]
    rates = "[dispatch.rates]\nvip = 3\ngotone = 2\nstandard = 1\n"
    desk.configuration = configure(files[0] + rates, files[1])
    done(choose_policy(desk, STORE_MANAGER, Rules(policy="apq")))
    assert dispatch_rules(desk.rules).rates == Rates(vip=3, gotone=2, standard=1)


def fill(desk: Desk, clock: ManualClock, count: int) -> list[str]:
    """Let customers wait until their promises are short."""
    tickets = [take(desk) for _ in range(count)]
    clock.advance(25 * 60)
    return tickets


def test_one_more_counter_is_advised_when_it_keeps_promises(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    fill(desk, clock, 8)
    found = {one.kind: one for one in advice(desk)}
    assert found["open_counter"].kept_more > 0
    assert found["self_service"].numbers, "paying can be done by a machine"


def test_nothing_is_advised_in_a_calm_hall(desk: Desk) -> None:
    assert advice(desk) == ()
    sit(desk)
    take(desk)
    assert advice(desk) == ()


def test_no_counter_is_advised_when_all_are_at_work(desk: Desk, clock: ManualClock) -> None:
    staff = (CLERK, COLLEAGUE, STORE_MANAGER, DUTY_MANAGER)
    for actor, counter in zip(staff, desk.rules.company.counters, strict=True):
        sit(desk, actor, counter, session=actor.staff_id)
    fill(desk, clock, 40)
    assert "open_counter" not in {one.kind for one in advice(desk)}


def test_the_plan_of_a_day_follows_the_days_before(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    assert day_plan(desk) == ()
    for _ in range(40):
        take(desk)
    clock.advance(24 * 3600)
    take(desk)
    plan = {part.begins: part for part in day_plan(desk)}
    assert min(plan) == time(8, 30)
    assert max(plan) == time(17, 30)
    busy = plan[time(9, 0)]
    assert busy.customers == 40
    assert busy.counters > plan[time(16, 0)].counters
    assert not busy.enough, "four counters are not enough for forty at once"


def test_the_mean_service_weighs_what_is_done_often(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    for _ in range(30):
        ticket_id = take(desk)
        done(call_next(desk, CLERK))
        done(desk.act(CLERK, StartService(ticket_id=ticket_id)))
        clock.advance(120)
        done(desk.act(CLERK, FinishService(ticket_id=ticket_id)))
    plain = sum(b.minutes * 60 for b in desk.rules.businesses.values()) / len(desk.rules.businesses)
    clock.advance(24 * 3600)
    take(desk)
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    (demand, *_) = desk.experience.demands(desk.rules)
    assert demand.seconds < plain, "paying is short and done most"


def test_calling_out_of_turn_has_its_cost(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = take(desk)
    clock.advance(29 * 60)
    late = take(desk)
    cost = cost_of_calling(desk, CLERK, late)
    assert cost is not None
    assert cost.broken == (desk.hall.tickets[first].number,)
    assert expected_seconds(desk, desk.hall.tickets[late]) > 60
    assert cost_of_calling(desk, COLLEAGUE, late) is None, "sits nowhere"
    sit(desk, COLLEAGUE, SECOND, session="t")
    assert cost_of_calling(desk, COLLEAGUE, "no such ticket") is None
