"""How time grows with input: what must hold on any machine, where a bound in seconds would not."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3
# Time in step with the input gives 4, with its square 16.
IN_STEP = 9
# Below this a clock tells nothing; sizes are chosen so that growth with the square takes far longer.
TOO_SHORT_SECONDS = 0.2


def grows_in_step(run: Callable[[int], object], size: int) -> bool:
    """Whether `run(size)` takes about four times the CPU time of `run(size // 4)`, not sixteen times."""
    large = small = float("inf")
    for _ in range(TRIES):
        large = min(large, cpu_seconds(run, size))
        if large < TOO_SHORT_SECONDS:
            return True
        small = min(small, cpu_seconds(run, size // 4))
        if large < IN_STEP * small:
            return True
    return False


def cpu_seconds(run: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    run(size)
    return time.process_time() - start
