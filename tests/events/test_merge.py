"""Merging, on events made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from dragoman.events.merge import merge
from dragoman.records import Entity, Event, Mention, Span, When


def party(code):
    state = Entity(code, code, code, "GOV", "state")
    return Mention(state, Span(0, 1, code), state)


def told(type_="ASSAULT", who="A", whom="B", *, at=0, **more):
    """Return an event told by words at an offset; parties are one letter each."""
    span = Span(at, at + 5, "x" * 5)
    return Event(
        type_,
        span,
        actors=tuple(party(code) for code in who),
        recipients=tuple(party(code) for code in whom),
        trigger=Span(at, at + 2, "xx"),
        **more,
    )


def on(day):
    when = date(2024, 3, day)
    return When(when.isoformat(), when, when)


@st.composite
def tellings(draw):
    """Events in text order, with triggers of their own."""
    n = draw(st.integers(0, 7))
    types = st.sampled_from(["ASSAULT", "CONSULT", "ACCUSE", "SANCTION"])
    sides = st.sampled_from(["", "A", "B", "AB"])
    days = st.sampled_from([None, on(1), on(2)])
    return [
        told(
            draw(types),
            draw(sides),
            draw(sides),
            at=10 * i,
            status=draw(st.sampled_from(["actual", "future"])),
            when=draw(days),
            confidence=draw(st.sampled_from([0.4, 0.9])),
        )
        for i in range(n)
    ]


def spans(event):
    return [event.span, *event.also_at]


@given(tellings())
def test_no_telling_is_lost_and_none_is_made_up(events):
    kept = merge(events)
    found = sorted((s.start, s.end) for event in kept for s in spans(event))
    assert found == sorted((e.span.start, e.span.end) for e in events)


@given(tellings())
def test_events_come_in_the_order_of_first_mention(events):
    firsts = [min(s.start for s in spans(event)) for event in merge(events)]
    assert firsts == sorted(firsts)


@given(tellings())
def test_merging_takes_any_iterable_and_gives_the_same_again(events):
    assert merge(iter(events)) == merge(events)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [told()],
        [told(), told(at=40), told("SANCTION", at=80)],
        [told("CONSULT", "AB", ""), told("CONSULT", "B", "A", at=40), told("ACCUSE", at=80)],
    ],
)
def test_merging_what_is_merged_changes_nothing(events):
    once = merge(events)
    assert merge(once) == once


def test_a_second_telling_folds_into_the_first():
    first, second = told(), told(at=40)
    assert merge([first, second]) == [replace(first, also_at=(second.span,))]


def test_the_fullest_telling_gives_the_record_and_stands_where_the_first_stood():
    thin, other = told("CONSULT", "AB", ""), told("SANCTION", at=20)
    full = told("CONSULT", "AB", "C", at=40)
    kept = merge([thin, other, full])
    assert [e.type for e in kept] == ["CONSULT", "SANCTION"]
    assert kept[0].span == full.span
    assert kept[0].also_at == (thin.span,)


def test_what_one_telling_leaves_out_another_fills_in():
    kept = merge([told(when=on(1)), told(at=40, place=party("C"))])
    assert kept[0].when == on(1)
    assert kept[0].place == party("C")


@pytest.mark.parametrize(
    "second",
    [
        told("SANCTION", at=40),
        told(who="B", whom="A", at=40),
        told(whom="C", at=40),
        told(at=40, status="negated"),
        told(at=40, when=on(2)),
    ],
    ids=["another type", "the other way round", "another victim", "denied", "another day"],
)
def test_another_happening_stays_its_own_event(second):
    assert len(merge([told(when=on(1)), second])) == 2


def test_two_demands_by_one_party_are_two_events():
    assert len(merge([told("REQUEST"), told("REQUEST", at=40)])) == 2


def test_a_meeting_is_the_same_from_either_side():
    assert len(merge([told("CONSULT", "A", "B"), told("CONSULT", "B", "A", at=40)])) == 1


def test_acts_whose_parties_are_unknown_are_not_taken_for_one():
    assert len(merge([told(who=""), told(who="", at=40)])) == 2
