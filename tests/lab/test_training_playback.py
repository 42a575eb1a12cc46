"""The text playback tells a morning in plain aligned lines."""

import re
from collections import Counter
from datetime import time
from functools import cache

import pytest
from rich.cells import cell_len

from hallterm.lab.playback import play_morning
from hallterm.lab.playback_text import share, table
from tests.support.hall import quick_pins

NEWS = re.compile(r"(\d\d:\d\d:\d\d)  (\S+) +(\S*)")
BOARD = re.compile(r"== (\d\d:\d\d) 等候 (\d+) 人：")


@cache
def morning(seed: int = 1, closes: time = time(12)) -> tuple[str, ...]:
    lines: list[str] = []
    with quick_pins():
        play_morning(lines.append, seed, closes=closes)
    return tuple(lines)


def test_arrivals_and_calls_are_told_in_order_of_time() -> None:
    news = [found for line in morning() if (found := NEWS.match(line))]
    times = [found[1] for found in news]
    assert times == sorted(times)
    assert times[0] == "08:30:00"
    assert "11:50:00" < times[-1] <= "12:00:00"
    verbs = Counter(found[2] for found in news)
    assert verbs["取号"] > 100
    assert verbs["叫号"] > 80
    assert verbs["办结"] > 80


def test_the_board_comes_every_ten_minutes() -> None:
    boards = [found[1] for line in morning() if (found := BOARD.match(line))]
    wanted = [f"{8 + m // 60:02}:{m % 60:02}" for m in range(40, 240, 10)] + ["12:00"]
    assert boards == wanted


def test_the_board_agrees_with_the_news() -> None:
    taken: set[str] = set()
    checked = 0
    for line in morning():
        if found := NEWS.match(line):
            if found[2] in {"取号", "回来"}:
                taken.add(found[3])
            elif found[2] in {"叫号", "离开"}:
                taken.discard(found[3])
        elif found := BOARD.match(line):
            assert int(found[2]) == len(taken), line
            checked += 1
    assert checked == 21


def test_a_summary_per_tier_stands_at_the_end() -> None:
    head, *tiers = morning()[-5:]
    assert head.startswith("级别")
    assert [line.split()[0] for line in tiers] == ["VIP", "全球通", "其他", "合计"]
    counts = [int(line.split()[1]) for line in tiers]
    assert counts[3] == sum(counts[:3]) > 100
    assert len({cell_len(line) for line in (head, *tiers)}) == 1


def test_lines_are_plain_and_fit_a_log() -> None:
    assert all(line.isprintable() for line in morning())
    assert max(map(cell_len, morning())) <= 80
    assert not re.search(r"1\d{10}", "\n".join(morning()))


def test_the_same_seed_tells_the_same_morning() -> None:
    early = time(9)
    assert morning(2, early) == morning.__wrapped__(2, early)
    assert morning(2, early) != morning(3, early)


def test_a_table_is_aligned_by_cells() -> None:
    lines = table([("级别", "客户"), ("VIP", "7"), ("全球通", "120")])
    assert lines == ["级别    客户", "VIP        7", "全球通   120"]


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (1.0, "100.0%"), (0.9999, "99.9%"), (0.0, "0.0%")]
)
def test_a_broken_promise_never_shows_as_all_kept(value: float | None, text: str) -> None:
    assert share(value) == text
