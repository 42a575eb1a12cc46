"""Two special requests half-way for the training hall: one to decide, one at the gate."""

from collections.abc import Mapping, Sequence

from hallterm.desk import persons, requests
from hallterm.desk.desk import Desk
from hallterm.desk.request_acts import Act
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.words import _

Step = tuple[Role, Act, Mapping[str, str]]


def begin_requests(
    desk: Desk, people: Mapping[Role, Actor], members: Sequence[str]
) -> Refusal | None:
    """Take two requests down and carry them on.

    people: who acts in each role of the chain.
    members: ids of two members of the club.
    """
    manager = people[Role.ACCOUNT_MANAGER].staff_id
    for person_id, opening, steps in zip(
        members, (_waived(), _deposit()), (_asked(), _at_gate(manager)), strict=False
    ):
        looked_after = _given_to(desk, people, person_id, manager)
        taken = looked_after or requests.open_request(desk, people[Role.CLERK], person_id, opening)
        if isinstance(taken, Refusal):
            return taken
        for role, act, typed in steps:
            result = requests.perform(desk, people[role], taken.request_id, act, typed)
            if isinstance(result, Refusal):
                return result
    return None


def _given_to(
    desk: Desk, people: Mapping[Role, Actor], person_id: str, manager: str
) -> Refusal | None:
    """Let the account manager who trains look after the customer."""
    view = persons.get(desk, people[Role.STORE_MANAGER], person_id)
    version = view.version if view else 1
    fields = {"account_manager": manager}
    changed = persons.change(desk, people[Role.STORE_MANAGER], person_id, version, fields)
    return changed if isinstance(changed, Refusal) else None


def _waived() -> dict[str, str]:
    return {
        "kind": "waive_fee",
        "amount": "120",
        "asked": _("出差时被扣了漫游流量费，要求全部退掉"),
        "explained": _("说明了流量提醒的时间和资费"),
        "mood": "upset",
    }


def _asked() -> tuple[Step, ...]:
    words = {"mood": "upset", "words": _("说没有收到提醒")}
    return ((Role.CLERK, Act.NOT_ACCEPTED, words),)


def _deposit() -> dict[str, str]:
    return {
        "kind": "roaming_deposit_free",
        "asked": _("后天出国，要求免押金开通国际漫游"),
        "explained": _("说明了押金的规定"),
        "mood": "reluctant",
    }


def _at_gate(manager: str) -> tuple[Step, ...]:
    declined = {"reason": "beyond_authority", "words": _("店里没有这个权限，请示客户经理")}
    solution = {
        "superior": "vip_office",
        "superior_words": _("大客户服务室陈经理同意"),
        "words": _("免押金开通国际漫游 30 天，信用额度 2000 元"),
    }
    return (
        (Role.CLERK, Act.NOT_ACCEPTED, {"mood": "upset", "words": _("时间来不及")}),
        (Role.STORE_MANAGER, Act.DECLINE, declined),
        (Role.CLERK, Act.NOT_ACCEPTED, {"mood": "reluctant", "words": _("请客户经理想办法")}),
        (Role.ACCOUNT_MANAGER, Act.HAND_OVER, {"words": _("我来联系大客户服务室")}),
        (Role.ACCOUNT_MANAGER, Act.DRAFT, solution),
        (Role.VIP_OFFICE_MANAGER, Act.SIGN, {}),
        (Role.VIP_LIAISON, Act.MAIL, {}),
        (Role.OPERATIONS_LIAISON, Act.APPROVE, {}),
        (Role.OPERATIONS_LIAISON, Act.FORWARD, {}),
        (Role.CLERK, Act.MAIL_IN, {"words": _("营业管理室来信，方案与流转单一致")}),
        (Role.CLERK, Act.FAX_IN, {"words": _("传真 1 页，有大客户服务室经理签字")}),
        (
            Role.CLERK,
            Act.TOLD,
            {"words": _("请客户带身份证来厅，客户经理 {staff} 会核实").format(staff=manager)},
        ),
    )
