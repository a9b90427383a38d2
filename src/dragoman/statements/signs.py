"""What speaks for a cue telling of a standing condition: the features of the filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.statements.holders import party_key, way
from dragoman.statements.lexicon import position_cues
from dragoman.statements.places import MUTUAL
from dragoman.statements.reading import LONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.records import Mention
    from dragoman.statements.holders import Judged
    from dragoman.statements.lexicon import ConditionCue
    from dragoman.statements.places import Looked

__all__ = ["ConditionCandidate", "condition_features", "shared_features"]

NEAR, GAP, MIDDLE = 4, 4, 6
EARLY, OPENING = 120, 40
OPEN = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class ConditionCandidate:
    """A cue with a pair of parties. ``span``: its tokens; ``shared``: features that all its pairs have."""

    token: int
    cue: ConditionCue
    pair: Judged
    looked: Looked
    span: tuple[int, int]
    shared: tuple[str, ...]

    @property
    def holders(self) -> tuple[Mention, ...]:
        """Who holds it."""
        return self.pair.holders

    @property
    def targets(self) -> tuple[Mention, ...]:
        """Who suffers it."""
        return self.pair.targets


def condition_features(annotation: Annotation, candidate: ConditionCandidate) -> list[str]:
    """Return the binary features by which the filter judges a candidate, each once."""
    doc = annotation.doc
    token = doc[candidate.token]
    found = [
        *candidate.shared,
        *_pair_features(candidate, token),
        *_place_features(candidate),
        *_between(annotation, candidate),
    ]
    return list(dict.fromkeys(found))


def shared_features(annotation: Annotation, token: Token, cue: ConditionCue, needed: str) -> tuple[str, ...]:
    """Return the features of a cue itself, whatever the pair. ``needed`` is the lemma that met its need."""
    full = len(annotation.doc) > LONG
    where = "first" if token.i < OPENING else "early" if token.i < EARLY else "late"
    found = [*_cue_features(cue, token, needed), *_verb_features(cue.kind, token), *_words(cue.kind, token)]
    found += [f"full={full}", f"full={cue.kind}/{full}", f"where={where}/{full}"]
    return tuple(dict.fromkeys(found))


def _cue_features(cue: ConditionCue, token: Token, needed: str) -> Iterator[str]:
    yield f"kind={cue.kind}"
    yield f"rule={cue.rule}"
    yield f"word={cue.rule}/{token.lemma_.lower()}"
    yield f"needed={cue.rule}/{needed}"
    yield f"dep={token.dep_}"
    yield f"rule-dep={cue.rule}/{token.dep_}"
    yield f"tag={token.tag_}"


def _verb_features(kind: str, token: Token) -> Iterator[str]:
    verb = token if token.pos_ == "VERB" else token.head
    if token.pos_ != "VERB":
        yield f"head={verb.lemma_.lower()}"
        yield f"kind-head={kind}/{verb.lemma_.lower()}"
    yield f"modal={syntax.modality(verb)}" if verb.pos_ == "VERB" else "modal=-"
    if syntax.is_negated(verb):
        yield "negated"
    for group in sorted(_above_groups(token)):
        yield f"under={group}"
        yield f"under={kind}/{group}"


def _pair_features(candidate: ConditionCandidate, token: Token) -> Iterator[str]:
    kind, pair = candidate.cue.kind, candidate.pair
    yield f"both={kind}/{bool(pair.holders)}/{bool(pair.targets)}"
    held, suffered = _fifth(pair.holder_chance), _fifth(pair.target_chance)
    yield f"held={held}"
    yield f"suffered={suffered}"
    yield f"held={kind}/{held}"
    yield f"suffered={kind}/{suffered}"
    yield f"chances={held}/{suffered}"
    yield f"rank={pair.rank}"
    yield f"rank={kind}/{pair.rank}"
    yield f"product={_fifth(2 * pair.holder_chance * pair.target_chance)}/{pair.rank}"
    for role, found in (("h", pair.holders), ("t", pair.targets)):
        yield f"{role}-count={kind}/{min(3, len(found))}"
        for mention in found[:1]:
            yield f"{role}-sector={kind}/{mention.party.sector}"
            yield f"{role}-form={mention.form}"
            yield f"{role}-kind={kind}/{mention.party.kind}"
            yield f"{role}-country={kind}/{mention.party.country is not None}"
    ours = {m.party.country for m in pair.holders[:1]}
    theirs = {m.party.country for m in pair.targets[:1]}
    yield f"same={kind}/{bool(ours & theirs)}"
    for role, found in (("h", pair.holders), ("t", pair.targets)):
        if found and not token.sent.start <= found[0].tokens[0] < token.sent.end:
            yield f"outside={role}"
            yield f"outside={role}/{kind}"


def _fifth(chance: float) -> int:
    return int(chance * 5)


def _place_features(candidate: ConditionCandidate) -> Iterator[str]:
    """Yield where the cue's row finds parties, and whether they are those of the pair."""
    kind, looked = candidate.cue.kind, candidate.looked
    holder, target = looked.holder_place, looked.target_place
    ours, theirs = _keys(candidate.holders[:1]), _keys(candidate.targets[:1])
    found, others = _keys(looked.holders), _keys(looked.targets)
    if kind in MUTUAL:
        agreed = f"{len((ours | theirs) & (found | others))}"
    else:
        agreed = f"{bool(ours & found) if ours else '-'}/{bool(theirs & others) if theirs else '-'}"
    yield f"holder={holder}"
    yield f"target={target}"
    yield f"holder={kind}/{holder}"
    yield f"target={kind}/{target}"
    yield f"agreed={agreed}"
    yield f"agreed={kind}/{agreed}"
    yield f"agreed={holder}/{target}/{agreed}"
    yield f"agreed={kind}/{bool(found)}/{bool(others)}/{agreed}"


def _keys(mentions: Sequence[Mention]) -> set[str]:
    return {party_key(m) for m in mentions}


def _between(annotation: Annotation, candidate: ConditionCandidate) -> Iterator[str]:
    """Yield how the two parties stand to each other."""
    if not candidate.holders or not candidate.targets:
        return
    kind, doc = candidate.cue.kind, annotation.doc
    one, other = doc[candidate.holders[0].head], doc[candidate.targets[0].head]
    path = way(one, other)
    yield f"way={path}"
    yield f"way={kind}/{path}"
    low, high = min(one.i, other.i), max(one.i, other.i)
    yield f"gap={kind}/{one.i < other.i}/{min(GAP, (high - low) // 4)}/{low < candidate.token < high}"
    for token in doc[low + 1 : min(high, low + 1 + MIDDLE)]:
        yield f"mid={kind}/{token.lower_}"


def _words(kind: str, token: Token) -> Iterator[str]:
    sentence = token.sent
    yield f"root={kind}/{sentence.root.lemma_.lower()}"
    for other in token.doc[max(sentence.start, token.i - NEAR) : min(sentence.end, token.i + NEAR + 1)]:
        if other.pos_ in OPEN:
            yield f"near={kind}/{other.lemma_.lower()}"
    for other in sentence:
        if other.pos_ in OPEN and not other.is_stop:
            yield f"s={other.lemma_.lower()}"
            yield f"s={kind}/{other.lemma_.lower()}"


def _above_groups(token: Token) -> set[str]:
    """Return the groups of the stance words over a cue: a ceasefire called for is not one in force."""
    cues = position_cues()
    found = set()
    for _ in range(6):
        head = token.head
        if head == token:
            break
        cue = cues.get((head.lemma_.lower(), head.pos_))
        if cue is not None:
            found.add(cue.group)
        token = head
    return found
