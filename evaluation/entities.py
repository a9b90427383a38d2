"""Measures the linker on gold actors, recipients and parties: ``python -m evaluation.entities [GOLD...]``.

For each gold entity that has a place in the text, the mentions that overlap it are compared with it:
``found`` (there is one), ``country`` (equal, where the gold has one), ``same`` (the scorer's rule)
and ``side`` (state, armed group or society, where the gold has a sector).
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.records import Mention

__all__ = ["main", "measure"]

GOLD = Path(__file__).parents[2] / "shared" / "gold"
FILES = ("wce_train.json", "wce_dev.json", "news.json", "mission.json")


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _entities(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each gold entity with its role; one without a place is sought in its record's quote."""
    for event in document["events"]:
        for role in ("actors", "recipients"):
            for entity in event.get(role, []):
                yield role, {"from": event["start"], "to": event["end"], **entity}
    for position in document["positions"]:
        parties = position["party"] if isinstance(position["party"], list) else [position["party"]]
        for entity in filter(None, parties):
            yield "party", {"from": position["start"], "to": position["end"], **entity}


def _form(mention: Mention) -> list[dict[str, Any]]:
    return [
        {"name": e.name, "country": e.country, "sector": e.sector} for e in (mention.entity, mention.party)
    ]


def measure(documents: list[dict[str, Any]], *, show: bool = False) -> tuple[Counter[str], float, float]:
    """Count what is right in a gold file; return the counts and the seconds of syntax and of linking."""
    score, linker, annotator = _scorer(), Linker(), Annotator()
    counts: Counter[str] = Counter()
    articles = [
        Article(str(d["id"]), d["text"], published=date.fromisoformat(d["date"]) if d.get("date") else None)
        for d in documents
    ]
    started, linking = time.perf_counter(), 0.0
    for document, annotation in zip(documents, annotator.annotate(articles), strict=True):
        before = time.perf_counter()
        mentions = linker.link(annotation)
        linking += time.perf_counter() - before
        for role, gold in _entities(document):
            exact = gold.get("start") is not None
            start, end = (gold["start"], gold["end"]) if exact else (gold["from"], gold["to"])
            near = [m for m in mentions if m.span and m.span.start < end and start < m.span.end]
            ours = [form for mention in near for form in _form(mention)]
            _count(counts, gold, ours, score)
            same = any(score.same_entity(gold, form) for form in ours)
            if show and exact and not same:
                seen = [(m.span.quote if m.span else "", m.entity.name, m.entity.country) for m in near]
                quote = document["text"][start:end]
                wanted = (gold["name"], gold.get("country"), gold.get("sector"))
                print(f"{document['id']} {role} {quote!r} {wanted} {seen}")
    return counts, time.perf_counter() - started - linking, linking


def _count(counts: Counter[str], gold: dict[str, Any], ours: list[dict[str, Any]], score: Any) -> None:
    counts["entities"] += 1
    counts["found"] += bool(ours)
    counts["same"] += any(score.same_entity(gold, form) for form in ours)
    if gold.get("country"):
        counts["with country"] += 1
        counts["country"] += any(form["country"] == gold["country"] for form in ours)
    if gold.get("sector"):
        counts["with sector"] += 1
        wanted = score.SIDES.get(gold["sector"], "society")
        counts["side"] += any(
            form["sector"] and score.SIDES.get(form["sector"], "society") == wanted for form in ours
        )


def main(arguments: list[str]) -> None:
    """Print one line a gold file; ``--errors`` lists what is not the same entity."""
    names = [a for a in arguments if not a.startswith("-")] or list(FILES)
    for name in names:
        loaded = json.loads((GOLD / name).read_text(encoding="utf-8"))
        documents = loaded if isinstance(loaded, list) else [loaded]
        counts, syntax, linking = measure(documents, show="--errors" in arguments)
        print(
            f"{name:16} entities {counts['entities']:5}  found {counts['found'] / counts['entities']:.3f}  "
            f"country {counts['country'] / max(1, counts['with country']):.3f}  "
            f"same {counts['same'] / counts['entities']:.3f}  "
            f"side {counts['side'] / max(1, counts['with sector']):.3f}  "
            f"linking/syntax {linking / syntax:.3f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
