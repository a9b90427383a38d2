"""Article -> sentences, syntax, dates, quotations, speakers."""

from __future__ import annotations

from dragoman.annotate.annotator import Annotator

__all__ = ["Annotator"]
