"""One word for several: "the two sides", "both ministers", "they" after "Chile and Peru"."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.entities.draft import Found

if TYPE_CHECKING:
    from dragoman.entities.draft import Sheet
    from dragoman.entities.meetings import Meetings
    from dragoman.records import Form

__all__ = ["OPENERS", "Plurals", "together"]

COUNTS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5, "six": 6}
DEFINITE = frozenset({"the", "these", "those", "all"})
OPENERS = DEFINITE | COUNTS.keys()
"""Words with which a phrase that :meth:`Plurals.reference` knows begins."""
PARTIES = frozenset({"side", "sides", "parties", "foes", "rivals", "neighbors", "neighbours", "allies"})
UNCOUNTED = frozenset({"sides", "parties"})
STATES = frozenset({"countries", "nations", "states", "governments", "militaries", "armies", "delegations"})
PEOPLE = frozenset({"men", "women", "politicians", "candidates", "diplomats", "officials", "counterparts"})
OFFICES = ("leaders", "ministers", "presidents", "secretaries", "chiefs", "commanders", "envoys", "premiers")
BODIES = frozenset(
    {"groups", "organizations", "organisations", "companies", "firms", "movements", "factions"}
)
REACH = 120
SUBJECT = frozenset({"nsubj", "nsubjpass"})


def together(found: list[Found], at: tuple[int, int, int], form: Form, confidence: float) -> Found:
    """Return one mention, at tokens ``at`` (start, end, head), that stands for all of ``found``."""
    start, end, head = at
    first = found[0]
    members = tuple(found)
    return Found(start, end, first.entity, first.party, form, confidence, head=head, members=members)


class Plurals:
    """The groups that an article's sentences join by "and", and the words that take them up."""

    def __init__(self, sheet: Sheet, meetings: Meetings) -> None:
        self.sheet = sheet
        self.meetings = meetings
        self.joined: list[Found] = []
        self._join()
        self._ends = [group.end for group in self.joined]

    def _join(self) -> None:
        """Collect each coordination of mentions ("A, B and C") as a group at its own tokens."""
        sheet, chains = self.sheet, dict[int, list[Found]]()
        for i, found in enumerate(sheet.taken):
            if found is None or found.start != i or found.form in {"adjective", "pronoun", "place"}:
                continue
            chains.setdefault(self._first(found), []).append(found)
        for head, chain in chains.items():
            if len(chain) == 1 and not chain[0].members:
                continue
            parts = _distinct([part for found in chain for part in found.parts])
            if len(parts) > 1:
                self.joined.append(together(parts, (chain[0].start, chain[-1].end, head), "nominal", 0.6))
        self.joined.sort(key=lambda g: g.end)

    def _first(self, found: Found) -> int:
        """Return the head of the first mention of the coordination that a mention stands in.

        Two mentions can each be joined to a word of the other, so a head that was met ends the way.
        """
        sheet, first, met = self.sheet, found.head, {found.head}
        while sheet.dep[first] == "conj":
            above = sheet.taken[sheet.up[first]]
            if above is None or above.head in met:
                break
            first = above.head
            met.add(first)
        return first

    def before(self, i: int, reach: int = REACH) -> list[Found]:
        """Return the groups that end before a token, the nearest last."""
        stop = bisect_right(self._ends, i)
        return [g for g in self.joined[max(stop - 4, 0) : stop] if i - g.end <= reach]

    def reference(self, i: int, before: list[Found]) -> Found | None:
        """Return the mention of a phrase such as "the two sides" that begins at a token, if one does."""
        at = self._phrase(i)
        if at is None:
            return None
        start, end, count, sort = at
        met = self.meetings.before(i) if sort == "person" or (sort == "any" and count == 2) else []
        if len(met) == count or (met and self.sheet.words[i].lower() == "the" and end == i + 2):
            return together(met, (start, end, end - 1), "nominal", 0.6)
        group = next((g for g in reversed(self.before(i)) if _fits(g.members, count, sort)), None)
        parts = list(group.members) if group is not None else self._nearest(i, before, count, sort)
        if len(parts) < 2:
            return None
        return together(parts, (start, end, end - 1), "nominal", 0.6)

    def _phrase(self, i: int) -> tuple[int, int, int, str] | None:
        """Return the tokens of a plural phrase at ``i``, how many it counts and of what sort."""
        sheet, size = self.sheet, len(self.sheet)
        word = sheet.words[i].lower()
        start, count = i, COUNTS.get(word)
        if count is None and word in DEFINITE and i + 1 < size:
            count = COUNTS.get(sheet.words[i + 1].lower())
            start = i + 1
            noun = sheet.words[i + 1].lower()
            if count is None and (noun in UNCOUNTED or noun.endswith(OFFICES)):
                alone = i + 2 >= size or (
                    sheet.words[i + 2].lower() != "of" and not sheet.tag[i + 2].startswith("NN")
                )
                return (i, i + 2, 2, _sort(noun)) if alone and sheet.taken[i] is None else None
        elif word != "both":
            return None
        if count is None:
            return None
        named = sheet.words[start].lower() in {"pair", "duo", "trio"}
        end = start + 1
        while end < size and end < start + 4 and sheet.tag[end] in {"JJ", "NN", "NNP", "NNS", "NNPS"}:
            end += 1
        if not sheet.free(i, end) and end > start + 1:
            taken = [f for f in sheet.taken[start + 1 : end] if f is not None]
            if any(f.form == "name" or (f.form != "nominal" and f.entity.country) for f in taken):
                return None
        noun = sheet.words[end - 1].lower() if end > start + 1 else ""
        if named or not noun:
            bare = end == start + 1 and sheet.dep[start] in SUBJECT | {"pobj", "dobj", "poss"}
            return (i, start + 1, count, "any") if bare else None
        sort = _sort(noun)
        return (i, end, count, sort) if sort else None

    def pair(self, i: int, before: list[Found]) -> list[Found]:
        """Return the two parties that the sentence before a bare "they" brings together, or none."""
        return self._nearest(i, before, 2, "any")

    def _nearest(self, i: int, before: list[Found], count: int, sort: str) -> list[Found]:
        """Return the parties named last before a phrase, those of one sentence first, in text order."""
        parts: list[Found] = []
        sentence = -1
        for found in reversed(before):
            if i - found.end > REACH or found.end > i:
                break
            here = self.sheet.tokens[found.start].sent.start
            if len(parts) >= count and here != sentence:
                break
            if not found.members and _of_sort(found, sort) and _key(found) not in map(_key, parts):
                parts.append(found)
                sentence = here
        parts.reverse()
        if len(parts) < count:
            return []
        doers = [f for f in parts if self.sheet.dep[f.head] in SUBJECT]
        rest = [f for f in parts if f not in doers]
        return (doers + rest)[:count]


def _sort(noun: str) -> str:
    if noun in PARTIES:
        return "party"
    if noun in STATES:
        return "state"
    if noun in PEOPLE or noun.endswith(OFFICES):
        return "person"
    return "body" if noun in BODIES else ""


def _key(found: Found) -> str:
    return found.party.country or found.entity.entity_id


def _of_sort(found: Found, sort: str) -> bool:
    entity, party = found.entity, found.party
    match sort:
        case "state":
            return party.kind == "state"
        case "person":
            return entity.kind == "person" or (party.kind == "state" and found.form == "nominal")
        case "body":
            return entity.kind in {"organisation", "armed-group", "group"}
        case "party":
            return party.kind in {"state", "organisation", "armed-group"} and found.form != "place"
    return entity.kind in {"person", "organisation", "armed-group", "state"} and found.form != "place"


def _fits(parts: tuple[Found, ...], count: int, sort: str) -> bool:
    of_sort = all(_of_sort(f, sort) or (sort == "person" and f.party.kind == "state") for f in parts)
    return len(parts) == count and of_sort


def _distinct(parts: list[Found]) -> list[Found]:
    seen: dict[str, Found] = {}
    for part in parts:
        seen.setdefault(part.entity.entity_id, part)
    return list(seen.values())
