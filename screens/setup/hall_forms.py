"""The forms of the set-up: hall, hours, administrator, staff, roles, PIN, counter."""

from collections.abc import Callable, Sequence
from datetime import time

from textual import on

from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier
from hallterm.screens.form import ChoiceRowOf, Filled, Form, TextRow
from hallterm.screens.own_pin import PIN_BLAME, pin_rows
from hallterm.screens.setup import fields
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.choice_row import ChoiceRow
from hallterm.words import _
from hallterm.words.terms import term

Commit = Callable[[Filled], object]
PEOPLE = tuple(role for role in Role if role is not Role.KIOSK)
"""Roles that a person can have."""
STAFF_BLAME = {
    **PIN_BLAME,
    "staff_exists": "staff_id",
    "staff_id_form": "staff_id",
    "name_form": "name",
    "roles_missing": "roles",
    "last_administrator": "roles",
}


def hours_rows(profile: HallProfile | None) -> tuple[TextRow, TextRow]:
    """Return the rows of the opening hours."""
    opens = profile.opens if profile else time(8, 30)
    closes = profile.closes if profile else time(18, 0)
    return (
        TextRow("opens", _("开始营业"), f"{opens:%H:%M}", longest=5, check=fields.check_time),
        TextRow("closes", _("结束营业"), f"{closes:%H:%M}", longest=5, check=fields.check_closing),
    )


def hall_form(profile: HallProfile | None, commit: Commit) -> Form:
    """Ask for a hall's name and hours."""
    name = TextRow(
        "name",
        _("厅名"),
        profile.name if profile else "",
        _("写在号票和屏幕上，如 建设路营业厅"),
        check=fields.check_hall_name,
    )
    return Form(
        _("营业厅"),
        (name, *hours_rows(profile)),
        commit=commit,
        blame={"hours_reversed": "closes"},
    )


def hours_form(profile: HallProfile | None, commit: Commit) -> Form:
    """Ask for other opening hours."""
    return Form(
        _("营业时间"), hours_rows(profile), commit=commit, blame={"hours_reversed": "closes"}
    )


def _person_rows() -> tuple[TextRow, TextRow]:
    return (
        TextRow(
            "staff_id", _("工号"), note=_("2 到 8 位数字"), longest=8, check=fields.check_staff_id
        ),
        TextRow("name", _("姓名")),
    )


def administrator_form(pin_digits: int, commit: Commit) -> Form:
    """Ask for the first administrator."""
    rows = (*_person_rows(), *pin_rows(pin_digits, _("密码")))
    note = _("管理员管窗口、人员和业务；以后都可以改。")
    return Form(_("系统管理员"), rows, note, commit=commit, blame=STAFF_BLAME)


def roles_row(chosen: Sequence[Role]) -> ChoiceRowOf:
    """Return the row of roles."""
    return ChoiceRowOf(
        "roles",
        _("岗位"),
        [Choice(role.value, term(role)) for role in PEOPLE],
        [role.value for role in chosen],
        _("按数字选，可以选几个"),
        many=True,
        check=fields.check_some,
    )


def roles_of(filled: Filled) -> frozenset[Role]:
    """Return the roles chosen in a form."""
    return frozenset(Role(value) for value in filled["roles"].split())


def staff_form(pin_digits: int, commit: Commit) -> Form:
    """Ask for a new member of staff."""
    rows = (*_person_rows(), roles_row([Role.CLERK]), *pin_rows(pin_digits, _("初始密码")))
    return Form(_("增加员工"), rows, commit=commit, blame=STAFF_BLAME)


def roles_form(name: str, roles: Sequence[Role], commit: Commit) -> Form:
    """Ask for other roles."""
    title = _("{name} 的岗位").format(name=name)
    return Form(title, (roles_row(roles),), commit=commit, blame=STAFF_BLAME)


def name_form(name: str, commit: Commit) -> Form:
    """Ask how somebody is really called."""
    title = _("改 {name} 的姓名").format(name=name)
    return Form(title, (TextRow("name", _("姓名"), name),), commit=commit, blame=STAFF_BLAME)


def new_pin_form(name: str, pin_digits: int, commit: Commit) -> Form:
    """Ask for somebody's new first PIN."""
    title = _("重设 {name} 的密码").format(name=name)
    note = _("请当面告诉本人，本人登录后可按 Ctrl+G 再改。")
    return Form(title, pin_rows(pin_digits), note, commit=commit, blame=STAFF_BLAME)


class CounterForm(Form):
    """Asks for a counter; choosing a kind proposes for whom it is."""

    def __init__(self, counter: CounterSetup | None, number: int, commit: Commit) -> None:
        kind = counter.kind if counter else CounterKind.GENERAL
        tiers = counter.tiers if counter else fields.TIERS_OF_KIND[kind]
        others = counter.serves_others if counter else True
        name = counter.name if counter else _("{number}号窗口").format(number=number)
        yes_no = [Choice("yes", _("是")), Choice("no", _("否"))]
        rows = (
            TextRow("number", _("窗口号"), str(number), longest=2, check=fields.check_number),
            TextRow("name", _("名称"), name, longest=16, check=fields.check_counter_name),
            ChoiceRowOf(
                "kind",
                _("类型"),
                [Choice(k.value, term(k)) for k in reversed(CounterKind)],
                [kind.value],
            ),
            ChoiceRowOf(
                "tiers",
                _("接待谁"),
                [Choice(tier.value, term(tier)) for tier in Tier],
                [tier.value for tier in tiers],
                _("按数字选，可以选几个"),
                many=True,
                check=fields.check_some,
            ),
            ChoiceRowOf(
                "others",
                _("空闲时帮别人"),
                yes_no,
                ["yes" if others else "no"],
                _("自己的客户没人等时，也叫其他客户"),
            ),
        )
        title = _("修改窗口") if counter else _("增加窗口")
        super().__init__(title, rows, commit=commit, blame={"counter_number_used": "number"})

    @on(ChoiceRow.Changed, "#field-kind")
    def propose(self) -> None:
        """Propose the tiers that a kind of counter is for."""
        kind = CounterKind(self.filled["kind"])
        tiers = [tier.value for tier in fields.TIERS_OF_KIND[kind]]
        self.query_one("#field-tiers", ChoiceRow).choose(tiers)
        others = "no" if kind is CounterKind.VIP_ROOM else "yes"
        self.query_one("#field-others", ChoiceRow).choose([others])
