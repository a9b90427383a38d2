"""Runs tests/cases/{positions,measures,linkages}.jsonl: add a line there to add a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article
from dragoman.standing import fold
from dragoman.statements import StatementCoder, Statements

CASES = Path(__file__).resolve().parents[1] / "cases"
PRO = {"demands", "offers", "supports", "accepts"}


def cases(name):
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(json.loads(line), id=json.loads(line)["text"][:60]) for line in lines if line.strip()
    ]


@pytest.fixture(scope="module")
def stages():
    return Annotator(), Linker(), StatementCoder()


def code(stages, text) -> Statements:
    annotator, linker, coder = stages
    annotation = next(iter(annotator.annotate([Article("case", text)])))
    annotation.link(tuple(linker.link(annotation)))
    return coder.code(annotation, [])


def countries(mentions):
    return {m.party.country for m in mentions}


@pytest.mark.parametrize("case", cases("positions"))
def test_a_text_states_the_expected_positions(stages, case, request):
    if why := case.get("known_miss"):
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    found = code(stages, case["text"]).positions
    if case.get("none"):
        assert found == ()
    for wanted in case["expect"]:
        assert any(
            wanted["party"] in countries(p.parties)
            and wanted.get("issue", p.issue) == p.issue
            and (p.stance in PRO) == (wanted["side"] == "pro")
            for p in found
        ), found


@pytest.mark.parametrize("case", cases("measures"))
def test_a_text_leaves_the_expected_measures_standing(stages, case):
    found = fold([], code(stages, case["text"]).conditions, None)
    if case.get("none"):
        assert found == []
    for wanted in case["expect"]:
        assert any(
            m.kind == wanted["kind"]
            and wanted["holder"] in countries(m.holders)
            and ("target" not in wanted or wanted["target"] in countries(m.targets))
            for m in found
        ), found


@pytest.mark.parametrize("case", cases("linkages"))
def test_a_text_ties_one_act_to_another(stages, case):
    found = code(stages, case["text"]).linkages
    assert case["direction"] in {link.direction for link in found}


def test_every_record_points_at_the_text(stages):
    text = (
        "Egypt urged Sudan to accept a truce. Norway expelled two Russian diplomats in response to the raid."
    )
    found = code(stages, text)
    spans = [p.span for p in found.positions] + [p.content for p in found.positions]
    spans += [c.span for c in found.conditions] + [
        s for k in found.linkages for s in (k.span, k.source, k.target)
    ]
    assert spans
    assert all(text[s.start : s.end] == s.quote for s in spans)


def test_an_empty_article_states_nothing(stages):
    assert code(stages, "") == Statements()


def test_the_same_annotation_gives_the_same_statements(stages):
    text = "Egypt urged Sudan to accept a truce."
    assert code(stages, text) == code(stages, text)
