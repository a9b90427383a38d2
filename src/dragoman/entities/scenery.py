"""Which country an article, and each of its passages, speaks of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entities.draft import Found, Sheet

__all__ = ["Scenery"]

DATELINE = 4.0
WEIGHTS = {"place": 2.0, "name": 1.0, "adjective": 1.0, "nominal": 1.0, "pronoun": 0.5}
RECENT = 24
"""Mentions before a word that may tell of its country."""
SHARE, SAME, AFTER, NEAR, FADE = 4.0, 1.5, 1.0, 1.0, 0.5
"""What counts for a passage: a country's share of the article, a mention in the sentence before and after
the word, and one in an earlier sentence, which loses FADE of its weight each TOKENS."""
TOKENS = 25


class Scenery:
    """The countries of an article: ``main`` is the one it is set in; :meth:`at` looks at one passage."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._found: list[Found] = []
        self._weights: list[float] = []
        self._counts: dict[str, float] = {}
        line = sheet.annotation.dateline_place
        for i, found in enumerate(sheet.taken):
            if found is None or found.start != i or not found.entity.country:
                continue
            weight = WEIGHTS[found.form]
            self._found.append(found)
            self._weights.append(weight)
            if line is not None and line.start <= sheet.idx[i] < line.end:
                weight = DATELINE
            country = found.entity.country
            self._counts[country] = self._counts.get(country, 0.0) + weight - i * 1e-6
        self._starts = [f.start for f in self._found]
        self._total = sum(self._counts.values()) or 1.0
        self.main = max(self._counts, key=lambda c: self._counts[c]) if self._counts else None

    def share(self, country: str) -> float:
        """Return a country's part of all that the article's mentions weigh, 0 to 1."""
        return self._counts.get(country, 0.0) / self._total

    def at(self, i: int, *, without: str | None = None) -> str | None:
        """Return the country that the passage around a token speaks of, or None when none is named.

        ``without`` is a country that cannot be meant; it is returned only if there is no other.
        """
        if not self._counts:
            return None
        scores = {c: SHARE * n / self._total for c, n in self._counts.items()}
        sheet = self.sheet
        sentence = sheet.tokens[i].sent
        stop = bisect_right(self._starts, i)
        first = max(0, stop - RECENT)
        last = bisect_left(self._starts, sentence.end)
        for k in range(first, last):
            found = self._found[k]
            if k < stop:
                same = found.start >= sentence.start
                force = SAME if same else NEAR * FADE ** ((sentence.start - found.start) / TOKENS)
            else:
                force = AFTER
            country = found.entity.country or ""
            scores[country] = scores.get(country, 0.0) + force * self._weights[k]
        return max(scores, key=lambda c: (c != without, scores[c]))
