"""The program as a whole: help, version, exit statuses, and that the documentation keeps up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import dragoman
from dragoman.cli import app

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def commands():
    group = typer.main.get_command(app)
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        yield from ([f"{name} {sub}" for sub in inner] if inner else [name])


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_help_with_an_example(run, name):
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert "Example: " in result.stdout
    assert f"dragoman {name.split()[0]}" in result.stdout


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_its_place_in_the_docs_with_an_example(name):
    text = DOCS.read_text(encoding="utf-8")
    assert f"## `dragoman {name}`" in text
    section = text.split(f"## `dragoman {name}`")[1].split("\n## ")[0]
    assert "```" in section


def test_the_version_is_the_packages(run):
    assert run("--version").stdout == f"dragoman {dragoman.__version__}\n"


@pytest.mark.parametrize("words", [["shw"], ["show"], ["show", "events", "--format", "xml"], ["export"]])
def test_a_wrong_command_line_ends_with_two(run, words):
    assert run(*words).exit_code == 2


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import dragoman, sys; print([m for m in ('spacy', 'duckdb', 'typer', 'numpy') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_a_reader_that_leaves_is_no_error(ledger):
    line = f"{sys.executable} -m dragoman show events -l {ledger} -f json | true; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_keyboard_interrupt_says_what_is_kept(run, monkeypatch, tmp_path):
    def stopped(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.pipeline.read", stopped)
    result = run("read", tmp_path, "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 128 + signal.SIGINT
    assert result.stderr == "error: stopped; what was read is kept\n"


def test_a_setting_without_meaning_is_told_in_one_line(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_MAX_CHARS", "many")
    result = run("read", tmp_path, "-o", tmp_path / "l.duckdb")
    assert result.exit_code == 2
    assert "max_chars" in result.stderr
    assert len(result.stderr.splitlines()) == 1
