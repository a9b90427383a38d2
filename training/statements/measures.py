"""Train the models of measures: whose a condition is, whether it is one, what the article makes of it.

Each model learns from what the one before it says of articles it has not seen (five parts).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman.reader import hear, mixed
from dragoman.standing import fold
from dragoman.statements import conditions as stage, weighing
from dragoman.statements.holders import chances, options, paired, role_features, with_reader
from dragoman.statements.lexicon import condition_cues
from dragoman.statements.parties import heads_of
from dragoman.statements.places import MUTUAL
from dragoman.statements.reading import LONG
from dragoman.statements.signs import ConditionCandidate, condition_features
from training.corpus import FOLDS, made_up
from training.statements import gold
from training.statements.fit import fit
from training.statements.positions import as_model, count, f1, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.annotation import Annotation, Sentence
    from dragoman.reader import Encoder, Heard
    from dragoman.records import Measure, Mention
    from dragoman.statements.lexicon import ConditionCue
    from dragoman.statements.linear import LinearModel

__all__ = ["State", "states", "train_measures"]

GROUPS = ("reference", "short", "full", "made up")
"""Short reports of the reference gold, our own short reports, full articles, and made-up ones."""
THRESHOLDS = [0.25, 0.28, 0.31, 0.34, 0.37, 0.4, 0.45, 0.5]
OPTIONAL_WEIGHT = 0.4
"""An optional gold record costs nothing when it is found: a weaker example, not none."""
BESIDE = 0.3
"""What a cue weighs, as an example of none, where a gold record of its kind stands elsewhere nearby."""
RARE, SELDOM, PRIOR_WEIGHT = 6, 4, 0.5
HOLDER_STRENGTH, CONDITION_STRENGTH, MEASURE_STRENGTH = 0.15, 0.15, 0.1
HOUSE, REFERENCE_WEIGHT = "house:", 2.0
TOLERANCE = 0.005
"""How far F1 may fall below the best for a stricter threshold: a wrong record costs trust."""
SCORER = gold.load_scorer()

Role = tuple[list[str], str, float]


@dataclass(frozen=True, slots=True)
class State:
    """A labelled cue: whether it tells of a condition of its kind, and each mention's part in it by place."""

    sentence: Sentence
    token: Token
    kind: str
    right: bool
    weight: float
    parts: list[tuple[int, str, float]]


@dataclass(slots=True)
class Cued:
    """A cue where it stands, the parties that are weighed for it, and what they are judged by."""

    sentence: Sentence
    token: Token
    cue: ConditionCue
    needed: str
    options: list[Mention]
    rows: list[list[str]]


@dataclass(slots=True)
class Case:
    """An article with its gold, and what each stage of training makes of it.

    ``odds`` are what an encoder that has not seen the article gives each of its candidates' cues.
    """

    document: dict[str, Any]
    note: Annotation
    part: int
    cued: list[Cued]
    reference: bool
    candidates: list[ConditionCandidate] = field(default_factory=list)
    odds: list[float | None] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    scored: list[tuple[float, ConditionCandidate]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it is a full article."""
        return len(self.note.doc) > LONG

    @property
    def group(self) -> str:
        """The group that it is scored in."""
        if made_up(self.document):
            return "made up"
        return "full" if self.full else "reference" if self.reference else "short"


def train_measures(
    documents: list[dict[str, Any]], notes: list[Annotation], reference: int, readers: Sequence[Encoder]
) -> dict[str, dict[str, Any]]:
    """Cross-validate, print scores, and return the models.

    Args:
        documents: the reference gold first, then our own annotations.
        notes: the documents annotated.
        reference: how many documents are the reference gold's.
        readers: for each fold of the corpus the encoder that did not see its articles.
    """
    cases = [
        Case(document, note, n % FOLDS, _cued(note), n < reference)
        for n, (document, note) in enumerate(zip(documents, notes, strict=True))
    ]
    _pair(cases, readers)
    _judge(cases)
    measures = _fit_measures(cases)
    threshold, full = _validate(cases)
    measures["weights"]["full"][0] = round(
        measures["weights"]["full"][0] - _logit(full) + _logit(threshold), 4
    )
    return {
        "holders": _fit_holders(cases),
        "conditions": _fit_conditions(cases),
        "measures": {**measures, "threshold": threshold},
    }


def _logit(chance: float) -> float:
    return math.log(chance / (1.0 - chance))


def _cued(note: Annotation) -> list[Cued]:
    found = []
    for sentence, token, cue, needed in stage.cues_met(note):
        weighed = options(note, token)
        rows = role_features(note, token, cue, weighed)
        found.append(Cued(sentence, token, cue, needed, weighed, rows))
    return found


def _pair(cases: Sequence[Case], readers: Sequence[Encoder]) -> None:
    """Give each article its candidates, by models of holders that have not seen the article."""
    for part in range(FOLDS):
        model = as_model(_fit_holders([c for c in cases if c.part != part]))
        for case in cases:
            if case.part == part:
                for met in case.cued:
                    heard = hear(readers[part], case.note, met.sentence)
                    odds = stage.heard_odds(met.token, met.cue, heard)
                    if stage.hopeful(odds):
                        found = _candidates(case.note, met, model, heard)
                        case.candidates += found
                        case.odds += [odds] * len(found)
    for case in cases:
        case.rows = [condition_features(case.note, c) for c in case.candidates]
        case.labels = [label_condition(c, case.document["measures"]) for c in case.candidates]


def _candidates(note: Annotation, met: Cued, model: LinearModel, heard: Heard) -> list[ConditionCandidate]:
    told = [chances(model, row) for row in met.rows]
    roles = with_reader(note, met.token, met.cue, met.options, told, heard)
    judged = paired(met.cue, met.options, roles)
    return stage.condition_candidates(note, met.token, met.cue, met.needed, judged)


def _judge(cases: Sequence[Case]) -> None:
    """Score each candidate by a filter that has not seen its article."""
    for part in range(FOLDS):
        model = as_model(_fit_conditions([c for c in cases if c.part != part]))
        for case in cases:
            if case.part == part:
                case.scored = [
                    (mixed(model.probability(row), odds, stage.CONDITION_SHARE), candidate)
                    for row, odds, candidate in zip(case.rows, case.odds, case.candidates, strict=True)
                ]


def _validate(cases: Sequence[Case]) -> tuple[float, float]:
    """Print the scores at each threshold; return the strictest good ones for reports and full articles."""
    totals = {(t, group): Counter[str]() for t in THRESHOLDS for group in GROUPS}
    for part in range(FOLDS):
        raw = _fit_measures([c for c in cases if c.part != part])
        for threshold in THRESHOLDS:
            model = as_model(raw, threshold)
            weighing.load_model = lambda _, model=model: model  # type: ignore[assignment, attr-defined]
            for case in cases:
                if case.part == part:
                    totals[threshold, case.group] += count(case.document, _measures(case), "measures")
    for threshold in THRESHOLDS:
        print("measures", threshold, *(f"{group} {report(totals[threshold, group])}" for group in GROUPS))
    return _strictest(totals, GROUPS[:2]), _strictest(totals, GROUPS[2:3])


def _strictest(totals: dict[tuple[float, str], Counter[str]], groups: Sequence[str]) -> float:
    scores = {t: sum(f1(totals[t, g]) for g in groups) / len(groups) for t in THRESHOLDS}
    return max(t for t, score in scores.items() if score >= max(scores.values()) - TOLERANCE)


def _measures(case: Case) -> list[dict[str, Any]]:
    kept = weighing.weigh(case.note, case.scored)
    records = [stage.record(case.note, candidate, score) for score, candidate in kept]
    return [measure_form(m) for m in fold([], records, case.note.article.published)]


def _fit_holders(cases: Sequence[Case]) -> dict[str, Any]:
    found = [role for case in cases for role in _roles(case)]
    rows, labels, weights = ([role[k] for role in found] for k in range(3))
    return fit(rows, labels, strength=HOLDER_STRENGTH, weights=weights)  # type: ignore[arg-type]


def _roles(case: Case) -> Iterator[Role]:
    """Yield the features, the role and the weight of each party near a cue that a gold record stands at."""
    for met in case.cued:
        near, inside = _records_at(met, case.document["measures"])
        for row, role, weight in _roles_of(met, inside or near):
            if role is not None:
                yield row, role, weight


def _records_at(
    met: Cued, records: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the gold records of a cue's kind in its sentence, and those of them that hold the cue."""
    sentence = met.token.sent
    near = [
        r
        for r in records
        if met.cue.kind in {r["kind"], *r.get("also", [])}
        and r["start"] < sentence.end_char
        and sentence.start_char < r["end"]
    ]
    return near, [r for r in near if r["start"] <= met.token.idx < r["end"]]


def _roles_of(met: Cued, records: Sequence[dict[str, Any]]) -> list[tuple[list[str], str | None, float]]:
    """Return the features, role and weight of each party near a cue, by the gold records that stand there."""
    if not records:
        return [(row, None, 0.0) for row in met.rows]
    weight = max(_weight(r) for r in records)
    held, suffered = (_meant(met.options, records, role) for role in ("holder", "target"))
    return [
        (row, _role(met.cue.kind, one, other), weight)
        for row, one, other in zip(met.rows, held, suffered, strict=True)
    ]


def _weight(record: dict[str, Any]) -> float:
    return OPTIONAL_WEIGHT if gold.neutral(record) else 1.0


def states(document: dict[str, Any], note: Annotation) -> list[State]:
    """Return the cues of an article with the label and weight of each, for the encoder to learn from."""
    found = []
    for met in _cued(note):
        near, inside = _records_at(met, document["measures"])
        weight = max((_weight(r) for r in inside), default=BESIDE if near else 1.0)
        parts = [
            (head, role, share)
            for head, (_, role, share) in zip(
                heads_of(note, met.options), _roles_of(met, inside or near), strict=True
            )
            if role is not None
        ]
        found.append(State(met.sentence, met.token, met.cue.kind, bool(inside), weight, parts))
    return found


def _meant(found: Sequence[Mention], records: Sequence[dict[str, Any]], role: str) -> list[str]:
    """Say of each mention whether gold records mean it, do not, or mean its party at another mention."""
    said = ["no"] * len(found)
    for party in (p for r in records for p in gold.listed(r.get(role))):
        same = [k for k, m in enumerate(found) if SCORER.any_same([party], [gold.entity(m)])]
        here = [k for k in same if _at(party, found[k])]
        for k in same:
            if said[k] == "no":
                said[k] = "skip" if here else "yes"
        for k in here:
            said[k] = "yes"
    return said


def _at(party: dict[str, Any], mention: Mention) -> bool:
    span = mention.span
    return "start" in party and span is not None and party["start"] < span.end and span.start < party["end"]


def _role(kind: str, held: str, suffered: str) -> str | None:
    """Return the role to learn; None where the gold does not tell."""
    if "yes" in (held, suffered):
        if kind in MUTUAL:
            return "side"
        return None if held == suffered else "holder" if held == "yes" else "target"
    return None if "skip" in (held, suffered) else "none"


def measure_form(measure: Measure) -> dict[str, Any]:
    """Return a measure in the document form."""
    return {
        "kind": measure.kind,
        "holder": [gold.entity(m) for m in measure.holders],
        "target": [gold.entity(m) for m in measure.targets],
        "start": measure.span.start,
        "end": measure.span.end,
        "quote": measure.span.quote,
    }


def label_condition(candidate: ConditionCandidate, records: list[dict[str, Any]]) -> str:
    """Return yes, no or skip: a candidate is right when the scorer would pair it with a gold measure."""
    form = {
        "kind": candidate.cue.kind,
        "holder": [gold.entity(m) for m in candidate.holders],
        "target": [gold.entity(m) for m in candidate.targets],
    }
    met = [r for r in records if SCORER.measure(r, form)]
    if any(not gold.neutral(r) for r in met):
        return "yes"
    return "skip" if met else "no"


def _fit_conditions(cases: Sequence[Case]) -> dict[str, Any]:
    rows = [row for case in cases for row in case.rows]
    said = [label for case in cases for label in case.labels]
    share = [REFERENCE_WEIGHT if case.reference else 1.0 for case in cases for _ in case.labels]
    weights = [
        by * (OPTIONAL_WEIGHT if label == "skip" else 1.0) for by, label in zip(share, said, strict=True)
    ]
    labels = ["no" if label == "no" else "yes" for label in said]
    for prior in prior_rows([c.document for c in cases], Counter(f for row in rows for f in row)):
        rows.append(prior)
        labels.append("yes")
        weights.append(PRIOR_WEIGHT)
    return fit(rows, labels, strength=CONDITION_STRENGTH, weights=weights)


def prior_rows(documents: list[dict[str, Any]], seen: Counter[str]) -> list[list[str]]:
    """Return made-up right examples of kinds that are rare in the gold, so that their cues count."""
    met = Counter(record["kind"] for document in documents for record in document["measures"])
    return [
        [f"kind={cue.kind}", f"rule={cue.rule}", f"both={cue.kind}/True/True"]
        for cue in sorted(
            {c for found in condition_cues().values() for c in found}, key=lambda c: (c.rule, c.word)
        )
        if met[cue.kind] < RARE or seen[f"rule={cue.rule}"] < SELDOM
    ]


def _house(features: dict[str, float], *, reference: bool) -> dict[str, float]:
    """Return a second copy of what is said of short reports, for the reference gold alone.

    The reference gold and our own annotations differ in which measures of a report they hold worth
    recording; the difference is learnt apart and added to the model that is shipped.
    """
    return {HOUSE + n: v for n, v in features.items() if n.startswith("short")} if reference else {}


def _fit_measures(cases: Sequence[Case]) -> dict[str, Any]:
    rows, labels, weights = [], [], []
    for case in cases:
        said = {id(c): label for c, label in zip(case.candidates, case.labels, strict=True)}
        for group in weighing.groups(case.note, case.scored):
            label = said[id(group.members[0][1])]
            rows.append(group.features | _house(group.features, reference=case.reference))
            labels.append("no" if label == "no" else "yes")
            weights.append(OPTIONAL_WEIGHT if label == "skip" else 1.0)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=MEASURE_STRENGTH, max_iter=3000, random_state=0)
    model.fit(vectorizer.fit_transform(rows), labels, sample_weight=np.asarray(weights))
    names = vectorizer.get_feature_names_out()
    plain = dict(zip(map(str, names), map(float, model.coef_[0]), strict=True))
    weighed = {
        n: [round(w + plain.get(HOUSE + n, 0.0), 4)] for n, w in plain.items() if not n.startswith(HOUSE)
    }
    return {"classes": ["no", "yes"], "bias": [round(float(model.intercept_[0]), 4)], "weights": weighed}
