"""Whose voice words are in: the writer who signs, the speaker of a transcript, the body that says "we"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entities.draft import Found, Sheet

__all__ = ["issuer", "joint_issuers", "joint_opening", "quoted_by", "signer", "turns"]

VOICES = frozenset({"state", "organisation"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
LEAD = 40
"""Tokens: an issuer that is no subject anywhere must at least be named in the opening."""
OPENING = 60
"""Tokens in which a joint statement says who made it."""
STATEMENTS = frozenset({"statement", "declaration", "communique", "communiqué", "press"})
ISSUED = frozenset({"release", "issue", "make", "publish", "adopt", "agree"})
SIGNED = 30
"""Tokens: a signature stands in the opening lines."""
DOUBTFUL = 0.6
LONGEST_LABEL = 6
NEAR = 40
"""Tokens between two parts of one speaker's quotation."""


def issuer(sheet: Sheet) -> Found | None:
    """Return the mention of the party that issues a statement, or None.

    It is the state or organisation that is most often the subject of a sentence, the first of them
    where several are; where none is, the first named in the opening words. Press statements name
    their issuer so ("The United States welcomes ..., and we call on ...").
    """
    counts: dict[str, int] = {}
    first: dict[str, Found] = {}
    opening: Found | None = None
    for i, found in enumerate(sheet.taken):
        if found is None or found.start != i or found.form == "pronoun" or found.party.kind not in VOICES:
            continue
        if found.party.kind == "organisation" and found.confidence <= DOUBTFUL:
            continue
        if opening is None and i < LEAD and found.form == "name":
            opening = found
        above = sheet.up[found.head]
        if sheet.dep[found.head] in SUBJECT and found.form != "place" and sheet.dep[above] == "ROOT":
            key = found.party.entity_id
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, found)
    if not counts:
        return opening
    return first[max(counts, key=lambda key: counts[key])]


def signer(sheet: Sheet) -> Found | None:
    """Return the person in office who signs above or below a statement, or None."""
    return _heading(sheet) or _closing(sheet)


def _closing(sheet: Sheet) -> Found | None:
    """Return the person whose name alone is one of the last lines."""
    for sentence in reversed(sheet.annotation.sentences):
        if len(sheet) - sentence.end > SIGNED:
            return None
        words = [i for i in range(sentence.start, sentence.end) if sheet.words[i][:1].isalpha()]
        found = sheet.taken[words[0]] if words else None
        named = found is not None and found.entity.kind == "person" and found.party.kind == "state"
        if found is not None and named and words[-1] < found.end + 1 and len(words) > 1:
            return found
    return None


def _heading(sheet: Sheet) -> Found | None:
    """Return the person who signs above a statement ("Jane Roe, Foreign Minister")."""
    for sentence in sheet.annotation.sentences:
        if sentence.start >= SIGNED or sentence.kind == "sentence":
            return None
        if sentence.kind == "headline":
            continue
        for i in range(sentence.start, sentence.end):
            found = sheet.taken[i]
            if found is not None and found.entity.kind == "person" and found.party.country:
                return found
    return None


def joint_issuers(sheet: Sheet) -> list[Found]:
    """Return the parties of a joint statement, as its opening names them after "by"; fewer than two: none."""
    for i in range(min(OPENING, len(sheet))):
        if sheet.dep[i] != "agent" or sheet.tokens[sheet.up[i]].lemma_ not in ISSUED:
            continue
        parts: dict[str, Found] = {}
        for token in sheet.tokens[i].subtree:
            found = sheet.taken[token.i]
            if found is not None and found.party.kind in VOICES:
                parts.setdefault(found.party.entity_id, found)
        if len(parts) > 1:
            return list(parts.values())
    return []


def joint_opening(sheet: Sheet, joined: list[Found]) -> list[Found]:
    """Return the parties that a text joins first, where its opening calls it a joint statement."""
    opening = [word.lower() for word in sheet.words[:OPENING]]
    if not any(a == "joint" and b in STATEMENTS for a, b in pairwise(opening)):
        return []
    for group in joined:
        parts = [m for m in group.members if m.party.kind in VOICES]
        if group.start >= 2 * OPENING:
            break
        if len(parts) > 1:
            return parts
    return []


def turns(sheet: Sheet) -> dict[int, Found | None]:
    """Return who speaks at each token of a transcript, whose lines begin with the speaker and a colon.

    A label in capitals that names nobody known ("QUESTION:") is a turn of None.
    """
    labels: list[tuple[int, Found | None]] = []
    for i, word in enumerate(sheet.words):
        if word != ":":
            continue
        start = i
        while start > 0 and i - start < LONGEST_LABEL and "\n" not in sheet.words[start - 1]:
            start -= 1
        begins = start < i and (start == 0 or "\n" in sheet.words[start - 1])
        if begins and all(w.isupper() or not w.isalpha() for w in sheet.words[start:i]):
            people = [f for f in sheet.taken[start:i] if f is not None and _known_person(f)]
            labels.append((i, people[-1] if people else None))
    if len(labels) < 2:
        return {}
    stops = [at for at, _ in labels[1:]] + [len(sheet)]
    return {i: who for (at, who), stop in zip(labels, stops, strict=True) for i in range(at, stop)}


def _known_person(found: Found) -> bool:
    return found.entity.kind == "person" and (found.confidence > DOUBTFUL or bool(found.role))


def quoted_by(sheet: Sheet) -> tuple[set[int], dict[int, int]]:
    """Return the tokens inside quotation marks, and for each its speaker's head token where one is known.

    A quotation without a speaker that follows one closely goes on with it.
    """
    inside: set[int] = set()
    speakers: dict[int, int] = {}
    last, end = None, -NEAR
    for q in sheet.annotation.quotations:
        inside.update(range(q.start, q.end))
        speaker = q.speaker if q.speaker is not None else last if q.start - end < NEAR else None
        if speaker is not None:
            speakers.update(dict.fromkeys(range(q.start, q.end), speaker))
        last, end = speaker, q.end
    return inside, speakers
