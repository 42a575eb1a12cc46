"""Kiosks and counters as processes of their own, all on one store."""

import json

from tests.commands.terminal import CLERK, OTHER_CLERK, Terminal

KIOSKS = 6


def test_kiosks_at_once_give_distinct_numbers(hall: Terminal) -> None:
    take = ("ticket", "take", "--business", "02", "--walk-in", "--no-print", "--json")
    started = [hall.start_process(*take) for _ in range(KIOSKS)]
    numbers = [json.loads(one.communicate()[0])["number"] for one in started]
    assert sorted(numbers) == [f"A{n:03}" for n in range(1, KIOSKS + 1)]


def test_two_clerks_never_call_the_same_customer(hall: Terminal) -> None:
    for _ in range(2):
        hall.take()
    seat = ("--counter", "3")
    calls = [
        hall.start_process("ticket", "next", "--staff", staff, *seat, "--json")
        for staff in (CLERK, OTHER_CLERK)
    ]
    answers = [json.loads(one.communicate()[0]) for one in calls]
    assert sorted("number" in answer for answer in answers) == [False, True]
    refused = next(answer for answer in answers if "refused" in answer)
    assert refused["refused"] == "counter_taken"
    assert sum(t["state"] == "called" for t in hall.run("ticket", "list", "--json").value) == 1
