"""From records and ledgers to files that other programs read."""

from __future__ import annotations

from dragoman.export.tables import TABLES, export
from dragoman.ledger import document

__all__ = ["TABLES", "document", "export"]
