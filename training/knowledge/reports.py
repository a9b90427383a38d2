"""People named with their office in dated news reports: ``python -m training.knowledge.reports``.

Reads the entity links of Wikipedia's current-events reports of 2025 and 2026 (CC BY-SA 4.0) and keeps,
for a linked person whom a title introduces, the facts alone: name, country, sector, office and the days
on which it was told. A fifth of the reports (by hash of their id) and those of the development gold are
left out, so that linking can be measured on them. Writes curated/people_reports.csv, which ``build`` reads;
run it only when the source changes (it parses all reports, about three minutes).
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.annotate import Annotator
from dragoman.entities import KnowledgeBase
from dragoman.entities.coreference import follow_surnames
from dragoman.entities.draft import Sheet
from dragoman.entities.names import find_names, find_unknown
from dragoman.entities.nominals import find_nominals
from dragoman.records import Article, digest
from training.knowledge.tables import CURATED, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main"]

GOLD = SOURCES.parent / "gold" / "wce_dev.json"
FOLDER = SOURCES / "news_wikipedia_current_events_2025_2026"
HELD_OUT = 5


@dataclass
class Sighting:
    """What the reports tell of one person."""

    votes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    days: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    spellings: Counter[str] = field(default_factory=Counter)


def _reports() -> Iterator[dict[str, Any]]:
    dev = {row["id"] for row in json.loads(GOLD.read_text(encoding="utf-8"))}
    with (FOLDER / "items.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            report: dict[str, Any] = json.loads(line)
            if report["id"] not in dev and int(digest(report["id"]), 16) % HELD_OUT:
                yield report


def _look(sheet: Sheet, report: dict[str, Any], seen: dict[str, Sighting]) -> None:
    links = {start: (end, title) for start, end, _, title in report["links"]}
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.entity.kind != "person" or found.form != "name":
            continue
        end, title = links.get(sheet.idx[i], (0, ""))
        name = re.sub(r"\s*\(.*\)$", "", title)
        if end != sheet.ends[found.end - 1] or " " not in name or found.confidence != 0.8 or not found.role:
            continue
        fact = (
            found.entity.country or "",
            found.entity.sector or "",
            found.role if found.role.isupper() else "",
        )
        sighting = seen[name]
        sighting.votes[fact] += 1
        sighting.days[fact].append(report["date"])
        sighting.spellings[sheet.text(found.start, found.end)] += 1


def main() -> None:
    """Read the reports and write the table."""
    base, annotator = KnowledgeBase.shared(), Annotator()
    seen: dict[str, Sighting] = defaultdict(Sighting)
    reports = list(_reports())
    articles = (Article(r["id"], r["text"], published=date.fromisoformat(r["date"])) for r in reports)
    for report, annotation in zip(reports, annotator.annotate(articles), strict=True):
        sheet = Sheet(annotation, base)
        for step in (find_names, find_unknown, find_nominals, follow_surnames):
            step(sheet)
        _look(sheet, report, seen)
    with (CURATED / "people_reports.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("country", "sector", "name", "role", "from", "to", "aliases"))
        for name, sighting in sorted(seen.items()):
            (country, sector, role), votes = sighting.votes.most_common(1)[0]
            rivals = {c for c, _, _ in sighting.votes}
            if not country or (len(rivals) > 1 and votes < 0.6 * sighting.votes.total()):
                continue
            days = sorted(sighting.days[country, sector, role])
            aliases = ";".join(s for s in sorted(sighting.spellings) if s != name)
            writer.writerow((country, sector, name, role, days[0], f"~{days[-1]}", aliases))


if __name__ == "__main__":
    main()
