"""A store with everybody of the chain and one VIP, in which requests are opened and carried on."""

from collections.abc import Mapping

from hallterm.desk import persons, requests
from hallterm.desk.accounts import hire
from hallterm.desk.desk import Desk, Done
from hallterm.desk.request_acts import Act
from hallterm.domain.actor import Actor
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.request.state import Request
from tests.support.hall import quick_pins
from tests.support.requests import (
    ACCOUNT_MANAGER,
    DEPUTY,
    OPERATIONS,
    SIGNER,
    VIP_LIAISON,
)
from tests.support.rulebook import ADMINISTRATOR, CLERK, PIN, STORE_MANAGER

OFFICES = (ACCOUNT_MANAGER, DEPUTY, VIP_LIAISON, OPERATIONS, SIGNER)
ASKED = {
    "kind": "waive_fee",
    "amount": "30",
    "asked": "漫游费太高，要求减免 30 元",
    "explained": "说明了漫游资费",
    "mood": "upset",
}
Step = tuple[Actor, Act, Mapping[str, str]]
TO_ACCOUNT_MANAGER: tuple[Step, ...] = (
    (CLERK, Act.NOT_ACCEPTED, {"mood": "upset", "words": "说别的厅减过"}),
    (STORE_MANAGER, Act.DECLINE, {"reason": "against_rules", "words": "按公示资费"}),
    (CLERK, Act.NOT_ACCEPTED, {"mood": "angry", "words": "要找客户经理"}),
)
TO_HALL: tuple[Step, ...] = (
    *TO_ACCOUNT_MANAGER,
    (ACCOUNT_MANAGER, Act.HAND_OVER, {"words": "我来联系"}),
    (
        ACCOUNT_MANAGER,
        Act.DRAFT,
        {
            "superior": "centre_leader",
            "superior_words": "客服中心刘主任同意",
            "words": "减免漫游费 30 元，下月账单体现",
            "amount": "30",
        },
    ),
    (VIP_LIAISON, Act.MAIL, {}),
    (OPERATIONS, Act.APPROVE, {}),
    (OPERATIONS, Act.FORWARD, {}),
)
TO_END: tuple[Step, ...] = (
    *TO_HALL,
    (CLERK, Act.MAIL_IN, {"words": "营业管理室 9:40 来信"}),
    (CLERK, Act.FAX_IN, {"by": SIGNER.staff_id}),
    (CLERK, Act.PHONE_IN, {"by": ACCOUNT_MANAGER.staff_id, "words": "核对了生日"}),
    (CLERK, Act.CARRY_OUT, {"mood": "calm", "words": "已减免"}),
    (ACCOUNT_MANAGER, Act.FOLLOW_UP, {"mood": "satisfied", "words": "客户满意"}),
    (CLERK, Act.CLOSE, {}),
)


def staff_up(desk: Desk) -> None:
    """Hire the offices."""
    with quick_pins():
        for actor in OFFICES:
            name = f"员工{actor.staff_id}"
            hired = hire(desk, ADMINISTRATOR, actor.staff_id, name, actor.roles, PIN)
            assert isinstance(hired, Done), hired


def vip(desk: Desk, name: str = "张伟", phone: str = "13800138000") -> str:
    """Enter a VIP with a named account manager; return the id."""
    raw = {
        "name": name,
        "phone": phone,
        "tier": "vip",
        "grade": "gold",
        "account_manager": ACCOUNT_MANAGER.staff_id,
    }
    made = persons.record(desk, STORE_MANAGER, raw, ConsentWay.SPOKEN)
    assert not isinstance(made, Refusal), made
    return made.person_id


def opened(desk: Desk, person_id: str, **changes: str) -> Request:
    """Take a request down."""
    taken = requests.open_request(desk, CLERK, person_id, {**ASKED, **changes})
    assert not isinstance(taken, Refusal), taken
    found = requests.get(desk, taken.request_id)
    assert found is not None
    return found


def carried_on(desk: Desk, request_id: str, steps: tuple[Step, ...]) -> Request:
    """Do one step after the other."""
    for actor, act, typed in steps:
        result = requests.perform(desk, actor, request_id, act, typed)
        assert isinstance(result, Done), (act, result)
    found = requests.get(desk, request_id)
    assert found is not None
    return found
