"""Special requests through every branch in real terminals, each person at one of their own.

The hall is set up from nothing. Whatever is done is done by keys, after the screen has said that
it can be done; afterwards the story is read by the command line.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminals.person import Pick
from tests.terminals.request_hall import CUSTOMER, PIN, RequestHall
from tests.terminals.request_steps import (
    UPSET,
    accepts,
    asked,
    at_the_hall,
    beyond_the_store,
    carried_out,
)

pytestmark = pytest.mark.soak
"""Eight real terminals and some hundred screens: several minutes on two cores."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RequestHall]:
    folder: Path = tmp_path_factory.mktemp("requests")
    made = RequestHall(folder)
    yield made
    made.close()


def ended(hall: RequestHall, number: str) -> str:
    """Return how a request ended; nobody holds it any more."""
    found = hall.shown(number)
    assert (found["state"], found["holder"], found["holder_role"]) == ("closed", None, None)
    return str(found["result"])


def test_the_explanation_is_accepted_at_once(hall: RequestHall) -> None:
    clerk = hall.person("clerk")
    number = clerk.take_down(CUSTOMER, "靓号", "", "合约期内想换靓号")
    accepts(clerk, number, "解释后接受")
    assert ended(hall, number) == "explanation"


def test_the_store_manager_decides_with_authority(hall: RequestHall) -> None:
    number = asked(hall)
    hall.person("manager").does(number, "同意", "减免 60 元，下不为例", then="待答复客户")
    accepts(hall.person("clerk"), number, "店面经理解决")
    assert ended(hall, number) == "store_manager"


def test_more_than_the_store_manager_may_grant_is_refused(hall: RequestHall) -> None:
    number = asked(hall, amount="300")
    manager = hall.person("manager")
    manager.tries(number, "同意", "减免 300 元", told="200 元")
    assert hall.shown(number)["state"] == "store_manager"


def test_the_account_manager_takes_it_over_and_replies(hall: RequestHall) -> None:
    number, keeper = beyond_the_store(hall), hall.person("keeper")
    keeper.does(number, "客户经理接手", "我来答复", then="客户经理处理")
    keeper.does(number, "告知进度", "明天上午答复", then="客户经理处理")
    accepts(keeper, number, "客户经理解决")
    assert ended(hall, number) == "account_manager"


def test_the_hall_is_authorised_once(hall: RequestHall) -> None:
    number, clerk = beyond_the_store(hall), hall.person("clerk")
    hall.person("keeper").does(number, "授权本厅", "减免 300 元", "2", then="已授权待办")
    clerk.does(number, "按授权办理", "已减免", then="办后待答复")
    assert clerk.offers(number, "客户接受")
    assert not clerk.offers(number, "按授权办理")
    accepts(clerk, number, "授权本厅解决")
    assert ended(hall, number) == "authority"


def test_a_reply_is_agreed_and_followed_up(hall: RequestHall) -> None:
    number, keeper = beyond_the_store(hall, "900"), hall.person("keeper")
    clerk = hall.person("clerk")
    keeper.does(number, "双方都无权", "超出我的权限", then="商定答复")
    keeper.does(number, "商定答复", "赠送流量包，费用不减", then="按商定答复")
    accepts(clerk, number, "待回访")
    keeper.does(number, "回访", Pick("满意"), "客户满意", then="已回访待结")
    clerk.does(number, "结案", then="共同答复")
    assert ended(hall, number) == "agreement"


def test_a_form_is_carried_out_with_its_three_confirmations(hall: RequestHall) -> None:
    number = carried_out(hall)
    assert ended(hall, number) == "form"
    events = hall.events(number)
    assert events.count("form_drafted") == 3
    assert [events.count(one) for one in ("form_identity_denied", "request_carried_out")] == [1, 1]
    assert events.count("form_proof_received") == 3
    assert {"form_returned", "form_refused", "form_signed"} <= set(events)


def test_a_form_for_another_hall_is_sent_on(hall: RequestHall) -> None:
    number = at_the_hall(hall)
    clerk, operations = hall.person("clerk"), hall.person("operations")
    here = hall.shown(number)["form"]["hall"]
    clerk.does(number, "不是本厅", "other-hall", "客户住河西", then="已批待发")
    operations.does(number, "发到营业厅", then="本厅待办")
    clerk.sees(number, "给 other-hall")
    clerk.does(number, "不是本厅", here, "客户又要来这里", then="已批待发")
    clerk.does(number, "撤回", Pick("已用别的办法解决"), "那边已办", then="撤回")
    assert ended(hall, number) == "withdrawn"
    assert hall.events(number).count("form_wrong_hall") == 2


def test_what_can_not_be_done_at_once_is_brought(hall: RequestHall) -> None:
    number, clerk = beyond_the_store(hall), hall.person("clerk")
    hall.person("keeper").does(number, "授权本厅", "送备用机", "20", then="已授权待办")
    at = hall.in_hours(3)
    clerk.does(number, "约时间", Pick("上门办理"), at, "建设路 12 号", "", then="已授权待办")
    assert [(one["kind"], one["state"]) for one in hall.errands()] == [("on_site", "planned")]
    clerk.does(number, "按授权办理", "", then="办后待答复")
    accepts(clerk, number, "授权本厅解决")
    assert ended(hall, number) == "authority"


def test_it_is_withdrawn_by_mistake_and_goes_on(hall: RequestHall) -> None:
    number, clerk = asked(hall), hall.person("clerk")
    clerk.does(number, "撤回", Pick("客户改变主意"), "不要了", then="撤回")
    clerk.does(number, "重开", Pick("按错键"), then="待店面经理决定")
    clerk.does(number, "撤回", Pick("登记有误"), "", then="撤回")
    assert ended(hall, number) == "withdrawn"


def test_deputies_go_on_with_it(hall: RequestHall) -> None:
    number = asked(hall, amount="40")
    hall.person("duty").does(number, "同意", "减免 40 元", then="待答复客户")
    clerk, deputy = hall.person("clerk"), hall.person("deputy")
    clerk.does(number, "客户不接受", UPSET, "太少", then="待客户经理决定")
    deputy.does(number, "接手", Pick("本人不在"), then="待客户经理决定")
    deputy.does(number, "客户经理接手", "我替何慧答复", then="客户经理处理")
    accepts(deputy, number, "客户经理解决")
    found = hall.shown(number)
    assert [line["staff"] for line in found["story"] if line["event"] == "request_taken"] == [
        "5002"
    ]
    assert ended(hall, number) == "account_manager"


def test_what_was_decided_by_phone_is_confirmed_or_denied_later(hall: RequestHall) -> None:
    clerk, manager = hall.person("clerk"), hall.person("manager")
    said = "王经理说可以减"
    number = asked(hall)
    clerk.does(number, "电话：同意", "0001", said, then="待答复客户")
    clerk.sees(number, "电话决定，未确认")
    accepts(clerk, number, "店面经理解决")
    manager.does(number, "确认电话决定", then="店面经理解决")
    manager.sees(number, "电话决定，已确认")
    other = asked(hall)
    clerk.does(other, "电话：同意", "0001", said, then="待答复客户")
    manager.does(other, "否认电话决定", "我没有接过这个电话", then="待答复客户")
    clerk.sees(other, "本人否认")
    third = asked(hall)
    clerk.does(third, "电话：同意", "", "区域经理刘强说可以减", then="待答复客户")
    clerk.sees(third, "电话：无账号")
    marks = [line["by_phone"] for line in hall.shown(number)["story"] if line["by_phone"]]
    assert marks == ["confirmed"]


def test_a_manager_decides_at_the_clerks_terminal(hall: RequestHall) -> None:
    number, clerk = asked(hall), hall.person("clerk")
    clerk.lets_decide(number, "0001", PIN, "同意", "减免 60 元", then="待答复客户")
    assert "李明 1001" in clerk.text.partition("\n")[0]
    line = next(
        one for one in hall.shown(number)["story"] if one["event"] == "request_store_decided"
    )
    assert (line["staff"], line["by_phone"]) == ("0001", None)
    accepts(clerk, number, "店面经理解决")


def test_what_is_not_used_in_time_runs_out(hall: RequestHall) -> None:
    authority, form = beyond_the_store(hall), at_the_hall(hall)
    hall.person("keeper").does(authority, "授权本厅", "减免 300 元", "1", then="已授权待办")
    assert hall.shown(form)["state"] == "at_hall"
    hall.later(hours=1.5)
    clerk = hall.person("clerk")
    clerk.sees(authority, "授权过期")
    clerk.sees(authority, "待客户经理决定")
    assert not clerk.offers(authority, "按授权办理")
    hall.later(hours=8 * 24)
    hall.person("keeper").sees(form, "流转单过期")
    assert hall.shown(form)["state"] == "returned"
    hall.person("keeper").does(form, "未能解决", "告知了调解途径", UPSET, then="未解决")
    assert ended(hall, form) == "unresolved"
