"""The manager's choice of a policy (调度规则)."""

from hallterm.domain.company import commands as cmd
from hallterm.domain.company.events import PolicyChosen
from hallterm.domain.dispatching import PolicyChoice, Rules
from tests.support.rulebook import DUTY_MANAGER, STORE_MANAGER
from tests.support.scene import Scene


def test_the_choice_is_recorded_with_who_and_when(scene: Scene) -> None:
    assert scene.company.dispatch is None
    wanted = Rules(policy="strict")
    assert scene.do(DUTY_MANAGER, cmd.ChoosePolicy(rules=wanted)) == (PolicyChosen(rules=wanted),)
    assert scene.company.dispatch == PolicyChoice(
        rules=wanted, by=DUTY_MANAGER.staff_id, at=scene.now
    )


def test_the_same_choice_again_is_no_event(scene: Scene) -> None:
    assert scene.do(STORE_MANAGER, cmd.ChoosePolicy(rules=scene.rules.standards.dispatch)) == ()
    scene.do(STORE_MANAGER, cmd.ChoosePolicy(rules=Rules(late_cap=3)))
    assert scene.do(DUTY_MANAGER, cmd.ChoosePolicy(rules=Rules(late_cap=3))) == ()
    choice = scene.company.dispatch
    assert choice is not None
    assert choice.by == STORE_MANAGER.staff_id


def test_a_copy_of_the_company_keeps_the_choice(scene: Scene) -> None:
    scene.do(STORE_MANAGER, cmd.ChoosePolicy(rules=Rules(policy="fifo")))
    assert scene.company.copy().dispatch == scene.company.dispatch
