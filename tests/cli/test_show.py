"""`show`, `search` and `verify` on a ledger made by hand."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import pytest

KINDS = ("events", "positions", "measures", "figures")


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_shows_the_quote_within_a_hundred_columns(run, ledger, kind):
    result = run("show", kind, "--ledger", ledger)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 100
    words = {
        "events": "recalled its",
        "positions": "demands that",
        "measures": "recalled its",
        "figures": "[sic]",
    }
    assert words[kind] in " ".join(result.stdout.split())


@pytest.mark.parametrize("kind", KINDS)
def test_json_has_one_object_a_line_with_its_evidence(run, ledger, kind):
    rows = [json.loads(line) for line in run("show", kind, "-l", ledger, "-f", "json").stdout.splitlines()]
    assert len(rows) == 1
    assert {"quote", "start", "end", "article_id"} <= rows[0].keys()


@pytest.mark.parametrize("kind", KINDS)
def test_csv_has_a_header_and_every_column(run, ledger, kind):
    rows = list(csv.DictReader(io.StringIO(run("show", kind, "-l", ledger, "-f", "csv").stdout)))
    assert len(rows) == 1
    assert rows[0]["article_id"] == "made-1"


def test_parquet_goes_to_standard_output(run, ledger, tmp_path):
    path = tmp_path / "events.parquet"
    path.write_bytes(run("show", "events", "-l", ledger, "-f", "parquet").stdout_bytes)
    assert duckdb.read_parquet(str(path)).fetchall()


@pytest.mark.parametrize("form", ["table", "json", "csv", "parquet"])
def test_no_rows_is_no_error(run, ledger, form):
    result = run("show", "events", "-l", ledger, "--type", "AID", "-f", form)
    assert result.exit_code == 0


def test_filters_narrow_the_events(run, ledger):
    assert "SANCTION" in run("show", "events", "-l", ledger, "--actor", "CHL", "--since", "2021-05-01").stdout
    assert "no events" in run("show", "events", "-l", ledger, "--actor", "PER").stdout


def test_a_day_that_is_none_is_told_in_one_line(run, ledger):
    result = run("show", "events", "-l", ledger, "--since", "May")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: --since May: ")


def test_a_dyad_shows_events_positions_and_measures(run, ledger):
    shown = run("show", "dyad", "CHL", "Peru", "-l", ledger).stdout
    assert "events (1)" in shown
    assert "measures (1)" in shown


def test_an_article_is_shown_with_its_source_and_records(run, ledger):
    shown = run("show", "article", "made-1", "-l", ledger).stdout
    assert "made.txt" in shown
    assert "linkages (1)" in shown


def test_an_article_in_json_is_its_document(run, ledger, coded):
    (line,) = run("show", "article", "made-1", "-l", ledger, "-f", "json").stdout.splitlines()
    assert json.loads(line)["text"] == coded.article.text


def test_an_unknown_article_is_told_in_one_line(run, ledger):
    result = run("show", "article", "nothing", "-l", ledger)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_ledger_is_told_in_one_line(run, tmp_path):
    result = run("show", "events", "-l", tmp_path / "none.duckdb")
    assert result.exit_code == 2
    assert "none.duckdb" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_search_finds_an_article_by_its_words(run, ledger):
    assert "made-1" in run("search", "sailors", "-l", ledger).stdout


def test_verify_counts_the_records_and_the_failures(run, ledger):
    result = run("verify", ledger)
    assert result.exit_code == 0
    assert result.stdout.strip() == "5 records checked, 0 failures"


def test_verify_finds_a_quote_that_was_changed(run, ledger):
    with duckdb.connect(str(ledger)) as connection:
        connection.execute("UPDATE figures SET quote = 'nineteen sailors'")
    result = run("verify", ledger)
    assert result.exit_code == 1
    assert "1 failures" in result.stdout
    assert "figures" in result.stderr
