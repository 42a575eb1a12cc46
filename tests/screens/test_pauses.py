"""The collector works while nobody types."""

from unittest import mock

import pytest

from hallterm.screens import pauses
from hallterm.screens.pauses import BETWEEN, BETWEEN_WHOLE, LONG_QUIET, QUIET, Rounds


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> mock.Mock:
    """The garbage collector, replaced by one that only notes what it is asked."""
    collector = mock.Mock()
    monkeypatch.setattr(pauses, "gc", collector)
    monkeypatch.setattr(pauses, "_frozen", True)
    return collector


def asked(collector: mock.Mock) -> list[str]:
    names = [name for name, _args, _kwargs in collector.method_calls]
    collector.reset_mock()
    return names


def test_what_is_new_is_spared_in_a_quiet_moment_now_and_then(collector: mock.Mock) -> None:
    rounds = Rounds(0.0)
    rounds.tick(BETWEEN, BETWEEN - QUIET)
    assert asked(collector) == ["collect", "freeze"]
    rounds.tick(BETWEEN + 1, BETWEEN - QUIET)
    assert asked(collector) == []
    rounds.tick(2 * BETWEEN, BETWEEN)
    assert asked(collector) == ["collect", "freeze"]


def test_nobody_who_types_is_held_up(collector: mock.Mock) -> None:
    rounds = Rounds(0.0)
    rounds.tick(BETWEEN_WHOLE * 2, BETWEEN_WHOLE * 2 - QUIET / 2)
    assert asked(collector) == []


def test_what_was_spared_and_went_is_given_back_in_a_long_pause(collector: mock.Mock) -> None:
    rounds = Rounds(0.0)
    rounds.tick(BETWEEN_WHOLE, BETWEEN_WHOLE - LONG_QUIET)
    assert asked(collector) == ["unfreeze", "collect", "freeze"]
    rounds.tick(BETWEEN_WHOLE + BETWEEN, BETWEEN_WHOLE - LONG_QUIET)
    assert asked(collector) == ["collect", "freeze"]


def test_before_the_hall_is_loaded_nothing_is_spared(
    collector: mock.Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "_frozen", False)
    Rounds(0.0).tick(BETWEEN_WHOLE, 0.0)
    assert asked(collector) == []
