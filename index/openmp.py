"""The threads of the models: how many, and how long OpenMP's spin before they sleep."""

import os
import sys

# The embedder and llama.cpp share one OpenMP library. Threads that spin for long keep the cores
# from the other's; those that sleep at once make llama.cpp, which has hundreds of steps a token,
# write a third slower. Some microseconds serve both. GOMP_SPINCOUNT is libgomp's, which pip's
# packages bring on Linux; elsewhere nothing bounds "active".
SETTINGS = (
    {"OMP_WAIT_POLICY": "active", "GOMP_SPINCOUNT": "3000"}
    if sys.platform == "linux"
    else {"OMP_WAIT_POLICY": "passive"}
)


def bound_spinning() -> None:
    """Set it where the environment does not; too late once such a library has loaded."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def threads() -> int:
    """Return how many processors this process may use."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return len(allowed) or os.cpu_count() or 2
