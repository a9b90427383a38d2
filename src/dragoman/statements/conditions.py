"""What the words tell of standing conditions: "a ban on", "held by", "the war between".

The cues are data (``data/condition_cues.csv``); models judge whose condition each tells of
(``holders``), whether it is one (``signs`` and the encoder), and what an article as a whole makes of it
(``weighing``). ``standing`` folds what is kept into measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dragoman import syntax
from dragoman.reader import hear, mixed
from dragoman.records import Condition
from dragoman.statements.candidates import token_range
from dragoman.statements.holders import pairs
from dragoman.statements.lexicon import ConditionCue, condition_cues
from dragoman.statements.linear import load_model
from dragoman.statements.places import look
from dragoman.statements.signs import ConditionCandidate, condition_features, shared_features
from dragoman.statements.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence
    from dragoman.reader import Encoder, Heard
    from dragoman.records import Effect
    from dragoman.statements.holders import Judged

__all__ = ["condition_candidates", "cues_met", "find_conditions", "heard_odds", "hopeful", "record"]

CONDITION_SHARE = 0.5
"""What the encoder's word counts for beside the linear model's, in log-odds."""
HOPELESS = -2.5
"""Log-odds under which the encoder alone rules a cue out."""
WINDOW = 8
LONGEST = 25
WORDS = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})


def find_conditions(annotation: Annotation, encoder: Encoder) -> tuple[Condition, ...]:
    """Return the conditions that an article's words tell of, in text order."""
    model = load_model("conditions")
    scored = []
    for sentence, token, cue, needed in cues_met(annotation):
        heard = hear(encoder, annotation, sentence)
        odds = heard_odds(token, cue, heard)
        if not hopeful(odds):
            continue
        judged = pairs(annotation, token, cue, heard)
        for candidate in condition_candidates(annotation, token, cue, needed, judged):
            chance = model.probability(condition_features(annotation, candidate))
            scored.append((mixed(chance, odds, CONDITION_SHARE), candidate))
    records = [record(annotation, candidate, score) for score, candidate in weigh(annotation, scored)]
    return tuple(sorted(records, key=lambda c: (c.span.start, c.span.end, c.kind)))


def heard_odds(token: Token, cue: ConditionCue, heard: Heard) -> float | None:
    """Return the encoder's log-odds that a cue tells of a standing condition; None where it did not read."""
    return heard.condition((token.idx, token.idx + len(token.text)), cue.kind)


def hopeful(odds: float | None) -> bool:
    """Whether a cue is worth looking at further, by the encoder's log-odds."""
    return odds is None or odds >= HOPELESS


def record(annotation: Annotation, candidate: ConditionCandidate, score: float) -> Condition:
    """Make a condition of a kept candidate."""
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


def cues_met(annotation: Annotation) -> Iterator[tuple[Sentence, Token, ConditionCue, str]]:
    """Yield every word that stands with what a cue needs: its sentence, it, the cue, the word that met it."""
    for sentence in annotation.telling():
        for token, cue, needed in _met(annotation, sentence):
            yield sentence, token, cue, needed


def _met(annotation: Annotation, sentence: Sentence) -> Iterator[tuple[Token, ConditionCue, str]]:
    cues = condition_cues()
    for token in annotation.tokens(sentence):
        pos = token.pos_
        if pos not in WORDS:
            continue
        near: set[str] = set()
        for cue in cues.get((token.lemma_.lower(), "NOUN" if pos == "PROPN" else pos), ()):
            near = near or _near(token)
            needed = sorted(cue.needs & near)
            signing = cue.rule in ("sign", "sign-future")
            if (cue.needs and not needed) or cue.bars & near:
                continue
            if signing and (cue.rule == "sign") == (syntax.modality(token) is not None):
                continue
            yield token, cue, needed[0] if needed else ""


def _near(token: Token) -> set[str]:
    """Return lemmas and words near a word: where a need or a bar is looked for."""
    doc = token.doc
    low, high = max(token.sent.start, token.i - WINDOW), min(token.sent.end, token.i + WINDOW + 1)
    words = {t.lemma_.lower() for t in doc[low:high] if t.i != token.i}
    return words | {t.lower_ for t in doc[low:high] if t.i != token.i}


def condition_candidates(
    annotation: Annotation, token: Token, cue: ConditionCue, needed: str, judged: Sequence[Judged]
) -> list[ConditionCandidate]:
    """Return what a cue may tell of: one candidate for each of the pairs of parties."""
    if not judged:
        return []
    looked = look(annotation, token, cue)
    shared = shared_features(annotation, token, cue, needed)
    first, last = (
        token_range(token)
        if token.pos_ != "VERB"
        else syntax.phrase(token, without=frozenset({"advcl", "punct", "cc", "conj"}))
    )
    sentence = token.sent
    start, end = sentence.start, sentence.end
    found = []
    for pair in judged:
        low, high = first, min(last, token.i + LONGEST)
        for mention in (*pair.holders, *pair.targets):
            if mention.span is not None and start <= mention.tokens[0] < end:
                low, high = min(low, mention.tokens[0]), max(high, mention.tokens[1])
        found.append(ConditionCandidate(token.i, cue, pair, looked, (low, high), shared))
    return found
