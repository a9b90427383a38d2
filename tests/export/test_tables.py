"""A ledger's tables as files."""

from __future__ import annotations

import json

import duckdb
import pytest

from dragoman.errors import InputError
from dragoman.export import TABLES, document, export
from dragoman.ledger import Ledger
from dragoman.records import Article, Coded, Drop, Entity, Event, Mention, Span

TEXT = "Kenya sent aid to Chad."


@pytest.fixture
def coded():
    entity = Entity("Q114", "Kenya", "KEN", "GOV", "state")
    kenya = Mention(entity, Span.of(TEXT, 0, 5), entity)
    event = Event("AID", Span.of(TEXT, 0, 22), (kenya,), contexts=("humanitarian", "food"))
    stages = dict.fromkeys(("entities", "events", "statements", "standing"), "1")
    return Coded(Article("a-1", TEXT), events=(event,), mentions=(kenya,), stages=stages)


@pytest.fixture
def ledger(tmp_path, coded):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as opened:
        opened.add([coded, Drop("ingest", "no text", where="empty.txt")])
        opened.finish()
    return path


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_becomes_a_file_that_reads_back(ledger, tmp_path, form):
    written = export(ledger, tmp_path / "out", form=form)
    assert [path.stem for path in written] == list(TABLES)
    reader = duckdb.read_csv if form == "csv" else duckdb.read_parquet
    (count,) = reader(str(tmp_path / "out" / f"reports.{form}")).aggregate("count(*)").fetchone()
    assert count == 1


def test_a_list_is_json_in_csv(ledger, tmp_path):
    (path,) = export(ledger, tmp_path, form="csv", tables=["reports"])
    (contexts,) = duckdb.sql(f"SELECT contexts FROM read_csv('{path}', all_varchar = true)").fetchone()
    assert sorted(json.loads(contexts)) == ["food", "humanitarian"]


def test_json_is_the_document_form(ledger, tmp_path, coded):
    (path,) = export(ledger, tmp_path, form="json")
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [document(coded)]


def test_json_of_one_table_is_its_rows(ledger, tmp_path):
    (path,) = export(ledger, tmp_path, form="json", tables=["drops"])
    assert json.loads(path.read_text(encoding="utf-8"))["where"] == "empty.txt"


def test_the_same_ledger_makes_the_same_files(ledger, tmp_path):
    first, second = (export(ledger, tmp_path / name, form="csv", tables=["mentions"])[0] for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_table_is_refused(ledger, tmp_path):
    with pytest.raises(InputError, match="is not a table"):
        export(ledger, tmp_path, form="csv", tables=["evnts"])


def test_a_folder_that_is_a_file_is_refused(ledger, tmp_path):
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="taken"):
        export(ledger, tmp_path / "taken", form="csv")


def test_a_quote_mark_in_a_path_is_no_trouble(ledger, tmp_path):
    (path,) = export(ledger, tmp_path / "it's", form="csv", tables=["events"])
    assert path.exists()
