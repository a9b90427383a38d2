"""The ledger: one DuckDB file that holds every record with the text it rests on."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from dragoman import __version__
from dragoman.errors import LedgerError
from dragoman.ledger import documents as _documents, query, search as _search, verify as _verify
from dragoman.ledger.connect import connect, explain
from dragoman.ledger.consolidate import consolidate
from dragoman.ledger.write import Writer
from dragoman.records import Coded, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from types import TracebackType

    from duckdb import DuckDBPyConnection

    from dragoman.ledger.query import Answer
    from dragoman.ledger.verify import Verification
    from dragoman.ledger.write import Added, Item
    from dragoman.records import Article

__all__ = ["TABLES", "Ledger"]

TABLES = (
    *("articles", "sources", "entities", "mentions", "reports", "report_entities", "report_spans", "events"),
    *("positions", "position_entities", "figures", "linkages", "conditions", "condition_entities"),
    *("measures", "measure_entities", "drops"),
)
"""The tables whose content depends on the input alone; ``runs`` tells when it was read."""


class Ledger:
    """An open ledger. Use as a context manager; one process may write, many may read.

    Example:
        >>> with Ledger.open("news.duckdb", read_only=True) as ledger:  # doctest: +SKIP
        ...     for event in ledger.events(actor="TUR", recipient="SYR"):
        ...         print(event["published"], event["type"], event["quote"])
    """

    def __init__(self, connection: DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._writer: Writer | None = None if read_only else Writer(connection)
        self._stale = self._state() == "stale"

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Self:
        """Open a ledger; for writing, an absent one is made and an older one brought forward.

        Raises:
            LedgerBusyError: another process holds it.
            LedgerVersionError: a newer version of this program made it.
            LedgerError: it is absent, unreadable or no ledger.
        """
        path = Path(path)
        return cls(connect(path, read_only=read_only), path, read_only=read_only)

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing.

    def known(self, articles: Iterable[Article]) -> set[str]:
        """Return the SHA-256 of those articles' texts that the ledger has already."""
        sql = "SELECT sha256 FROM articles WHERE sha256 IN (SELECT unnest($1::VARCHAR[]))"
        digests = [article.sha256 for article in articles]
        return {row[0] for row in self._connection.execute(sql, [digests]).fetchall()}

    def add(self, batch: Sequence[Item]) -> Added:
        """Write a batch in one transaction; what is there already is not written again.

        Raises:
            EvidenceError: a record's span differs from its article's text; nothing is written.
            LedgerError: the ledger is open for reading only, or its disk fails.
        """
        writer = self._writer
        if writer is None:
            raise LedgerError(str(self.path), "is open for reading only", "open it with read_only=False")
        if any(isinstance(item, Coded) for item in batch):
            self._mark_stale()
        with self._explained():
            return writer.add(batch)

    def start_run(self, settings: Mapping[str, Any]) -> str:
        """Note that a run begins; returns its run_id."""
        started = datetime.now(UTC).replace(tzinfo=None)
        run_id = digest("run", started.isoformat(), os.getpid())
        row = [run_id, __version__, json.dumps(dict(settings), sort_keys=True, default=str), started]
        self._connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, NULL, NULL)", row)
        return run_id

    def finish_run(self, run_id: str, counts: Mapping[str, Any]) -> None:
        """Note that a run ended, and what it counted."""
        now = datetime.now(UTC).replace(tzinfo=None)
        row = [now, json.dumps(dict(counts), sort_keys=True, default=str), run_id]
        self._connection.execute("UPDATE runs SET finished = ?, counts = ? WHERE run_id = ?", row)

    def finish(self) -> None:
        """Make events of the reports and the search index of the texts, when anything was added since.

        Raises:
            LedgerError: the disk fails, or the full-text extension is not installed.
        """
        if not self._stale:
            return
        with self._explained():
            self._connection.begin()
            consolidate(self._connection)
            self._connection.commit()
            self._connection.begin()
            _search.index(self._connection)
            self._connection.execute("DELETE FROM state WHERE key = 'content'")
            self._connection.commit()
            self._connection.execute("CHECKPOINT")
        self._stale = False

    @property
    def finished(self) -> bool:
        """Whether ``events`` and the search index cover all that was added (False after a killed run)."""
        return not self._stale

    # Reading.

    def events(self, **filters: Any) -> Answer:  # noqa: ANN401  (those of dragoman.ledger.query.events)
        """Return events, the latest first, with their parties, source and quote."""
        return query.events(self._connection, **filters)

    def positions(self, **filters: Any) -> Answer:  # noqa: ANN401
        """Return positions, the latest first, with their parties, source and quote."""
        return query.positions(self._connection, **filters)

    def measures(self, **filters: Any) -> Answer:  # noqa: ANN401
        """Return measures, the latest told first, with their parties, source and quote."""
        return query.measures(self._connection, **filters)

    def figures(self, **filters: Any) -> Answer:  # noqa: ANN401
        """Return figures, the latest first, with their source and quote."""
        return query.figures(self._connection, **filters)

    def reports(self, *, event_id: str, limit: int | None = None) -> Answer:
        """Return the reports of one event, the earliest first."""
        asked = query.Conditions(self._connection)
        asked.equal(event_id=event_id)
        return query.ask(asked, query.reports_sql(asked.where), limit)

    def dyad(self, a: str, b: str, *, on: date | None = None, limit: int | None = None) -> dict[str, Answer]:
        """Return the events, positions and measures that name both parties (ISO codes or names)."""
        return query.dyad(self._connection, a, b, on=on, limit=limit)

    def article(self, article_id: str) -> dict[str, Any] | None:
        """Return an article's row with its sources, or None when there is none of that id."""
        return query.article(self._connection, article_id)

    def drops(self, *, limit: int | None = None) -> Answer:
        """Return what was left out, with its reason."""
        return query.drops(self._connection, limit=limit)

    def documents(self, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield articles in the document form, in the order in which they were read."""
        return _documents.documents(self._connection, ids)

    def search(self, words: str, *, limit: int = 20) -> Answer:
        """Return the articles that hold the words, best first, each with a snippet.

        Raises:
            LedgerError: no run into the ledger has ended yet.
        """
        return _search.search(self._connection, words, limit=limit, path=str(self.path))

    def verify(self) -> Verification:
        """Check every quote and digest against the texts, and every reference between tables."""
        return _verify.verify(self._connection, finished=self.finished)

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        tables = ((table, self.sql(f'SELECT count(*) FROM "{table}"').fetchone()) for table in TABLES)  # noqa: S608
        return {table: int(row[0]) if row else 0 for table, row in tables}

    def sql(self, text: str, parameters: Sequence[Any] | None = None) -> DuckDBPyConnection:
        """Run any SQL and return the cursor (``fetchall``, ``fetch_arrow_table``, ``description``)."""
        return self._connection.execute(text, parameters)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise explain(error, self.path) from error
        except RuntimeError as error:
            if "interrupted" in str(error).lower():  # how DuckDB tells of Ctrl-C amid a statement
                raise KeyboardInterrupt from error
            raise

    def _state(self) -> str | None:
        row = self._connection.execute("SELECT value FROM state WHERE key = 'content'").fetchone()
        return row[0] if row else None

    def _mark_stale(self) -> None:
        if not self._stale:
            self._connection.execute("INSERT INTO state VALUES ('content', 'stale')")
            self._stale = True
