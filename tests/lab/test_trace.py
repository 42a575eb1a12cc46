"""Traces are read row by row; what can't be read is told with its line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.configuration import ConfigurationProblems
from hallterm.configuration.reading import parse
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab.trace import Trace, read_trace
from hallterm.lab.trace_mapping import (
    PLAIN,
    SHIPPED,
    TraceMapping,
    load_mapping,
    mapping_of,
    tier_of,
)
from hallterm.lab.trace_rows import LATEST
from hallterm.words.refusals import explain
from tests.support.rulebook import configuration

HEADER = "arrived_s,tier,service_s,business,identity_s,left_s\n"
BUSINESSES = configuration().businesses


def read(
    folder: Path,
    content: str | bytes,
    mapping: TraceMapping = PLAIN,
    day: date | None = None,
    seed: int = 1,
) -> Trace | Refusal:
    file = folder / "trace.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_trace(file, BUSINESSES, mapping, day, seed)


def trace(folder: Path, content: str | bytes, mapping: TraceMapping = PLAIN) -> Trace:
    answer = read(folder, content, mapping)
    assert isinstance(answer, Trace), answer
    return answer


def codes(of: Trace) -> list[tuple[int, str]]:
    return [(one.line, one.reason.code) for one in of.refused]


def test_a_row_is_a_visit(tmp_path: Path) -> None:
    got = trace(tmp_path, HEADER + "30600,vip,600,缴费,30660,\n30000,普通,300,,,30900\n")
    assert codes(got) == []
    late, vip = got.visits  # in order of showing identity
    assert (late.arrived, late.shown, late.left, late.service) == (30000, 30000, 30900, 300)
    assert (late.tier, late.grade, late.business_id) == (Tier.STANDARD, None, "consultation")
    assert (vip.arrived, vip.shown, vip.left, vip.service) == (30600, 30660, None, 600)
    assert (vip.tier, vip.grade, vip.business_id) == (Tier.VIP, Grade.SILVER, "payment")


def test_only_three_columns_are_needed_in_any_order(tmp_path: Path) -> None:
    got = trace(tmp_path, "service_s;note;tier;arrived_s\n60;x;gold;1\n")
    assert [(v.grade, v.service, v.arrived) for v in got.visits] == [(Grade.GOLD, 60, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_full_width_digits(tmp_path: Path, encoding: str) -> None:
    got = trace(tmp_path, (HEADER + "３０６００ ,全球通,６０,缴费,,\n").encode(encoding))
    assert [(v.arrived, v.tier, v.service) for v in got.visits] == [(30600, Tier.GOTONE, 60)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("abc,vip,60,,,", "trace_number"),
        (",vip,60,,,", "trace_number"),
        ("-1,vip,60,,,", "trace_number"),
        ("nan,vip,60,,,", "trace_number"),
        ("inf,vip,60,,,", "trace_number"),
        (f"{LATEST},vip,60,,,", "trace_number"),
        ("1,vip,-5,,,", "trace_number"),
        ("1,vip,60,,x,", "trace_number"),
        ("1,vip,60,,,x", "trace_number"),
        ("1,vip,,,,", "trace_service_missing"),
        ("10,vip,60,,5,", "trace_order"),
        ("10,vip,60,,20,15", "trace_order"),
        ("10,king,60,,,", "trace_tier"),
        ("10,,60,,,", "trace_tier"),
        ("10,vip,60,飞天,,", "trace_business"),
        ('10,"vip,60,,,', "row_quotes"),
        ("10", "trace_service_missing"),
    ],
)
def test_a_bad_row_is_told_and_the_others_go_in(tmp_path: Path, row: str, code: str) -> None:
    got = trace(tmp_path, f"{HEADER}1,vip,60,,,\n{row}\n2,vip,60,,,\n")
    assert codes(got) == [(3, code)]
    assert [v.line for v in got.visits] == [2, 4]
    assert got.rows == 3
    assert "{" not in explain(got.refused[0].reason)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "header_not_understood"),
        (b"\n\n", "header_not_understood"),
        (b"a,b\n1,2\n", "trace_column_missing"),
        (b'"arrived_s,tier\n', "header_not_understood"),
        (b"\x00\xff\xfe", "trace_column_missing"),
    ],
)
def test_a_file_that_is_no_trace_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    answer = read(tmp_path, content)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    nothing = read_trace(tmp_path / "none.csv", BUSINESSES)
    folder = read_trace(tmp_path, BUSINESSES)
    assert isinstance(nothing, Refusal)
    assert isinstance(folder, Refusal)
    assert (nothing.code, folder.code) == ("file_missing", "file_not_plain")


DAYS = "date,arrived_s,tier,service_s\n2026-03-02,10,vip,60\n2026-03-03,20,vip,60\nsoon,5,vip,60\n"


def test_one_day_of_several_is_chosen(tmp_path: Path) -> None:
    which = read(tmp_path, DAYS)
    assert isinstance(which, Refusal)
    assert which.code == "trace_which_day"
    assert which.args["days"] == "2026-03-02 2026-03-03"
    chosen = read(tmp_path, DAYS, day=date(2026, 3, 3))
    assert isinstance(chosen, Trace)
    assert (chosen.day, [v.arrived for v in chosen.visits]) == (date(2026, 3, 3), [20])
    assert codes(chosen) == [(4, "trace_date")]
    other = read(tmp_path, DAYS, day=date(2026, 3, 4))
    assert isinstance(other, Refusal)
    assert other.code == "trace_which_day"


def test_the_only_day_needs_no_choice(tmp_path: Path) -> None:
    assert trace(tmp_path, DAYS.replace("2026-03-03", "2026-03-02")).day == date(2026, 3, 2)


BANK = (
    "date,arrived_s,type,priority,waited_s,service_s,outcome,server\n"
    "1999-02-03,100,PS,2,30,120,AGENT,A\n"
    "1999-02-03,110,NW,0,0,200,AGENT,B\n"
    "1999-02-03,120,PS,1,45,0,HANG,NO_SERVER\n"
    "1999-02-03,130,PS,0,0,9,HANG,NO_SERVER\n"
    "1999-02-03,140,PS,0,3,0,PHANTOM,NO_SERVER\n"
)


def test_the_shipped_mapping_reads_calls_of_a_bank(tmp_path: Path) -> None:
    got = trace(tmp_path, BANK, load_mapping("bank-1999", BUSINESSES))
    assert (got.rows, got.skipped, codes(got)) == (5, 1, [])
    first, second, third, fourth = got.visits
    assert (first.tier, first.left, first.service) == (Tier.VIP, None, 120)
    assert (second.left, second.service) == (None, 200)
    assert (third.tier, third.left) == (Tier.STANDARD, 165)
    assert fourth.left == 130
    assert (third.service, fourth.service) == (160, 160)  # nobody knows: the usual length
    assert got.tiers_drawn == 2
    assert {second.tier, fourth.tier} <= {Tier.VIP, Tier.STANDARD}


def test_a_tier_that_was_found_out_is_believed_though_nobody_waited(tmp_path: Path) -> None:
    sure = "1999-02-03,200,PS,2,0,20,AGENT,A\n" * 30
    ordinary = "1999-02-03,300,PS,1,5,20,AGENT,A\n" * 30
    content = BANK.splitlines(keepends=True)[0] + sure + ordinary
    got = trace(tmp_path, content, load_mapping("bank-1999", BUSINESSES))
    assert got.tiers_drawn == 0
    assert sum(visit.tier is Tier.VIP for visit in got.visits) == 30


def test_unknown_tiers_are_drawn_in_the_shares_of_the_known(tmp_path: Path) -> None:
    head, known = BANK.splitlines(keepends=True)[:2]
    unknown = "1999-02-03,110,PS,0,0,20,AGENT,B\n" * 400
    ordinary = known.replace(",2,30,", ",1,30,") * 3
    mapping = load_mapping("bank-1999", BUSINESSES)
    got = trace(tmp_path, head + known + ordinary + unknown, mapping)
    vips = sum(visit.tier is Tier.VIP for visit in got.visits)
    assert 60 < vips < 140
    again = trace(tmp_path, head + known + ordinary + unknown, mapping)
    assert again.visits == got.visits
    other = read(tmp_path, head + known + ordinary + unknown, mapping, seed=2)
    assert isinstance(other, Trace)
    assert other.visits != got.visits


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[columns]\narrived_s = "t"\nspeed = "v"\n', 3, "columns.speed"),
        ('[tier]\n"1" = "vip"\n"2" = "king"\n', 3, "tier.2"),
        ('[business]\nA = "payment"\nB = "flying"\n', 3, "business.B"),
        ('[skip]\ncolumn = "x"\n', 1, "skip.values"),
        ("[left]\ncolumn = 'x'\nvalues = ['y']\nafter = 3\n", 4, "left.after"),
        ("[colums]\n", 1, "colums"),
    ],
)
def test_a_wrong_mapping_is_told_with_line_and_key(text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigurationProblems) as found:
        mapping_of(parse("m.toml", text), BUSINESSES)
    (problem,) = found.value.problems
    assert (problem.line, problem.key) == (line, key)
    assert problem.remedy


def test_a_mapping_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigurationProblems):
        load_mapping("nowhere", BUSINESSES)


def test_every_shipped_mapping_is_right() -> None:
    shipped = sorted(SHIPPED.glob("*.toml"))
    assert shipped
    for path in shipped:
        assert load_mapping(path.stem, BUSINESSES).columns


@pytest.mark.parametrize(
    ("word", "tier"),
    [
        ("VIP", (Tier.VIP, Grade.SILVER)),
        ("diamond", (Tier.VIP, Grade.DIAMOND)),
        ("金卡", (Tier.VIP, Grade.GOLD)),
        ("全球通", (Tier.GOTONE, None)),
        ("standard", (Tier.STANDARD, None)),
        ("", None),
        ("7", None),
    ],
)
def test_words_for_tiers(word: str, tier: tuple[Tier, Grade | None] | None) -> None:
    assert tier_of(word) == tier


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "vip", "gold", "1", "30600", "1e5", "[/b]", "\x00", "😀", "𠮷", "缴费"]),
    st.floats().map(str),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=8), max_size=12))
def test_any_rows_are_visits_or_told(tmp_path: Path, rows: list[list[str]]) -> None:
    content = HEADER + "".join(",".join(row) + "\n" for row in rows)
    got = trace(tmp_path, content.encode("utf-8", "surrogatepass"))
    assert got.rows == len(got.visits) + len(got.refused)
    for visit in got.visits:
        assert 0 <= visit.arrived <= visit.shown < LATEST
        assert visit.left is None or visit.left >= visit.shown
        assert (visit.tier is Tier.VIP) == (visit.grade is not None)
    for one in got.refused:
        assert explain(one.reason)
