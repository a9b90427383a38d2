"""Every place where a text may state a position: cue, party, content.

This module overgenerates on purpose; ``positions`` keeps what its trained filter believes. A
candidate comes from a cue of ``data/position_cues.csv``, from a clause in the future or under an
obligation that someone states ("said it will leave", "there must be a ceasefire"), or from a
condition ("unless X withdraws").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import syntax
from dragoman.attribution import saying_verbs
from dragoman.reader import Place
from dragoman.statements.lexicon import Cue, position_cues
from dragoman.statements.parties import distinct, implied_protesters, parties, speaker_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence
    from dragoman.records import Mention
    from dragoman.statements.reading import Reading

__all__ = ["FLIP", "Candidate", "candidates", "condition_of", "place_of", "related", "token_range"]

FLIP = {
    "demands": "opposes", "supports": "opposes", "offers": "rejects", "accepts": "rejects",
    "opposes": "accepts", "rejects": "accepts",
}  # fmt: skip
VERBAL = frozenset({"VERB", "AUX"})
CUES = VERBAL | {"NOUN", "ADJ"}
WILL = frozenset({"will", "would", "shall"})
MUST = frozenset({"must", "should", "ought"})
MARKS = frozenset({"if", "unless", "until", "once", "provided", "providing"})
CONDITION_PHRASES = (
    "in exchange for",
    "in return for",
    "on condition",
    "as part of",
    "provided that",
    "on the condition",
)
PROTESTS = frozenset(
    {"protest", "demonstration", "rally", "march", "demonstrate", "strike", "riot", "sit-in"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible position. Token indices and half-open token ranges refer to the annotated document."""

    cue: int
    key: str
    group: str
    frame: str
    stance: str
    negated: bool
    modal: str
    parties: tuple[Mention, ...]
    content_head: int
    content: tuple[int, int]
    addressees: tuple[Mention, ...] = ()
    reported: str = ""
    condition: tuple[int, int] | None = None


def place_of(annotation: Annotation, candidate: Candidate) -> Place:
    """Return where a candidate stands in its article, in characters."""
    doc = annotation.doc
    cue, content = doc[candidate.cue], annotation.span(*candidate.content)
    return Place(
        (cue.idx, cue.idx + len(cue.text)), (content.start, content.end), doc[candidate.content_head].idx
    )


def token_range(token: Token) -> tuple[int, int]:
    """Return the half-open token range of a word's whole subtree, less punctuation at its ends."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    doc = token.doc
    while end - 1 > token.i and (
        (doc[end - 1].is_punct and doc[end - 1].text not in ('"', "”", ")")) or doc[end - 1].is_space
    ):
        end -= 1
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, end


def candidates(reading: Reading, sentence: Sentence) -> Iterator[Candidate]:
    """Yield the candidates of one sentence in text order."""
    annotation, cues = reading.annotation, position_cues()
    for i in range(sentence.start, sentence.end):
        pos = reading.kinds[i]
        if pos not in CUES:
            continue
        cue = cues.get((reading.lemmas[i], pos))
        if cue is None and pos not in VERBAL:
            continue
        token = annotation.doc[i]
        if pos == "VERB":
            cue = _with_particle(token, cues) or _participle(token, cues) or cue
        if cue is not None:
            yield from _from_cue(reading, token, cue)
        if pos in VERBAL:
            yield from _from_clause(reading, token)
            yield from _from_condition(annotation, token)


def _participle(token: Token, cues: dict[tuple[str, str], Cue]) -> Cue | None:
    """'remains committed to', 'is opposed to': a participle that is listed as an adjective."""
    if token.tag_ != "VBN" or any(c.dep_ in ("agent", "dobj") for c in token.children):
        return None
    if token.dep_ != "acomp" and not any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return None
    return cues.get((token.lower_, "ADJ"))


def _with_particle(token: Token, cues: dict[tuple[str, str], Cue]) -> Cue | None:
    for child in token.children:
        if child.dep_ in ("prt", "advmod") and child.i == token.i + 1:
            return cues.get((f"{token.lemma_.lower()} {child.lower_}", "VERB"))
    return None


def _from_cue(reading: Reading, token: Token, cue: Cue) -> Iterator[Candidate]:
    annotation = reading.annotation
    who = _who(annotation, token)
    negated = syntax.is_negated(token)
    modal = syntax.modality(token) or "" if token.pos_ == "VERB" else ""
    reported = _reporter(token)
    addressees = parties(annotation, _addressees(token, cue))
    used: set[int] = set()
    for frame, stance in cue.frames.items():
        for head in _content(token, frame):
            if head.i in used or head.i == token.i:
                continue
            used.add(head.i)
            span = _content_range(token, head, frame)
            if span[1] - span[0] == 1 and head.pos_ == "PRON":
                continue
            yield Candidate(
                token.i, cue.lemma, cue.group, frame, FLIP[stance] if negated else stance, negated, modal,
                who,
                head.i, span, addressees, reported, condition_of(reading, token),
            )  # fmt: skip
        if used and frame not in ("obj", "on", "to"):
            return


def _content_range(token: Token, head: Token, frame: str) -> tuple[int, int]:
    """Return the range of the content; "recognise K as a state", "call for T to act" take in what follows."""
    start, end = token_range(head)
    for child in token.children:
        follows = child.dep_ == "prep" and child.lower_ == "as" and frame == "obj"
        follows = follows or (
            frame == "for" and child.dep_ in ("xcomp", "advcl", "acl") and _infinitive(child)
        )
        if follows and child.i > head.i:
            end = max(end, token_range(child)[1])
    return start, end


def _who(annotation: Annotation, token: Token) -> tuple[Mention, ...]:
    if token.pos_ == "VERB":
        found = parties(annotation, syntax.doers(token))
        if not found and token.dep_ in ("acl", "relcl", "advcl", "xcomp", "pcomp"):
            found = parties(annotation, _above(token))
    elif token.pos_ == "ADJ":
        head = token.head
        tokens = syntax.subjects(head) if head.pos_ in ("AUX", "VERB") else [head]
        found = parties(annotation, tokens)
    else:
        owners = [
            t for t in syntax.doers(token) if t.dep_ != "amod" or annotation.mention_at(t.i) is not None
        ]
        found = parties(annotation, owners)
        if not found and token.dep_ in ("dobj", "pobj", "attr", "conj", "nsubjpass"):
            found = parties(annotation, _light_subject(token))
    if not found and token.lemma_.lower() in PROTESTS:
        return implied_protesters(annotation, token)
    return found or parties(annotation, speaker_tokens(annotation, token))


def _above(verb: Token) -> list[Token]:
    """'a statement claiming control', 'the second country to recognise': the noun, or who acts on it."""
    head = verb.head
    for _ in range(4):
        if head.pos_ in ("VERB", "AUX"):
            return syntax.subjects(head) if head.pos_ == "AUX" or not syntax.is_passive(head) else []
        if head.dep_ == "attr" and head.head.pos_ in ("AUX", "VERB"):
            return syntax.subjects(head.head)
        if head.head == head:
            return []
        head = head.head
    return []


def _light_subject(noun: Token) -> list[Token]:
    """'expressed support for', 'filed a lawsuit against': the subject of the verb that carries the noun."""
    head = noun.head
    for _ in range(3):
        if head.pos_ in ("VERB", "AUX"):
            return syntax.doers(head)
        head = head.head
    return []


def _addressees(token: Token, cue: Cue) -> list[Token]:
    found: list[Token] = []
    for place in cue.addressee:
        if place == "obj":
            found += [c for c in token.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
            found += [
                s
                for c in token.children
                if c.dep_ in ("ccomp", "xcomp")
                for s in c.children
                if s.dep_ == "nsubj"
            ]
        else:
            found += syntax.prepositional(token, place)
    return found


def _content(token: Token, frame: str) -> list[Token]:
    children = list(token.children)
    if frame == "obj":
        return syntax.undergoers(token)[:3] if token.pos_ == "VERB" else []
    if frame == "clause":
        return [c for c in children if c.dep_ in ("ccomp", "acl") and c.pos_ in ("VERB", "AUX")]
    if frame == "inf":
        found = [c for c in children if c.dep_ in ("xcomp", "ccomp", "acl") and _infinitive(c)]
        found = found or [c for c in children if c.dep_ == "advcl" and c.i > token.i and _to_infinitive(c)]
        objects = [c for c in children if c.dep_ in ("dobj", "pobj")] + syntax.prepositional(
            token, "on", "to", "for"
        )
        return found or [
            c for o in objects for c in o.children if c.dep_ in ("acl", "relcl") and _infinitive(c)
        ]
    if frame == "compound":
        return [c for c in children if c.dep_ == "compound"]
    if frame == "subj":
        return syntax.subjects(token.head) if token.dep_ in ("acomp", "oprd", "attr") else []
    return syntax.prepositional(token, frame)


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VBG" or _to_infinitive(verb)


def _to_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _reporter(token: Token) -> str:
    """Return the lemma of the verb of saying over a word's clause, or an empty string."""
    for _ in range(8):
        head = token.head
        if head == token:
            return ""
        if token.dep_ == "ccomp" and head.pos_ == "VERB":
            return str(head.lemma_.lower())
        token = head
    return ""


def _from_clause(reading: Reading, verb: Token) -> Iterator[Candidate]:
    """'said it will leave', 'the siege must end': a stated intent or obligation."""
    annotation = reading.annotation
    modal = syntax.modality(verb) or ""
    if modal not in WILL and modal not in MUST:
        modal = "have to" if _has_to(verb) else modal
    quoted = verb.i in reading.quoted
    group = "will" if modal in WILL else "must" if modal in MUST or modal == "have to" else "said"
    if group == "said" and not _is_speech(verb, quoted=quoted):
        return
    reported = _reporter(verb)
    speakers = parties(annotation, speaker_tokens(annotation, verb)) if reported or quoted else ()
    own = parties(annotation, syntax.doers(verb)) if group == "will" else ()
    who = own or speakers
    negated = syntax.is_negated(verb)
    stance = "offers" if group == "will" else "demands" if group == "must" else "supports"
    yield Candidate(
        verb.i, verb.lemma_.lower(), group, "self",
        FLIP[stance] if negated else stance, negated, modal, who, verb.i, token_range(verb), (),
        reported or ("quoted" if quoted else ""), condition_of(reading, verb),
    )  # fmt: skip


def _has_to(verb: Token) -> bool:
    """'has to end', 'needs to end': an obligation without a modal verb."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need") and _to_infinitive(verb)


def _is_speech(verb: Token, *, quoted: bool) -> bool:
    """Whether a verb heads a clause that someone is said to say."""
    if verb.dep_ == "ccomp" and _reporter(verb):
        return verb.head.lemma_.lower() in saying_verbs()
    return quoted and verb.dep_ in ("ROOT", "ccomp", "conj", "parataxis")


def _from_condition(annotation: Annotation, verb: Token) -> Iterator[Candidate]:
    """'unless Iran withdraws', 'if the sites reopen': what a party makes its own act hang on."""
    if verb.dep_ != "advcl":
        return
    mark = next((c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in MARKS), None)
    if mark is None:
        return
    main = verb.head
    who = parties(annotation, speaker_tokens(annotation, main)) or parties(annotation, syntax.doers(main))
    own = {m.party.entity_id for m in parties(annotation, syntax.subjects(verb))}
    who = tuple(m for m in who if m.party.entity_id not in own) or who
    negated = syntax.is_negated(verb)
    wanted = mark in ("unless", "until", "once", "provided", "providing") or negated
    start, end = token_range(verb)
    yield Candidate(
        verb.i, mark, "condition", mark, "demands" if wanted else "opposes", negated, main.lemma_.lower(),
        distinct(who), verb.i, (start, end), (), _reporter(main), None,
    )  # fmt: skip


def condition_of(reading: Reading, token: Token) -> tuple[int, int] | None:
    """Return the token range of the condition that a statement hangs on, if it states one."""
    start, end = reading.bounds[token.i]
    if start not in reading.conditional:
        reading.conditional[start] = any(map(_is_condition, reading.annotation.doc[start:end]))
    if not reading.conditional[start]:
        return None
    node = token
    for _ in range(3):
        for child in node.subtree if node == token else node.children:
            if _is_condition(child):
                return token_range(child)
        if node.dep_ not in ("xcomp", "ccomp", "acomp", "prep", "pobj", "dobj", "aux") or node.head == node:
            return None
        node = node.head
    return None


def _is_condition(child: Token) -> bool:
    """Whether a word heads a clause or phrase that states a condition."""
    if child.dep_ == "advcl":
        return any(c.lower_ in MARKS and c.dep_ in ("mark", "advmod") for c in child.children)
    phrase = child.dep_ == "prep" and child.lower_ in ("in", "on", "as", "with")
    return phrase and _is_condition_phrase(child)


def _is_condition_phrase(preposition: Token) -> bool:
    if preposition.lower_ == "with":
        return any(t.lower_ in ("guarantor", "guarantors") for t in preposition.subtree)
    doc = preposition.doc
    last = doc[min(preposition.i + 2, len(doc) - 1)]
    text = doc.text[preposition.idx : last.idx + len(last.text)].lower()
    return text.startswith(CONDITION_PHRASES) or text.startswith("on condition")


def related(candidate: Candidate, siblings: Sequence[Candidate]) -> Iterator[tuple[Candidate, bool, bool]]:
    """Yield each other candidate of a sentence, whether it holds this one's cue, and this one its cue."""
    start, end = candidate.content
    for other in siblings:
        if other is not candidate:
            holds = other.content[0] <= candidate.cue < other.content[1]
            yield other, holds, start <= other.cue < end
