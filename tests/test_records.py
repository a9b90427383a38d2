"""A record without evidence cannot be made."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from hypothesis import assume, given, strategies as st

from dragoman.errors import DragomanError, EvidenceError
from dragoman.records import Article, Event, Figure, Span, digest

OFFSETS = st.integers(min_value=-30, max_value=60)


@st.composite
def cuts(draw):
    """A text with one valid pair of offsets into it."""
    text = draw(st.text(min_size=1, max_size=40))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(cuts())
def test_every_valid_span_holds_the_text_it_points_at(cut):
    text, start, end = cut
    span = Span.of(text, start, end)
    assert (span.start, span.end) == (start, end)
    assert text[span.start : span.end] == span.quote
    assert Article("a", text).span(start, end) == span


@given(text=st.text(max_size=40), start=OFFSETS, end=OFFSETS)
def test_every_invalid_span_is_refused(text, start, end):
    assume(not 0 <= start < end <= len(text))
    with pytest.raises(EvidenceError):
        Span.of(text, start, end)


@given(cut=cuts(), other=st.text(max_size=40))
def test_a_quote_of_another_length_is_refused(cut, other):
    _, start, end = cut
    assume(len(other) != end - start)
    with pytest.raises(EvidenceError):
        Span(start, end, other)


@given(a=cuts(), b=cuts())
def test_overlap_is_mutual_and_means_a_shared_character(a, b):
    first, second = Span.of(*a), Span.of(*b)
    shared = set(range(first.start, first.end)) & set(range(second.start, second.end))
    assert first.overlaps(second) is second.overlaps(first) is bool(shared)


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(0, 0, ""), (3, 3, ""), (4, 2, ""), (-1, 2, "abc"), (-3, -1, "ab")]
)
def test_a_span_is_never_empty_or_negative(start, end, quote):
    with pytest.raises(EvidenceError):
        Span(start, end, quote)


def test_a_bad_span_is_both_this_programs_error_and_a_value_error():
    assert issubclass(EvidenceError, DragomanError)
    assert issubclass(EvidenceError, ValueError)


def test_offsets_count_code_points_not_bytes():
    text = "\u201cÇa va\u201d \U0001f54a Kraków"
    span = Span.of(text, text.index("Kraków"), len(text))
    assert span.quote == "Kraków"
    assert span.start == 10


@pytest.mark.parametrize("record", [Event, Figure])
def test_a_record_without_a_span_cannot_be_made(record):
    span = next(f for f in dataclasses.fields(record) if f.name == "span")
    assert span.default is span.default_factory is dataclasses.MISSING
    with pytest.raises(TypeError, match="span"):
        record("ASSAULT")


def test_records_cannot_be_changed_or_given_new_fields():
    span = Span(0, 3, "abc")
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.end = 4
    with pytest.raises((AttributeError, TypeError)):
        span.note = "mine"


@given(st.text(max_size=30))
def test_an_article_keeps_its_text_and_hashes_it(text):
    article = Article("a", text)
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def test_a_lone_surrogate_can_be_hashed():
    assert len(Article("a", "broken \ud83d emoji").sha256) == 64
    assert len(digest("broken \ud83d")) == 16


def test_an_identity_depends_on_every_part_and_on_their_order():
    assert digest("a", "b") == digest("a", "b")
    assert len({digest("a", "b"), digest("b", "a"), digest("ab"), digest("a", "b", None)}) == 4
