"""From records and ledgers to files that other programs read."""

from __future__ import annotations

from dragoman.export.document import document
from dragoman.export.tables import TABLES, export

__all__ = ["TABLES", "document", "export"]
