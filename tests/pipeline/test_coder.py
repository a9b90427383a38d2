"""The coder: stages in order, and one article's fault is one article's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import pytest

from dragoman.ledger import document
from dragoman.pipeline import Coder, StageOrderError, Stages
from dragoman.records import Article, Coded, Drop
from dragoman.settings import Settings


@pytest.fixture
def coder(standins: ModuleType, settings: Settings) -> Coder:
    return standins.coder(settings)  # type: ignore[no-any-return]


def test_every_stage_adds_its_records_and_its_version(coder: Coder):
    (coded,) = coder.code([Article("a", "Chile met Peru over 3 roads.")])
    assert (len(coded.events), len(coded.figures), len(coded.measures), len(coded.mentions)) == (1, 1, 1, 2)
    assert coded.stages["events"] == "7"
    assert set(coded.stages) == {"annotate", "entities", "events", "statements", "standing"}


@pytest.mark.parametrize(
    ("word", "stage", "reason"),
    [
        ("unannotatable", "annotate", "error: ValueError: no syntax"),
        ("unlinkable", "entities", "error: KeyError: 'nobody'"),
        ("wrong span", "ledger", "error: EvidenceError"),
    ],
)
def test_a_stage_that_fails_costs_that_article_only(coder: Coder, word: str, stage: str, reason: str):
    texts = ["Chile met Peru.", f"Chile {word} Peru.", "Togo met Ghana.", "Peru met Togo."]
    outcomes = list(
        coder.outcomes(Article(str(i), text, source_path="in.txt") for i, text in enumerate(texts))
    )
    assert [type(outcome) for outcome in outcomes] == [Coded, Drop, Coded, Coded]
    drop = outcomes[1]
    assert isinstance(drop, Drop)
    assert (drop.stage, drop.article_id, drop.where) == (stage, "1", "in.txt")
    assert drop.reason.startswith(reason)


def test_half_a_surrogate_pair_is_no_text(coder: Coder):
    before, drop, after = coder.outcomes(
        [
            Article("1", "Chile met Peru."),
            Article("2", "Chile \ud83d met Peru."),
            Article("3", "Togo met Peru."),
        ]
    )
    assert isinstance(before, Coded)
    assert isinstance(after, Coded)
    assert isinstance(drop, Drop)
    assert "surrogate" in drop.reason
    assert (drop.start, drop.end) == (6, 7)


def test_a_nul_character_is_text_like_any_other(coder: Coder):
    (coded,) = coder.code([Article("1", "Chile\0 met Peru.")])
    assert document(coded)["events"][0]["quote"] == "Chile\0 met Peru"


def test_articles_left_out_are_told_of(coder: Coder, caplog: pytest.LogCaptureFixture):
    drops: list[Drop] = []
    broken = Article("x", "Chile unlinkable")
    assert list(coder.code([broken], on_drop=drops.append)) == []
    assert [drop.article_id for drop in drops] == ["x"]
    with caplog.at_level(logging.WARNING):
        assert list(coder.code([broken])) == []
    assert "article x left out" in caplog.text


def test_a_long_stream_is_coded_as_it_comes(coder: Coder):
    taken = []

    def endless() -> Iterator[Article]:
        for number in range(10_000):
            taken.append(number)
            yield Article(str(number), f"Chile met Peru {number} times.")

    next(coder.code(endless()))
    assert len(taken) < 100


def test_records_less_sure_than_asked_are_drops(standins: ModuleType):
    coder = standins.coder(Settings(min_confidence=0.5))
    (coded,) = coder.code([Article("a", "Chile met Peru over 3 roads.")])
    assert coded.events == ()
    assert coded.measures == ()
    assert len(coded.figures) == 1
    assert [(drop.stage, drop.start, drop.end) for drop in coded.drops] == [("events", 0, 14)]


def test_stages_in_a_wrong_order_are_refused_before_anything_runs(standins: ModuleType):
    good = standins.stages()
    needy = SimpleNamespace(name="events", version="1", needs=("measures",), code=good.events.code)
    with pytest.raises(StageOrderError, match="stage events: needs measures"):
        Coder(stages=Stages(good.annotate, good.entities, needy, good.statements, good.standing))
