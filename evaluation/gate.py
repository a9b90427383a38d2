"""Scores the gold files end to end and fails where a score is under its floor.

    python evaluation/gate.py [--gold FOLDER] [--write]

A floor is what was once reached; a target is what is aimed at, and is shown where it is not met.
Floors, targets and the SHA-256 of each gold file, stand in baseline.json beside this file. A floor is never
lowered in silence: ``--write`` raises floors to what is measured now (less a margin for rounding) and
leaves higher ones alone.

Exit status: 0 all floors held, 1 a score is under its floor or a gold file has changed, 2 no gold files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import dragoman
from dragoman.errors import DragomanError

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
GOLD = HERE.parent.parent / "shared" / "gold"
MARGIN = 0.005
KEPT = (
    "event",
    "event_detected",
    "event_strict",
    "position",
    "position_strict",
    "measure",
    "figure",
    "linkage",
)


def main(argv: list[str] | None = None) -> int:
    """Print a table of scores, and return the exit status."""
    options = _options(argv)
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    missing = [name for name in baseline if not (options.gold / name).is_file()]
    if missing:
        remedy = "lay the gold files there, or name their folder with --gold"
        print(f"error: {options.gold}: no {', '.join(missing)}; {remedy}", file=sys.stderr)
        return 2
    print(f"{'file':12} {'kind':16} {'P':>6} {'R':>6} {'F1':>6} {'floor':>6} {'target':>6}")
    failures = [failure for name in baseline for failure in _gate(options.gold / name, baseline[name])]
    for failure in failures:
        print(f"FAILED {failure}")
    if options.write:
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", encoding="utf-8")
        print(f"written: {BASELINE.name}")
    print(f"{len(failures)} floors missed")
    return 1 if failures else 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the gold files against the floors of baseline.json.")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold files")
    parser.add_argument("--write", action="store_true", help="raise the floors to what is measured now")
    return parser.parse_args(argv)


def _gate(path: Path, pinned: dict[str, Any]) -> list[str]:
    """Score one gold file, print its lines, raise its floors in place, and return what failed."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != pinned["sha256"]:
        return [f"{path.name}: its SHA-256 is {digest}, not the pinned one: the scores would not compare"]
    failures = []
    floors: dict[str, float] = pinned["floors"]
    for kind, tally in dragoman.evaluate(path).items():
        floor = floors.get(kind)
        shown = "      " if floor is None else f"{floor:6.3f}"
        target = pinned.get("targets", {}).get(kind)
        shown += "" if target is None else f" {target:6.3f}" + ("  short of it" if tally.f1 < target else "")
        print(f"{path.name:12} {kind:16} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f} {shown}")
        if floor is not None and tally.f1 < floor:
            failures.append(f"{path.name}: {kind} F1 {tally.f1:.3f} is under its floor {floor:.3f}")
        if kind in KEPT:
            floors[kind] = max(floor or 0.0, round(tally.f1 - MARGIN, 3))
    return failures


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DragomanError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
