"""Writes a batch into the ledger: one transaction, and nothing twice."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.ledger.rows import clean, drop_row, rows_of, source_row
from dragoman.records import Article, Coded, Drop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from dragoman.ledger.rows import Row, Rows

__all__ = ["RECORDS", "Added", "Item", "Writer"]

Item = Coded | Drop | Article
"""What a batch holds. An Article alone is a further source of a text that the ledger already has."""

RECORDS = ("reports", "positions", "measures", "figures", "linkages")
"""The tables whose rows are counted as records."""

# A row of these tables is written only where no equal row stands already.
ONCE = ("sources", "drops")


@dataclass(slots=True)
class Added:
    """What a batch changed: articles, their records by table, sources, drops, and renamed articles."""

    articles: int = 0
    sources: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    """Reasons of whole articles or inputs left out."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Reasons of passages left out of recorded articles."""
    records: Counter[str] = field(default_factory=Counter)
    renamed: int = 0
    """Articles whose id stood for another text already, kept under ``id~digest``."""


class Writer:
    """The only writer of a ledger's content."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._structures = _structures(connection)

    def add(self, batch: Sequence[Item]) -> Added:
        """Write a batch in one transaction; what the ledger has already is not written again.

        Raises:
            EvidenceError: a record's span differs from its article's text; nothing is written.
        """
        self._connection.begin()
        try:
            added = self._add(batch)
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()
        return added

    def known(self, digests: Iterable[str]) -> dict[str, str]:
        """Return which texts (by SHA-256) the ledger has: digest to article_id."""
        sql = "SELECT sha256, article_id FROM articles WHERE sha256 IN (SELECT unnest($1::VARCHAR[]))"
        return dict(self._connection.execute(sql, [list(digests)]).fetchall())

    def _add(self, batch: Sequence[Item]) -> Added:
        added, rows = Added(), Batch(self._taken(batch), self.known(_digests(batch)), {})
        for item in batch:
            rows.put(item, added)
        self._forgive(rows.rows.get("articles", []))
        self._entities(rows.rows.pop("entities", []))
        for table, table_rows in rows.rows.items():
            self._insert(table, table_rows)
        return added

    def _taken(self, batch: Sequence[Item]) -> set[str]:
        ids = [item.article.article_id for item in batch if isinstance(item, Coded)]
        sql = "SELECT article_id FROM articles WHERE article_id IN (SELECT unnest($1::VARCHAR[]))"
        return {row[0] for row in self._connection.execute(sql, [[clean(i) for i in ids]]).fetchall()}

    def _forgive(self, articles: list[Row]) -> None:
        """Forget that a stage failed on an article in an earlier run, now that it is recorded."""
        ids = [row["article_id"] for row in articles]
        sql = (
            "DELETE FROM drops WHERE starts_with(reason, 'error: ') "
            "AND article_id IN (SELECT unnest($1::VARCHAR[]))"
        )
        self._connection.execute(sql, [ids])

    def _insert(self, table: str, rows: list[Row]) -> None:
        self._connection.execute(insert_sql(table, self._structures[table]), [_json(rows)])

    def _entities(self, rows: list[Row]) -> None:
        """Keep one row an entity: the smallest of all that were met, so that order does not matter."""
        if not rows:
            return
        for step in entities_sql(self._structures["entities"]):
            self._connection.execute(step, [_json(rows)] if "$1" in step else None)


@dataclass(slots=True)
class Batch:
    """Rows in the making: the ids that are taken, the texts that are known, the rows by table."""

    taken: set[str]
    known: dict[str, str]
    rows: Rows

    def put(self, item: Item, added: Added) -> None:
        """Add an item's rows, and count them."""
        if isinstance(item, Drop):
            self._drop(item, added)
        elif isinstance(item, Coded):
            self._coded(item, added)
        else:
            self._source(item, added)

    def _drop(self, drop: Drop, added: Added) -> None:
        self.rows.setdefault("drops", []).append(drop_row(drop))
        added.dropped[f"{drop.stage}: {drop.reason}"] += 1

    def _source(self, article: Article, added: Added) -> None:
        article_id = self.known.get(article.sha256)
        if article_id is None:
            reason = "has the same text as an article that was dropped"
            self._drop(Drop("ledger", reason, article.article_id, where=article.source_path), added)
            return
        self.rows.setdefault("sources", []).append(source_row(article, article_id=article_id))
        added.sources += 1

    def _coded(self, coded: Coded, added: Added) -> None:
        article = coded.article
        digest = article.sha256
        if digest in self.known:
            self._source(article, added)
            return
        article_id = clean(article.article_id) or ""
        if article_id in self.taken:
            article_id = f"{article_id}~{digest[:8]}"
            added.renamed += 1
        self.taken.add(article_id)
        self.known[digest] = article_id
        rows = rows_of(replace(coded, article=replace(article, article_id=article_id)))
        for table, table_rows in rows.items():
            self.rows.setdefault(table, []).extend(table_rows)
        self.rows.setdefault("sources", []).append(source_row(article, article_id=article_id))
        added.articles += 1
        added.records.update({table: len(rows.get(table, ())) for table in RECORDS})
        added.left_out.update(f"{drop.stage}: {drop.reason}" for drop in coded.drops)


def insert_sql(table: str, structure: str) -> str:
    """Return the SQL that inserts a JSON list of rows (one parameter) into a table.

    One JSON parameter a table is some forty times as fast as DuckDB's ``executemany``, and as exact:
    text of any code point, the NUL included, and doubles come back as they went in.
    """
    columns = ", ".join(f'"{name}"' for name in json.loads(structure)[0])
    rows = f"SELECT {unnest_sql(structure)}"
    if table not in ONCE:
        return f'INSERT INTO "{table}" ({columns}) {rows}'
    new = f'SELECT DISTINCT * FROM ({rows}) EXCEPT SELECT {columns} FROM "{table}"'  # noqa: S608
    return f'INSERT INTO "{table}" ({columns}) {new}'


def unnest_sql(structure: str) -> str:
    """Return the SQL that turns a JSON list (the first parameter) into rows of a structure."""
    return f"unnest(from_json($1::JSON, '{structure}'), max_depth := 2)"


def entities_sql(structure: str) -> tuple[str, str, str, str]:
    """Return the steps that merge a JSON list of entities into the table, by smallest row."""
    columns = "entity_id, name, country, sector, kind"
    order = "name, coalesce(country, ''), coalesce(sector, ''), kind"
    met = f"SELECT {unnest_sql(structure)}"
    incoming = (
        f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT DISTINCT ON (entity_id) {columns} "  # noqa: S608
        f"FROM ({met}) ORDER BY entity_id, {order}"
    )
    larger = (
        "DELETE FROM entities AS e USING incoming AS i WHERE e.entity_id = i.entity_id AND "
        "(e.name, coalesce(e.country, ''), coalesce(e.sector, ''), e.kind) > "
        "(i.name, coalesce(i.country, ''), coalesce(i.sector, ''), i.kind)"
    )
    absent = "SELECT * FROM incoming WHERE entity_id NOT IN (SELECT entity_id FROM entities)"
    return incoming, larger, f"INSERT INTO entities {absent}", "DROP TABLE incoming"


def _structures(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return each table's columns and types in the form that ``from_json`` takes."""
    sql = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'main' ORDER BY table_name, ordinal_position"
    )
    tables: dict[str, dict[str, object]] = {}
    for table, column, kind in connection.execute(sql).fetchall():
        tables.setdefault(table, {})[column] = [kind[:-2]] if kind.endswith("[]") else kind
    return {table: json.dumps([columns]) for table, columns in tables.items()}


def _digests(batch: Sequence[Item]) -> list[str]:
    articles = (item.article if isinstance(item, Coded) else item for item in batch)
    return [article.sha256 for article in articles if isinstance(article, Article)]


def _json(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, allow_nan=False)
