"""Whose voice an article speaks in: the government or body that says "we" outside any quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entities.draft import Found, Sheet

__all__ = ["issuer"]

VOICES = frozenset({"state", "organisation"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
LEAD = 40
"""Tokens: an issuer that is no subject anywhere must at least be named in the opening."""


def issuer(sheet: Sheet) -> Found | None:
    """Return the mention of the party that issues a statement, or None.

    It is the state or organisation that is most often a subject, the first of them where several
    are; where none is, the first named in the opening words. Press statements name their issuer so
    ("The United States welcomes ..., and we call on ...").
    """
    counts: dict[str, int] = {}
    first: dict[str, Found] = {}
    opening: Found | None = None
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.form == "pronoun" or found.party.kind not in VOICES:
            continue
        if opening is None and i < LEAD and found.form == "name":
            opening = found
        if sheet.dep[found.head] in SUBJECT and found.form != "place":
            key = found.party.entity_id
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, found)
    if not counts:
        return opening
    return first[max(counts, key=lambda key: counts[key])]
