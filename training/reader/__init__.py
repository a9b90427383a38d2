"""Fine-tunes the encoder that the package ships, with the heads that its stages read off it.

Each encoder is kept in ``out/training`` once it is trained, under a name made of what it was trained on,
so a run that was cut off goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.reader.encoder import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.reader.rows import Row

__all__ = ["Job", "train_side_by_side", "trained"]

WORK = Path("out/training")
CORES = 2


@dataclass(frozen=True, slots=True)
class Job:
    """An encoder to train. ``fresh``: again, even where it is there."""

    rows: list[Row]
    classes: list[str]
    epochs: int
    seed: int
    fresh: bool


def train_side_by_side(jobs: Sequence[Job]) -> list[Path]:
    """Return the folder of an encoder for each job; each is trained in a process and on a core of its own."""
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(trained, jobs))


def trained(job: Job) -> Path:
    """Return the folder of an encoder trained on labelled sentences; a finished one is taken up again."""
    told = json.dumps([job.epochs, job.seed, job.classes, [repr(row) for row in job.rows]])
    folder = WORK / hashlib.sha256(told.encode()).hexdigest()[:16]
    if job.fresh or not (folder / f"{NAME}.npz").is_file():
        import torch

        from training.reader.net import fine_tune, write

        torch.set_num_threads(1)
        print(f"encoder {folder.name}: {len(job.rows)} sentences", file=sys.stderr, flush=True)
        write(fine_tune(job.rows, job.classes, epochs=job.epochs, seed=job.seed), folder)
    return folder
