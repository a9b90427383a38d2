"""The models of measures and linkages, and their scores on articles that no model saw."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dragoman.statements import linkages as linkage_stage
from training.statements.fit import fit, save
from training.statements.measures import train_measures
from training.statements.positions import as_model, count, report, strictest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation
    from dragoman.reader import Encoder
    from training.corpus import Corpus

FOLDS = 5
TOLERANCE = 0.02
THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7]
STRENGTH = 0.3


def label_linkage(
    note: Annotation, candidate: linkage_stage.LinkageCandidate, records: list[dict[str, Any]]
) -> str:
    """Return yes or no: the marker stands inside a gold linkage of the same direction."""
    offset = note.doc[candidate.marker].idx
    return (
        "yes"
        if any(r["start"] <= offset < r["end"] and r["direction"] == candidate.direction for r in records)
        else "no"
    )


def train_linkages(documents: list[dict[str, Any]], notes: list[Annotation]) -> dict[str, Any]:
    """Fit the filter of linkages."""
    rows, labels = [], []
    for document, note in zip(documents, notes, strict=True):
        for sentence in note.telling():
            for candidate in linkage_stage.linkage_candidates(note, sentence):
                rows.append(list(linkage_stage.linkage_features(note, candidate)))
                labels.append(label_linkage(note, candidate, document["linkages"]))
    return fit(rows, labels, strength=STRENGTH)


def linkages(note: Annotation, model: dict[str, Any], threshold: float) -> list[dict[str, Any]]:
    """Return an article's linkages in the document form."""
    linkage_stage.load_model = lambda _: as_model(model, threshold)  # type: ignore[assignment]
    return [
        {"start": link.span.start, "end": link.span.end, "quote": link.span.quote}
        for link in linkage_stage.find_linkages(note)
    ]


def try_linkages(documents: list[dict[str, Any]], notes: list[Annotation]) -> dict[str, Any]:
    """Cross-validate the filter of linkages, print its scores, and return it trained on everything."""
    totals: dict[float, Counter[str]] = {t: Counter() for t in THRESHOLDS}
    for part in range(FOLDS):
        inside = [i for i in range(len(documents)) if i % FOLDS != part]
        model = train_linkages([documents[i] for i in inside], [notes[i] for i in inside])
        for threshold in THRESHOLDS:
            for i in range(part, len(documents), FOLDS):
                totals[threshold] += count(documents[i], linkages(notes[i], model, threshold), "linkages")
    for threshold, total in totals.items():
        print("linkages", threshold, report(total))
    best = strictest(totals, tolerance=TOLERANCE)
    return {**train_linkages(documents, notes), "threshold": best}


def train_all(corpus: Corpus, readers: Sequence[Encoder]) -> dict[str, Any]:
    """Cross-validate the models of measures and linkages, and return them trained on everything.

    Only the gold file has linkages.
    """
    known = corpus.reference
    linkages_ = try_linkages(corpus.documents[:known], corpus.annotations[:known])
    return {"linkages": linkages_, **train_measures(corpus.documents, corpus.annotations, known, readers)}


def export_all(models: dict[str, Any]) -> None:
    """Write the models for the package."""
    for name, model in models.items():
        save(name, model)
