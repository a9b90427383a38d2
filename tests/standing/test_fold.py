"""The fold depends on what was said, not on the order or number of times it was said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dragoman.records import Condition, Entity, Event, Mention, Span, When
from dragoman.standing import fold, rules

TEXT = "x" * 400
STATES = [Entity(code.lower(), code, code, "GOV", "state") for code in ("AAA", "BBB", "CCC")]


def mention(entity, start=0):
    return Mention(entity, Span.of(TEXT, start, start + 3), entity)


def condition(kind, effect="opens", holder=0, target=1, start=0, since=None):
    return Condition(
        kind=kind, effect=effect, span=Span.of(TEXT, start, start + 10),
        holders=(mention(STATES[holder]),), targets=(mention(STATES[target]),), since=since,
    )  # fmt: skip


@st.composite
def told(draw):
    parties = st.lists(st.sampled_from(STATES), max_size=2, unique=True)
    start = draw(st.integers(0, 300))
    day = draw(st.none() | st.dates(date(2020, 1, 1), date(2021, 1, 1)))
    return Condition(
        kind=draw(st.sampled_from(["sanctions", "hostilities", "agreement-in-force", "captives-held"])),
        effect=draw(st.sampled_from(["opens", "closes", "holds"])),
        span=Span.of(TEXT, start, start + draw(st.integers(1, 20))),
        holders=tuple(mention(e) for e in draw(parties)),
        targets=tuple(mention(e) for e in draw(parties)),
        since=When(day.isoformat(), day, day) if day else None,
        confidence=draw(st.sampled_from([0.3, 0.5, 0.9])),
    )


@given(st.lists(told(), max_size=8), st.randoms())
def test_the_order_of_arrival_changes_nothing(conditions, random):
    mixed = list(conditions)
    random.shuffle(mixed)
    assert fold([], mixed, date(2021, 5, 1)) == fold([], conditions, date(2021, 5, 1))


@given(st.lists(told(), max_size=8))
def test_repetition_changes_nothing(conditions):
    assert fold([], conditions * 2, None) == fold([], conditions, None)


def test_two_mentions_of_one_measure_are_one():
    found = fold([], [condition("sanctions"), condition("sanctions", "holds", start=50)], date(2024, 3, 2))
    assert [(m.kind, m.since, m.until) for m in found] == [("sanctions", "2024-03-02", None)]


def test_a_closed_measure_is_kept_with_its_end():
    found = fold(
        [],
        [condition("captives-held", "holds"), condition("captives-held", "closes", start=40)],
        date(2024, 3, 2),
    )
    assert [(m.kind, m.until) for m in found] == [("captives-held", "2024-03-02")]


def test_mutual_measures_are_the_same_from_both_sides():
    assert (
        len(
            fold([], [condition("hostilities"), condition("hostilities", holder=1, target=0, start=30)], None)
        )
        == 1
    )


def test_one_sided_measures_differ_by_side():
    assert (
        len(fold([], [condition("tariffs"), condition("tariffs", holder=1, target=0, start=30)], None)) == 2
    )


def test_a_measure_names_the_event_that_opened_it():
    event = Event("SANCTION", Span.of(TEXT, 5, 30), mode="expel")
    found = fold([event], [condition("ambassador-expelled")], None)
    assert found[0].opened_by == "SANCTION@5-30"


def test_nothing_folds_to_nothing():
    assert fold([], [], None) == []


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        fold([], [condition("no-such-kind")], None)


def test_every_kind_of_the_codebook_has_a_rule_with_an_example():
    assert len(rules()) == 29
    assert all(rule.example for rule in rules().values())
