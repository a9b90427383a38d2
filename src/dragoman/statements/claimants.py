"""Whose position it is: a linear model over the mentions that sentence, speaker and article offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.attribution import attribution_of
from dragoman.statements.linear import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.records import Mention
    from dragoman.statements.candidates import Candidate
    from dragoman.statements.reading import Reading

__all__ = ["Claim", "Claimants", "claim", "claim_features", "claimants_of"]

MOST = 8
"""Mentions of one sentence that are weighed, the nearest to the cue first."""
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """The parties chosen for a position, and the probability of the likeliest of them."""

    parties: tuple[Mention, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Claimants:
    """The mentions that may hold a position, each party once, and by which road each is known."""

    mentions: tuple[Mention, ...]
    ruled: frozenset[str]
    speaker: str | None
    voice: str | None
    before: str | None


def claim(reading: Reading, candidate: Candidate) -> Claim | None:
    """Return the parties of a candidate; None where the article offers none at all."""
    claimants = claimants_of(reading, candidate)
    if not claimants.mentions:
        return None
    model = load_model("parties")
    chances = [
        model.probability(claim_features(reading, candidate, claimants, n))
        for n in range(len(claimants.mentions))
    ]
    top = max(chances)
    chosen = [m for m, c in zip(claimants.mentions, chances, strict=True) if c >= SURE or c == top]
    chosen.sort(key=lambda m: -chances[claimants.mentions.index(m)])
    return Claim(tuple(chosen), top)


def claimants_of(reading: Reading, candidate: Candidate) -> Claimants:
    """Return who may hold a candidate's position: each party once, its best mention first."""
    annotation = reading.annotation
    sentence = annotation.doc[candidate.cue].sent
    inside = sorted(
        reading.mentions_of(sentence.start, sentence.end), key=lambda m: (abs(m.head - candidate.cue), m.head)
    )
    said = attribution_of(annotation, candidate.cue)
    speaker = annotation.mention_at(said.speaker) if said is not None else None
    before = reading.subject_before(sentence.start)
    found: dict[str, Mention] = {}
    for mention in (*candidate.parties, *inside[:MOST], speaker, reading.voice, before):
        if mention is not None:
            found.setdefault(mention.party.entity_id, mention)
    return Claimants(
        tuple(found.values()),
        frozenset(m.party.entity_id for m in candidate.parties),
        speaker.party.entity_id if speaker else None,
        reading.voice.party.entity_id if reading.voice else None,
        before.party.entity_id if before else None,
    )


def _road(known: str | None, party: str) -> str:
    return "none" if known is None else "self" if known == party else "other"


def _place(mention: Mention, candidate: Candidate, sentence: tuple[int, int]) -> str:
    """Return where a mention stands: away from the sentence, before or after the cue, in the content."""
    if mention.span is None or not sentence[0] <= mention.tokens[0] < sentence[1]:
        return "away"
    side = "before" if mention.head < candidate.cue else "after"
    if candidate.content[0] <= mention.head < candidate.content[1]:
        return f"{side}-in" if candidate.frame == "self" else "content"
    return side


def claim_features(reading: Reading, candidate: Candidate, claimants: Claimants, n: int) -> Iterator[str]:
    """Yield the features of the ``n``-th mention of some claimants."""
    mention = claimants.mentions[n]
    doc, party, entity = reading.annotation.doc, mention.party.entity_id, mention.entity
    group, key = candidate.group, candidate.key
    sentence = doc[candidate.cue].sent
    quoted = candidate.cue in reading.quoted
    place = _place(mention, candidate, (sentence.start, sentence.end))
    ruled, any_ruled = party in claimants.ruled, bool(claimants.ruled)
    speaker, voice = _road(claimants.speaker, party), _road(claimants.voice, party)
    addressed = any(m.party.entity_id == party for m in candidate.addressees)
    yield "bias"
    yield f"ruled={ruled}.{any_ruled}"
    yield f"ruled.group={ruled}.{any_ruled}.{group}"
    yield f"ruled.speaker={ruled}.{speaker}.{quoted}"
    yield f"speaker={speaker}.{quoted}"
    yield f"speaker.group={speaker}.{group}"
    yield f"voice={voice}.{speaker}"
    yield f"voice.group={voice}.{group}.{ruled}"
    yield f"voice.ruled={voice}.{ruled}.{any_ruled}"
    yield f"prior={claimants.before == party}.{place != 'away'}.{any_ruled}"
    yield f"place={place}"
    yield f"place.group={place}.{group}"
    yield f"place.frame={place}.{candidate.frame}"
    yield f"place.ruled={place}.{ruled}.{any_ruled}"
    yield f"addressed={addressed}.{ruled}"
    yield f"form.place={mention.form}.{place}"
    yield f"form.ruled={mention.form}.{ruled}"
    yield f"sector={entity.sector}"
    yield f"kind.ruled={entity.kind}.{ruled}"
    yield f"kind.place={entity.kind}.{place}"
    yield f"country={mention.party.country is not None}"
    yield f"options={min(len(claimants.mentions), 5)}"
    yield f"cue.ruled={key}.{ruled}"
    yield f"cue.place={key}.{place}"
    if place != "away":
        head = doc[mention.head]
        above = head.head
        up = "cue" if above.i == candidate.cue else "root" if above == sentence.root else "else"
        yield f"dep.place={head.dep_}.{place}"
        yield f"dep.ruled={head.dep_}.{ruled}"
        yield f"up={up}.{head.dep_}.{group}"
        if head.dep_ in ("pobj", "poss", "amod", "compound"):
            yield f"above={above.lemma_.lower()}"
            if head.dep_ == "pobj":
                yield f"prep={above.lower_}.{place}"
