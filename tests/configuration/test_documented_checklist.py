"""The checklist file in the document is a whole one, and names every key that there is."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from hallterm.configuration import (
    BUSINESSES_FILE,
    STANDARDS_FILE,
    ConfigurationProblems,
    configure,
)
from hallterm.configuration.reading import PACKAGED
from hallterm.domain.checklist.template import (
    Attachment,
    ChecklistTemplate,
    Choice,
    Condition,
    Step,
)
from hallterm.domain.checklist.words import Asks, DoneBy, StartsWith

DOCUMENT = (Path(__file__).parents[2] / "docs" / "reception.md").read_text("utf-8")
MARK = "<!-- a checklist file, read by the tests -->"
SHOWN = DOCUMENT.partition(MARK)[2].partition("```toml\n")[2].partition("```")[0]
STANDARDS = (PACKAGED / STANDARDS_FILE).read_text("utf-8")
BUSINESSES = (PACKAGED / BUSINESSES_FILE).read_text("utf-8")


def test_the_file_shown_is_one() -> None:
    made = configure(STANDARDS, BUSINESSES, {"own.toml": SHOWN}).checklists["vip_reception"]
    assert made.starts is StartsWith.RECEPTION
    assert [step.asks for step in made.steps] == [None, Asks.PLACE, None, None]
    assert [step.done_by for step in made.steps] == [None, None, DoneBy.SERVICE, None]


@pytest.mark.parametrize(
    ("named", "model"),
    [
        ("the file", ChecklistTemplate),
        ("`[attach]`", Attachment),
        ("`[[steps]]`", Step),
        ("a choice", Choice),
        ("`[steps.when]`", Condition),
    ],
)
def test_the_table_names_every_key(named: str, model: type[BaseModel]) -> None:
    (row,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| {named} |")]
    assert set(re.findall(r"`(\w+)`", row.split("|")[2])) == set(model.model_fields)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('asks = "place"', 'asks = "room"'),
        ('asks = "place"', 'ask = "place"'),
        ('done_by = "service"', 'done_by = "ticket"'),
        ('kind = "several"', 'kind = "many"'),
        ('starts = "reception"', 'starts = "vip"'),
        ('outcomes = ["declined"]', 'outcomes = ["completed"]'),
        ('id = "again"', 'id = "solved"'),
        ('grades = ["diamond", "gold", "silver"]', 'grades = ["platinum"]'),
        ("required = false", "required = no"),
        ("due_minutes = 1440", "due_minutes = 0"),
    ],
)
def test_a_slip_is_told_with_its_line(old: str, new: str) -> None:
    assert SHOWN.count(old) == 1
    slipped = SHOWN.replace(old, new)
    line = SHOWN[: SHOWN.index(old)].count("\n") + 1
    with pytest.raises(ConfigurationProblems) as caught:
        configure(STANDARDS, BUSINESSES, {"own.toml": slipped})
    told = [(problem.file, problem.line) for problem in caught.value.problems]
    assert ("own.toml", line) in told
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
