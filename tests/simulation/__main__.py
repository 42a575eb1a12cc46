"""Lives through seeds from the command line, or tells the story of one.

``python -m tests.simulation --seeds 0 1000`` · ``--seed 17`` · ``--calm``
"""

import argparse
import logging
import sys
import time
from collections import Counter
from dataclasses import replace

from tests.simulation.actions import everything
from tests.simulation.world import Outcome, Plan, live


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def one(plan: Plan) -> Outcome:
    """Live through one seed and tell everything."""
    outcome = live(plan)
    for line in outcome.trace:
        say(line)
    for unlike in outcome.unlike:
        say(str(unlike))
    say(f"{outcome.facts} facts, {outcome.lost} lost, {outcome.deaths} deaths")
    return outcome


def many(first: int, end: int, plan: Plan) -> int:
    """Live through many seeds of a plan and tell what failed and was done; return the failures."""
    began, bad = time.perf_counter(), 0
    done: Counter[str] = Counter()
    for seed in range(first, end):
        outcome = live(replace(plan, seed=seed))
        done.update(outcome.done)
        if outcome.unlike:
            bad += 1
            say(f"seed {seed}: {outcome.unlike[0]}")
    seconds = (time.perf_counter() - began) / max(1, end - first)
    say(f"{bad} of {end - first} failed, {seconds:.2f} s each, {sum(done.values())} actions")
    never = [action.name for action in everything() if not done[action.name]]
    say(f"never done: {', '.join(never) or 'none'}")
    return bad


def main() -> int:
    """Read the arguments and live."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 100))
    parser.add_argument("--actions", type=int, default=70)
    parser.add_argument("--calm", action="store_true", help="no faults")
    parser.add_argument("--restored", action="store_true", help="the hub loses its disk")
    given = parser.parse_args()
    if given.seed is not None:
        return bool(one(Plan(given.seed, given.actions, not given.calm, given.restored)).unlike)
    usual = Plan(0, given.actions, not given.calm, given.restored)
    first, end = given.seeds
    logging.disable(logging.CRITICAL)
    return bool(many(first, end, usual))


if __name__ == "__main__":
    sys.exit(main())
