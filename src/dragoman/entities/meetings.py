"""Who met whom: "they", "the leaders" and "the minister" of the sentences after it are those people."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.entities.draft import Found, Sheet

__all__ = ["Meetings"]

MET = frozenset({
    "met", "meet", "meets", "spoke", "speak", "speaks", "talked", "talks", "hosted", "hosts",
    "received", "receives", "called", "phoned", "telephoned", "welcomed", "visited",
    "held", "holds", "conferred", "joined",
})  # fmt: skip
TOLD = frozenset({
    "discussed", "discuss", "agreed", "agree", "noted", "talked", "reaffirmed", "underscored", "emphasized",
    "emphasised", "exchanged", "reviewed", "shared", "committed", "reiterated", "stressed", "highlighted",
    "affirmed", "expressed", "spoke", "exchange", "addressed", "explored", "considered", "condemned",
    "pledged", "resolved", "consulted", "concurred", "decided", "welcomed", "recognized", "recognised",
    "acknowledged", "covered", "examined", "touched",
})  # fmt: skip
"""What people who met do in the next sentence ("They discussed ...")."""
CALLS = frozenset(
    {"call", "meeting", "talks", "conversation", "discussion", "discussions", "meetings", "consultations"}
)
TOWARDS = frozenset({"with", "to", "by"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
TOGETHER = frozenset({"met", "meet", "spoke", "speak", "talked"})
"""Verbs of which all who meet may be the subject ("Roe and Doe met")."""
REACH = 500
"""Tokens over which a meeting's people stay the article's people."""
LAST = 4
"""Meetings before a word that are looked at, the nearest first."""


class Meetings:
    """The meetings, calls and visits that an article's sentences tell of."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._verbs = [
            i
            for i, word in enumerate(sheet.words)
            if word in MET and sheet.tag[i].startswith("VB") and sheet.dep[i] not in {"aux", "amod"}
        ]
        self._known: dict[int, list[Found]] = {}

    def before(self, i: int) -> list[Found]:
        """Return the people of the last meeting told before a token; none: an empty list."""
        stop = bisect_left(self._verbs, i)
        for verb in reversed(self._verbs[max(0, stop - LAST) : stop]):
            if i - verb > REACH:
                break
            people = self._people(verb)
            if len(people) > 1 and all(found.end <= i for found in people):
                return people
        return []

    def told(self, i: int) -> bool:
        """Whether a word is the subject of what people who met do ("They discussed ...")."""
        return self.sheet.dep[i] in SUBJECT and self.sheet.words[self.sheet.up[i]].lower() in TOLD

    def _people(self, verb: int) -> list[Found]:
        people = self._known.get(verb)
        if people is None:
            doers = _people(self._doers(verb))
            met = {key: found for key, found in _people(self._met(verb)).items() if key not in doers}
            alone = self.sheet.words[verb] in TOGETHER
            people = list({**doers, **met}.values()) if met or alone else []
            self._known[verb] = people
        return people

    def _doers(self, verb: int) -> Iterator[Found]:
        """Yield who is the subject of a verb of meeting."""
        for child in self.sheet.tokens[verb].children:
            if child.dep_ in SUBJECT:
                yield from self._joined(child.i)

    def _met(self, verb: int) -> Iterator[Found]:
        """Yield who is met."""
        for child in self.sheet.tokens[verb].children:
            if child.dep_ == "dobj":
                if child.lower_ not in CALLS:
                    yield from self._joined(child.i)
                for below in child.children:
                    yield from self._below(below.i)
            yield from self._below(child.i)

    def _below(self, i: int) -> Iterator[Found]:
        """Yield who stands under a preposition ("with the king")."""
        token = self.sheet.tokens[i]
        if token.dep_ in {"prep", "agent", "dative"} and token.lower_ in TOWARDS:
            for child in token.children:
                if child.dep_ == "pobj":
                    yield from self._joined(child.i)

    def _joined(self, i: int) -> Iterator[Found]:
        """Yield the mention at a token and those joined to it by "and"."""
        found = self.sheet.taken[i]
        if found is not None:
            yield from found.parts
        beside = {"conj", "appos"} if found is not None else {"conj", "appos", "compound", "nmod"}
        for child in self.sheet.tokens[i].children:
            if child.dep_ in beside:
                yield from self._joined(child.i)


def _people(parts: Iterable[Found]) -> dict[str, Found]:
    """Return the people among mentions, each once; a title beside a name is no other person."""
    people: dict[str, Found] = {}
    for found in parts:
        if found.entity.kind == "person":
            people.setdefault(found.entity.entity_id, found)
    named = [f for f in people.values() if f.form != "nominal"]
    return {
        key: f for key, f in people.items() if f.form != "nominal" or all(n.role != f.role for n in named)
    }
