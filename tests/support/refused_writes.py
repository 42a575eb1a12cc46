"""A process that may not write as it wants to, and says which fault it met.

Run as ``python -m tests.support.refused_writes STORE KIND``: ``files`` may not grow any file,
``nobody`` opens the store as a user who may only read it. It prints how many tickets were
confirmed and the fault's code.
"""

import os
import resource
import sys
from pathlib import Path

from hallterm.store.faults import StoreFaultError
from hallterm.words.faults import explain_fault
from tests.support.hall import enter, take

NOBODY = 65534


def work(store: Path, kind: str) -> str:
    """Take tickets until the store refuses."""
    confirmed = 0
    try:
        if kind == "nobody" and os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        desk = enter(store, durability="FULL")
        if kind == "files":
            largest = max(f.stat().st_size for f in store.parent.iterdir())
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 65536, resource.RLIM_INFINITY))
        for _ in range(2000):
            take(desk)
            confirmed += 1
    except StoreFaultError as fault:
        explain_fault(fault.code, fault.detail)
        return f"{confirmed} {fault.code}"
    return f"{confirmed} no_fault"


if __name__ == "__main__":
    sys.stdout.write(work(Path(sys.argv[1]), sys.argv[2]))
