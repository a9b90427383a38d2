"""Train and export the event models: ``python -m training.events.train [--export] [--fresh]``.

Trains on ``gold/wce_train.json``, this project's stand-off annotations and the sentences of
``PLV_train``: two linear models (the type of a candidate, the role of a mention) and a fine-tuned
encoder with heads for the same two questions. Prints scores by three-fold cross-validation over
articles, end to end with the project's scorer and with the files that would ship, for short reports and
full articles apart; the threshold is chosen there. ``--export`` then trains on everything and writes
``types.npz``, ``parties.npz`` and ``reader.*`` to ``src/dragoman/events/data``.

Each encoder is kept in ``out/training`` once it is trained, under a name made of what it was trained
on, so a run that was cut off goes on from there; ``--fresh`` trains all again. Seeded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from dragoman.events.classify import NONE, LinearModel
from dragoman.events.coder import EventCoder, is_long
from dragoman.events.encoder import NAME, Encoder
from dragoman.ledger.documents import document as document_form
from dragoman.records import Coded
from dragoman.scoring import event as same_event, score
from training.annotations import file_names, read_standoff
from training.events.borrowed import from_plv
from training.events.corpus import Example, Seat, examples, label, read, seats_of
from training.events.encoder import EPOCHS, fine_tune, sentences, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation

GOLD = Path("../shared/gold/wce_train.json")
PLV = Path("../shared/data/label_plv/PLV_train.tsv")
PLV_WEIGHT = 0.5
TARGETS = Path("src/dragoman/events/data")
WORK = Path("out/training")
BRIEF = "current_events"
"""The one file of annotations that holds short reports."""
FOLDS = 3
STRENGTH = 1.0
LEAST = 1
ROUNDS = 2
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
VERSION = "linear/1"


def fit(train: Sequence[Example | Seat], *, least: int = LEAST, strength: float = STRENGTH) -> LinearModel:
    """Fit a multinomial logistic regression; features seen in fewer than ``least`` examples are left out."""
    rows = [(e.features, name, e.weight * share) for e in train for name, share in e.shares().items()]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([features for features, _, _ in rows])
    keep = np.flatnonzero(np.asarray((matrix > 0).sum(0)).ravel() >= least)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix[:, keep], [name for _, name, _ in rows], sample_weight=[w for _, _, w in rows])
    names = vectorizer.get_feature_names_out()[keep]
    weights = model.coef_.T.astype(np.float32)
    vocabulary = {str(name): i for i, name in enumerate(names)}
    weights[vocabulary["bias"]] += model.intercept_
    return LinearModel(vocabulary, weights, tuple(model.classes_), 0.5, VERSION)


def chances(model: LinearModel, found: Sequence[Example]) -> None:
    """Set each example's probabilities under a model, in place."""
    for e in found:
        shared = [f for f, v in e.features.items() if v < 1.0]
        own = [f for f, v in e.features.items() if v == 1.0]
        e.chances = dict(zip(model.classes, model.probabilities(own, shared).tolist(), strict=True))


Fold = tuple[LinearModel, LinearModel, set[int]]


def folds(found: Sequence[Example], seats: Sequence[Seat], borrowed: Sequence[Example]) -> list[Fold]:
    """Return the two linear models and the held-out articles of each fold; sets held-out chances."""
    groups = [e.article for e in found]
    out = []
    for train, held in GroupKFold(FOLDS).split(groups, groups=groups):
        model = fit([*(found[i] for i in train), *borrowed])
        test = [found[i] for i in held]
        chances(model, test)
        articles = {e.article for e in test}
        inside = [s for s in seats if s.example.article not in articles]
        out.append((model, fit(inside, least=3, strength=0.3), articles))
    return out


def encoder(
    found: Sequence[Example], seats: Sequence[Seat], *, epochs: int, fresh: bool = False
) -> tuple[Encoder, Path]:
    """Return an encoder trained on labelled examples, and its folder; a finished one is taken up again."""
    rows = sentences(found, seats)
    classes = sorted({e.label for e in found})
    told = json.dumps([epochs, classes, [repr(row) for row in rows]])
    folder = WORK / hashlib.sha256(told.encode()).hexdigest()[:16]
    if fresh or not (folder / f"{NAME}.npz").is_file():
        print(f"encoder {folder.name}: {len(rows)} sentences", file=sys.stderr)
        write(fine_tune(rows, classes, epochs=epochs), folder)
    return Encoder.read(folder), folder


def predict(coder: EventCoder, annotations: Sequence[Annotation], articles: set[int]) -> list[dict[str, Any]]:
    """Code the given articles and return them in the document form."""
    found = []
    for i in sorted(articles):
        events = tuple(coder.code(annotations[i]))
        found.append(document_form(Coded(annotations[i].article, events)))
    return found


def shown(
    name: str, threshold: float, gold: list[dict[str, Any]], predictions: list[dict[str, Any]]
) -> float:
    """Print the scores of one part of the corpus; return the sum of the two that choose the threshold."""
    ids = {d["id"] for d in gold}
    got = score(gold, [p for p in predictions if p["id"] in ids])
    rows = [
        f"{k} {got[k].precision:.3f} {got[k].recall:.3f} {got[k].f1:.3f}"
        for k in ("event_detected", "event", "event_strict")
    ]
    print(f"{name:6} {threshold:.2f}  " + "   ".join(rows))
    return float(got["event_detected"].f1 + got["event"].f1)


def corpus(gold: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the short reports and the full articles to train on, in the document form."""
    short: list[dict[str, Any]] = json.loads(gold.read_text(encoding="utf-8"))
    full = [name for name in file_names() if name != BRIEF]
    return [*short, *read_standoff(BRIEF)], read_standoff(*full)


def main() -> None:
    """Cross-validate, print, and export when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--export", action="store_true", help="write the shipped models")
    parser.add_argument("--fresh", action="store_true", help="train the encoders again")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--gold", type=Path, default=GOLD)
    options = parser.parse_args()
    short, full = corpus(options.gold)
    documents = [*short, *full]
    annotations = read(documents)
    found, borrowed = examples(annotations), from_plv(PLV, weight=PLV_WEIGHT)
    for _ in range(ROUNDS):
        label(documents, found)
        seats = seats_of(annotations, found)
        models = folds(found, seats, borrowed)
    coders = []
    for model, parties, held in models:
        inside = [e for e in found if e.article not in held]
        reader, _ = encoder([*inside, *borrowed], seats, epochs=options.epochs, fresh=options.fresh)
        coders.append((EventCoder(model, parties, reader), held))
    best = (0.0, 0.5, (1.0, 0.0, 0.0))
    long = {a.article.article_id for a in annotations if is_long(a)}
    for threshold in THRESHOLDS:
        predictions = []
        for coder, held in coders:
            coder.model = replace(coder.model, threshold=threshold)
            predictions += predict(coder, annotations, held)
        total = sum(
            shown(name, threshold, part, predictions) for name, part in (("short", short), ("full", full))
        )
        best = max(best, (total, threshold, calibrate(documents, predictions, long)))
    print(f"threshold {best[1]}, calibration " + " ".join(f"{x:.3f}" for x in best[2]))
    if options.export:
        _, folder = encoder([*found, *borrowed], seats, epochs=options.epochs, fresh=options.fresh)
        model = replace(fit([*found, *borrowed]), threshold=best[1], calibration=best[2])
        export(model, TARGETS / "types.npz")
        export(fit(seats, least=3, strength=0.3), TARGETS / "parties.npz")
        for file in folder.iterdir():
            shutil.copy(file, TARGETS / file.name)


def calibrate(
    gold: Sequence[dict[str, Any]], predictions: Sequence[dict[str, Any]], long: set[str]
) -> tuple[float, float, float]:
    """Return how the log-odds of a chance become those of a right event: slope, intercept, more if long.

    Right is what the scorer takes for the same event as one of the gold's, optional ones included.
    """
    truth = {d["id"]: d["events"] for d in gold}
    rows, right = [], []
    for p in predictions:
        for event in p["events"]:
            chance = min(max(event["confidence"], 1e-4), 1 - 1e-4)
            rows.append((np.log(chance / (1 - chance)), float(p["id"] in long)))
            right.append(any(same_event(g, event) for g in truth[p["id"]]))
    model = LogisticRegression(C=1e6).fit(rows, right)
    slope, more = model.coef_[0].tolist()
    return slope, float(model.intercept_[0]), more


def export(model: LinearModel, path: Path) -> None:
    """Write a model as 8-bit integers with a scale for each class: about a quarter of the size of float32."""
    scale = np.abs(model.weights).max(0) / 127
    weights = np.round(model.weights / scale).astype(np.int8)
    keep = np.flatnonzero(np.abs(weights).max(1) > 0)
    names = [name for name, _ in sorted(model.vocabulary.items(), key=lambda item: item[1])]
    card = {
        "classes": list(model.classes),
        "threshold": model.threshold,
        "calibration": list(model.calibration),
        "version": model.version,
        "none": NONE,
    }
    np.savez_compressed(
        path,
        weights=weights[keep],
        scale=scale.astype(np.float32),
        features=np.array("\x1e".join(names[i] for i in keep)),
        card=np.array(json.dumps(card)),
    )
    print(f"{path}: {len(keep)} features, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
