"""Cells, initials, promises, columns and figures: the parts without a screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from hallterm.domain.ticket.promise import PromiseWord
from hallterm.domain.tiers import Tier
from hallterm.screens.cells import fit, fit_customer, line, normal, plain, right, width
from hallterm.screens.commands.table import COMMANDS, PLACES, doubled_ids
from hallterm.screens.initials import matches
from hallterm.screens.picture import cell_true
from hallterm.screens.reading import read
from hallterm.screens.shell import Bars
from hallterm.screens.widgets.figures import ROWS, figure_cells, figures
from hallterm.screens.widgets.queue_columns import columns_for
from hallterm.screens.widgets.queue_line import QueueStyles, queue_line
from tests.screens import sample

NONE = Style()
STYLES = QueueStyles(
    ground=NONE, number=NONE, value=NONE, label=NONE, rest=NONE, cursor=NONE,
    promise=dict.fromkeys(PromiseWord, NONE), bar=dict.fromkeys(PromiseWord, NONE),
)  # fmt: skip


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_fit_is_exact(text: str, cells: int) -> None:
    assert width(fit(plain(text), cells)) == cells


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_fit_customer_is_exact(text: str, cells: int) -> None:
    assert width(fit_customer(plain(text), cells)) == cells


def test_a_customer_s_number_is_never_cut() -> None:
    assert fit_customer("宏达商贸有限公司 138****1234", 20) == "宏达商.. 138****1234"
    assert fit_customer("张伟 138****1234", 20) == "张伟 138****1234    "
    assert fit_customer("宏达商贸 有限公司", 10) == "宏达商贸.."


@given(st.text(), st.text(), st.integers(min_value=1, max_value=120))
def test_line_is_exact_while_its_end_fits(left: str, end: str, cells: int) -> None:
    ending = plain(end)[:3]
    laid = line([(plain(left), NONE)], cells, [(ending, NONE)])
    assert laid.cell_len == max(cells, width(ending))


@given(st.text())
def test_plain_keeps_no_control_signs(text: str) -> None:
    kept = plain(text)
    assert all(c.isprintable() for c in kept)
    assert not set(kept) & set("“”…—·×→")


def test_signs_of_uncertain_width_have_twins() -> None:
    assert plain("“a”…—·×→\x1b") == "「a」..- x>"


@given(st.integers(min_value=60, max_value=240))
def test_last_cell_of_a_queue_line_stays_free(cells: int) -> None:
    columns = columns_for(cells, with_state=True)
    row = sample.ticket(1, Tier.VIP, 10, customer="长" * 99, businesses=("长" * 99,))
    pieces = queue_line(row, sample.NOW.timestamp(), columns, Bars.PAINT, STYLES, cursor=False)
    assert "".join(piece.text for piece in pieces).endswith(" ")


def test_right_and_normal() -> None:
    assert right("金", 4) == "  金"
    assert normal("　１３８\t＊４\u202e ") == "138 *4"


@given(
    st.integers(min_value=20, max_value=240), st.booleans(), st.sampled_from(Bars), st.booleans()
)
def test_queue_line_takes_exactly_its_cells(
    cells: int,
    with_state: bool,  # noqa: FBT001 - drawn by hypothesis
    bars: Bars,
    cursor: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    columns = columns_for(cells, with_state=with_state)
    now = sample.NOW.timestamp()
    for row in (*sample.waiting(), *sample.others()):
        pieces = queue_line(row, now, columns, bars, STYLES, cursor=cursor)
        assert sum(width(piece.text) for piece in pieces) == cells


@given(st.text(max_size=200))
def test_queue_line_survives_any_name(name: str) -> None:
    row = sample.ticket(1, Tier.VIP, 10, customer=name, businesses=(name,))
    pieces = queue_line(
        row, sample.NOW.timestamp(), columns_for(120, with_state=True), Bars.PAINT, STYLES,
        cursor=False,
    )  # fmt: skip
    assert sum(width(piece.text) for piece in pieces) == 120


@pytest.mark.parametrize(
    ("age", "word"),
    [(0, "in_time"), (419, "in_time"), (420, "short"), (600, "short"), (600.5, "overdue")],
)
def test_reading(age: float, word: str) -> None:
    reading = read(sample.clock(age, 600), sample.NOW.timestamp())
    assert reading.word == word
    assert reading.left == pytest.approx(600 - age)


def test_reading_of_a_stopped_clock_stands_still() -> None:
    clock = sample.clock(900, 600, stopped=500)
    now = sample.NOW.timestamp()
    assert read(clock, now) == read(clock, now + 1000)
    assert read(clock, now).age == pytest.approx(400)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("办结", "bj", True),
        ("办结叫下", "jx", True),
        ("重呼", "ch", True),
        ("重呼", "zh", True),
        ("过户", "gh", True),
        ("过户", "hg", False),
        ("过户", "户", True),
        ("VIP金 138****0411", "0411", True),
        ("VIP金", "vipj", True),
        ("停机", "", True),
        ("停机", "tj!", False),
    ],
)
def test_initials(text: str, wanted: str, *, found: bool) -> None:
    assert matches(text, wanted) is found


def test_initials_agree_with_a_dictionary() -> None:
    from pypinyin import Style as Reading  # noqa: PLC0415 - slow to load, for this test only
    from pypinyin import pinyin  # noqa: PLC0415

    for command in COMMANDS.values():
        for character in command.title:
            if unicodedata.category(character) == "Lo":
                readings = pinyin(character, style=Reading.FIRST_LETTER, heteronym=True)[0]
                assert any(matches(character, letter) for letter in readings), character


def test_figures_are_exact() -> None:
    for scale in (1, 2):
        rows = figures("V093", scale, NONE, NONE)
        assert len(rows) == ROWS * scale
        assert {row.cell_len for row in rows} == {figure_cells("V093", scale)}


def test_picture_puts_characters_on_their_cells() -> None:
    svg = '<text class="r" x="10" y="5" textLength="20" clip-path="c">号1</text>'
    assert cell_true(svg) == '<text class="r" x="10.0 30.0" y="5" clip-path="c">号1</text>'


def test_table_has_each_id_once_and_each_key_once_a_place() -> None:
    assert doubled_ids() == []
    for place, commands in PLACES.items():
        if place not in {"dialog", "form"}:
            shared = (*PLACES["general"], *PLACES["session"], *PLACES["list"])
            offered = dict.fromkeys((*shared, *commands))
            keys = [key for command in offered for key in command.keys]
            assert len(keys) == len(set(keys)), place


def test_no_command_sits_on_a_bare_letter() -> None:
    keys = {key for command in COMMANDS.values() for key in command.keys}
    assert not {key for key in keys if len(key) == 1}
