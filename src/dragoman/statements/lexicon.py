"""The word lists of this stage, read once from ``data/``."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

__all__ = [
    "ConditionCue",
    "Cue",
    "burdens",
    "condition_cues",
    "issue_words",
    "position_cues",
    "society_nouns",
]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that states a stance. ``frames`` maps where the content stands to the stance it then has."""

    lemma: str
    pos: str
    stance: str
    frames: dict[str, str]
    addressee: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True)
class ConditionCue:
    """Words that tell of a standing condition.

    ``word`` is the lemma met in the text. ``needs`` are lemmas of which one has to stand in the
    word's own phrase or arguments (empty: none). ``holder`` and ``target`` are places to look for the
    parties, in order of preference.
    """

    rule: str
    kind: str
    effect: str
    pos: str
    word: str
    needs: frozenset[str]
    bars: frozenset[str]
    holder: tuple[str, ...]
    target: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = files("dragoman.statements").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in (cell or "").split("|") if part)


@cache
def position_cues() -> dict[tuple[str, str], Cue]:
    """Return the cues of ``position_cues.csv`` by lemma and part of speech, each under one spelling."""
    cues = {}
    for row in _rows("position_cues.csv"):
        frames = {}
        for cell in _split(row["frames"]):
            name, _, stance = cell.partition("=")
            frames[name] = stance or row["stance"]
        key = (row["lemma"], row["pos"])
        cues[key] = Cue(*key, row["stance"], frames, _split(row["addressee"]), row["group"])
    for (lemma, pos), cue in cues.items():
        twin = (lemma.replace("ise", "ize").replace("our", "or"), pos)
        cues[lemma, pos] = replace(cue, lemma=cues[twin].lemma) if twin in cues else cue
    return cues


@cache
def condition_cues() -> dict[tuple[str, str], tuple[ConditionCue, ...]]:
    """Return the cues of ``condition_cues.csv`` by lemma and part of speech, in file order."""
    cues: dict[tuple[str, str], list[ConditionCue]] = {}
    for row in _rows("condition_cues.csv"):
        for word in _split(row["words"]):
            cue = ConditionCue(
                row["rule"], row["kind"], row["effect"], row["pos"], word, frozenset(_split(row["needs"])),
                frozenset(_split(row["bars"])), _split(row["holder"]), _split(row["target"]),
            )  # fmt: skip
            cues.setdefault((word, row["pos"]), []).append(cue)
    return {key: tuple(found) for key, found in cues.items()}


@cache
def issue_words() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return the issues that a lemma speaks for, with weights, from ``issue_words.csv``."""
    words: dict[str, list[tuple[str, float]]] = {}
    for row in _rows("issue_words.csv"):
        for cell in _split(row["words"]):
            word, _, weight = cell.partition("=")
            words.setdefault(word, []).append((row["issue"], float(weight or 1.0)))
    return {word: tuple(found) for word, found in words.items()}


@cache
def society_nouns() -> dict[str, str]:
    """Return nouns for people who act without office ("protesters"), with their PLOVER sector."""
    return {row["lemma"]: row["sector"] for row in _rows("society_nouns.csv")}


@cache
def burdens() -> frozenset[str]:
    """Return nouns of what is borne ("war", "sanction"): to stop one is to be for its end."""
    return frozenset(row["lemma"] for row in _rows("burdens.csv"))
