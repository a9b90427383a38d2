"""The articles that every model learns from: the training gold and this project's annotations, once read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article
from training.annotations import read_standoff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.annotation import Annotation

__all__ = ["FOLDS", "Corpus", "annotated", "made_up", "read_corpus"]

GOLD = Path("../shared/gold/wce_train.json")
FOLDS = 3
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in the document form, their annotations, and how many come from the gold file, first."""

    documents: list[Document]
    annotations: list[Annotation]
    reference: int

    def held(self, fold: int) -> set[int]:
        """Return the articles that a fold's models do not see: every third, so each source alike."""
        return set(range(fold, len(self.documents), FOLDS))


def made_up(document: Document) -> bool:
    """Whether a text is no real news: good to learn from, but no measure of what users read."""
    return str(document["id"]).startswith("ngec-")


def read_corpus(gold: Path = GOLD) -> Corpus:
    """Read, annotate and link everything to learn from."""
    reference: list[Document] = json.loads(gold.read_text(encoding="utf-8"))
    documents = [*reference, *read_standoff()]
    return Corpus(documents, annotated(documents), len(reference))


def annotated(documents: Sequence[Document]) -> list[Annotation]:
    """Annotate and link the articles of documents in the document form, in order."""
    articles = [
        Article(d["id"], d["text"], published=date.fromisoformat(d["date"]) if d.get("date") else None)
        for d in documents
    ]
    linker = Linker()
    annotations = list(Annotator().annotate(articles))
    for annotation in annotations:
        annotation.link(linker.link(annotation))
    return annotations
