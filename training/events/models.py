"""The linear models of the event stage, and the event stage's scores on articles that no model saw.

Two models: the type of a candidate, the role of a mention. The encoder beside them is trained in
``training/reader``. Scores are end to end, with the project's scorer and with the files that would ship,
for short reports and full articles apart; the threshold is chosen there.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman.events.classify import NONE, LinearModel
from dragoman.events.coder import EventCoder, is_long
from dragoman.ledger.documents import document as document_form
from dragoman.records import Coded
from dragoman.scoring import event as same_event, score
from training.corpus import FOLDS, made_up
from training.events.borrowed import from_plv
from training.events.corpus import Example, Seat, examples, label, seats_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation
    from dragoman.events.classify import Line
    from dragoman.events.coder import Scored
    from dragoman.reader import Encoder
    from training.corpus import Corpus

PLV = Path("../shared/data/label_plv/PLV_train.tsv")
PLV_WEIGHT = 0.5
TARGETS = Path("src/dragoman/events/data")
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
        e.chances = dict(
            zip(model.classes, model.probabilities(own, model.shared(shared)).tolist(), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A corpus's labelled candidates, the mentions beside them, borrowed ones, and each fold's models."""

    found: list[Example]
    seats: list[Seat]
    borrowed: list[Example]
    folds: list[tuple[LinearModel, LinearModel]]

    def outside(self, held: set[int]) -> list[Example]:
        """Return the candidates to learn from when some articles are held out."""
        return [*(e for e in self.found if e.article not in held), *self.borrowed]


def prepare(corpus: Corpus) -> Prepared:
    """Label a corpus's candidates; models that did not see an event choose its trigger."""
    found, borrowed = examples(corpus.annotations), from_plv(PLV, weight=PLV_WEIGHT)
    for _ in range(ROUNDS):
        label(corpus.documents, found)
        seats = seats_of(corpus.annotations, found)
        models = [_fold(corpus.held(n), found, seats, borrowed) for n in range(FOLDS)]
    return Prepared(found, seats, borrowed, models)


def _fold(
    held: set[int], found: Sequence[Example], seats: Sequence[Seat], borrowed: Sequence[Example]
) -> tuple[LinearModel, LinearModel]:
    """Return the two linear models of a fold; sets the chances of the held-out candidates."""
    model = fit([*(e for e in found if e.article not in held), *borrowed])
    chances(model, [e for e in found if e.article in held])
    inside = [s for s in seats if s.example.article not in held]
    return model, fit(inside, least=3, strength=0.3)


def predict(coder: EventCoder, weighed: Sequence[tuple[Annotation, list[Scored]]]) -> list[dict[str, Any]]:
    """Return the events of articles whose candidates are weighed, in the document form."""
    found = []
    for annotation, scored in weighed:
        events = tuple(coder.recorded(annotation, scored))
        found.append(document_form(Coded(annotation.article, events)))
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
    print(f"events {name:9} {threshold:.2f}  " + "   ".join(rows), flush=True)
    return float(got["event_detected"].f1 + got["event"].f1)


def cross_validate(
    corpus: Corpus, prepared: Prepared, readers: Sequence[Encoder]
) -> tuple[float, tuple[Line, Line]]:
    """Print the scores at each threshold; return the best threshold and its calibration."""
    coders = [EventCoder(*prepared.folds[n], reader) for n, reader in enumerate(readers)]
    weighed = [
        [(a, list(coder.scored(a))) for a in (corpus.annotations[i] for i in sorted(corpus.held(n)))]
        for n, coder in enumerate(coders)
    ]
    long = {a.article.article_id for a in corpus.annotations if is_long(a)}
    parts = {
        "short": [d for d in corpus.documents if d["id"] not in long],
        "full": [d for d in corpus.documents if d["id"] in long],
        "wikinews": [d for d in corpus.documents if d["id"].startswith("wikinews")],
    }
    # The gold is read more strictly than our own short reports, and what is made up is no news.
    reference = {d["id"] for d in corpus.documents[: corpus.reference]}
    fair = [d for d in corpus.documents if d["id"] in reference or (d["id"] in long and not made_up(d))]
    best: tuple[float, float, tuple[Line, Line]] = (0.0, 0.5, ((1.0, 0.0), (1.0, 0.0)))
    for threshold in THRESHOLDS:
        predictions = []
        for coder, articles in zip(coders, weighed, strict=True):
            coder.model = replace(coder.model, threshold=threshold)
            predictions += predict(coder, articles)
        total = sum(shown(name, threshold, part, predictions) for name, part in parts.items())
        best = max(best, (total, threshold, calibrate(fair, predictions, long)))
    print(f"threshold {best[1]}, calibration", *(f"{slope:.3f} {shift:.3f}" for slope, shift in best[2]))
    return best[1:]


def export_all(prepared: Prepared, threshold: float, calibration: tuple[Line, Line]) -> None:
    """Train both linear models on everything and write them where the package reads them."""
    model = fit([*prepared.found, *prepared.borrowed])
    export(replace(model, threshold=threshold, calibration=calibration), TARGETS / "types.npz")
    export(fit(prepared.seats, least=3, strength=0.3), TARGETS / "parties.npz")


def calibrate(
    gold: Sequence[dict[str, Any]], predictions: Sequence[dict[str, Any]], long: set[str]
) -> tuple[Line, Line]:
    """Return how the log-odds of a chance become those of a right event, in short reports and in long ones.

    Right is what the scorer takes for the same event as one of the gold's, optional ones included. What is
    predicted of other documents does not count.
    """
    truth = {d["id"]: d["events"] for d in gold}
    rows: tuple[list[float], list[float]] = ([], [])
    right: tuple[list[bool], list[bool]] = ([], [])
    for p in predictions:
        for event in p["events"] if p["id"] in truth else ():
            chance = min(max(event["confidence"], 1e-4), 1 - 1e-4)
            rows[p["id"] in long].append(math.log(chance / (1 - chance)))
            right[p["id"] in long].append(any(same_event(g, event) for g in truth[p["id"]]))
    short, full = (_line(odds, truths) for odds, truths in zip(rows, right, strict=True))
    return short, full


def _line(odds: Sequence[float], right: Sequence[bool]) -> Line:
    """Return slope and intercept of Platt's line."""
    model = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


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
