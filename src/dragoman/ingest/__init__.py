"""Ingest: files, folders, patterns and standard input to articles.

Needs settings; gives :class:`~dragoman.records.Article` and, for everything left out,
:class:`~dragoman.records.Drop` with the reason.
"""

from dragoman.ingest.dates import parse_date
from dragoman.ingest.reading import check, read, read_source
from dragoman.ingest.sources import Source, sources

__all__ = ["Source", "check", "parse_date", "read", "read_source", "sources"]
