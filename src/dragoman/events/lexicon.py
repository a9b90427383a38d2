"""The word lists of the event stage, read once from data files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TYPES", "Lexicon", "rows", "word_list"]

TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
QUADS = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV data file of this stage; lines that start with # are comments."""
    text = (resources.files("dragoman.events") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one list of ``data/words.csv``."""
    return frozenset(next(row["lemmas"] for row in rows("words.csv") if row["list"] == name).split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Trigger words by part of speech, and PLOVER's quad class and intensity by type and mode."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    quads: dict[str, str]
    intensities: dict[tuple[str, str], float]

    @classmethod
    @cache
    def load(cls) -> Lexicon:
        """Read the data files once for this process."""
        words: dict[str, dict[str, list[str]]] = {"VERB": {}, "NOUN": {}}
        for row in rows("triggers.csv"):
            for lemma in row["lemmas"].split():
                words[row["pos"]].setdefault(lemma, []).append(row["type"])
        quads: dict[str, str] = {}
        intensities: dict[tuple[str, str], float] = {}
        for row in rows("intensity.csv"):
            quads[row["type"]] = QUADS[row["quad"]]
            intensities[row["type"], row["mode"]] = float(row["intensity"])
        verbs, nouns = ({k: tuple(v) for k, v in words[p].items()} for p in ("VERB", "NOUN"))
        return cls(verbs, nouns, quads, intensities)

    def intensity(self, type_: str, mode: str | None) -> float:
        """Return PLOVER's score of a type and mode, -10 (conflict) to +10 (cooperation)."""
        plain = self.intensities[type_, ""]
        return self.intensities.get((type_, mode or ""), plain)
