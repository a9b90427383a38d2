"""Questions, search, documents, verification."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from dragoman.errors import LedgerError
from dragoman.ledger import TABLES, Ledger, document
from dragoman.ledger.search import WIDTH, snippet
from dragoman.ledger.verify import REFERENCES, SPANS, UNIQUE
from dragoman.records import Coded

Build = Callable[..., Coded]


@pytest.fixture
def filled(ledger: Ledger, coded: Build) -> Ledger:
    ledger.add(
        [
            coded(),
            coded(article_id="b", text=coded().article.text + " Rain fell.", published=date(2021, 6, 1)),
        ]
    )
    ledger.finish()
    return ledger


@pytest.mark.parametrize("who", ["CHL", "Chile", "chile"])
def test_a_party_is_found_by_code_and_by_name(filled: Ledger, who: str):
    assert [row["actors"] for row in filled.events(actor=who)] == [["Chile"]]
    assert filled.events(recipient=who) == []
    assert len(filled.positions(party=who)) == 2
    assert len(filled.measures(holder=who)) == 2


def test_a_part_of_a_name_finds_it_and_a_percent_sign_is_no_wildcard(filled: Ledger):
    assert filled.events(party="Per")
    assert filled.events(party="P%u") == []


def test_filters_narrow_the_answer(filled: Ledger):
    assert filled.events(type="ASSAULT") == []
    assert filled.events(since=date(2021, 5, 4)) == []
    assert len(filled.events(since=date(2021, 5, 3), until=date(2021, 5, 3))) == 1
    assert filled.events(min_confidence=0.8) == []
    assert len(filled.positions(issue="territory", since=date(2021, 5, 5))) == 1
    assert len(filled.figures(quantity="killed", limit=1)) == 1
    assert filled.measures(on=date(2021, 5, 2)) == []
    assert len(filled.measures(on=date(2021, 5, 20))) == 1


def test_a_row_carries_its_source_and_its_evidence(filled: Ledger):
    (row,) = filled.events()
    assert {"article_id", "title", "published", "url", "start", "end", "quote"} <= set(row)
    assert row["quote"] == "Chile warned Peru"


def test_a_dyad_is_the_same_from_either_side(filled: Ledger):
    there, back = filled.dyad("CHL", "Peru"), filled.dyad("PER", "CHL")
    assert there == back
    assert [len(rows) for rows in there.values()] == [1, 2, 2]
    assert [len(rows) for rows in filled.dyad("CHL", "PER", on=date(2021, 5, 10)).values()] == [1, 1, 1]


def test_an_unknown_article_is_none(filled: Ledger):
    assert filled.article("nowhere") is None


def test_search_finds_words_by_their_stem_and_quotes_the_text(filled: Ledger):
    rows = filled.search("warning raining volcanoes")
    assert {row["article_id"] for row in rows} == {"andes-1", "b"}
    (row,) = filled.search("warning raining")
    text = filled.sql("SELECT text FROM articles WHERE article_id = ?", [row["article_id"]]).fetchall()[0][0]
    assert text[row["start"] : row["end"]] == row["quote"]
    assert filled.search("volcano") == []


def test_search_in_an_unfinished_ledger_says_so(ledger: Ledger, coded: Build):
    assert ledger.search("Chile") == []
    ledger.add([coded()])
    with pytest.raises(LedgerError, match="search index"):
        ledger.search("Chile")


@given(st.text(max_size=400), st.text(max_size=10))
def test_a_snippet_is_a_short_part_of_its_text(text: str, words: str):
    start, end = snippet(text, words)
    assert 0 <= start <= end <= len(text)
    assert end - start <= WIDTH


def test_a_document_read_back_is_the_one_that_was_coded(filled: Ledger, coded: Build):
    first, _ = filled.documents()
    assert first == document(coded())
    assert [found["id"] for found in filled.documents(["b"])] == ["b"]
    assert first["events"][0]["actors"] == [
        {"id": "state:CHL", "name": "Chile", "country": "CHL", "sector": "GOV", "start": 0, "end": 5}
    ]
    assert first["positions"][0]["party"]["name"] == "Chile"
    assert first["measures"][0]["opened_by"] == "THREATEN@0-17"


def test_a_measure_points_at_the_report_that_opened_it(filled: Ledger):
    joined = "SELECT r.type FROM measures AS m JOIN reports AS r ON m.opened_by = r.report_id"
    assert filled.sql(joined).fetchall() == [("THREATEN",), ("THREATEN",)]


def test_a_whole_ledger_verifies(filled: Ledger):
    outcome = filled.verify()
    assert (outcome.articles, outcome.records, outcome.failed) == (2, 12, 0)
    assert outcome.spans > outcome.records
    assert outcome.references > 0


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("articles", "UPDATE articles SET text = 'x' || text WHERE article_id = 'b'"),
        ("articles", "UPDATE articles SET sha256 = 'x' WHERE article_id = 'b'"),
        ("positions", "UPDATE positions SET content_end = content_end + 1"),
        ("report_spans", "UPDATE report_spans SET start = start + 1"),
        ("figures", "UPDATE figures SET quote = 'a 😀'"),
        ("figures", "UPDATE figures SET start = -1"),
        ("mentions", "UPDATE mentions SET entity_id = 'nobody'"),
        ("linkages", "UPDATE linkages SET article_id = 'nowhere'"),
        ("reports", "DELETE FROM events"),
        ("measures", "UPDATE measures SET opened_by = 'nothing'"),
        ("measures", "INSERT INTO measures SELECT * FROM measures"),
    ],
)
def test_a_change_to_any_part_of_a_ledger_is_found(filled: Ledger, table: str, change: str):
    filled.sql(change)
    assert table in {failure.table for failure in filled.verify().failures}


def test_every_table_with_offsets_and_references_is_verified(ledger: Ledger):
    columns = ledger.sql("SELECT table_name, column_name FROM information_schema.columns").fetchall()
    by_table = {table: {column for name, column in columns if name == table} for table in TABLES}
    starts = {(t, c) for t, names in by_table.items() for c in names if c == "start" or c.endswith("_start")}
    assert starts - {("drops", "start")} == {(span[0], span[2]) for span in SPANS}
    referring = {t for t, names in by_table.items() if "article_id" in names} - {"articles", "drops"}
    assert referring == {r[0] for r in REFERENCES if r[1] == "article_id"}
    assert {table for table, _ in UNIQUE} <= set(TABLES)


def test_a_ledger_is_read_only_for_readers(tmp_path: Path, coded: Build):
    path = tmp_path / "ledger.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add([coded()])
        ledger.finish()
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.finished
        assert ledger.verify().failed == 0
        assert len(ledger.search("Peru")) == 1
