"""Reasons, costs and advice in words."""

from hallterm.dispatch.advice import Advice
from hallterm.dispatch.choose import choose
from hallterm.dispatch.cost import Cost
from hallterm.dispatch.queue import Choice, Waiting
from hallterm.domain.tiers import Tier
from hallterm.words.reasons import explain_advice, explain_choice, explain_cost
from tests.dispatch.halls import NOW, station, ticket


def test_reason_names_both_and_how_they_stand() -> None:
    args = (("number", "A014"), ("left_s", 40), ("rival", "G007"), ("rival_left_s", 365))
    told = explain_choice(Choice("x", "keeps_promise", args))
    assert told == "现在叫还来得及；A014 再过 40 秒超时；G007 还有 6 分钟"


def test_overdue_is_said() -> None:
    args = (("number", "A1"), ("left_s", -600), ("rival", "A2"), ("rival_left_s", -30))
    told = explain_choice(Choice("x", "bounded_lateness", args))
    assert told.endswith("A1 已超时 10 分钟；A2 已超时 30 秒")


def test_cost_names_the_promises_that_break() -> None:
    assert "A001、A002" in explain_cost(Cost(("A001", "A002"), (), 90.0))
    assert "5 分钟" in explain_cost(Cost((), (), 300.0))
    assert "不受影响" in explain_cost(Cost((), ("A003",), -60.0))


def test_advice_tells_its_figures() -> None:
    assert explain_advice(Advice("open_counter", 20, 6, 900.0)) == (
        "现在多开一个窗口：半小时内多守住 6 个承诺"
    )
    assert "A003、A005" in explain_advice(Advice("self_service", 20, 2, 60.0, ("A003", "A005")))


def test_who_is_passed_by_for_a_higher_tier_is_told_when_it_costs_them() -> None:
    """VIP first: whose promise breaks next, else whose is broken, else nobody."""
    vip, soon = ticket(1, Tier.VIP, 60), ticket(2, Tier.STANDARD, 1760)
    late, calm = ticket(3, Tier.STANDARD, 2400), ticket(4, Tier.STANDARD, 60)

    def told(*waiting: Waiting) -> str:
        chosen = choose(NOW, waiting, station(), [station("c1", 300)])
        assert chosen is not None
        return explain_choice(chosen)

    assert told(vip, soon, late, calm) == "VIP 优先；V001 还有 9 分钟；A002 再过 40 秒超时"
    assert told(vip, late, calm) == "VIP 优先；V001 还有 9 分钟；A003 已超时 10 分钟"
    assert told(vip, calm) == "VIP 优先"
