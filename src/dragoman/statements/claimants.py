"""Whose position it is: a linear model over the mentions that sentence, speaker and article offer.

Of those of its own sentence the encoder has a say too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reader import mixed
from dragoman.statements.linear import load_model
from dragoman.statements.parties import heads_of, members

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.reader import Heard, Place
    from dragoman.records import Mention
    from dragoman.statements.candidates import Candidate
    from dragoman.statements.reading import Reading

__all__ = ["Claim", "Claimants", "claim_features", "claimants_of", "claims_of"]

MOST = 4
"""Mentions of one sentence that are weighed, the nearest to the cue first."""
SURE = 0.5
"""Chance from which a party holds the position beside the likeliest one."""
PARTY_SHARE = 0.6
"""What the encoder's word counts for beside the linear model's, in log-odds."""


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
    above: frozenset[str]
    """Whose the candidates are that hold this one in their content, by the syntax."""


def claims_of(
    reading: Reading,
    asked: Sequence[tuple[Candidate, Place]],
    siblings: Sequence[Candidate],
    heard: Heard,
) -> list[Claim | None]:
    """Return the parties of each of some candidates of a sentence; None where the article offers none at all.

    Args:
        reading: the article.
        asked: whose parties are wanted, and where each stands.
        siblings: all candidates of the sentence.
        heard: the sentence as the encoder read it.
    """
    found = [claimants_of(reading, candidate, siblings) for candidate, _ in asked]
    read = heard.claims(
        [
            (place, heads_of(reading.annotation, claimants.mentions))
            for (_, place), claimants in zip(asked, found, strict=True)
        ]
    )
    return [
        _claim(reading, candidate, claimants, odds)
        for (candidate, _), claimants, odds in zip(asked, found, read, strict=True)
    ]


def _claim(
    reading: Reading, candidate: Candidate, claimants: Claimants, read: Sequence[float | None]
) -> Claim | None:
    if not claimants.mentions:
        return None
    model = load_model("parties")
    chances = [
        mixed(model.probability(claim_features(reading, candidate, claimants, n)), odds, PARTY_SHARE)
        for n, odds in enumerate(read)
    ]
    top = max(chances)
    ranked = sorted(zip(chances, claimants.mentions, strict=True), key=lambda row: -row[0])
    chosen = [ranked[0][1]]
    for chance, mention in ranked[1:]:
        ruled = mention.party.entity_id in claimants.ruled
        if chance >= SURE and (ruled or not any(_fellows(mention, other) for other in chosen)):
            chosen.append(mention)
    return Claim(members(chosen), top)


def _fellows(one: Mention, other: Mention) -> bool:
    """Whether two parties are of one country: a body of a state beside the state adds no party."""
    return one.party.country is not None and one.party.country == other.party.country


def claimants_of(reading: Reading, candidate: Candidate, siblings: Sequence[Candidate]) -> Claimants:
    """Return who may hold a candidate's position: each party once, its best mention first."""
    annotation = reading.annotation
    inside = sorted(reading.mentions_of(candidate.cue), key=lambda m: (abs(m.head - candidate.cue), m.head))
    said = reading.said(candidate.cue)
    speaker = annotation.mention_at(said.speaker) if said is not None else None
    before = reading.subject_before(candidate.cue)
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
        frozenset(
            m.party.entity_id
            for other in siblings
            if other is not candidate and other.content[0] <= candidate.cue < other.content[1]
            for m in other.parties
        ),
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
    quoted = candidate.cue in reading.quoted
    place = _place(mention, candidate, reading.bounds[candidate.cue])
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
    above = f"{party in claimants.above}.{bool(claimants.above)}"
    yield f"above={above}.{ruled}.{any_ruled}"
    yield f"above.group={above}.{group}.{ruled}"
    yield f"above.speaker={above}.{speaker}.{ruled}"
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
        over = head.head
        up = "cue" if over.i == candidate.cue else "root" if over.head == over else "else"
        yield f"dep.place={head.dep_}.{place}"
        yield f"dep.ruled={head.dep_}.{ruled}"
        yield f"up={up}.{head.dep_}.{group}"
        if head.dep_ in ("pobj", "poss", "amod", "compound"):
            yield f"over={over.lemma_.lower()}"
            if head.dep_ == "pobj":
                yield f"prep={over.lower_}.{place}"
