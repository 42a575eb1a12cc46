"""A store with a special request whose form is on its way."""

from hallterm.configuration.offices_file import OfficeAddress, Offices
from hallterm.desk import persons
from hallterm.desk.accounts import hire
from hallterm.desk.desk import Desk
from hallterm.desk.form_copies import Reader, make_copy, request_numbered
from hallterm.desk.outgoing import READERS, Made, Sender, make_post
from hallterm.domain.actor import Actor
from hallterm.domain.note import Note
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Superior
from hallterm.domain.stream import Command
from hallterm.domain.tiers import Grade, Tier
from hallterm.forms.copies import FormCopy
from tests.support.hall import done, quick_pins
from tests.support.requests import ACCOUNT_MANAGER, OPERATIONS, SIGNER, VIP_LIAISON
from tests.support.rulebook import ADMINISTRATOR, CLERK, PIN, STORE_MANAGER

R = "r1"
NAME, PHONE = "张丽华", "13800131234"
ASKED = "要求免收国际漫游押金"
SOLUTION = "同意免收押金 3000 元"
WORDS = {
    "n-asked": ASKED,
    "n-explained": "已解释押金规定",
    "n-solution": SOLUTION,
    "n-superior": "王建国主任",
    "n-terms": "请建设路厅协助",
}
OFFICES = Offices(
    vip_office=OfficeAddress(name="大客户服务室", mail=["vip@example.com"]),
    hall_operations=OfficeAddress(name="营业管理室", mail=["ops@example.com"]),
    account_manager=OfficeAddress(name="客户经理", mail=["am@example.com"]),
    store_manager=OfficeAddress(name="店面经理", mail=["store@example.com"]),
    duty_manager=OfficeAddress(name="值班经理", mail=["duty@example.com"]),
    hall=OfficeAddress(name="协助营业厅", fax="0731-88880000"),
)
FROM = Sender("hall@example.com", "测试厅")
HALL_COPY = Reader("协助营业厅", READERS["hall"])


def give(desk: Desk, actor: Actor, command: Command) -> None:
    """Give a command that must be carried out; the words go beside it."""
    notes = [Note(id=note, about=R, text=text) for note, text in WORDS.items()]
    done(desk.act(actor, command, notes=notes))


def hire_chain(desk: Desk) -> None:
    """Open accounts for everybody through whose hands a form goes."""
    names = ("客户经理李", "接口人赵", "接口人钱", "经理孙")
    chain = (ACCOUNT_MANAGER, VIP_LIAISON, OPERATIONS, SIGNER)
    with quick_pins():
        for actor, name in zip(chain, names, strict=True):
            done(hire(desk, ADMINISTRATOR, actor.staff_id, name, actor.roles, PIN))


def open_request(desk: Desk, **words: str) -> str:
    """Take a request down and bring it to the account manager; return its number.

    words: what the notes say instead.
    """
    hire_chain(desk)
    values = {"name": NAME, "phone": PHONE}
    customer = persons.record(desk, CLERK, values, ConsentWay.SPOKEN)
    assert not isinstance(customer, Refusal), customer
    opening = cmd.OpenRequest(
        request_id=R,
        day=desk.clock.now().date(),
        person_id=customer.person_id,
        tier=Tier.VIP,
        grade=Grade.GOLD,
        kind_id="waive_fee",
        amount_fen=300_000,
        account_manager=ACCOUNT_MANAGER.staff_id,
        request_note="n-asked",
        explanation_note="n-explained",
    )
    notes = [Note(id=note, about=R, text=text) for note, text in (WORDS | words).items()]
    done(desk.act(CLERK, opening, notes=notes))
    for decider, verdict in ((STORE_MANAGER, Verdict.DECLINED), (ACCOUNT_MANAGER, None)):
        stage = request(desk).state
        give(desk, CLERK, cmd.AnswerRequest(request_id=R, stage=stage, accepted=False))
        if verdict:
            _decide(desk, decider, verdict, reason="beyond_authority")
    _decide(desk, ACCOUNT_MANAGER, Verdict.HAND_OVER)
    return request(desk).number


def _decide(desk: Desk, actor: Actor, verdict: Verdict, **more: str) -> None:
    values = {
        "request_id": R,
        "decision_id": f"d-{verdict}",
        "stage": request(desk).state,
        "verdict": verdict,
        "terms": "n-terms",
    }
    give(desk, actor, cmd.DecideRequest.model_validate(values | more))


def draft(desk: Desk) -> None:
    """Let the account manager write the form."""
    command = cmd.DraftForm(
        request_id=R,
        solution="n-solution",
        superior=Superior.CENTRE_LEADER,
        superior_words="n-superior",
        hall_id="test",
        amount_fen=300_000,
    )
    give(desk, ACCOUNT_MANAGER, command)


def approve(desk: Desk) -> None:
    """Bring a drafted form through the liaisons to the hall."""
    give(desk, VIP_LIAISON, cmd.MailForm(request_id=R))
    verdict = cmd.DecideForm(
        request_id=R,
        decision_id="d-form",
        form_version=version(desk),
        verdict=Verdict.APPROVED,
        terms="n-terms",
    )
    give(desk, OPERATIONS, verdict)
    give(desk, OPERATIONS, cmd.ForwardForm(request_id=R))


def sign(desk: Desk) -> None:
    """Let the VIP office's manager sign the form for the fax."""
    give(desk, SIGNER, cmd.SignForm(request_id=R, form_version=version(desk)))


def to_hall(desk: Desk, **words: str) -> str:
    """Bring a new request's form to the hall, mailed and signed; return its number."""
    number = open_request(desk, **words)
    draft(desk)
    approve(desk)
    sign(desk)
    return number


def request(desk: Desk) -> Request:
    """Return the request as it stands."""
    found = desk.replica.company.request(R)
    assert found is not None
    return found


def version(desk: Desk) -> int:
    """Return the version of the form."""
    form = request(desk).form
    assert form is not None
    return form.version


def copy_of(desk: Desk, number: str, reader: Reader = HALL_COPY) -> FormCopy:
    """Return a copy of the form."""
    made = make_copy(desk, STORE_MANAGER, number, reader)
    assert not isinstance(made, Refusal), made
    assert request_numbered(desk.replica.company, number) is not None
    return made


def post(desk: Desk, offices: Offices = OFFICES) -> Made:
    """Make the letters and faxes that are due."""
    return make_post(desk, offices, FROM)
