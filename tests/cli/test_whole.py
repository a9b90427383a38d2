"""The whole way, with the real model: the examples into a ledger, and the same text by other roads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dragoman
from dragoman.scoring import KINDS

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "Chile recalled its ambassador to Peru on 3 May 2021, a spokesman said."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "examples.duckdb"
    dragoman.read([EXAMPLES], path)
    return path


def test_every_example_is_read_and_every_record_verified(ledger):
    with dragoman.Ledger.open(ledger, read_only=True) as opened:
        documents = list(opened.documents())
        drops = [drop for drop in opened.drops() if drop["article_id"] is None]
    assert len(documents) == 12
    assert drops == []
    assert all(document["events"] for document in documents)
    result = dragoman.verify(ledger)
    assert result.checked > 200
    assert result.failures == []


def test_reading_again_adds_nothing(run, ledger):
    before = ledger.read_bytes()
    result = run("read", EXAMPLES, "-o", ledger)
    assert result.exit_code == 0
    assert "12 already in the ledger" in result.stderr
    with dragoman.Ledger.open(ledger, read_only=True) as opened:
        assert opened.counts()["articles"] == 12
    assert before


def test_code_prints_what_export_writes(run, ledger, tmp_path):
    coded = run("code", EXAMPLES).stdout
    run("export", "-l", ledger, "-f", "json", "-o", tmp_path)
    exported = (tmp_path / "documents.jsonl").read_text(encoding="utf-8")
    by_id = {document["id"]: document for document in map(json.loads, exported.splitlines())}
    assert {document["id"]: document for document in map(json.loads, coded.splitlines())} == by_id


@pytest.mark.parametrize(("words", "end"), [(["code", "-"], "}\n"), (["code", "--list"], "]\n")])
def test_code_reads_standard_input(run, words, end):
    result = run(*words, input=TEXT)
    assert result.exit_code == 0
    assert result.stdout.endswith(end)
    document = json.loads(result.stdout)
    assert (document if end == "}\n" else document[0])["text"] == TEXT


@pytest.mark.parametrize("form", ["table", "csv"])
def test_code_prints_one_kind_of_record(run, form):
    shown = run("code", "-", "--format", form, "--table", "events", input=TEXT).stdout
    assert "SANCTION" in shown


def test_evaluating_ones_own_records_scores_one(run, tmp_path):
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps(list(dragoman.code(TEXT))), encoding="utf-8")
    rows = [json.loads(line) for line in run("evaluate", gold, "-f", "json").stdout.splitlines()]
    assert [row["kind"] for row in rows] == list(KINDS)
    assert next(row["f1"] for row in rows if row["kind"] == "event_strict") == 1.0


def test_misses_of_an_unknown_kind_are_refused(run, tmp_path):
    result = run("evaluate", tmp_path / "gold.json", "--misses", "evnt")
    assert result.exit_code == 2
    assert "choose from event," in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "say"),
    [
        ("table.csv", b"a,b\n1,2\n", "--text-column"),
        (
            "broken.jsonl",
            b'{"text": "A long enough first line of news, in English."}\n{oops\n',
            "broken.jsonl",
        ),
        ("broken.json", b'{"text": ', "broken.json"),
    ],
)
def test_bad_input_is_one_line_with_the_file_and_the_remedy(run, tmp_path, name, content, say):
    (tmp_path / name).write_bytes(content)
    result = run("read", tmp_path / name, "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 2
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert name in errors[0]
    assert say in errors[0]


def test_a_missing_input_is_one_line(run, tmp_path):
    result = run("read", tmp_path / "nothing.txt", "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_ledger_that_is_none_is_one_line(run, tmp_path):
    (tmp_path / "l.duckdb").write_bytes(b"this is no ledger, however you look at it" * 200)
    result = run("show", "events", "-l", tmp_path / "l.duckdb")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_fault_is_told_after_the_rest_was_read(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(f'{{oops\n{{"text": "{TEXT}"}}\n', encoding="utf-8")
    result = run("read", tmp_path / "in", "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 2
    assert "1 articles read" in result.stderr
    assert "a.jsonl:1: not JSON; mend the record" in result.stderr.splitlines()[-1]


def test_another_language_is_left_out_and_no_fault(run, tmp_path):
    text = "Le gouvernement chilien a rappelé son ambassadeur au Pérou lundi matin à Santiago."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    result = run("read", tmp_path / "a.txt", "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 0
    assert "left out" in result.stderr
