"""Shorter forms of a body's name: its abbreviation ("the RRA"), its last word ("the commission")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.draft import Found

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet

__all__ = ["Echoes", "follow_abbreviations"]

BODIES = frozenset({"organisation", "armed-group", "group"})
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "&", "de", "la", "des", "du", "del"})
SHORTEST, LONGEST = 2, 7
REACH = 600
"""Tokens over which a body's last word may stand for it."""


def follow_abbreviations(sheet: Sheet) -> None:
    """Tie an abbreviation to the body whose name it abbreviates, by brackets or by its initials."""
    known = _abbreviations(sheet)
    if not known:
        return
    for i, word in enumerate(sheet.words):
        full = known.get(word)
        here = sheet.taken[i]
        if full is None or here is full or (here is not None and not _weak(here)):
            continue
        sheet.put(Found(i, i + 1, full.entity, full.party, "name", 0.7, role=full.role))


def _weak(found: Found) -> bool:
    """Whether a mention is one unknown word, which a better reading may replace."""
    return found.end - found.start == 1 and found.confidence <= 0.6 and found.entity.country is None


def _abbreviations(sheet: Sheet) -> dict[str, Found]:
    known: dict[str, Found] = {}
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.form != "name" or found.entity.kind not in BODIES:
            continue
        if found.end - found.start < SHORTEST:
            continue
        after = found.end
        if after + 1 < len(sheet) and sheet.words[after] == "(" and _abbreviates(sheet.words[after + 1]):
            known.setdefault(sheet.words[after + 1], found)
        words = [
            w for w in sheet.words[found.start : found.end] if w.lower() not in SMALL and w[:1].isalpha()
        ]
        initials = "".join(w[0].upper() for w in words)
        if len(initials) > SHORTEST:
            known.setdefault(initials, found)
    return known


def _abbreviates(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word[0].isupper() and sum(map(str.isupper, word)) > 1


class Echoes:
    """The bodies named so far, by the last word of their names."""

    def __init__(self) -> None:
        self._named: dict[str, list[Found]] = {}

    def add(self, sheet: Sheet, found: Found) -> None:
        """Note a body named in full."""
        long = found.form == "name" and found.end - found.start > 1 and found.entity.kind in BODIES
        owned = found.form == "nominal" and found.entity.country and found.confidence > 0.6
        if long or (owned and not found.members and found.entity.kind != "person"):
            for i in range(found.start, found.end):
                word = sheet.words[i].lower()
                if len(word) > 3 and (i == found.end - 1 or long):
                    self._named.setdefault(word, []).append(found)

    def of(self, sheet: Sheet, start: int, end: int) -> Found | None:
        """Return the body named last whose name holds all the words of a definite phrase."""
        if not start or sheet.words[start - 1].lower() not in {"the", "this", "that"}:
            return None
        words = [w.lower() for w in sheet.words[start:end]]
        for found in reversed(self._named.get(words[-1], ())):
            if start - found.end > REACH:
                return None
            if found.end - found.start > end - start or found.form == "nominal":
                name = [w.lower() for w in sheet.words[found.start : found.end]]
                if all(w in name for w in words):
                    return found
        return None
