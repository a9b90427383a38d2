"""Opens the DuckDB file, and says in one line why it cannot be opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from dragoman.errors import LedgerBusyError, LedgerError, LedgerVersionError
from dragoman.ledger.migrate import create, migrate

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

__all__ = ["connect"]

# Nothing is fetched: an extension that is not loaded from this machine's packages is an error.
# The memory limit leaves room for the text models in the same process (docs: Budgets).
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "512MB",
}


def connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    """Open a ledger; make it first when it does not exist and is opened for writing.

    Raises:
        LedgerBusyError: another process, or another connection of this one, holds the file.
        LedgerVersionError: a newer version of this program, or of DuckDB, made it.
        LedgerError: it does not exist, cannot be read or written, or is not a ledger.
    """
    if not read_only and not _exists(path):
        _make(path)
    connection = _open(path, read_only=read_only)
    try:
        migrate(connection, path=str(path), read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _exists(path: Path) -> bool:
    """Whether a file is there; an empty one, as a temporary-file maker leaves, counts as absent."""
    try:
        return path.is_dir() or path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LedgerError(str(path), _reason(error), "check the path and its permissions") from error


def _make(path: Path) -> None:
    """Make an empty ledger under another name, then rename it: a half-made ledger never exists."""
    draft = path.with_name(path.name + ".new")
    try:
        for leftover in (draft, draft.with_name(draft.name + ".wal")):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerError(str(path), _reason(error), "check the folder and its permissions") from error
    connection = _open(draft, read_only=False, name=path)
    create(connection)
    connection.close()
    draft.replace(path)


def _open(path: Path, *, read_only: bool, name: Path | None = None) -> DuckDBPyConnection:
    try:
        return duckdb.connect(path, read_only=read_only, config=CONFIG)
    except duckdb.Error as error:
        raise explain(error, name or path) from error


# DuckDB's words for what is wrong with a file, the error it is here, the problem and the remedy.
FAULTS: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    (
        "different configuration",
        LedgerBusyError,
        "this process has it open already",
        "close the other one first",
    ),
    ("already attached", LedgerBusyError, "this process has it open", "close the other one first"),
    ("version number", LedgerVersionError, "was made by a newer version of DuckDB", "upgrade dragoman"),
    ("not a valid DuckDB database", LedgerError, "is not a ledger", "name another file"),
    ("Is a directory", LedgerError, "is a folder", "name a file"),
    ("Permission denied", LedgerError, "may not be opened", "check its permissions, or name another file"),
    ("Read-only file system", LedgerError, "is on a disk that cannot be written", "name another file"),
    ("No space left", LedgerError, "its disk is full", "make room, then run again to go on from there"),
    ("does not exist", LedgerError, "does not exist", "make it with `dragoman read PATH -o LEDGER`"),
    (
        "No such file",
        LedgerError,
        "does not exist, or its folder does not",
        "make the folder first",
    ),
)


def explain(error: duckdb.Error, path: Path) -> LedgerError:
    """Turn DuckDB's word on a file into file, problem and remedy."""
    message = " ".join(str(error).split())
    if "Could not set lock" in message:
        holder = re.search(r"\(PID (\d+)\)", message)
        who = f"another process ({holder[1]})" if holder else "another process"
        return LedgerBusyError(str(path), f"{who} is using it", "wait for it to end, or stop it")
    for words, kind, problem, remedy in FAULTS:
        if words in message:
            return kind(str(path), problem, remedy)
    short = re.sub(r"^\w+ Error: ", "", message)
    return LedgerError(str(path), f"cannot be used ({short})", "restore a copy, or name another file")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
