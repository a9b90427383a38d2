"""One core a process: the work is many small sums, which threads only slow down."""

from __future__ import annotations

import os

__all__ = ["keep_to_one_core"]

LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def keep_to_one_core() -> None:
    """Tell the numerical libraries that this process loads later to use one thread, unless told otherwise."""
    for name in LIMITS:
        os.environ.setdefault(name, "1")
