"""Full-text search over titles and texts, by DuckDB's own extension, loaded from this machine."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any

import duckdb

from dragoman.errors import LedgerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["index", "search", "snippet"]

WIDTH = 240
"""Characters of a snippet, at most."""


def index(connection: DuckDBPyConnection) -> None:
    """Build the index over all articles anew, inside the caller's transaction.

    No stop words: the extension's list holds "us" and "states". Digits and every script's letters count.
    """
    load(connection)
    connection.execute(
        "PRAGMA create_fts_index('articles', 'article_id', 'title', 'text', stemmer = 'porter', "
        r"stopwords = 'none', ignore = '[^\p{L}\p{N}]+', strip_accents = 1, lower = 1, overwrite = 1)"
    )


def load(connection: DuckDBPyConnection) -> None:
    """Load the full-text extension from the installed package.

    Raises:
        LedgerError: the package is absent, or made for another version of DuckDB.
    """
    try:
        folder = resources.files("duckdb_extension_fts").joinpath("extensions", f"v{duckdb.__version__}")
        with resources.as_file(folder.joinpath("fts.duckdb_extension")) as path:
            connection.execute("LOAD '{}'".format(str(path).replace("'", "''")))
    except (ModuleNotFoundError, duckdb.Error) as error:
        problem = f"no full-text extension for DuckDB {duckdb.__version__}"
        remedy = f"pip install duckdb-extension-fts=={duckdb.__version__}"
        raise LedgerError("search", problem, remedy) from error


def search(
    connection: DuckDBPyConnection, words: str, *, limit: int = 20, path: str = "ledger"
) -> list[dict[str, Any]]:
    """Return the articles that hold all the words, best first; failing any, those that hold some.

    Each row has article_id, title, publisher, published, url, score (BM25), the number of events and
    positions found in it, and a snippet as start, end and quote.

    Raises:
        LedgerError: no index has been built.
    """
    load(connection)
    for conjunctive in (True, False):
        try:
            found = connection.execute(search_sql(conjunctive=conjunctive), [words, limit])
        except duckdb.CatalogException as error:
            if not connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
                return []
            problem = "has no search index, since no run into it has ended"
            raise LedgerError(path, problem, "end it with `dragoman read` on the same input") from error
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        if rows:
            break
    for row in rows:
        text = row.pop("text")
        start, end = snippet(text, words)
        row |= {"start": start, "end": end, "quote": text[start:end]}
    return rows


def search_sql(*, conjunctive: bool) -> str:
    """Return the SQL of a search: parameters are the words and the limit."""
    return f"""
        WITH scored AS (
            SELECT *, fts_main_articles.match_bm25(article_id, $1, conjunctive := {int(conjunctive)}) AS score
            FROM articles
        ),
        found AS (SELECT * FROM scored WHERE score IS NOT NULL ORDER BY score DESC, article_id LIMIT $2)
        SELECT article_id, title, publisher, published, url, score,
            (SELECT count(*) FROM reports AS r WHERE r.article_id = found.article_id) AS n_events,
            (SELECT count(*) FROM positions AS p WHERE p.article_id = found.article_id) AS n_positions,
            text
        FROM found ORDER BY score DESC, article_id
    """  # noqa: S608


def snippet(text: str, words: str) -> tuple[int, int]:
    """Return the offsets of the line around the first place where a word begins as one asked for."""
    match = None
    for word in re.findall(r"\w+", words):
        stem = re.escape(word[: max(4, len(word) - 3)])
        match = re.search(rf"\b{stem}", text, re.IGNORECASE)
        if match:
            break
    at = match.start() if match else 0
    start = max(text.rfind("\n", 0, at) + 1, at - WIDTH // 3)
    while 0 < start < at and not text[start - 1].isspace():
        start += 1
    line_end = text.find("\n", at)
    end = min(start + WIDTH, len(text) if line_end == -1 else line_end)
    return start, max(end, start)
