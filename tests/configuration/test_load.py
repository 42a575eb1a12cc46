"""A folder of operator data becomes one configuration, or a list of all that is wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.configuration import (
    BUSINESSES_FILE,
    STANDARDS_FILE,
    ConfigurationProblems,
    Problem,
    configure,
    load,
)
from hallterm.configuration.reading import PACKAGED
from hallterm.domain.dispatching import Rates, Rules
from hallterm.domain.tiers import Tier

STANDARDS = (PACKAGED / STANDARDS_FILE).read_text("utf-8")
BUSINESSES = (PACKAGED / BUSINESSES_FILE).read_text("utf-8")


def problems(standards: str = STANDARDS, businesses: str = BUSINESSES) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationProblems) as caught:
        configure(standards, businesses)
    return caught.value.problems


def line_of(text: str, wanted: str) -> int:
    """Line of the only occurrence of a piece of text."""
    assert text.count(wanted) == 1, wanted
    return text[: text.index(wanted)].count("\n") + 1


def only(found: tuple[Problem, ...]) -> Problem:
    (problem,) = found
    assert problem.message
    assert problem.remedy
    return problem


def test_packaged_data_holds_the_norms() -> None:
    made = load()
    budgets = made.standards.budgets
    assert budgets.vip_reception.minutes == 5
    assert [budgets.service(tier).minutes for tier in Tier] == [10, 15, 30]
    satisfaction = made.standards.satisfaction
    assert (satisfaction.vip, satisfaction.gotone, satisfaction.standard) == (0.9, 0.85, 0.8)
    transfer = made.businesses["transfer_ownership"]
    assert transfer.name == "过户"
    assert transfer.conditions
    assert {document.id for document in transfer.documents if document.only_for_agent} == {
        "agent_id",
        "sealed_letter",
        "company_licence",
    }
    assert 14 <= len(made.businesses) <= 18
    assert all(business.source for business in made.businesses.values())
    assert all(business.id == name for name, business in made.businesses.items())


def test_digest_follows_values_not_comments() -> None:
    first = configure(STANDARDS, BUSINESSES)
    assert configure("# 说明\n" + STANDARDS, BUSINESSES + "\n#\n").digest == first.digest
    longer = STANDARDS.replace("minutes = 30", "minutes = 31")
    assert configure(longer, BUSINESSES).digest != first.digest
    renamed = BUSINESSES.replace('name = "缴费"', 'name = "交费"')
    assert configure(STANDARDS, renamed).digest != first.digest


STANDARD_FAULTS = [
    ("minutes = 30", 'minutes = "30"', "budgets.standard_service.minutes", "整数"),
    ("minutes = 30", "minutes = 30.0", "budgets.standard_service.minutes", "整数"),
    ("minutes = 30", "minutes = true", "budgets.standard_service.minutes", "整数"),
    ("minutes = 30", "minutes = 0", "budgets.standard_service.minutes", "大于 0"),
    ("minutes = 30", "minutes = 999", "budgets.standard_service.minutes", "不大于 240"),
    ("minutes = 30", "minutes = 14", "budgets.standard_service.minutes", "不小于 15"),
    ("minutes = 15", "minutes = 9", "budgets.gotone_service.minutes", "不小于 10"),
    ("minutes = 5\nsource", "minutes = 10 #\nsource", "budgets.vip_reception.minutes", "小于 10"),
    ("short_share = 0.7", "short_share = 70", "warnings.short_share", "小于 1"),
    ("short_share = 0.7", "short_share = nan", "warnings.short_share", "小于 1"),
    ("short_share = 0.7", "short_share = [1]", "warnings.short_share", "数字"),
    ("vip = 0.90", "vip = 90", "satisfaction.vip", "不大于 1"),
    ("most = 2", "mots = 2", "pass_over.mots", "most"),
    ("[warnings]", "colour = 1\n\n[warnings]", "budgets.standard_service.colour", "minutes"),
    ('policy = "promise"', 'policy = "promises"', "dispatch.policy", '"strict"'),
    ('policy = "promise"', "policy = 1", "dispatch.policy", '"fifo"'),
    ("late_cap = 1.5", "late_cap = 0.5", "dispatch.late_cap", "不小于 1"),
    ("late_cap = 1.5", "late_cap = 7", "dispatch.late_cap", "不大于 6"),
    ("late_cap = 1.5", 'late_cap = "2"', "dispatch.late_cap", "数字"),
    ("late_cap = 1.5", "late_cop = 1.5", "dispatch.late_cop", "late_cap"),
    ("# vip = 3", "rates.vip = 0", "dispatch.rates.vip", "大于 0"),
    ("# vip = 3", "rates.vpi = 3", "dispatch.rates.vpi", "vip"),
    ("slot = 30", "slot = 25", "appointments.slot", "15, 20, 30, 60"),
    ("grace = 10", "grace = -1", "appointments.grace", "不小于 0"),
    ("early = 15", 'early = "15"', "appointments.early", "整数"),
    ("days_ahead = 14", "day_ahead = 14", "appointments.day_ahead", "days_ahead"),
    ('phone_tier = "vip"', 'phone_tier = "gold"', "appointments.phone_tier", '"gotone"'),
    ("counter_share = 0.5", "counter_share = 5", "appointments.counter_share", "不大于 1"),
    ("minutes = 30", "minutes = 1979-05-27", "budgets.standard_service.minutes", "整数"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "remedy"), STANDARD_FAULTS)
def test_a_wrong_standard_names_line_and_key(right: str, wrong: str, key: str, remedy: str) -> None:
    text = STANDARDS.replace(right, wrong)
    found = {problem.key: problem for problem in problems(text)}
    problem = found[key]
    assert problem.file == STANDARDS_FILE
    assert problem.line == line_of(text, wrong)
    assert remedy in problem.remedy


def test_operator_data_of_before_decides_by_the_default() -> None:
    text = re.sub(r"\[dispatch\].*?\n\n", "", STANDARDS, flags=re.DOTALL)
    assert "policy =" not in text
    assert configure(text, BUSINESSES).standards.dispatch == Rules()


def test_rates_may_be_set() -> None:
    rates = "[dispatch.rates]\nvip = 3\ngotone = 2.5\nstandard = 1\n"
    made = configure(STANDARDS + rates, BUSINESSES).standards.dispatch
    assert made.rates == Rates(vip=3, gotone=2.5, standard=1)


def test_a_missing_budget_is_named_at_its_table() -> None:
    text = re.sub(r"\[budgets\.vip_service\][^\[]*", "", STANDARDS)
    problem = only(problems(text))
    assert problem.key == "budgets.vip_service"
    assert problem.line == line_of(text, "[budgets.vip_reception]")
    assert "vip_service" in problem.remedy


def test_a_missing_section_is_reported() -> None:
    assert {problem.key for problem in problems("[budgets]\n")} >= {"warnings", "satisfaction"}


FIRST_PAYMENT = 'id = "payment"\ncode = "02"\nname = "缴费"\nminutes = 3'

BUSINESS_FAULTS = [
    ('id = "payment"', 'id = "open_account"', "business[2].id", "换一个"),
    ('code = "02"', 'code = "01"', "business[2].code", "换一个"),
    ('code = "02"', 'code = "2"', "business[2].code", "两位数字"),
    ('code = "02"', "code = 2", "business[2].code", "文字"),
    ('id = "payment"', 'id = "缴费"', "business[2].id", "小写英文字母"),
    ('name = "缴费"', 'name = ""', "business[2].name", "写上文字"),
    ('name = "缴费"', f'name = "{"缴" * 21}"', "business[2].name", "20"),
    ("minutes = 3\n", "minutes = -1\n", "business[2].minutes", "大于 0"),
    ("minutes = 3\n", "minutes = inf\n", "business[2].minutes", "不大于 240"),
    ("minutes = 3\n", "minuets = 3\n", "business[2].minuets", "minutes"),
    ("minutes = 3\n", "minutes = 3\nbookable = 1\n", "business[2].bookable", "true"),
    ("minutes = 3\n", "minutes = 3\nconditions = 1\n", "business[2].conditions", "列表"),
    ("minutes = 3\n", 'minutes = 3\nconditions = ["", 2]\n', "business[2].conditions[2]", "文字"),
    ("minutes = 3\n", 'minutes = 3\nagent_documents = ["id_crad"]\n', None, "id_card"),
    ("minutes = 3\n", 'minutes = 3\nagent_documents = "id_card"\n', None, "列表"),
    ("minutes = 3\n", "minutes = 3\nagent_documents = [7]\n", None, "[document.7]"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "remedy"), BUSINESS_FAULTS)
def test_a_wrong_business_names_line_and_key(
    right: str, wrong: str, key: str | None, remedy: str
) -> None:
    payment = FIRST_PAYMENT + "\n"
    text = BUSINESSES.replace(payment, payment.replace(right, wrong))
    found = {problem.key: problem for problem in problems(businesses=text)}
    problem = found[key] if key else next(iter(found.values()))
    first = line_of(BUSINESSES, 'id = "payment"')
    offset = (payment.replace(right, wrong)).split(problem.key.split(".")[1].split("[")[0])[0]
    assert problem.line == first + offset.count("\n")
    assert remedy in problem.remedy


def test_documents_are_checked() -> None:
    text = BUSINESSES.replace("[document.old_sim]\n", "[document.old_sim]\ncolour = 1\n")
    assert only(problems(businesses=text)).key == "document.old_sim.colour"
    text = BUSINESSES.replace('"原 SIM 卡"', '"手机号码"')
    assert only(problems(businesses=text)).key == "document.phone_number.name"
    text = BUSINESSES.replace('name = "原 SIM 卡"', "")
    assert only(problems(businesses=text)).key == "document.old_sim.name"
    text = BUSINESSES + '\n[document.id_card]\nname = "户口簿"\n'
    assert "两次" in only(problems(businesses=text)).remedy


@pytest.mark.parametrize("text", ["document = 1", "business = 1", "business = []", "business=[3]"])
def test_the_wrong_shape_is_a_problem(text: str) -> None:
    assert all(problem.remedy for problem in problems(businesses=text))


def test_all_problems_of_both_files_are_reported() -> None:
    standards = STANDARDS.replace("most = 2", "most = 0").replace("vip = 0.90", "vip = 2")
    businesses = BUSINESSES.replace('code = "05"', 'code = "x"') + "\n[other]\n"
    found = problems(standards, businesses)
    assert [problem.key for problem in found] == [
        "business[5].code",
        "other",
        "pass_over.most",
        "satisfaction.vip",
    ]
    assert all(f"{problem.file}:{problem.line}: " in problem.text for problem in found)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("most = “2”", "半角"),
        ("most ＝ 2", "半角"),
        ("most 2", "名称 = 值"),
        ('most = "2', "引号"),
        ("most = two", "true 或 false"),
        ("most = 2\nmost = 3", "两次"),
        ("[  pass_over]", "两次"),
    ],
)
def test_broken_toml_names_its_line(line: str, remedy: str) -> None:
    text = STANDARDS.replace("most = 2", line)
    problem = only(problems(text))
    assert problem.line == line_of(text, line) + line.count("\n")
    assert remedy in problem.remedy


def test_broken_at_the_end_names_the_last_line() -> None:
    text = STANDARDS + "x = ["
    assert only(problems(text)).line == text.count("\n") + 1


@pytest.mark.parametrize("text", ["", " \n\n", "a = " + "[" * 5000, "a = " + "9" * 5000])
def test_strange_texts_are_problems(text: str) -> None:
    assert problems(text)[0].message


@given(st.text(max_size=60), st.integers(0, len(STANDARDS)))
def test_no_text_is_a_fault(junk: str, place: int) -> None:
    try:
        made = configure(STANDARDS[:place] + junk + STANDARDS[place:], BUSINESSES)
    except ConfigurationProblems as found:
        answers = [problem.message and problem.remedy for problem in found.problems]
    else:
        answers = [made.digest]
    assert answers
    assert all(answers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / STANDARDS_FILE).write_text(STANDARDS, "utf-8")
    (tmp_path / BUSINESSES_FILE).write_text(BUSINESSES, "utf-8")
    return tmp_path


def as_bytes(content: bytes) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.unlink()
        path.write_bytes(content)

    return spoil


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "line", "words"),
    [
        (Path.unlink, 0, "没有这个文件"),
        (as_folder, 0, "文件夹"),
        (as_bytes(b""), 0, "空"),
        (as_bytes(b"\xef\xbb\xbf"), 0, "空"),
        (as_bytes(STANDARDS.encode("utf-16")), 1, "UTF-16"),
        (as_bytes(b"# a\n# b\n" + "# 说明".encode("gb18030")), 3, "UTF-8"),
        (as_bytes(b"#" * 1_000_001), 0, "太大"),
    ],
)
def test_files_that_cannot_be_read(
    folder: Path, spoil: Callable[[Path], None], line: int, words: str
) -> None:
    spoil(folder / STANDARDS_FILE)
    with pytest.raises(ConfigurationProblems) as caught:
        load(folder)
    problem = only(caught.value.problems)
    assert problem.file == str(folder / STANDARDS_FILE)
    assert problem.line == line
    assert words in problem.message


def test_refused_permission_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigurationProblems, match="Permission denied"):
        load(folder)


def test_byte_order_mark_and_windows_line_ends_are_fine(folder: Path) -> None:
    content = STANDARDS.replace("\n", "\r\n").encode("utf-8-sig")
    (folder / STANDARDS_FILE).write_bytes(content)
    assert load(folder) == load()


def test_the_first_folder_that_holds_a_file_wins(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / STANDARDS_FILE).write_text(STANDARDS.replace("minutes = 30", "minutes = 25"), "utf-8")
    made = load(own, folder)
    assert made.standards.budgets.standard_service.minutes == 25
    assert made.businesses == load().businesses
