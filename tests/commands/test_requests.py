"""``hallterm request``: open, list, show, act, figures."""

import pytest

from hallterm.commands.exits import Exit
from tests.commands.terminal import CLERK, Ended, Terminal

FIELDS = (
    "kind=waive_fee",
    "amount=30",
    "asked=[b]减免[/b] $(x)",
    "explained=讲了资费",
    "mood=upset",
)


def opened(hall: Terminal, *fields: str) -> Ended:
    """Take a request down for a customer on file."""
    customers = hall.folder / "customers.csv"
    customers.write_text("姓名,手机号码,级别,卡别\n张伟,13800130001,VIP,金卡\n", "utf-8")
    assert hall.run("customers", "import", str(customers)).code == Exit.DONE
    sets = [part for field in fields or FIELDS for part in ("--set", field)]
    return hall.run("request", "open", "13800130001", "--staff", CLERK, *sets, "--json")


def act(hall: Terminal, what: str, *fields: str) -> Ended:
    """Do the next step as the clerk."""
    sets = [part for field in fields for part in ("--set", field)]
    return hall.run("request", "act", "1", what, "--staff", CLERK, *sets, "--json")


def test_a_request_is_taken_down_carried_on_and_told(hall: Terminal) -> None:
    taken = opened(hall).value
    assert (taken["number"][-4:], taken["state"], taken["holder"]) == ("0001", "explained", CLERK)
    assert "accepted" in [offer["act"] for offer in taken["next"]]
    asked = act(hall, "not-accepted", "mood=angry", "words=要找经理").value
    assert (asked["state"], asked["holder"], asked["holder_role"]) == (
        "store_manager",
        None,
        "store_manager",
    )
    decided = act(hall, "grant", "said=王经理：可以减 30").value
    assert decided["story"][-1]["by_phone"] == "pending"
    ended = act(hall, "accepted", "mood=calm").value
    assert (ended["state"], ended["result"]) == ("closed", "store_manager")
    text = hall.run("request", "show", "0001").out
    for word in ("[b]减免[/b] $(x)", "要找经理", "王经理:可以减 30", "电话决定，未确认", "张*"):
        assert word in text, word
    assert hall.run("request", "list").out.strip() == "没有特殊需求"
    (found,) = hall.run("request", "list", "--all", "--find", "要找经理", "--json").value
    assert found["number"] == taken["number"]
    figures = hall.run("request", "figures", "--json").value
    assert (figures["opened"], figures["solved"]) == (1, {"store_manager": 1})


def test_the_inbox_of_one_person(hall: Terminal) -> None:
    opened(hall)
    (mine,) = hall.run("request", "list", "--staff", CLERK, "--json").value
    assert (mine["why"], mine["customer"]) == ("mine", "张伟")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (("kind=other",), "field_missing"),
        (("kind=waive_fee", "asked=x", "explained=y", "mood=calm"), "amount_missing"),
        (("kind=nothing", "asked=x", "explained=y", "mood=calm"), "unknown_request_kind"),
    ],
)
def test_what_cannot_be_taken_down(hall: Terminal, fields: tuple[str, ...], code: str) -> None:
    ended = opened(hall, *fields)
    assert (ended.code, ended.value["refused"]) == (Exit.REFUSED, code)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "9"), Exit.REFUSED),
        (("show", "x"), Exit.REFUSED),
        (("act", "1", "dance", "--staff", CLERK), Exit.WRONG_USAGE),
        (("act", "1", "accepted", "--staff", CLERK, "--set", "calm"), Exit.WRONG_USAGE),
        (("act", "1", "carry-out", "--staff", CLERK), Exit.REFUSED),
    ],
)
def test_what_cannot_be_meant(hall: Terminal, arguments: tuple[str, ...], code: Exit) -> None:
    opened(hall)
    ended = hall.run("request", *arguments, "--json")
    assert ended.code == code
    assert ended.err
