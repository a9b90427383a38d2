"""Schema versions: makes a new ledger's tables, and brings an older ledger forward."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from dragoman import __version__
from dragoman.errors import LedgerError, LedgerVersionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

__all__ = ["VERSION", "create", "migrate", "migrations", "version_of"]

VERSION = 1
"""The schema version that this program writes."""


def create(connection: DuckDBPyConnection) -> None:
    """Make the tables of a new ledger, all or none."""
    connection.begin()
    connection.execute(resources.files("dragoman.ledger").joinpath("schema.sql").read_text("utf-8"))
    connection.execute("INSERT INTO schema_version VALUES (?, ?)", [VERSION, __version__])
    connection.commit()


def migrations() -> dict[int, str]:
    """Return the shipped migrations: version to the SQL that leads to it."""
    folder = resources.files("dragoman.ledger").joinpath("migrations")
    named = ((re.match(r"(\d{4})_\w+\.sql$", file.name), file) for file in folder.iterdir())
    return {int(match[1]): file.read_text("utf-8") for match, file in named if match}


def version_of(connection: DuckDBPyConnection, *, path: str) -> int:
    """Return the schema version of an open DuckDB file.

    Raises:
        LedgerError: the file holds no ledger.
    """
    known = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_version' AND schema_name = 'main'"
    ).fetchone()
    row = connection.execute("SELECT max(version) FROM schema_version").fetchone() if known else None
    if row is None or row[0] is None:
        raise LedgerError(path, "is a DuckDB file but not a ledger", "name another file")
    return int(row[0])


def migrate(
    connection: DuckDBPyConnection,
    *,
    path: str,
    read_only: bool,
    target: int = VERSION,
    steps: Mapping[int, str] | None = None,
) -> None:
    """Bring a ledger to the target version, in one transaction.

    Raises:
        LedgerVersionError: the ledger is newer than the target.
        LedgerError: it is older, and open for reading only; or it holds no ledger.
    """
    version = version_of(connection, path=path)
    if version > target:
        raise LedgerVersionError(
            path,
            f"was made by a newer version of this program (ledger version {version}, here {target})",
            "upgrade dragoman, or name another file",
        )
    if version == target:
        return
    if read_only:
        raise LedgerError(
            path,
            f"was made by an older version of this program (ledger version {version} of {target})",
            "bring it forward with any `dragoman read` into it",
        )
    steps = migrations() if steps is None else steps
    connection.begin()
    for step in range(version + 1, target + 1):
        connection.execute(steps[step])
        connection.execute("INSERT INTO schema_version VALUES (?, ?)", [step, __version__])
    connection.commit()
