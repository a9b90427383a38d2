"""Whose voice words are in: the writer who signs, the speaker of a transcript, the body that says "we"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from dragoman.entities.draft import Found, Sheet

__all__ = ["addressees", "issuer", "joint_issuers", "joint_opening", "quoted_by", "signer", "turns"]

VOICES = frozenset({"state", "organisation"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
LEAD = 40
"""Tokens: an issuer that is no subject anywhere must at least be named in the opening."""
OPENING = 60
"""Tokens in which a joint statement says who made it."""
STATEMENTS = frozenset({"statement", "declaration", "communique", "communiqué", "press"})
ISSUED = frozenset({"release", "issue", "make", "publish", "adopt", "agree"})
DECLARES = frozenset({
    "welcomes", "condemns", "urges", "supports", "commends", "congratulates", "extends", "reaffirms",
    "deplores", "applauds", "joins", "calls", "stands", "expresses", "offers", "remains", "looks", "thanks",
    "denounces", "reiterates", "recognizes", "recognises", "regrets", "appreciates", "notes", "affirms",
    "welcome", "condemn", "urge", "support", "commend", "congratulate", "extend", "reaffirm", "call", "stand",
    "share", "shares", "applaud", "join", "express", "remain", "look", "thank", "note", "encourage",
    "encourages", "honors", "honours", "celebrates", "announces", "appreciate", "rejects",
})  # fmt: skip
"""Verbs by which a statement's issuer speaks of itself ("Ruritania welcomes ...")."""
DECLARED, OURS = 3, 6
SIGNED = 30
"""Tokens: a signature stands in the opening lines."""
DOUBTFUL = 0.6
PAIR = 2
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
            counts[key] = counts.get(key, 0) + _force(sheet, above)
            first.setdefault(key, found)
    if not counts:
        return opening
    return first[max(counts, key=lambda key: counts[key])]


def _force(sheet: Sheet, verb: int) -> int:
    """Return what a verb's subject counts for: more where it declares, most with "our" beside it."""
    if any(child.dep_ == "dobj" and _ours(child) for child in sheet.tokens[verb].children):
        return OURS
    return DECLARED if sheet.words[verb].lower() in DECLARES else 1


def _ours(token: Token) -> bool:
    return any(child.lower_ == "our" for child in token.children)


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
    if not _called_joint(sheet) and not _our_opening(sheet, joined):
        return []
    for group in joined:
        parts = [m for m in group.members if m.party.kind in VOICES]
        if group.start >= 2 * OPENING:
            break
        if len(parts) > 1:
            return parts
    return []


def _called_joint(sheet: Sheet) -> bool:
    """Whether the opening calls the text a joint statement, and does not speak of another one."""
    opening = [word.lower() for word in sheet.words[:OPENING]]
    for i, (a, b) in enumerate(pairwise(opening)):
        if a == "joint" and b in STATEMENTS:
            governed = sheet.words[sheet.up[i + 1]].lower() in DECLARES and sheet.dep[i + 1] == "dobj"
            return not governed
    return False


def _our_opening(sheet: Sheet, joined: list[Found]) -> bool:
    """Whether the parties that a text joins first are the subject of a verb with "our" beside it."""
    first = next((g for g in joined if len([m for m in g.members if m.party.kind in VOICES]) > 1), None)
    if first is None or first.start >= OPENING:
        return False
    above = sheet.tokens[first.head]
    while above.dep_ not in SUBJECT and above.head != above:
        above = above.head
    verb = above.head
    return above.dep_ in SUBJECT and any(child.dep_ == "dobj" and _ours(child) for child in verb.children)


def turns(sheet: Sheet) -> dict[int, Found | None]:
    """Return who speaks at each token of a transcript, whose lines begin with the speaker and a colon.

    A label in capitals that names nobody known ("QUESTION:") is a turn of None.
    """
    labels: list[tuple[int, Found | None]] = []
    for i, word in enumerate(sheet.words):
        if word != ":":
            continue
        start = i
        while start > 0 and i - start < LONGEST_LABEL and "\n" not in sheet.tokens[start - 1].text:
            start -= 1
        begins = start < i and (start == 0 or "\n" in sheet.tokens[start - 1].text)
        if begins and all(w.isupper() or not w.isalpha() for w in sheet.words[start:i]):
            people = [f for f in sheet.taken[start:i] if f is not None and _known_person(f)]
            labels.append((i, people[-1] if people else None))
    if len(labels) < 2:
        return {}
    stops = [at for at, _ in labels[1:]] + [len(sheet)]
    return {i: who for (at, who), stop in zip(labels, stops, strict=True) for i in range(at, stop)}


def addressees(spoken: Mapping[int, Found | None]) -> dict[int, Found]:
    """Return whom each token of a transcript of two people is spoken to; of more or fewer people, nobody."""
    people = {who.entity.entity_id: who for who in spoken.values() if who is not None}
    if len(people) != PAIR:
        return {}
    first, second = people
    other = {first: people[second], second: people[first]}
    return {i: other[who.entity.entity_id] for i, who in spoken.items() if who is not None}


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
