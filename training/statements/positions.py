"""The linear models of positions, and the scores of positions on articles that no model saw.

The encoder beside them is trained in ``training/reader``. Short reports and full articles apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.statements import claimants as claims, issues, positions as stage, stance as stances
from dragoman.statements.lexicon import issue_words
from dragoman.statements.linear import DenseModel, LinearModel, dense_model, read_model
from dragoman.statements.reading import Reading, read
from dragoman.statements.stance import PRO
from training.corpus import made_up
from training.statements import gold
from training.statements.examples import Example, examples_of
from training.statements.fit import fit, fit_dense, fit_numbers, save, save_dense
from training.statements.names import issue_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.reader import Encoder
    from dragoman.records import Position
    from training.corpus import Corpus

TOLERANCE = 0.005
OPTIONAL_FILTER, OPTIONAL = 0.4, 0.6
"""What an optional gold record weighs as an example: of a position, and of its party, side or issue."""
SEVERAL_SIDES, ALSO, LISTED = 0.5, 0.5, 0.25
"""What a record right on either side, an issue that is right too, and a word of the list weigh."""
FILTER_STRENGTH, PARTY_STRENGTH, SIDE_STRENGTH, ISSUE_STRENGTH, RECORD_STRENGTH = 0.08, 0.2, 0.3, 2.0, 100.0
LIGHTER = {"s": 0.5}
"""The words of the sentence say less of a candidate than its own."""
THRESHOLDS = [round(0.16 + 0.02 * n, 2) for n in range(20)]
SCORER = gold.load_scorer()
Models = dict[str, Any]
DENSE = ("issues", "stances")
Weighed = tuple[list[stage.Draft], "np.ndarray[Any, Any]"]


def as_model(raw: dict[str, Any], threshold: float = 0.5) -> LinearModel:
    """Turn an exported model into the one that the package uses."""
    return read_model(raw, threshold=threshold)


def use(models: Models) -> None:
    """Make the stage use these models instead of the shipped ones."""
    sparse = {name: as_model(raw) for name, raw in models.items() if name not in DENSE}
    dense: dict[str, DenseModel] = {name: dense_model(models[name]) for name in DENSE}
    for module in (stage, claims):
        module.load_model = lambda name: sparse[name]  # type: ignore[attr-defined]
    for module in (stage, issues, stances):
        module.load_dense = lambda name: dense[name]  # type: ignore[attr-defined]


def train(examples: Sequence[Example]) -> Models:
    """Return the exported models by name: the filter (positions), parties, sides, issues and stances."""
    met = [e for e in examples if e.record is not None]
    return {
        "positions": fit(
            [e.filter for e in examples],
            ["no" if e.record is None else "yes" for e in examples],
            strength=FILTER_STRENGTH,
            weights=[OPTIONAL_FILTER if e.neutral else 1.0 for e in examples],
            lighter=LIGHTER,
        ),
        "parties": _parties(met),
        "sides": _sides(met),
        "issues": _issues(met),
        "stances": fit_dense(
            [e.stance for e in met],
            [e.gold["stance"] for e in met],
            strength=SIDE_STRENGTH,
            weights=[OPTIONAL if e.neutral else 1.0 for e in met],
        ),
    }


def _parties(met: Sequence[Example]) -> dict[str, Any]:
    rows, labels, weights = [], [], []
    for example in met:
        if any(example.right):
            rows += example.claims
            labels += ["yes" if right else "no" for right in example.right]
            weights += [OPTIONAL if example.neutral else 1.0] * len(example.right)
    return fit(rows, labels, strength=PARTY_STRENGTH, weights=weights)


def _sides(met: Sequence[Example]) -> dict[str, Any]:
    labels = ["yes" if e.gold["stance"] in PRO else "no" for e in met]
    weights = [
        (OPTIONAL if e.neutral else 1.0) * (SEVERAL_SIDES if len(gold.sides(e.gold)) > 1 else 1.0)
        for e in met
    ]
    return fit([e.side for e in met], labels, strength=SIDE_STRENGTH, weights=weights, lighter=LIGHTER)


def _issues(met: Sequence[Example]) -> dict[str, Any]:
    rows: list[dict[str, float]] = []
    labels, weights = [], []
    for word, pairs in issue_words().items():
        for issue, weight in pairs:
            near = {f"s={word}": issues.SENTENCE, f"first={issue}": 1.0}
            rows += [{f"w={word}": 1.0, f"h={word}": 1.0, **near}, near]
            labels += [issue, issue]
            weights += [LISTED * weight] * 2
    for example in met:
        weight = OPTIONAL if example.neutral else 1.0
        also = [a for a in example.gold.get("also", []) if a in issue_names()]
        for issue in [example.gold["issue"], *also]:
            rows.append(example.issue)
            labels.append(issue)
            weights.append(weight * (1.0 if issue == example.gold["issue"] else ALSO))
    return fit_dense(rows, labels, strength=ISSUE_STRENGTH, weights=weights)


def weigh(reading: Reading, encoder: Encoder) -> Weighed:
    """Return an article's drafts and the probability of each issue for each, by the models in use."""
    drafts = list(stage.drafts_of(reading, encoder))
    return drafts, stage.issue_shares(reading, drafts, encoder)


def as_document(position: Position) -> dict[str, Any]:
    """Return a position in the document form, as far as the scorer reads it."""
    span = position.span
    return {
        "party": [gold.entity(m) for m in position.parties],
        "issue": position.issue,
        "stance": position.stance,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "content": position.content.quote,
        "confidence": position.confidence,
    }


def train_records(
    readings: Sequence[Reading], weighed: Sequence[Weighed], documents: Sequence[Any]
) -> Models:
    """Return the model that says whether a whole record is right, from drafts of unseen articles."""
    everything = as_model({"classes": ["no", "yes"], "bias": [0.0], "weights": NEUTRAL}, threshold=0.0)
    rows, labels = [], []
    for reading, (drafts, shares), document in zip(readings, weighed, documents, strict=True):
        for draft, row in zip(drafts, shares, strict=True):
            (position,) = stage.select(reading.annotation, [draft], row[None], records=everything)
            hits = [g for g in document["positions"] if SCORER.position(g, as_document(position))]
            if not hits or not all(gold.neutral(g) for g in hits):
                rows.append(dict(stage.whole_features(draft, float(row.max()))))
                labels.append("yes" if hits else "no")
    return fit_numbers(rows, labels, strength=RECORD_STRENGTH)


NEUTRAL = {name: [1.0] for name in ("chance", "party", "side", "issue")}


def count(document: dict[str, Any], predicted: list[dict[str, Any]], same: str) -> Counter[str]:
    """Return hits, misses and false positives of one document, as the official scorer counts them."""
    out, _ = SCORER.score([{"id": "x", same: document[same]}], [{"id": "x", same: predicted}])
    kind = {"positions": "position", "measures": "measure", "linkages": "linkage"}[same]
    return Counter({k: out[kind][k] for k in ("hit", "missed", "wrong")})


def strictest(totals: dict[float, Counter[str]], *, tolerance: float) -> float:
    """Return the highest threshold whose F1 is as near the best as that: a wrong record costs trust."""
    scores = {threshold: f1(total) for threshold, total in totals.items()}
    return max(t for t, score in scores.items() if score >= max(scores.values()) - tolerance)


def _shares(total: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision = total["hit"] / max(1, total["hit"] + total["wrong"])
    recall = total["hit"] / max(1, total["hit"] + total["missed"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def f1(total: Counter[str]) -> float:
    """Return F1 to three places: thresholds are not chosen on less."""
    return round(_shares(total)[2], 3)


def report(total: Counter[str]) -> str:
    """Return precision, recall and F1 in words."""
    precision, recall, both = _shares(total)
    return f"P {precision:.3f} R {recall:.3f} F1 {both:.3f}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The articles of a corpus as the stage reads them, and the candidates of each with their labels."""

    readings: list[Reading]
    examples: list[list[Example]]


def prepare(corpus: Corpus) -> Prepared:
    """Label the candidates of a corpus."""
    readings = [read(note) for note in corpus.annotations]
    return Prepared(readings, [examples_of(r, d) for r, d in zip(readings, corpus.documents, strict=True)])


def held_out(corpus: Corpus, prepared: Prepared, readers: Sequence[Encoder]) -> list[Weighed]:
    """Return the drafts of each article by models that did not see it."""
    weighed: list[Weighed] = [([], np.zeros((0, 0)))] * len(prepared.readings)
    for fold, reader in enumerate(readers):
        held = corpus.held(fold)
        use(train([e for i, some in enumerate(prepared.examples) if i not in held for e in some]))
        for i in held:
            weighed[i] = weigh(prepared.readings[i], reader)
    return weighed


def score(
    readings: Sequence[Reading], weighed: Sequence[Weighed], documents: Sequence[Any], records: Models
) -> float:
    """Print the scores of real articles at each threshold and return the one to use."""
    totals: dict[float, Counter[str]] = defaultdict(Counter)
    for threshold in THRESHOLDS:
        model = as_model(records, threshold)
        for reading, (drafts, shares), document in zip(readings, weighed, documents, strict=True):
            found = stage.select(reading.annotation, drafts, shares, records=model)
            totals[threshold] += count(document, [as_document(p) for p in found], "positions")
        print(f"positions {threshold:.2f} {report(totals[threshold])}", flush=True)
    return strictest(totals, tolerance=TOLERANCE)


def cross_validate(corpus: Corpus, prepared: Prepared, readers: Sequence[Encoder]) -> dict[str, Models]:
    """Print the scores; return the model of whole records, with its threshold, for reports and articles."""
    weighed = held_out(corpus, prepared, readers)

    def some(chosen: Sequence[int]) -> tuple[list[Reading], list[Weighed], list[Any]]:
        return (
            [prepared.readings[i] for i in chosen],
            [weighed[i] for i in chosen],
            [corpus.documents[i] for i in chosen],
        )

    models = {}
    for name, full in (("records", False), ("records_full", True)):
        chosen = [i for i, reading in enumerate(prepared.readings) if reading.full == full]
        raw = train_records(*some(chosen))
        real = [i for i in chosen if not made_up(corpus.documents[i])]
        print("positions", name, len(chosen), raw)
        models[name] = {**raw, "threshold": score(*some(real), raw)}
    return models


def export_all(prepared: Prepared, records: dict[str, Models]) -> None:
    """Train the models on everything and write them, and those of whole records, for the package."""
    models = train([e for some in prepared.examples for e in some])
    for name in DENSE:
        save_dense(name, models.pop(name))
    for name, raw in models.items():
        save(name, {**raw, "threshold": 0.5})
    for name, raw in records.items():
        save(name, raw)
