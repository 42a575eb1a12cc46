"""Checklist files: what ships is sound, and what is wrong is told with line and remedy."""

from datetime import time
from pathlib import Path

import pytest

from hallterm.configuration import (
    BUSINESSES_FILE,
    STANDARDS_FILE,
    ConfigurationProblems,
    Problem,
    configure,
    load,
)
from hallterm.configuration.reading import PACKAGED
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.checklist.words import Asks, DoneBy, StartsWith, StepKind
from hallterm.domain.ticket.words import Outcome
from hallterm.domain.tiers import Grade, Tier

STANDARDS = (PACKAGED / STANDARDS_FILE).read_text("utf-8")
BUSINESSES = (PACKAGED / BUSINESSES_FILE).read_text("utf-8")
GOOD = """
id = "visit"
title = "来访"
source = "S0"

[attach]
tiers = ["vip"]
businesses = ["payment"]
roles = ["clerk"]
opens = "08:00"
closes = "10:30"

[[steps]]
id = "verify"
title = "核实"
kind = "choice"
choices = [
  { id = "card", title = "有卡" },
  { id = "none", title = "没带", due_minutes = 30 },
]
remember = "核实过"

[[steps]]
id = "look_up"
title = "查系统"
required = false
[steps.when]
grades = ["gold"]
step = "verify"
choices = ["none"]
"""


def made(text: str = GOOD) -> ChecklistTemplate:
    return configure(STANDARDS, BUSINESSES, {"visit.toml": text}).checklists["visit"]


def problems(*texts: str) -> tuple[Problem, ...]:
    files = {f"{place}.toml": text for place, text in enumerate(texts)}
    with pytest.raises(ConfigurationProblems) as caught:
        configure(STANDARDS, BUSINESSES, files)
    return caught.value.problems


def test_a_file_becomes_a_checklist() -> None:
    template = made()
    assert template.attach.tiers == (Tier.VIP,)
    assert (template.attach.opens, template.attach.closes) == (time(8), time(10, 30))
    verify, look_up = template.steps
    assert (verify.kind, verify.required, look_up.required) == (StepKind.CHOICE, True, False)
    assert verify.choices[1].due_minutes == 30
    assert look_up.when is not None
    assert look_up.when.grades == (Grade.GOLD,)


def test_the_version_follows_the_words_and_not_the_layout() -> None:
    assert made("# 说明\n" + GOOD).digest == made().digest
    assert made(GOOD.replace("查系统", "查资料")).digest != made().digest


FAULTS = [
    ('title = "来访"', 'titel = "来访"', 'titel = "来访"', "title"),
    ("required = false", "requird = false", "requird", "required"),
    ('kind = "choice"', 'kind = "chose"', 'kind = "chose"', "choice"),
    ('tiers = ["vip"]', 'tiers = ["vip2"]', 'tiers = ["vip2"]', "vip"),
    ('grades = ["gold"]', 'grades = ["golden"]', 'grades = ["golden"]', "gold"),
    ('grades = ["gold"]', 'grades = ["gold"]\ntiers = ["gotone"]', "grades =", "vip"),
    ('opens = "08:00"', 'opens = "8点"', 'opens = "8点"', "08:30"),
    ('opens = "08:00"', "opens = 08:00:00", "opens = 08:00:00", "08:30"),
    ('opens = "08:00"\n', "", 'closes = "10:30"', "opens"),
    ('closes = "10:30"', 'closes = "07:00"', 'closes = "07:00"', "更晚"),
    ('id = "look_up"', 'id = "verify"', 'id = "verify"\ntitle = "查', "换一个"),
    ('id = "none", title', 'id = "card", title', '{ id = "card", title = "没带', "换一个"),
    ('kind = "choice"\n', "", "choices = [\n  {", "kind"),
    ('step = "verify"', 'step = "verfy"', 'step = "verfy"', "verify"),
    ('step = "verify"', 'step = "look_up"', 'step = "look_up"', "verify"),
    ('step = "verify"\n', "", 'choices = ["none"]', "step"),
    ('choices = ["none"]', 'choices = ["lost"]', 'choices = ["lost"]', "card"),
    ('businesses = ["payment"]', 'businesses = ["pay"]', 'businesses = ["pay"]', "业务"),
    ("required = false", 'asks = "room"', 'asks = "room"', "place"),
    ("due_minutes = 30", "due_minutes = 0", "due_minutes = 0", "不小于 1"),
    ("required = false", 'done_by = "till"', 'done_by = "till"', "service"),
    ("due_minutes = 30", 'outcomes = ["done"]', 'outcomes = ["done"]', "completed"),
    ("due_minutes = 30", 'outcomes = ["completed"]', 'outcomes = ["completed"]', "done_by"),
    ('title = "查系统"\n', "", '[[steps]]\nid = "look_up"', "title"),
    ('source = "S0"', "source = 0", "source = 0", "引号"),
    (GOOD[GOOD.index("[[steps]]") :], "", "", "steps"),
    ('remember = "核实过"', 'remember = "核实过"\nsay = 3', "say = 3", "引号"),
]


@pytest.mark.parametrize(("old", "new", "where", "remedy"), FAULTS)
def test_what_is_wrong_has_its_line_and_a_remedy(
    old: str, new: str, where: str, remedy: str
) -> None:
    check_fault(GOOD, old, new, where, remedy)


def check_fault(good: str, old: str, new: str, where: str, remedy: str) -> None:
    assert good.count(old) == 1
    text = good.replace(old, new)
    line = 1 if where == "" else text[: text.index(where)].count("\n") + 1
    found = problems(text)
    assert all(problem.file == "0.toml" and problem.message for problem in found)
    there = [problem.remedy for problem in found if problem.line == line]
    assert any(remedy in said for said in there), found


def test_a_step_that_asks_where_to_lead_the_customer() -> None:
    leading = GOOD.replace("required = false", 'required = false\nasks = "place"')
    (problem,) = problems(leading)
    assert (problem.key, problem.line) == ("steps[2].asks", 27)
    received = leading.replace('source = "S0"', 'source = "S0"\nstarts = "reception"')
    assert [step.asks for step in made(received).steps] == [None, Asks.PLACE]
    answered = received.replace('remember = "核实过"', 'asks = "place"')
    assert [problem.key for problem in problems(answered)] == ["steps[1].asks"]


SERVED = GOOD.replace('kind = "choice"', 'kind = "choice"\ndone_by = "service"').replace(
    "due_minutes = 30", 'outcomes = ["completed", "declined"]'
)
FAULTS_SERVED = [
    (', outcomes = ["completed", "declined"]', "", "done_by", "outcomes"),
    ('"completed", "declined"]', '"completed"], books = true', "outcomes =", "books"),
    ('title = "有卡"', 'title = "有卡", outcomes = ["declined"]', '"completed"', "一个选项"),
    ('tiers = ["vip"]\nbusinesses = ["payment"]\n', "", "done_by", "starts"),
    (
        "required = false",
        'required = false\ndone_by = "service"\nasks = "place"',
        'done_by = "service"\nasks',
        "删去一项",
    ),
]


def test_a_step_that_the_end_of_the_service_ticks() -> None:
    verify, _ = made(SERVED).steps
    assert verify.done_by is DoneBy.SERVICE
    assert [choice.outcomes for choice in verify.choices] == [
        (),
        (Outcome.COMPLETED, Outcome.DECLINED),
    ]


@pytest.mark.parametrize(("old", "new", "where", "remedy"), FAULTS_SERVED)
def test_what_is_wrong_about_such_a_step(old: str, new: str, where: str, remedy: str) -> None:
    check_fault(SERVED, old, new, where, remedy)


def test_an_empty_condition_and_an_answer_that_is_remembered_without_choices() -> None:
    head = GOOD[: GOOD.index("[[steps]]")]
    text = head + '[[steps]]\nid = "a"\ntitle = "甲"\nremember = "甲"\n[steps.when]\n'
    assert [problem.key for problem in problems(text)] == ["steps[1].remember", "steps[1].when"]


def test_every_problem_of_every_file_is_told_at_once() -> None:
    first = GOOD.replace('kind = "choice"', 'kind = "x"').replace("required = false", "r = 1")
    second = GOOD.replace('["payment"]', '["pay"]')
    assert {(p.file, p.line) for p in problems(first, second)} == {
        ("0.toml", 16),
        ("0.toml", 26),
        ("1.toml", 8),
    }


def test_two_files_with_one_id() -> None:
    (problem,) = problems(GOOD, GOOD)
    assert (problem.file, problem.line, problem.key) == ("1.toml", 2, "id")


def test_an_own_file_stands_in_for_the_shipped_one_and_the_others_stay(tmp_path: Path) -> None:
    own = tmp_path / "checklists"
    own.mkdir()
    shipped = (PACKAGED / "checklists" / "emergency.toml").read_text("utf-8")
    (own / "emergency.toml").write_text(shipped.replace("突发事件", "应急"), "utf-8")
    (own / "visit.toml").write_text(GOOD, "utf-8")
    found = load(tmp_path, PACKAGED).checklists
    assert found["emergency"].title == "应急"
    assert set(found) == {*load().checklists, "visit"}


def test_a_wrong_file_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    path = tmp_path / "checklists" / "visit.toml"
    path.write_text(GOOD.replace("required = false", "required = 0"), "utf-8")
    with pytest.raises(ConfigurationProblems) as caught:
        load(tmp_path, PACKAGED)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == (str(path), "steps[2].required")


SHIPPED = load().checklists


def test_what_ships() -> None:
    assert set(SHIPPED) == {
        "vip_reception",
        "hall_opening",
        "hall_closing",
        "gotone_counter",
        "emergency",
        "equipment_fault",
    }
    by_itself = [c.id for c in SHIPPED.values() if c.starts is StartsWith.RECEPTION]
    assert by_itself == ["vip_reception"]


@pytest.mark.parametrize("template", SHIPPED.values(), ids=list(SHIPPED))
def test_every_shipped_step_names_its_source(template: ChecklistTemplate) -> None:
    assert all(step.source.startswith("S") for step in template.steps)


def test_the_reception_follows_the_norm() -> None:
    steps = SHIPPED["vip_reception"].steps
    order = [step.id for step in steps if step.required]
    norm = [
        "verify",
        "greet",
        "guide",
        "tea",
        "need",
        "solve",
        "club_services",
        "thank",
        "see_off",
        "watch_leave",
    ]
    assert [step for step in order if step in norm] == norm
    tea = SHIPPED["vip_reception"].step("tea")
    assert tea is not None
    assert "白开水" in tea.hint
    club = SHIPPED["vip_reception"].step("club_services")
    assert club is not None
    assert len(club.choices) == 11


def test_an_emergency_has_its_three_numbers() -> None:
    text = " ".join(step.title for step in SHIPPED["emergency"].steps)
    assert all(number in text for number in ("119", "120", "110"))


def test_a_fault_is_reported_with_a_time_limit() -> None:
    reported = SHIPPED["equipment_fault"].step("reported")
    assert reported is not None
    assert all(choice.due_minutes for choice in reported.choices)
