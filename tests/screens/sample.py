"""A made-up hall at a frozen moment, for screens without a desk behind them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hallterm.desk.views import (
    Clock,
    CounterRow,
    CounterView,
    HallView,
    Moment,
    NextUp,
    TicketRow,
)
from hallterm.domain.ticket.words import HelpFlag, PauseReason, TicketState
from hallterm.domain.tiers import Grade, Tier

NOW = datetime(2026, 11, 22, 1, 42, 17, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
BUDGETS = {Tier.VIP: 600, Tier.GOTONE: 900, Tier.STANDARD: 1800}
LETTERS = {Tier.VIP: "V", Tier.GOTONE: "G", Tier.STANDARD: "A"}
BUSINESSES = ("缴费", "补卡", "过户", "开户新装", "业务变更", "停机", "跨区补卡", "咨询")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗单区查仇"


class FrozenClock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._steady = 0.0

    def now(self) -> Moment:
        return Moment(self._now, self._now.astimezone(ZONE))

    def monotonic(self) -> float:
        return self._steady

    def advance(self, seconds: float) -> Moment:
        self._now += timedelta(seconds=seconds)
        self._steady += seconds
        return self.now()


def clock(age: float, budget: float, stopped: float | None = None) -> Clock:
    """A promise that began `age` seconds ago; `stopped`: seconds ago at which it was met."""
    now = NOW.timestamp()
    return Clock(now - age, budget, 0.7, None if stopped is None else now - stopped)


def ticket(place: int, tier: Tier, age: float, **changes: object) -> TicketRow:
    """One waiting ticket."""
    surname = SURNAMES[place % len(SURNAMES)]
    row = TicketRow(
        ticket_id=f"t{LETTERS[tier]}{place:03}",
        number=f"{LETTERS[tier]}{place:03}",
        tier=tier,
        grade=list(Grade)[place % 3] if tier is Tier.VIP else None,
        state=TicketState.WAITING,
        customer=f"{surname}** 138****{(place * 137) % 10000:04}",
        person_id=f"p{place}",
        businesses=(BUSINESSES[place % len(BUSINESSES)],),
        service=clock(age, BUDGETS[tier]),
        reception=clock(age, 300) if tier is Tier.VIP else None,
        flags=(),
        visiting=False,
        group=False,
        special=False,
        counter=None,
        passes=0,
        documents_missing=(),
        expected_wait=240.0 + 60 * place,
        expected_low=120.0 + 45 * place,
        expected_high=420.0 + 80 * place,
        state_since=NOW.timestamp() - age,
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def waiting(count: int = 17) -> tuple[TicketRow, ...]:
    """Tickets of every tier, grade, flag and promise, in the order in which they are called."""
    rows = [
        ticket(3, Tier.VIP, 160, grade=Grade.GOLD, businesses=("过户", "补卡")),
        ticket(4, Tier.VIP, 310, grade=Grade.SILVER, reception=clock(310, 300, 120)),
        ticket(11, Tier.GOTONE, 680, flags=(HelpFlag.OLD,)),
        ticket(12, Tier.GOTONE, 400, visiting=True, documents_missing=("原 SIM 卡",)),
        ticket(13, Tier.GOTONE, 95, group=True, customer=""),
        ticket(9, Tier.STANDARD, 1865, businesses=("开户新装", "业务变更", "咨询")),
        ticket(14, Tier.STANDARD, 1500, flags=(HelpFlag.PREGNANT,), special=True),
        ticket(15, Tier.STANDARD, 700, customer="[VIP] a[/b]b 𠮷", passes=1),
    ]
    place = 20
    while len(rows) < count:
        rows.append(ticket(place, Tier.STANDARD, max(660 - 25 * (place - 20), 5)))
        place += 1
    return tuple(rows[:count])


def counter(number: int, name: str, tiers: tuple[Tier, ...], **changes: object) -> CounterRow:
    row = CounterRow(
        counter_id=f"c{number}",
        number=number,
        name=name,
        tiers=tiers,
        staff_id=None,
        staff_name="",
        paused=None,
        paused_since=None,
        serving=None,
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def counters() -> tuple[CounterRow, ...]:
    """Six counters in every condition."""
    now = NOW.timestamp()
    everybody = tuple(Tier)
    return (
        counter(
            1, "大客户室", (Tier.VIP,), staff_id="0101", staff_name="周敏", serving="V002",
            serving_state=TicketState.SERVING, since=now - 754,
        ),
        counter(
            2, "全球通专柜", (Tier.VIP, Tier.GOTONE), staff_id="0118", staff_name="何静",
            since=now - 31,
        ),
        counter(
            3, "3号窗口", everybody, staff_id="0231", staff_name="李敏", serving="G007",
            serving_state=TicketState.SERVING, since=now - 252,
        ),
        counter(
            4, "4号窗口", everybody, staff_id="0233", staff_name="欧阳建国", serving="A008",
            serving_state=TicketState.CALLED, since=now - 12,
        ),
        counter(
            5, "5号窗口", everybody, staff_id="0240", staff_name="单立",
            paused=PauseReason.LUNCH, paused_since=now - 1500,
        ),
        counter(6, "6号窗口", everybody),
    )  # fmt: skip


def others() -> tuple[TicketRow, ...]:
    """Tickets that are past waiting."""
    now = NOW.timestamp()
    return (
        ticket(2, Tier.VIP, 1100, state=TicketState.SERVING, counter=1,
               service=clock(1100, 600, 754), reception=clock(1100, 300, 1000)),
        serving(),
        ticket(8, Tier.STANDARD, 1290, state=TicketState.CALLED, counter=4, state_since=now - 12),
        ticket(5, Tier.GOTONE, 2400, state=TicketState.PARKED, counter=3,
               service=clock(2400, 900, 1800)),
        ticket(6, Tier.STANDARD, 1700, state=TicketState.ABSENT, passes=1),
    )  # fmt: skip


def serving() -> TicketRow:
    return ticket(
        7, Tier.GOTONE, 600, state=TicketState.SERVING, counter=3, businesses=("补卡", "缴费"),
        service=clock(600, 900, 252), state_since=NOW.timestamp() - 252,
        customer="赵* 138****1234", documents_missing=("原 SIM 卡",), flags=(HelpFlag.OLD,),
    )  # fmt: skip


def hall(count: int = 17, version: int = 1) -> HallView:
    return HallView(
        hall_name="建设路营业厅",
        day=date(2026, 11, 22),
        waiting=waiting(count),
        others=others(),
        counters=counters(),
        version=version,
    )


def counter_view(
    *, current: TicketRow | None = None, count: int = 17, parked: bool = True, paused: bool = False
) -> CounterView:
    """The hall from counter 3."""
    the_hall = hall(count)
    own = the_hall.counters[2]
    if paused:
        own = replace(own, paused=PauseReason.LUNCH, paused_since=NOW.timestamp() - 60)
    first = the_hall.waiting[0] if the_hall.waiting else None
    return CounterView(
        hall=the_hall,
        counter=own,
        current=current,
        parked=tuple(r for r in the_hall.others if r.state is TicketState.PARKED) if parked else (),
        next_up=NextUp(first, "按级别优先") if first else None,
        undoable="叫号 G007" if current else "",
    )
