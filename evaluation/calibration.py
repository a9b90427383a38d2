"""How far an event's confidence can be believed: ``python -m evaluation.calibration [GOLD...]``.

For each gold file, coded from its raw text: in ten bands of confidence, how many events, their mean
confidence and the share that is right (type, place in the text and parties, as the scorer has it; optional
gold events count). Then the expected calibration error, the mean over events of the distance between the
two in their band (Naeini et al., 2015), and of the events found, the share whose status and mode are right.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dragoman
from dragoman.scoring import event, event_detected, load_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["expected_error", "main"]

GOLD = Path(__file__).parents[2] / "shared" / "gold"
FILES = ("wce_dev.json", "news.json", "mission.json")
BANDS = 10
Document = dict[str, Any]


def expected_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error of (confidence, right) pairs, 0 to 1; 0 for none."""
    if not pairs:
        return 0.0
    gaps = (
        len(rows) * abs(_mean(c for c, _ in rows) - _mean(r for _, r in rows)) for _, rows in _bands(pairs)
    )
    return sum(gaps) / len(pairs)


def _bands(pairs: Sequence[tuple[float, bool]]) -> list[tuple[int, list[tuple[float, bool]]]]:
    banded: dict[int, list[tuple[float, bool]]] = {}
    for pair in pairs:
        banded.setdefault(min(int(pair[0] * BANDS), BANDS - 1), []).append(pair)
    return sorted(banded.items())


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _agreement(documents: Sequence[Document], coded: dict[str, Document], name: str) -> str:
    """Return how often a field of the events found is right, as text; gold ones without it are left out."""
    right = seen = 0
    for document in documents:
        for gold in document["events"]:
            if gold.get(name) is None:
                continue
            found = next((e for e in coded[document["id"]]["events"] if event_detected(gold, e)), None)
            if found is not None:
                seen += 1
                right += found[name] == gold[name]
    return f"{name} {right / seen:.3f} of {seen}" if seen else f"{name} of none"


def _shown(path: Path) -> None:
    documents = load_documents(path)
    coded = {d["id"]: document for d in documents for document in _coded(d)}
    pairs = [
        (float(e["confidence"]), any(event(gold, e) for gold in document["events"]))
        for document in documents
        for e in coded[document["id"]]["events"]
    ]
    print(path.name)
    for band, rows in _bands(pairs):
        mean, right = _mean(c for c, _ in rows), _mean(r for _, r in rows)
        print(
            f"  {band / BANDS:.1f} to {(band + 1) / BANDS:.1f}  {len(rows):5} events  {mean:.3f}  {right:.3f}"
        )
    print(f"  expected calibration error {expected_error(pairs):.3f} over {len(pairs)} events")
    print(f"  {_agreement(documents, coded, 'status')}, {_agreement(documents, coded, 'mode')}")


def _coded(gold: Document) -> Iterator[Document]:
    day = gold.get("date")
    return dragoman.code(gold["text"], published=date.fromisoformat(day) if day else None)


def main(paths: Sequence[str]) -> int:
    """Print a reliability table for each gold file; return the exit status."""
    for path in [Path(p) for p in paths] or [GOLD / name for name in FILES]:
        _shown(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
