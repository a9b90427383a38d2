"""Train the position filter and the issue model; print cross-validated scores.

On the gold reports and this project's annotations of full articles, scored apart.

usage: python -m training.statements.positions [--write]
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from dragoman.statements import issues as issue_stage, positions as stage
from dragoman.statements.candidates import Candidate, candidates
from dragoman.statements.lexicon import issue_words
from dragoman.statements.linear import LinearModel, read_model
from training.annotations import read_standoff
from training.statements import gold
from training.statements.fit import fit, save

if TYPE_CHECKING:
    from dragoman.annotation import Annotation

FOLDS = 5
TOLERANCE = 0.01
OPTIONAL_WEIGHT = 0.7
"""An optional gold record costs nothing when it is found: a weaker example, not none."""
FULL, SILENCE = 700, 0.4
"""Characters: of a full article only the chief positions are annotated, so silence is weak evidence."""
THRESHOLDS = [0.3, 0.4, 0.45, 0.5, 0.55, 0.6]
ISSUE_STRENGTH, FILTER_STRENGTH, ALSO_WEIGHT = 3.0, 0.3, 0.3
SCORER = gold.load_scorer()
Found = list[list[Candidate]]


def as_model(raw: dict[str, Any], threshold: float = 0.5) -> LinearModel:
    """Turn an exported model into the one that the package uses."""
    return read_model(raw, threshold=threshold)


def use(**models: LinearModel) -> None:
    """Make the stage use these models instead of the shipped ones."""
    stage.load_model = issue_stage.load_model = lambda name: models[name]  # type: ignore[assignment]


def matches(annotation: Annotation, candidate: Candidate, record: dict[str, Any]) -> float:
    """Return how well a candidate's content agrees with a gold record's, 0 when the party is another's."""
    ours = [gold.entity(m) for m in candidate.parties]
    if not SCORER.any_same(gold.listed(record["party"]), ours):
        return 0.0
    quote = stage.quote_of(annotation, candidate)
    if not (quote.start < record["end"] and record["start"] < quote.end):
        return 0.0
    content = annotation.span(*candidate.content)
    words = record.get("content") or ""
    start = annotation.article.text.find(words, max(0, record["start"] - 5)) if words else -1
    if start < 0:
        return 0.3
    end = start + len(words)
    common = min(end, content.end) - max(start, content.start)
    if common <= 0:
        return 0.0
    union = max(end, content.end) - min(start, content.start)
    shorter = min(end - start, content.end - content.start)
    return max(common / union, 0.3 if common / shorter > 0.8 and common / union > 0.12 else 0.0)


def sides(record: dict[str, Any]) -> set[bool]:
    """Return the sides (pro or con) that a gold record allows."""
    known = gold.PRO | {"opposes", "rejects"}
    return {s in gold.PRO for s in [record["stance"], *(a for a in record.get("also", []) if a in known)]}


def label(
    annotation: Annotation, candidate: Candidate, records: list[dict[str, Any]]
) -> tuple[str, dict[str, Any] | None]:
    """Return yes, no or skip for a candidate, and the gold record that it matches."""
    best, chosen = 0.0, None
    for record in records:
        score = matches(annotation, candidate, record)
        if score > best:
            best, chosen = score, record
    if chosen is None or best < 0.25:
        return "no", None
    return ("skip" if gold.neutral(chosen) else "yes"), chosen


def issue_examples(
    documents: list[dict[str, Any]], notes: list[Annotation], found: Found
) -> tuple[list[Any], list[Any], list[Any]]:
    """Return features, labels and weights: gold positions met by candidates, and the word list."""
    rows, labels, weights = [], [], []
    known = {issue for pairs in issue_words().values() for issue, _ in pairs}
    for word, pairs in issue_words().items():
        for issue, weight in pairs:
            rows.append([f"w={word}", f"s={word}", f"h={word}", f"first={issue}"])
            labels.append(issue)
            weights.append(0.25 * weight)
            rows.append([f"w={word}", f"first={issue}"])
            labels.append(issue)
            weights.append(0.25 * weight)
    for document, note, options in zip(documents, notes, found, strict=True):
        for candidate in options:
            _, record = label(note, candidate, document["positions"])
            if record is not None:
                row = list(issue_stage.issue_features(note, candidate))
                weight = 0.6 if gold.neutral(record) else 1.0
                for issue in [record["issue"], *(a for a in record.get("also", []) if a in known)]:
                    rows.append(row)
                    labels.append(issue)
                    weights.append(weight * (1.0 if issue == record["issue"] else ALSO_WEIGHT))
    return rows, labels, weights


def train(
    documents: list[dict[str, Any]], notes: list[Annotation], found: Found
) -> dict[str, dict[str, Any]]:
    """Return the exported models by name: issues and the filter (positions)."""
    rows, labels, weights = issue_examples(documents, notes, found)
    issues = fit(rows, labels, strength=ISSUE_STRENGTH, weights=weights, least=1)
    use(issues=as_model(issues))
    rows, labels, weights = [], [], []
    for document, note, options in zip(documents, notes, found, strict=True):
        for candidate in options:
            verdict, _ = label(note, candidate, document["positions"])
            issue, _ = issue_stage.issue_of(note, candidate)
            rows.append(list(stage.features(note, candidate, issue)))
            labels.append("no" if verdict == "no" else "yes")
            silence = SILENCE if len(document["text"]) > FULL else 1.0
            weights.append({"yes": 2.0, "skip": OPTIONAL_WEIGHT, "no": silence}[verdict])
    return {"issues": issues, "positions": fit(rows, labels, strength=FILTER_STRENGTH, weights=weights)}


def predict(
    notes: list[Annotation], models: dict[str, dict[str, Any]], threshold: float
) -> list[list[dict[str, Any]]]:
    """Return the predicted positions of each article in the document form."""
    use(**{name: as_model(raw, threshold) for name, raw in models.items()})
    return [
        [
            {"party": [gold.entity(m) for m in p.parties], "issue": p.issue, "stance": p.stance,
             "quote": p.span.quote,
             "start": p.span.start, "end": p.span.end, "content": p.content.quote, "confidence": p.confidence}
            for p in stage.find_positions(note)
        ]
        for note in notes
    ]  # fmt: skip


def count(document: dict[str, Any], predicted: list[dict[str, Any]], same: str) -> Counter[str]:
    """Return hits, misses and false positives of one document, as the official scorer counts them."""
    out, _ = SCORER.score([{"id": "x", same: document[same]}], [{"id": "x", same: predicted}])
    kind = {"positions": "position", "measures": "measure", "linkages": "linkage"}[same]
    return Counter({k: out[kind][k] for k in ("hit", "missed", "wrong")})


def strictest(totals: dict[float, Counter[str]], *, tolerance: float = TOLERANCE) -> float:
    """Return the highest threshold whose F1 is near the best: a wrong record costs trust."""
    scores = {threshold: float(report(total)[-5:]) for threshold, total in totals.items()}
    return max(t for t, f1 in scores.items() if f1 >= max(scores.values()) - tolerance)


def report(total: Counter[str]) -> str:
    """Return precision, recall and F1 in words."""
    precision = total["hit"] / max(1, total["hit"] + total["wrong"])
    recall = total["hit"] / max(1, total["hit"] + total["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def main() -> None:
    """Cross-validate, choose the threshold, and write the models when asked to."""
    short = gold.read()
    documents = [*short, *read_standoff()]
    notes = gold.annotate(documents)
    found = [[c for s in n.telling() for c in candidates(n, s)] for n in notes]
    totals: dict[float, Counter[str]] = {t: Counter() for t in THRESHOLDS}
    full: dict[float, Counter[str]] = {t: Counter() for t in THRESHOLDS}
    for fold in range(FOLDS):
        inside = [i for i in range(len(documents)) if i % FOLDS != fold]
        outside = [i for i in range(len(documents)) if i % FOLDS == fold]
        models = train([documents[i] for i in inside], [notes[i] for i in inside], [found[i] for i in inside])
        for threshold in THRESHOLDS:
            guessed = predict([notes[i] for i in outside], models, threshold)
            for i, records in zip(outside, guessed, strict=True):
                part = totals if i < len(short) else full
                part[threshold] += count(documents[i], records, "positions")
    for threshold in THRESHOLDS:
        print(f"{threshold:.2f} short {report(totals[threshold])}   full {report(full[threshold])}")
    best = strictest({t: totals[t] + full[t] for t in THRESHOLDS})
    if "--write" in sys.argv:
        for name, raw in train(documents, notes, found).items():
            save(name, {**raw, "threshold": best if name == "positions" else 0.5})


if __name__ == "__main__":
    main()
