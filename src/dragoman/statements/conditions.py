"""What the words tell of standing conditions: "a ban on", "held by", "the war between".

The cues, and where their holder and target stand, are data (``data/condition_cues.csv``); a trained
filter keeps the candidates that it believes. ``standing`` folds what is kept into measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dragoman import syntax
from dragoman.records import Condition
from dragoman.statements.candidates import token_range
from dragoman.statements.lexicon import ConditionCue, condition_cues, position_cues
from dragoman.statements.linear import load_model
from dragoman.statements.parties import distinct, parties, parties_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence
    from dragoman.records import Effect, Mention

__all__ = ["ConditionCandidate", "condition_candidates", "condition_features", "find_conditions"]

WINDOW = 8
STATELIKE = frozenset({"state", "place"})
AGREEMENTS = frozenset({"agreement-in-force", "agreement-pending", "ratification-pending"})
MUTUAL = frozenset(
    {"agreement-pending", "agreement-in-force", "ceasefire-in-force", "talks-open", "talks-suspended",
     "relations-restored", "relations-severed", "hostilities"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConditionCandidate:
    """A cue with the parties found around it. ``needed`` is the lemma that met the rule's need."""

    token: int
    cue: ConditionCue
    needed: str
    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    holder_place: str
    target_place: str
    span: tuple[int, int]


def find_conditions(annotation: Annotation) -> tuple[Condition, ...]:
    """Return the conditions that an article's words tell of, in text order."""
    model = load_model("conditions")
    found = []
    for sentence in annotation.telling():
        for candidate in condition_candidates(annotation, sentence):
            score = model.probability(condition_features(annotation, candidate))
            if score >= model.threshold:
                found.append((score, candidate))
    found.sort(key=lambda pair: (-pair[0], pair[1].token, pair[1].cue.rule))
    kept: list[ConditionCandidate] = []
    records = []
    for score, candidate in found:
        if not any(_rivals(candidate, other) for other in kept):
            kept.append(candidate)
            records.append(_record(annotation, candidate, score))
    return tuple(sorted(records, key=lambda c: (c.span.start, c.span.end, c.kind)))


def _rivals(one: ConditionCandidate, other: ConditionCandidate) -> bool:
    """Whether two candidates read the same words differently: the likelier alone is kept."""
    family = AGREEMENTS if one.cue.kind in AGREEMENTS else frozenset({one.cue.kind})
    if other.cue.kind not in family or one.span[0] >= other.span[1] or other.span[0] >= one.span[1]:
        return False
    guessed = one.target_place.startswith("near") or one.holder_place.startswith("near")
    return guessed or one.cue.kind != other.cue.kind or not one.targets or not one.holders


def _record(annotation: Annotation, candidate: ConditionCandidate, score: float) -> Condition:
    when = next(
        (t.when for t in annotation.times if t.when and candidate.span[0] <= t.tokens[0] < candidate.span[1]),
        None,
    )
    effect = cast("Effect", candidate.cue.effect)
    return Condition(
        kind=candidate.cue.kind,
        effect=effect,
        span=annotation.span(*candidate.span),
        holders=candidate.holders,
        targets=candidate.targets,
        since=when if effect == "opens" else None,
        until=when if effect == "closes" else None,
        confidence=round(score, 4),
    )


def condition_candidates(annotation: Annotation, sentence: Sentence) -> Iterator[ConditionCandidate]:
    """Yield every place in a sentence where a cue's word stands with what the cue needs."""
    cues = condition_cues()
    for token in annotation.tokens(sentence):
        pos = token.pos_
        if pos not in ("VERB", "NOUN", "ADJ", "PROPN"):
            continue
        near: set[str] = set()
        for cue in cues.get((token.lemma_.lower(), "NOUN" if pos == "PROPN" else pos), ()):
            near = near or _near(token)
            found = _candidate(annotation, token, cue, near)
            if found is not None:
                yield found


def _near(token: Token) -> set[str]:
    """Return lemmas and words near a word: where a need or a bar is looked for."""
    doc = token.doc
    low, high = max(token.sent.start, token.i - WINDOW), min(token.sent.end, token.i + WINDOW + 1)
    words = {t.lemma_.lower() for t in doc[low:high] if t.i != token.i}
    return words | {t.lower_ for t in doc[low:high] if t.i != token.i}


def _candidate(
    annotation: Annotation, token: Token, cue: ConditionCue, near: set[str]
) -> ConditionCandidate | None:
    needed = ""
    if cue.rule in ("sign", "sign-future") and (cue.rule == "sign") == (syntax.modality(token) is not None):
        return None
    if cue.needs:
        met = sorted(cue.needs & near)
        if not met:
            return None
        needed = met[0]
    if cue.bars & near:
        return None
    holders, holder_place = _look(annotation, token, cue.holder, ())
    targets, target_place = _look(annotation, token, cue.target, holders)
    if (
        cue.kind in MUTUAL
        and len(holders) > 1
        and target_place not in ("with", "obj-with", "between", "between-2")
    ):
        holders, targets, target_place = holders[:1], holders[1:], "rest"
    if not targets and cue.target and len(holders) < 2:
        targets, target_place = _nearby(annotation, token, holders)
    if not holders and cue.holder:
        holders, holder_place = _nearby(annotation, token, targets, before=True)
    if not targets and len(holders) > 1:
        holders, targets, target_place = holders[:1], holders[1:], "rest"
    low, high = (
        token_range(token)
        if token.pos_ != "VERB"
        else syntax.phrase(token, without=frozenset({"advcl", "punct", "cc", "conj"}))
    )
    high = min(high, token.i + 25)
    for mention in (*holders, *targets):
        if mention.span is not None and token.sent.start <= mention.tokens[0] < token.sent.end:
            low, high = min(low, mention.tokens[0]), max(high, mention.tokens[1])
    return ConditionCandidate(token.i, cue, needed, holders, targets, holder_place, target_place, (low, high))


def _look(
    annotation: Annotation, token: Token, places: tuple[str, ...], taken: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], str]:
    """Return the first parties found in the places, other than those taken, and the place's name."""
    for place in places:
        tokens = _place(token, place)
        found = tuple(
            m for m in parties(annotation, tokens)
            if _another(m, taken)
        )  # fmt: skip
        if not found and tokens and place not in ("doer", "subject", "by", "poss"):
            deeper = [m for t in tokens for m in parties_in(annotation, *token_range(t))]
            found = distinct(m for m in deeper if _another(m, taken))[:2]
        if found:
            return found, place
    return (), ""


def _another(mention: Mention, taken: tuple[Mention, ...]) -> bool:
    """Whether a party is none of those taken: another entity, and not the same state under another name."""
    for other in taken:
        if mention.party.entity_id == other.party.entity_id:
            return False
        same = mention.party.country is not None and mention.party.country == other.party.country
        if same and (mention.party.kind in STATELIKE) == (other.party.kind in STATELIKE):
            return False
    return True


def _political(mention: Mention) -> bool:
    """Whether a party may hold or suffer a measure: it has a country, or is an organisation or a force."""
    return mention.party.country is not None or mention.party.kind in ("organisation", "armed-group")


def _nearby(
    annotation: Annotation, token: Token, taken: tuple[Mention, ...], *, before: bool = False
) -> tuple[tuple[Mention, ...], str]:
    """Return the nearest other party after the cue (or before it) in its sentence: a last resort."""
    sentence = token.sent
    right = [
        m for m in parties_in(annotation, token.i + 1, sentence.end) if _another(m, taken) and _political(m)
    ]
    left = [
        m for m in parties_in(annotation, sentence.start, token.i) if _another(m, taken) and _political(m)
    ]
    if before:
        return (tuple(left[-1:]), "near-left") if left else ((), "")
    if right:
        return tuple(right[:1]), "near-right"
    return (tuple(left[-1:]), "near-left") if left else ((), "")


def _place(token: Token, place: str) -> list[Token]:  # noqa: C901, PLR0912 -- a table of places
    """Return the tokens that stand in a named place relative to the cue."""
    if place == "doer":
        return syntax.doers(token) if token.pos_ == "VERB" else _governing_doers(token)
    if place == "subject":
        return _governing_doers(token)
    if place in ("obj", "dative"):
        return (
            syntax.undergoers(token)
            if token.pos_ == "VERB"
            else [t for t in _governing_objects(token) if t.i != token.i]
        )
    if place in ("poss", "compound", "amod"):
        return [c for c in token.children if c.dep_ == place or (place == "compound" and c.dep_ == "nmod")]
    if place in ("compound-2", "amod-2"):
        return [c for c in token.children if c.dep_ in ("compound", "amod", "nmod", "poss")]
    if place == "between-2":
        return syntax.prepositional(token, "between")
    if place == "head":
        return [token.head]
    if place == "self":
        return [token]
    if place == "target":
        return [t for c in token.children if c.dep_ == "acl" for t in syntax.objects(c)]
    if place == "acl-by":
        return [
            t for c in token.children if c.dep_ in ("acl", "relcl") for t in syntax.prepositional(c, "by")
        ]
    if place.startswith(("obj-", "subj-")):
        role, _, word = place.partition("-")
        heads = syntax.undergoers(token) if role == "obj" else syntax.subjects(token)
        return [t for h in heads for t in syntax.prepositional(h, word)]
    found = syntax.prepositional(token, place)
    if not found and token.pos_ != "VERB" and token.head.pos_ == "VERB":
        found = syntax.prepositional(token.head, place)
    if not found and token.pos_ != "VERB":
        found = [
            t for c in token.children if c.dep_ in ("acl", "relcl") for t in syntax.prepositional(c, place)
        ]
    return found


def _governing_doers(noun: Token) -> list[Token]:
    """Return who acts in the verb over a noun, or in the participle under it ("sanctions imposed by")."""
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and (found := syntax.prepositional(child, "by")):
            return found
    head = noun.head
    for _ in range(5):
        if head.pos_ == "VERB":
            return _controlled(head) or syntax.doers(head)
        if head.pos_ == "NOUN" and (
            owners := [c for c in head.children if c.dep_ == "poss" and c.pos_ != "PRON"]
        ):
            return owners
        if head.head == head:
            return []
        head = head.head
    return []


def _controlled(verb: Token) -> list[Token]:
    """'pressure on Hamas to release', 'a call for Iran to return': who is to act."""
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ == "NOUN" and verb.tag_ == "VB":
        return syntax.prepositional(verb.head, "on", "for", "to")
    return []


def _governing_objects(noun: Token) -> list[Token]:
    head = noun.head
    return syntax.undergoers(head) if head.pos_ == "VERB" else []


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


def condition_features(annotation: Annotation, candidate: ConditionCandidate) -> Iterator[str]:
    """Yield the binary features by which the filter judges a candidate."""
    doc = annotation.doc
    token = doc[candidate.token]
    cue = candidate.cue
    kind, lemma = cue.kind, token.lemma_.lower()
    yield f"kind={kind}"
    yield f"rule={cue.rule}"
    yield f"word={cue.rule}/{lemma}"
    yield f"needed={cue.rule}/{candidate.needed}"
    yield f"holder={kind}/{candidate.holder_place}"
    yield f"target={kind}/{candidate.target_place}"
    yield f"holder={candidate.holder_place}"
    yield f"target={candidate.target_place}"
    yield f"both={kind}/{bool(candidate.holders)}/{bool(candidate.targets)}"
    for role, found in (("h", candidate.holders), ("t", candidate.targets)):
        for mention in found[:1]:
            yield f"{role}-sector={kind}/{mention.party.sector}"
            yield f"{role}-form={mention.form}"
    yield f"dep={token.dep_}"
    yield f"rule-dep={cue.rule}/{token.dep_}"
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
    yield f"tag={token.tag_}"
    yield f"root={kind}/{token.sent.root.lemma_.lower()}"
    for other in doc[max(token.sent.start, token.i - 4) : min(token.sent.end, token.i + 5)]:
        if other.pos_ in ("VERB", "NOUN", "ADJ"):
            yield f"near={kind}/{other.lemma_.lower()}"
