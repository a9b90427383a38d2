"""The official scorer, and what the fields of a gold record say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from dragoman.records import Mention

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
