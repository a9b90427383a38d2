"""Runs tests/cases/events.jsonl: add a line there to add a test.

A line is ``{"text": ..., "date": ..., "expect": [...]}``. Each expected event must be found; it names a
``type`` and, where they matter, ``status``, ``mode``, ``actors`` and ``recipients`` (all of them, each by
country code or name; in a meeting the two sides count as one). With ``"only": true``, or when nothing is
expected, no other event may be found. A ``known_miss`` says why a case is not yet right; once it is, the
test fails until the note is taken out.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dragoman.events.lexicon import TYPES
from dragoman.records import Article

CASES = Path(__file__).resolve().parents[1] / "cases" / "events.jsonl"
LINES = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip()]
STATUSES = {"actual", "future", "hypothetical", "negated", "historical"}


def article(case, name="case"):
    return Article(name, case["text"], published=date.fromisoformat(case["date"]))


@pytest.fixture(scope="module")
def coded(read_all, coder):
    """Return all cases' events, coded as one batch."""
    annotations = read_all([article(case, str(n)) for n, case in enumerate(LINES)])
    return [coder.code(annotation) for annotation in annotations]


def names(mention):
    return {mention.party.country, mention.party.name, mention.entity.name}


def are(mentions, wanted):
    """Whether the mentions are the wanted parties: every one named, and no other."""
    known = [names(m) for m in mentions]
    return all(any(w in k for k in known) for w in wanted) and all(k & set(wanted) for k in known)


def agrees(event, wanted):
    if any(wanted[field] != getattr(event, field) for field in ("type", "status", "mode") if field in wanted):
        return False
    if event.type == "CONSULT" and "actors" in wanted:
        both = [*wanted["actors"], *wanted.get("recipients", [])]
        return are((*event.actors, *event.recipients), both)
    return all(are(getattr(event, role), wanted[role]) for role in ("actors", "recipients") if role in wanted)


@pytest.mark.parametrize("n", range(len(LINES)), ids=[case["text"][:60] for case in LINES])
def test_a_text_tells_of_the_expected_events(request, coded, n):
    case, events = LINES[n], coded[n]
    if why := case.get("known_miss"):
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    for wanted in case["expect"]:
        assert any(agrees(event, wanted) for event in events), (wanted, events)
    if case.get("only") or not case["expect"]:
        assert len(events) == len(case["expect"]), events


def test_every_coded_event_points_at_its_text(coded):
    for case, events in zip(LINES, coded, strict=True):
        for event in events:
            for span in (event.span, event.trigger, *event.also_at):
                assert span is None or case["text"][span.start : span.end] == span.quote


def test_the_cases_cover_every_type_and_status():
    wanted = [event for case in LINES for event in case["expect"]]
    assert {event["type"] for event in wanted} == set(TYPES)
    assert {event["status"] for event in wanted if "status" in event} == STATUSES


def test_no_case_is_written_twice():
    assert [text for text, n in Counter(case["text"] for case in LINES).items() if n > 1] == []
