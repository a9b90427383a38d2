"""Reading the gold reports and pairing candidates with their records."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article, Mention

if TYPE_CHECKING:
    from types import ModuleType

    from dragoman.annotation import Annotation

SHARED = Path(__file__).resolve().parents[3] / "shared"
PRO = {"demands", "offers", "supports", "accepts"}


def load_scorer() -> ModuleType:
    """Import the official scorer from its file."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "gold" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(name: str = "wce_train") -> list[dict[str, Any]]:
    """Return the documents of a gold file."""
    found: list[dict[str, Any]] = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def annotate(documents: list[dict[str, Any]]) -> list[Annotation]:
    """Annotate and link gold documents, in order."""
    linker = Linker()
    annotations = []
    for annotation in Annotator().annotate(_article(d) for d in documents):
        annotation.link(tuple(linker.link(annotation)))
        annotations.append(annotation)
    return annotations


def _article(document: dict[str, Any]) -> Article:
    day = str(document.get("date") or "")[:10]
    published = date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    return Article(document["id"], document["text"], document.get("title") or None, None, published)


def entity(mention: Mention) -> dict[str, Any]:
    """Return a mention's party in the document form."""
    party = mention.party
    return {"name": party.name, "country": party.country, "sector": party.sector}


def neutral(record: dict[str, Any]) -> bool:
    """Whether a gold record counts neither for nor against."""
    return bool(record.get("optional")) or record.get("duplicate_of") is not None


def listed(value: object) -> list[Any]:
    """Return a gold field that holds one entity, a list or null as a list."""
    return value if isinstance(value, list) else [value] if value else []


def sides(record: dict[str, Any]) -> set[bool]:
    """Return the sides (for: True) that a gold record allows."""
    known = PRO | {"opposes", "rejects"}
    return {s in PRO for s in [record["stance"], *(a for a in record.get("also", []) if a in known)]}


def content_of(record: dict[str, Any], text: str) -> tuple[int, int]:
    """Return where a gold record's content stands in the text; its quote where it has none."""
    words = record.get("content") or ""
    start = text.find(words, max(0, record["start"] - 5)) if words else -1
    return (start, start + len(words)) if start >= 0 else (record["start"], record["end"])
