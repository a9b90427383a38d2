"""Train every model that the package ships: ``python -m training [--export] [--fresh] [--seed N]``.

Learns from ``gold/wce_train.json``, this project's stand-off annotations and the sentences of
``PLV_train``; needs the ``train`` extra. Prints scores by three-fold cross-validation over articles, end to
end with the project's scorer and with the files that would ship. ``--export`` then trains on everything and
writes the models beside the code that reads them.

The encoders take most of the time; two are trained at once, one core each, and each is kept in
``out/training``, so that a run that was cut off goes on from there. ``--fresh`` trains them again.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from dragoman.reader import Encoder
from training.corpus import FOLDS, read_corpus
from training.events import models as events
from training.reader import Job, train_side_by_side
from training.reader.rows import Labels, rows_of
from training.statements import positions, standing
from training.statements.measures import states

TARGET = Path("src/dragoman/reader/data")


def main() -> None:
    """Cross-validate, print, and export when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--export", action="store_true", help="write the shipped models")
    parser.add_argument("--fresh", action="store_true", help="train the encoders again")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    corpus = read_corpus()
    acts, stated = events.prepare(corpus), positions.prepare(corpus)
    told = [
        states(document, note) for document, note in zip(corpus.documents, corpus.annotations, strict=True)
    ]
    rows = rows_of(
        corpus.annotations, Labels([*acts.found, *acts.borrowed], acts.seats, stated.examples, told)
    )
    classes = sorted({e.label for e in acts.found})
    holds = [corpus.held(n) for n in range(FOLDS)] + [set[int]()] * options.export
    jobs = [
        Job([r for r in rows if r.article not in held], classes, options.epochs, options.seed, options.fresh)
        for held in holds
    ]
    folders = train_side_by_side(jobs)
    readers = [Encoder.read(folder) for folder in folders[:FOLDS]]
    threshold, calibration = events.cross_validate(corpus, acts, readers)
    records = positions.cross_validate(corpus, stated, readers)
    conditions = standing.train_all(corpus, readers)
    if options.export:
        for file in folders[-1].iterdir():
            shutil.copy(file, TARGET / file.name)
        events.export_all(acts, threshold, calibration)
        positions.export_all(stated, records)
        standing.export_all(conditions)


if __name__ == "__main__":
    main()
