"""The customer panel and its form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from hallterm.clock import ManualClock
from hallterm.desk import persons
from hallterm.desk.persons import PersonView
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade
from hallterm.screens.customer_words import FieldChange, value_words
from hallterm.screens.widgets.choice_row import ChoiceRow
from hallterm.screens.widgets.text_field import TextField
from tests.screens.desk_room import (
    Room,
    morning,
    opened_room,
    pass_time,
    paste,
    press,
    said,
    settled,
    shown,
    typing,
)
from tests.screens.test_ticket_desk_found import HOSTILE
from tests.support.rulebook import ADMINISTRATOR, CLERK, STORE_MANAGER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        yield room


def view_of(room: Room, name: str, actor: Actor = STORE_MANAGER) -> PersonView:
    view = persons.get(room.desk, actor, room.ids[name])
    assert view is not None
    return view


def events(room: Room, kind: str) -> list[str]:
    """Payloads of the log's events of a type."""
    rows = room.desk.connection.exec_driver_sql("SELECT payload FROM event WHERE type = ?", (kind,))
    found = [str(row.payload) for row in rows]
    room.desk.connection.rollback()
    return found


async def test_numbers_are_masked_until_somebody_says_why(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("张伟"))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "138****1234" in shown(pilot)
        await press(pilot, "f5", "1", "escape")
        assert not events(room, "person_unmasked"), "backing out looks at nothing"
        await press(pilot, "f5", "1", "2")
        assert "13800131234" in shown(pilot)
        assert "*****1234" in shown(pilot), "one number only"
        (event,) = events(room, "person_unmasked")
        assert "call_back" in event
        assert "13800131234" not in event
        await pass_time(room, pilot, 59)
        assert "13800131234" in shown(pilot)
        await pass_time(room, pilot, 1)
        assert "13800131234" not in shown(pilot)
        await press(pilot, "f5", "2", "1")
        assert "V88001234" in shown(pilot)
        await press(pilot, "f5")
        assert "V88001234" not in shown(pilot)


async def test_the_record_its_visits_and_its_changes(room: Room) -> None:
    morning(room)
    answer = persons.change(room.desk, CLERK, room.ids["单雄信"], 1, {"notes": "喜欢喝茶"})
    assert not isinstance(answer, Refusal)
    app = room.app(lambda: room.customer_screen("单雄信"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        text = shown(pilot)
        for word in ("VIP 钻石卡", "139****5678", "口头同意", "办理业务", "员工1004", "喜欢喝茶"):
            assert word in text, word
        assert "V001   04:30" in text
        assert "办妥" in text
        await press(pilot, "f6")
        text = shown(pilot)
        assert "备注 空 改为 喜欢喝茶" in text
        assert "员工1001 1001" in text
        assert "登记" in text


async def test_a_field_is_judged_in_words_and_saved_when_right(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "down", *"123", "f9")
        assert "手机号码不对，请核对位数" in shown(pilot)
        assert view_of(room, "李小红").version == 1
        for _place in range(3):
            await press(pilot, "backspace")
        assert "请核对位数" not in shown(pilot), "the complaint goes as soon as it is right"
        await press(pilot, *"１３６００００１１１１", "f9")
        assert said(pilot) == "已保存。"
        assert view_of(room, "李小红").phone == "136****1111"


async def test_a_new_customer_gets_all_complaints_at_once(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f4")
        text = shown(pilot)
        assert "姓名 +" in text
        assert "同意方式 *" in text
        await press(pilot, "f9")
        assert "✗ 带 + 的至少填一项" in shown(pilot)
        assert "先说明用途，取得同意" in shown(pilot)
        assert said(pilot) == "有 2 项要改。"
        await press(pilot, "down", *"136", "f9")
        assert "✗ 带 + 的至少填一项" not in shown(pilot), "another field put it right"
        assert "手机号码不对" in shown(pilot)
        await press(pilot, *"45678901")
        assert said(pilot) == "有 2 项要改。"
        await press(pilot, *["up"] * 3, "1")
        assert not said(pilot), "nothing is wrong any more"


async def test_how_a_number_is_taken_away_is_not_cut(room: Room) -> None:
    room.person("长号", id_number="11010519491231002X")
    app = room.app(lambda: room.customer_screen("长号"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2")
        assert "空不改，-去掉 110***********002X" in shown(pilot)
        field = app.screen.query_one("#field-name", TextField)
        row = app.screen.query_one("#field-kind", ChoiceRow)
        assert field.content_region.x == row.content_region.x


async def test_a_number_taken_is_told_at_its_field(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "down", *"13800131234", "f9")
        problem = app.screen.query_one("#problem-phone", Static)
        assert "另一位客户" in str(problem.content)
        assert app.focused is not None
        assert app.focused.id == "field-phone"


async def test_a_manager_changes_the_card_with_a_reason(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", *["down"] * 6, "1", "enter", "2", "f9")
        assert "为什么调整级别" in shown(pilot)
        await press(pilot, "1")
        assert view_of(room, "李小红").grade is Grade.GOLD
        await press(pilot, "f2", *["down"] * 6, "3", "f9", "2")
        assert view_of(room, "李小红").grade is None


async def test_a_clerk_may_not(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        app = room.app(lambda: room.customer_screen("李小红"))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "f2", *["down"] * 6, "1", "enter", "2", "f9")
            assert "只有经理能改" in said(pilot)
            assert view_of(room, "李小红").grade is None


async def test_a_number_is_taken_away_with_a_dash(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("张伟"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "down", "down", "down", "minus", "f9")
        assert view_of(room, "张伟").vip_card == ""
        assert view_of(room, "张伟").phone == "138****1234"
        await press(pilot, "f2", "f9")
        assert said(pilot) == "什么也没有改。"


async def test_who_was_late_sees_what_changed_and_saves_knowingly(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("王芳"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "end", *typing("芳"))
        other = {"phone": "13600001111", "account_manager": "3302"}
        answer = persons.change(room.desk, CLERK, room.ids["王芳"], 1, other)
        assert not isinstance(answer, Refusal)
        await press(pilot, "f9")
        assert "没有保存：资料刚被别人改过" in said(pilot)
        text = shown(pilot)
        assert "员工1001 1001" in text
        assert "手机号码 137****1234 改为 136****1111" in text
        assert view_of(room, "王芳").name == "王芳"
        assert app.screen.query_one("#field-account_manager", TextField).text == "3302"
        await press(pilot, "f9")
        after = view_of(room, "王芳")
        assert (after.name, after.phone, after.version) == ("王芳芳", "136****1111", 3)


async def test_without_a_person_it_asks_for_one(room: Room) -> None:
    app = room.app(lambda: room.customer_screen(None))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "哪位客户？" in shown(pilot)
        await press(pilot, *"zw", "enter")
        assert "VIP 金卡" in shown(pilot)
        await press(pilot, "f3", *"9999", "enter")
        assert "李小红" in shown(pilot)


async def test_an_administrator_sees_half_a_name_and_no_whole_number(
    store: Path, clock: ManualClock
) -> None:
    with opened_room(store, clock, ADMINISTRATOR) as room:
        room.people()
        app = room.app(lambda: room.customer_screen("李小红"))
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "李**" in shown(pilot)
            await press(pilot, "f5", "1", "1")
            assert "不能做" in said(pilot)
            assert "15012349999" not in shown(pilot)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_in_every_field(room: Room, text: str) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2")
        for field in app.screen.query(TextField):
            field.focus()
            await paste(pilot, text)
        await press(pilot, "f9", "escape")
        await press(pilot, "f4")
        for field in app.screen.query(TextField):
            field.focus()
            await paste(pilot, text)
        await press(pilot, "f9", "escape", "f3")
        await paste(pilot, text)
        await press(pilot, "enter", "escape", "escape")
        assert "李" in shown(pilot)
        assert view_of(room, "李小红").phone == "150****9999"


async def test_what_is_too_long_is_cut_at_once_and_told(room: Room) -> None:
    app = room.app(lambda: room.customer_screen("李小红"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2")
        await paste(pilot, "长" * 10_000)
        assert said(pilot) == "太长，只留前 60 字。"
        name = app.screen.query_one("#field-name", TextField)
        assert name.value == "李小红" + "长" * 57
        await press(pilot, "x")
        assert len(name.value) == 60


def test_values_in_words() -> None:
    assert value_words("tier", "vip") == "VIP"
    assert value_words("special", value=True) == "是"
    assert value_words("home", "abroad") == "abroad"
    assert value_words("notes", "[/b]") == "[/b]"
    assert FieldChange("grade", None, "gold").words == "卡别 空 改为 金卡"
