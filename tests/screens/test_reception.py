"""Receptions: offered, rung, taken at any terminal, worked through step by step, seen off."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from hallterm.clock import ManualClock
from hallterm.desk import accounts, checklists, receptions
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.reception.words import CloseReason, ReceptionState
from hallterm.domain.ticket.commands import CustomerLeft
from hallterm.domain.ticket.words import LeaveReason, UndoReason
from hallterm.screens.keyed import Keyed
from hallterm.screens.reception import ReceptionScreen
from hallterm.screens.reception_strip import ReceptionStrip
from hallterm.screens.session import Session
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.reception_room import ready_to_go, reception, receptions_screen, roster, vip
from tests.support.hall import done, quick_pins, refused
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, PIN, STORE_MANAGER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, CLERK) as room, quick_pins():
        room.people()
        roster(room)
        yield room


def strip(screen: object) -> ReceptionStrip:
    assert isinstance(screen, Keyed)
    return screen.query_one(ReceptionStrip)


async def test_an_offer_is_told_and_rung_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.app(room.tickets_screen)
    rung: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append("bell"))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert not strip(app.screen).display
        vip(room)
        await pass_time(room, pilot, 1)
        assert "待接：V001  VIP金  张伟 138****1234，按 Ins 接待。" in said(pilot)
        assert "待接 V001 VIP金  04:59 及时  请 员工1001" in shown(pilot)
        await pass_time(room, pilot, 10)
        assert "04:49 及时" in shown(pilot)
        assert rung == ["bell"]


async def test_nobody_answers_for_a_minute(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, COLLEAGUE) as room:
        room.people()
        roster(room)
        ticket_id = vip(room)
        app = room.app(room.tickets_screen)
        async with app.run_test() as pilot:
            await settled(pilot)
            assert not strip(app.screen).display, "the colleague was not asked yet"
            await pass_time(room, pilot, 59)
            assert room.desk.hall.receptions[ticket_id].state is ReceptionState.OFFERED
            await pass_time(room, pilot, 1)
            assert room.desk.hall.receptions[ticket_id].state is ReceptionState.ESCALATED
            await pass_time(room, pilot, 1)
            assert "催接 V001 VIP金  03:59 及时  请 员工1001、员工1002、员工1005" in shown(pilot)
            assert "催接：V001" in said(pilot)
            await pass_time(room, pilot, 300)
            assert "+01:01 !! 已超" in shown(pilot)


async def test_the_clock_stands_on_the_managers_screen_until_somebody_has_the_customer(
    store: Path, clock: ManualClock
) -> None:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        roster(room)
        ticket_id = vip(room)
        app = room.app(room.tickets_screen)
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "待接 V001" in shown(pilot)
            assert said(pilot) == "", "a manager who was not asked is not rung for"
            done(receptions.accept(room.twin, CLERK, ticket_id))
            await pass_time(room, pilot, 1)
            assert not strip(app.screen).display


async def test_the_greeter_is_left_alone(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, GREETER) as room:
        room.people()
        roster(room)
        vip(room)
        app = room.app(room.tickets_screen)
        async with app.run_test() as pilot:
            await settled(pilot)
            assert not strip(app.screen).display
            await press(pilot, "insert")
            assert said(pilot) == "没有等着接待的 VIP。"


async def test_taken_by_one_key_and_one_digit_from_anywhere(room: Room) -> None:
    ticket_id = vip(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "insert")
        assert "谁接待 V001  VIP金  张伟 138****1234？" in shown(pilot)
        await press(pilot, "1")
        assert said(pilot) == "V001 由您接待。"
        assert room.desk.hall.receptions[ticket_id].receiver == CLERK.staff_id
        assert not strip(app.screen).display


async def test_a_colleague_takes_it_by_pin_and_the_terminal_keeps_its_person(room: Room) -> None:
    ticket_id = vip(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        session = Session(CLERK, "员工1001", "s1")
        app.shell.session = session
        await press(pilot, "insert", "2", *COLLEAGUE.staff_id, "enter", *"111222", "enter")
        assert "工号或密码不对，还可以试 4 次。" in said(pilot)
        assert room.desk.hall.receptions[ticket_id].receiver is None
        await press(pilot, *PIN, "enter")
        assert said(pilot) == "V001 由 员工1002 1002 接待。"
        assert room.desk.hall.receptions[ticket_id].receiver == COLLEAGUE.staff_id
        assert app.shell.session is session


async def test_a_second_acceptance_is_told_who_has_it(room: Room) -> None:
    ticket_id = vip(room)
    app = room.app(lambda: receptions_screen(room))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        done(receptions.accept(room.twin, COLLEAGUE, ticket_id))
        await press(pilot, *CLERK.staff_id, "enter", *PIN, "enter")
        assert said(pilot) == "V001 已由工号 1002 接待。"
        await press(pilot, "escape", "f2")
        assert said(pilot) == "V001 已由 员工1002 1002 接待。"


async def test_a_whole_reception_with_the_card_forgotten(room: Room) -> None:
    ticket_id = vip(room)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "enter", "2")
        assert "查系统时核对了什么" in shown(pilot), "the forgotten card asks what was checked"
        await press(pilot, "enter", "enter")
        assert said(pilot) == "先按数字选，至少 1 项。"
        await press(pilot, "1", "2", "1", "3", "enter", "enter")
        run = room.desk.hall.runs[ticket_id]
        assert [e.choices for e in run.entries[:2]] == [
            ("card_forgotten",),
            ("id_document", "card_number"),
        ]
        await press(pilot, "enter", "1")
        assert said(pilot) == "V001 引到 1 贵宾室。"
        assert room.desk.hall.receptions[ticket_id].counter_id == "c1"
        assert room.desk.hall.runs[ticket_id].entry("guide")
        await press(pilot, "f9")
        assert said(pilot) == "V001 还没有办完，先办结、挂起或转出"
        assert room.desk.hall.receptions[ticket_id].is_open


async def test_the_step_that_asks_for_a_place_is_known_by_what_it_asks(room: Room) -> None:
    book = room.desk.configuration
    shipped = book.checklists["vip_reception"]
    steps = tuple(
        step.model_copy(update={"id": "lead_in"}) if step.asks else step for step in shipped.steps
    )
    own = {"vip_reception": shipped.model_copy(update={"steps": steps})}
    lists = {**book.checklists, **own}
    room.desk.configuration = book.model_copy(update={"checklists": lists})
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    for step in ("verify", "greet"):
        done(checklists.skip(room.desk, CLERK, ticket_id, step, SkipReason.HURRIED))
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "1")
        assert said(pilot) == "V001 引到 1 贵宾室。"
        assert room.desk.hall.runs[ticket_id].entry("lead_in")


async def test_several_steps_late(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    room.clock.advance(300)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f5", "1", "2", "4", "4", "4", "enter", "1")
        assert "核实身份、微笑问好、上茶" in shown(pilot)
        await press(pilot, *"9", "enter")
        assert "时间早于 V001 到厅" in said(pilot)
        await press(pilot, "backspace", "3", "enter")
        assert said(pilot) == "已补录 3 步。"
        entries = room.desk.hall.runs[ticket_id].entries
        assert [e.step_id for e in entries] == ["verify", "greet", "tea"]
        assert all(e.late for e in entries)
        assert (room.clock.now() - entries[0].happened_at).total_seconds() == 180
        assert "补录 09:02 员工1001" in shown(pilot)


async def test_skip_and_undo(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "4", "f4", "3")
        entry = room.desk.hall.runs[ticket_id].entry("tea")
        assert entry is not None
        assert entry.skipped is SkipReason.NOT_AVAILABLE
        assert "跳过：没有条件" in shown(pilot)
        await press(pilot, "4", "enter")
        assert said(pilot) == "「上茶」已经记过了。"
        await press(pilot, "2", "enter", "4", "f8")
        assert "撤销「上茶」，原因？" in shown(pilot)
        await press(pilot, "1")
        assert room.desk.hall.runs[ticket_id].entry("tea") is None
        await press(pilot, "f8", "1")
        assert room.desk.hall.runs[ticket_id].entry("greet") is None, "the last one without cursor"


async def test_receiver_and_counter_see_each_others_ticks(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        room.twin.refresh()
        done(checklists.tick_now(room.twin, COLLEAGUE, ticket_id, "tea"))
        await pass_time(room, pilot, 1)
        assert "09:00 员工1002" in shown(pilot)
        await press(pilot, "4", "f8")
        assert "撤销「接待」，原因？" in shown(pilot), "a colleague's tick is not taken back"


async def test_released_to_a_colleague(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f7", "1")
        assert "V001 交给谁？" in shown(pilot)
        await press(pilot, "1")
        assert said(pilot) == "V001 已交出，已请 员工1002。"
        assert room.desk.hall.receptions[ticket_id].asked == (COLLEAGUE.staff_id,)


async def test_the_customer_leaves_during_tea(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f11", "1")
        assert said(pilot) == "V001 已离开，接待结束。"
        assert room.desk.hall.receptions[ticket_id].close_reason is CloseReason.LEFT
        await press(pilot, "enter")
        assert said(pilot) == "已经结束，不能再改。"
        await press(pilot, "f10")
        assert "客户先走" in shown(pilot)


async def test_seen_off_by_the_receiver_at_the_counters_terminal(room: Room) -> None:
    ticket_id = vip(room)
    ready_to_go(room, ticket_id)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        app.shell.session = Session(CLERK, "员工1001", "s1")
        await press(pilot, "f9")
        assert "V001 由 员工1002 1002 接待，谁送别？" in shown(pilot)
        await press(pilot, *CLERK.staff_id, "enter", *PIN, "enter")
        assert said(pilot) == "这位客户由工号 1002 接待。"
        assert room.desk.hall.receptions[ticket_id].is_open
        await press(pilot, "up", *COLLEAGUE.staff_id, "enter", *PIN, "enter")
        assert said(pilot) == "V001 已送别，接待结束。"
        closed = room.desk.hall.receptions[ticket_id]
        assert closed.close_reason is CloseReason.SEEN_OFF
        assert closed.moves[-1].staff_id == COLLEAGUE.staff_id


async def test_a_manager_needs_no_pin_of_the_receiver(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        ticket_id = vip(room)
        ready_to_go(room, ticket_id)
        app = room.app(lambda: reception(room, ticket_id))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "f9")
            assert said(pilot) == "V001 已送别，接待结束。"
            await press(pilot, "f8", "1")
            assert room.desk.hall.receptions[ticket_id].is_open, "seen off is taken back"


async def test_nobody_is_seen_off_with_a_step_forgotten(room: Room) -> None:
    ticket_id = vip(room)
    ready_to_go(room, ticket_id)
    undone = checklists.undo(room.desk, COLLEAGUE, ticket_id, "thank", UndoReason.WRONG_KEY)
    done(undone)
    room.actor = COLLEAGUE
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f9")
        assert said(pilot) == "还有 1 步没做，先做「起身致谢」或写明为什么跳过"
        assert room.desk.hall.receptions[ticket_id].is_open


async def test_the_roster_in_the_order_of_asking(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, DUTY_MANAGER) as room:
        room.people()
        app = room.app(lambda: receptions_screen(room))
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "没有排，直接请值班经理" in shown(pilot)
            await press(pilot, "f5", "2", "1", "enter", "1", "enter")
            assert said(pilot) == "值班名单已排好。"
            assert room.desk.hall.roster.receivers == ("1002", "1001")
            assert room.desk.hall.roster.managers == ("1004",)
            assert "接待值班  员工1002 1002、员工1001 1001" in shown(pilot)


async def test_a_clerk_does_not_set_the_roster(room: Room) -> None:
    app = room.app(lambda: receptions_screen(room))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f5", "enter", "f2")
        assert said(pilot) == "没有等着接待的 VIP。"
        assert not isinstance(app.screen, ReceptionScreen)


def test_wrong_pins_at_the_sheet_are_counted(room: Room) -> None:
    ticket_id = vip(room)
    work = room.hall_work().receptions
    for _try in range(5):
        work.accept_with_pin(ticket_id, COLLEAGUE.staff_id, "999111")
    answer = accounts.sign_in(room.desk, COLLEAGUE.staff_id, PIN)
    assert refused(answer) == "account_locked"


def test_gone_before_anybody_came(room: Room) -> None:
    ticket_id = vip(room)
    gone = CustomerLeft(ticket_id=ticket_id, reason=LeaveReason.WAITED_TOO_LONG)
    done(room.desk.act(CLERK, gone))
    work = room.hall_work().receptions
    assert work.rows() == ()
    assert work.watch().fresh == ()
    card = work.card(ticket_id)
    assert card is not None
    assert card.receiver is None


async def test_the_card_stands_in_the_customers_file(room: Room) -> None:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    done(checklists.tick_now(room.desk, CLERK, ticket_id, "club_services", ["easy_boarding"]))
    app = room.app(lambda: room.customer_screen("张伟"))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        text = shown(pilot)
        assert "接待小结  2026-03-02  V001  VIP金" in text
        assert "介绍过     易登机" in text
        await press(pilot, "escape", "f6", "enter")
        assert said(pilot) == "先选一次 VIP 来访。"


@pytest.mark.parametrize(
    "keys", [[], ["f5", "1"], ["f6"], ["9", "enter", "1"], ["f10"], ["insert"]]
)
async def test_no_sign_of_uncertain_width(room: Room, keys: list[str]) -> None:
    ticket_id = vip(room)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        text = shown(pilot)
        assert "V001" in text or "介绍" in text
        assert {sign for sign in text if unicodedata.east_asian_width(sign) == "A"} == set()
        assert max(cell_len(line) for line in text.splitlines()) == 80
