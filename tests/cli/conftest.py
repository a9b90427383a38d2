"""A ledger made by hand, without a model, and a way to run the program."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.ledger import Ledger
from dragoman.records import (
    Article,
    Coded,
    Entity,
    Event,
    Figure,
    Linkage,
    Measure,
    Mention,
    Position,
    Span,
    When,
)

TEXT = (
    "Chile recalled its ambassador to Peru on 3 May 2021. Peru demands that Chile free 19 [sic] sailors, "
    "and Chile will free them only if Peru pays a fine."
)
STAGES = dict.fromkeys(("annotate", "entities", "events", "statements", "standing"), "1")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def party(name: str, country: str) -> Mention:
    entity = Entity(f"Q-{country}", name, country, "GOV", "state")
    return Mention(entity, span(name), entity)


@pytest.fixture(scope="session")
def coded():
    chile, peru = party("Chile", "CHL"), party("Peru", "PER")
    day = date(2021, 5, 3)
    act = span("Chile recalled its ambassador to Peru")
    event = Event(
        "SANCTION", act, (chile,), (peru,), "withdraw", when=When("2021-05-03", day, day), quad="q4"
    )
    content = span("Chile free 19 [sic] sailors")
    demand = Position(
        (peru,), "maritime-navigation", "demands", span("Peru demands that Chile free 19"), content
    )
    figure = Figure("captives", 19.0, 19.0, span("19 [sic] sailors"))
    tie = span("free them only if Peru pays a fine")
    linkage = Linkage(span("Peru pays a fine"), span("free them"), "condition", tie)
    measure = Measure(
        "ambassador-recalled", (chile,), (peru,), span("recalled its ambassador"), since="2021-05-03"
    )
    article = Article("made-1", TEXT, title="Envoy recalled", published=day, source_path="made.txt")
    return Coded(
        article,
        events=(event,),
        positions=(demand,),
        figures=(figure,),
        linkages=(linkage,),
        measures=(measure,),
        mentions=(chile, peru),
        stages=STAGES,
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory, coded):
    path = tmp_path_factory.mktemp("made") / "made.duckdb"
    with Ledger.open(path) as opened:
        run = opened.start_run({})
        opened.add([coded])
        opened.finish()
        opened.finish_run(run, {})
    return path


@pytest.fixture
def ledger(tmp_path, made):
    return shutil.copy(made, tmp_path / "made.duckdb")


@pytest.fixture
def run():
    def invoke(*words, **options):
        return CliRunner().invoke(app, [str(word) for word in words], **options)

    return invoke
