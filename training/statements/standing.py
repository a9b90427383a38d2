"""Train the filters of conditions and linkages on the gold reports; print cross-validated scores.

usage: python -m training.statements.standing [--write]
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from dragoman.standing import fold
from dragoman.statements import conditions as condition_stage, linkages as linkage_stage
from dragoman.statements.lexicon import condition_cues
from training.statements import gold
from training.statements.fit import fit, save
from training.statements.positions import as_model, count, report, strictest

if TYPE_CHECKING:
    from dragoman.annotation import Annotation
    from dragoman.records import Measure

FOLDS = 5
TOLERANCE = 0.02
THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7]
OPTIONAL_WEIGHT = 0.3
"""An optional gold record costs nothing when it is found: a weaker example, not none."""
RARE, SELDOM, PRIOR_WEIGHT = 6, 4, 0.5
STRENGTHS = {"conditions": 0.3, "linkages": 0.3}
SCORER = gold.load_scorer()


def measure_form(measure: Measure) -> dict[str, Any]:
    """Return a measure, or a condition candidate, in the document form."""
    return {
        "kind": measure.kind,
        "holder": [gold.entity(m) for m in measure.holders],
        "target": [gold.entity(m) for m in measure.targets],
        "start": measure.span.start,
        "end": measure.span.end,
        "quote": measure.span.quote,
    }


def label_condition(candidate: condition_stage.ConditionCandidate, records: list[dict[str, Any]]) -> str:
    """Return yes, no or skip: a candidate is right when the scorer would pair it with a gold measure."""
    form = {
        "kind": candidate.cue.kind,
        "holder": [gold.entity(m) for m in candidate.holders],
        "target": [gold.entity(m) for m in candidate.targets],
    }
    met = [r for r in records if SCORER.measure(r, form)]
    if any(not gold.neutral(r) for r in met):
        return "yes"
    return "skip" if met else "no"


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


def train_conditions(documents: list[dict[str, Any]], notes: list[Annotation]) -> dict[str, Any]:
    """Fit the filter of conditions."""
    rows, labels, weights = [], [], []
    for document, note in zip(documents, notes, strict=True):
        for sentence in note.telling():
            for candidate in condition_stage.condition_candidates(note, sentence):
                verdict = label_condition(candidate, document["measures"])
                rows.append(list(condition_stage.condition_features(note, candidate)))
                labels.append("no" if verdict == "no" else "yes")
                weights.append(OPTIONAL_WEIGHT if verdict == "skip" else 1.0)
    for prior in prior_rows(documents, Counter(f for row in rows for f in row)):
        rows.append(prior)
        labels.append("yes")
        weights.append(PRIOR_WEIGHT)
    return fit(rows, labels, strength=STRENGTHS["conditions"], weights=weights, least=1)


def prior_rows(documents: list[dict[str, Any]], seen: Counter[str]) -> list[list[str]]:
    """Return made-up right examples of kinds that are rare in the gold, so that their cues count."""
    met = Counter(record["kind"] for document in documents for record in document["measures"])
    return [
        [f"kind={cue.kind}", f"rule={cue.rule}", f"both={cue.kind}/True/True"]
        for cue in sorted(
            {c for found in condition_cues().values() for c in found}, key=lambda c: (c.rule, c.word)
        )
        if met[cue.kind] < RARE or seen[f"rule={cue.rule}"] < SELDOM
    ]


def train_linkages(documents: list[dict[str, Any]], notes: list[Annotation]) -> dict[str, Any]:
    """Fit the filter of linkages."""
    rows, labels = [], []
    for document, note in zip(documents, notes, strict=True):
        for sentence in note.telling():
            for candidate in linkage_stage.linkage_candidates(note, sentence):
                rows.append(list(linkage_stage.linkage_features(note, candidate)))
                labels.append(label_linkage(note, candidate, document["linkages"]))
    return fit(rows, labels, strength=STRENGTHS["linkages"])


def measures(note: Annotation, model: dict[str, Any], threshold: float) -> list[dict[str, Any]]:
    """Return an article's folded measures in the document form."""
    condition_stage.load_model = lambda _: as_model(model, threshold)  # type: ignore[assignment]
    found = fold([], condition_stage.find_conditions(note), note.article.published)
    return [measure_form(m) for m in found]


def linkages(note: Annotation, model: dict[str, Any], threshold: float) -> list[dict[str, Any]]:
    """Return an article's linkages in the document form."""
    linkage_stage.load_model = lambda _: as_model(model, threshold)  # type: ignore[assignment]
    return [
        {"start": link.span.start, "end": link.span.end, "quote": link.span.quote}
        for link in linkage_stage.find_linkages(note)
    ]


TASKS = {
    "conditions": ("measures", train_conditions, measures),
    "linkages": ("linkages", train_linkages, linkages),
}


def main() -> None:
    """Cross-validate both filters, choose thresholds, and write the models when asked to."""
    documents = gold.read()
    notes = gold.annotate(documents)
    for name, (field, train, predict) in TASKS.items():
        totals: dict[float, Counter[str]] = {t: Counter() for t in THRESHOLDS}
        for part in range(FOLDS):
            inside = [i for i in range(len(documents)) if i % FOLDS != part]
            model = train([documents[i] for i in inside], [notes[i] for i in inside])
            for threshold in THRESHOLDS:
                for i in range(part, len(documents), FOLDS):
                    totals[threshold] += count(documents[i], predict(notes[i], model, threshold), field)
        for threshold, total in totals.items():
            print(name, threshold, report(total))
        best = strictest(totals, tolerance=TOLERANCE)
        if "--write" in sys.argv:
            save(name, {**train(documents, notes), "threshold": best})


if __name__ == "__main__":
    main()
