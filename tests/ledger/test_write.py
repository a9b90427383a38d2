"""What a batch leaves in the ledger, and that nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from dragoman.errors import EvidenceError
from dragoman.ledger import Ledger
from dragoman.records import Article, Coded, Drop, Entity, Figure, Mention, Span

Build = Callable[..., Coded]
Content = Callable[[Ledger], dict[str, list[tuple[object, ...]]]]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def test_every_kind_of_record_is_written_with_its_stage(ledger: Ledger, coded: Build):
    added = ledger.add([coded()])
    assert (added.articles, added.records["reports"], added.records["figures"]) == (1, 1, 2)
    assert ledger.sql("SELECT DISTINCT stage FROM reports").fetchall() == [("events/1",)]
    assert ledger.sql("SELECT role, name, country FROM report_entities ORDER BY role").fetchall() == [
        ("actor", "Chile", "CHL"),
        ("place", "Lima", "PER"),
        ("recipient", "Peru", "PER"),
    ]


def test_the_same_article_again_changes_nothing(ledger: Ledger, coded: Build, content: Content):
    ledger.add([coded(), Drop("ingest", "empty", where="b.txt")])
    ledger.finish()
    before = content(ledger)
    added = ledger.add([coded(), coded().article, Drop("ingest", "empty", where="b.txt")])
    ledger.finish()
    assert added.articles == 0
    assert content(ledger) == before


def test_the_same_text_met_twice_is_one_article_with_two_sources(ledger: Ledger, coded: Build):
    ledger.add([coded(source_path="a.txt"), coded(article_id="copy", source_path="b.txt")])
    article = ledger.article("andes-1")
    assert article is not None
    assert [(s["given_id"], s["source_path"]) for s in article["sources"]] == [
        ("andes-1", "a.txt"),
        ("copy", "b.txt"),
    ]
    assert ledger.counts()["articles"] == 1


def test_another_text_under_the_same_id_is_kept_beside_the_first(ledger: Ledger, coded: Build):
    longer = coded(text=coded().article.text + " Later, talks began.")
    ledger.add([coded()])
    assert ledger.add([longer]).renamed == 1
    ids = [row[0] for row in ledger.sql("SELECT article_id FROM articles ORDER BY 1").fetchall()]
    assert ids == ["andes-1", f"andes-1~{longer.article.sha256[:8]}"]
    assert ledger.verify().failures == []


def test_a_source_of_a_text_that_was_dropped_is_a_drop(ledger: Ledger):
    added = ledger.add([Article("x", "Never coded.", source_path="x.txt")])
    assert added.dropped.total() == 1
    assert ledger.drops()[0]["where"] == "x.txt"


def test_an_article_that_is_recorded_at_last_is_no_longer_a_drop(ledger: Ledger, coded: Build):
    ledger.add([Drop("events", "error: ValueError: x", "andes-1")])
    ledger.add([replace(coded(), drops=())])
    assert ledger.drops() == []


def test_a_quote_that_is_not_in_the_text_is_refused_with_its_batch(ledger: Ledger, coded: Build):
    wrong = replace(
        coded(article_id="b", text="Another text altogether, long enough for its spans." * 3), figures=()
    )
    bad = replace(coded(), figures=(Figure("killed", 1, 1, Span(0, 5, "Chili")),))
    with pytest.raises(EvidenceError, match="andes-1"):
        ledger.add([wrong, bad])
    assert set(ledger.counts().values()) == {0}


def test_entities_do_not_depend_on_the_order_of_arrival(tmp_path: Path, coded: Build, content: Content):
    names = ("Chile", "Republic of Chile")
    variants = [
        replace(
            coded(article_id=name, text=f"{coded().article.text} {name}"),
            mentions=(Mention(Entity("state:X", name, "CHL"), None, Entity("state:X", name, "CHL")),),
        )
        for name in names
    ]
    contents = []
    for order in (variants, variants[::-1]):
        with Ledger.open(tmp_path / f"{order[0].article.article_id}.duckdb") as ledger:
            for item in order:
                ledger.add([item])
            ledger.finish()
            contents.append(content(ledger))
    assert contents[0] == contents[1]
    assert ("state:X", "Chile", "CHL", None, "agent") in contents[0]["entities"]


def test_file_names_in_no_encoding_are_written_legibly(ledger: Ledger):
    ledger.add([Drop("ingest", "binary", where="caf\udce9.txt")])
    assert ledger.drops()[0]["where"] == "caf\\udce9.txt"


def test_runs_are_noted_with_their_counts(ledger: Ledger):
    run_id = ledger.start_run({"workers": 2})
    ledger.finish_run(run_id, {"articles": 1})
    ((version, finished, counts),) = ledger.sql("SELECT version, finished, counts FROM runs").fetchall()
    assert version
    assert finished is not None
    assert counts == '{"articles": 1}'


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.data()), min_size=1, max_size=16))
def test_any_text_comes_back_as_it_was_and_verifies(texts: list[tuple[str, st.DataObject]]):
    items = []
    for number, (text, data) in enumerate(texts):
        article = Article(f"a{number}", text, published=date(2020, 1, 1))
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        items.append(Coded(article, figures=(Figure("other", 0.1, None, article.span(start, end)),)))
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "any.duckdb") as ledger:
        ledger.add(items)
        ledger.add(items[::-1])
        outcome = ledger.verify()
        found = {document["text"] for document in ledger.documents()}
    assert outcome.failures == []
    assert found == {text for text, _ in texts}
    assert outcome.records == len(found)
