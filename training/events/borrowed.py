"""Weak labels from another published set: the sentence's act and its two parties, but not the trigger.

``label_plv/PLV_train.tsv`` gives sentence, source, target and PLOVER root (training part only; its
YIELD is RETREAT or CONCEDE). The
trigger is the shallowest candidate whose lemma may stand for the type; every other word of such a
sentence stays unlabelled, since it may well tell of another event. The synthetic stories of
``label_ngec_synthetic`` were tried the same way and lowered the scores, and so did taking the
sources and targets as training for the parties.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from training.corpus import annotated
from training.events.corpus import Example, depth, examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["from_plv"]

NOWHERE = -1
"""The article index of borrowed examples: in no fold, so always in training."""
YIELDS = ("RETREAT", "CONCEDE")


def _annotated(texts: Sequence[str]) -> dict[int, list[Example]]:
    annotations = annotated([{"id": f"borrowed-{i}", "text": text} for i, text in enumerate(texts)])
    by_text: dict[int, list[Example]] = {}
    for example in examples(annotations):
        by_text.setdefault(example.article, []).append(example)
    return by_text


def _types(root: str) -> tuple[str, ...]:
    return YIELDS if root == "YIELD" else (root,)


def _best(
    found: Sequence[Example], wanted: tuple[str, ...], source: int, target: int
) -> tuple[Example, str] | None:
    best: tuple[float, int, Example, str] | None = None
    for n, example in enumerate(found):
        fitting = [t for t in wanted if t in example.candidate.types]
        if not fitting:
            continue
        at = example.candidate.token.idx
        fit = (
            -0.25 * depth(example.candidate) + 0.5 * (0 <= source < at) + 0.3 * (target >= 0 and at < target)
        )
        if best is None or (fit, -n) > best[:2]:
            best = (fit, -n, example, fitting[0])
    return None if best is None else best[2:]


def from_plv(path: Path, *, weight: float) -> list[Example]:
    """Return labelled candidates from PLV_train, each once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = sorted({row["sentence"] for row in rows})
    places = {text: i for i, text in enumerate(texts)}
    by_text = _annotated(texts)
    found: dict[int, Example] = {}
    for row in rows:
        text, i = row["sentence"], places[row["sentence"]]
        spans = {name: _find(text, row[name]) for name in ("source", "target")}
        best = _best(by_text.get(i, []), _types(row["gold_root"]), spans["source"][0], spans["target"][1])
        if best is None:
            continue
        example, label = best
        if label == "COERCE" and "SANCTION" in example.candidate.types:
            continue  # CAMEO's administrative sanctions, which the codebook calls SANCTION
        example.label, example.weight, example.article = label, weight, NOWHERE
        found[id(example)] = example
    return list(found.values())


def _find(text: str, words: str) -> tuple[int, int]:
    start = text.find(words)
    return (start, start + len(words)) if start >= 0 else (-1, -1)
