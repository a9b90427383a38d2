"""The DuckDB file: written by one process, checked against its own texts, read by anyone."""

from __future__ import annotations

from dragoman.ledger.documents import document
from dragoman.ledger.ledger import TABLES, Ledger
from dragoman.ledger.verify import Failure, Verification
from dragoman.ledger.write import RECORDS, Added, Item

__all__ = ["RECORDS", "TABLES", "Added", "Failure", "Item", "Ledger", "Verification", "document"]
