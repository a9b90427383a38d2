"""What the classifier sees of a candidate: strings for its words, its syntax and its parties.

Each feature is a string; the model maps a string to a row of weights. A string that training never
saw counts for nothing, so new words do no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.syntax import is_negated, is_passive, modality, objects, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.annotation import Annotation
    from dragoman.events.candidates import Candidate
    from dragoman.records import Mention

__all__ = ["features", "sentence_features"]


def sentence_features(annotation: Annotation, start: int, end: int) -> list[str]:
    """Return the features that the candidates of a sentence share: its words, how many sides it names."""
    found = {f"w={t.lemma_.lower()}" for t in annotation.doc[start:end] if t.pos_ in ("NOUN", "VERB", "ADJ")}
    countries, sectors = set(), set()
    for i in range(start, end):
        if (mention := annotation.mention_at(i)) is not None:
            countries.add(mention.entity.country)
            sectors.add(mention.entity.sector)
    countries.discard(None)
    found.add(f"ncountries={min(len(countries), 3)}")
    found.update(f"sector={s}" for s in sectors)
    return sorted(found)


def _side(mention: Mention | None) -> str:
    if mention is None:
        return "none"
    entity = mention.entity
    return f"{entity.sector or entity.kind}"


def _about(annotation: Annotation, role: str, token: Token) -> Iterator[str]:
    mention = annotation.mention_at(token.i)
    yield f"{role}={token.lemma_.lower()}" if mention is None or mention.form == "nominal" else f"{role}=ENT"
    yield f"{role}.side={_side(mention)}"
    if mention is not None:
        yield f"{role}.kind={mention.entity.kind}"


def features(annotation: Annotation, candidate: Candidate) -> list[str]:
    """Return the features of one candidate, less those of its sentence."""
    token, lemma, pos = candidate.token, candidate.lemma, candidate.pos
    key = f"{lemma}/{pos}"
    found = ["bias", f"l={lemma}", f"k={key}", f"pos={pos}", f"tag={token.tag_}", f"dep={token.dep_}"]
    found.append(f"k.dep={key}.{token.dep_}")
    found.extend(f"type={t}" for t in candidate.types)
    if len(candidate.types) == 1:
        found.append(f"only={candidate.types[0]}")
    if not candidate.types:
        found.append("type=none")
    head = token.head
    found.append(f"head={head.lemma_.lower()}")
    found.append(f"k.head={key}.{head.lemma_.lower()}")
    found.extend((f"headpos={head.pos_}", f"dep.head={token.dep_}.{head.lemma_.lower()}"))
    if pos == "VERB":
        found.extend(_verb(annotation, token, key))
    else:
        found.extend(_noun(annotation, token, key))
    found.extend(_children(annotation, token, key))
    found.extend(_neighbours(token))
    return found


def _verb(annotation: Annotation, token: Token, key: str) -> Iterator[str]:
    passive = is_passive(token)
    yield f"passive={passive}"
    yield f"k.passive={key}.{passive}"
    mood = modality(token)
    yield f"mood={mood}"
    yield f"k.mood={key}.{mood}"
    if is_negated(token):
        yield "negated"
        yield f"k.negated={key}"
    who = subjects(token)
    for subject in who[:2]:
        yield from _about(annotation, "subj", subject)
        yield f"k.subj={key}.{_side(annotation.mention_at(subject.i))}"
    if not who:
        yield "subj=NOBODY"
    whom = objects(token)
    for thing in whom[:2]:
        yield from _about(annotation, "obj", thing)
        mention = annotation.mention_at(thing.i)
        yield f"k.obj={key}.{thing.lemma_.lower() if mention is None else _side(mention)}"
        for child in thing.children:
            if child.dep_ in ("compound", "amod", "prep"):
                yield f"obj.{child.dep_}={child.lemma_.lower()}"
    if not whom:
        yield f"k.obj={key}.NONE"


def _noun(annotation: Annotation, token: Token, key: str) -> Iterator[str]:
    verb = token.head
    for _ in range(3):
        if verb.pos_ in ("VERB", "AUX") or verb.head == verb:
            break
        verb = verb.head
    yield f"gov={verb.lemma_.lower()}"
    yield f"k.gov={key}.{verb.lemma_.lower()}"
    if verb.pos_ in ("VERB", "AUX"):
        for subject in subjects(verb)[:1]:
            yield from _about(annotation, "govsubj", subject)
    owner = [c for c in token.children if c.dep_ in ("poss", "amod", "compound")]
    yield f"owner={any(annotation.mention_at(c.i) for c in owner)}"
    yield f"det={next((c.lower_ for c in token.children if c.dep_ == 'det'), None)}"
    yield f"plural={token.tag_ == 'NNS'}"


def _children(annotation: Annotation, token: Token, key: str) -> Iterator[str]:
    for child in token.children:
        label = child.dep_
        if label in ("prep", "prt", "advmod", "amod", "compound", "agent", "mark", "acomp", "oprd"):
            word = child.lemma_.lower()
            yield f"{label}={word}"
            yield f"k.{label}={key}.{word}"
            if label in ("prep", "agent"):
                for below in child.children:
                    mention = annotation.mention_at(below.i)
                    what = below.lemma_.lower() if mention is None else _side(mention)
                    yield f"p.{word}={what}"
                    yield f"k.p={key}.{word}.{_side(mention)}"
        elif label in ("xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp"):
            yield f"{label}={child.lemma_.lower()}"
            yield f"has={label}"


def _neighbours(token: Token) -> Iterator[str]:
    doc = token.doc
    if token.i > 0:
        yield f"prev={doc[token.i - 1].lower_}"
    if token.i + 1 < len(doc):
        yield f"next={doc[token.i + 1].lower_}"
