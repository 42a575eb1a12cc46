"""Short ways to say what happens in receptions of tests."""

from datetime import datetime, timedelta

from hallterm.domain.actor import Actor
from hallterm.domain.checklist import commands as checklist
from hallterm.domain.checklist.words import SkipReason, StepKind
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.state import Reception
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER
from tests.support.scene import Scene


def roster(scene: Scene, *receivers: Actor) -> None:
    """Let these receive; the duty manager is on duty."""
    ids = tuple(actor.staff_id for actor in receivers)
    managers = (DUTY_MANAGER.staff_id,)
    scene.do(DUTY_MANAGER, cmd.SetRoster(receivers=ids, managers=managers))


def vip(scene: Scene, grade: Grade = Grade.GOLD) -> str:
    """Let a VIP show the card now; return the ticket."""
    return scene.take(Tier.VIP, grade)


def offered_scene() -> tuple[Scene, str]:
    """Return a hall in which a VIP has just come, clerk and colleague on the roster."""
    scene = Scene()
    roster(scene, GREETER, COLLEAGUE)
    return scene, vip(scene)


def accept(scene: Scene, ticket_id: str, actor: Actor = GREETER) -> None:
    """Let somebody take the customer."""
    scene.do(actor, cmd.AcceptReception(ticket_id=ticket_id))


def reception_of(scene: Scene, ticket_id: str) -> Reception:
    """Return a reception as it stands."""
    return scene.hall.receptions[ticket_id]


def ticking(step_id: str, *choices: str, at: datetime, ago: float = 0) -> checklist.Ticking:
    """Return a step that was done some minutes ago."""
    happened = at - timedelta(minutes=ago)
    return checklist.Ticking(step_id=step_id, choices=choices, happened_at=happened)


def serve(scene: Scene, ticket_id: str, actor: Actor = CLERK) -> None:
    """Serve the ticket to the end at the actor's counter."""
    scene.serve(ticket_id, actor)
    scene.do(actor, ticket.FinishService(ticket_id=ticket_id))


def do_every_step(scene: Scene, run_id: str, actor: Actor = GREETER) -> None:
    """Tick what the run still asks for, with the first choice of each; skip nothing."""
    run = scene.hall.runs[run_id]
    for step in scene.hall.versions[run.digest].steps:
        if not step.required or (step.when and step.when.grades == ()) or run.entry(step.id):
            continue
        chosen = () if step.kind is StepKind.TICK else (step.choices[0].id,)
        one = ticking(step.id, *chosen, at=scene.now)
        scene.do(actor, checklist.TickSteps(run_id=run_id, steps=(one,)))


def skip(scene: Scene, run_id: str, step_id: str, actor: Actor = GREETER) -> None:
    """Leave a step out because the customer is in a hurry."""
    command = checklist.SkipStep(run_id=run_id, step_id=step_id, reason=SkipReason.HURRIED)
    scene.do(actor, command)
