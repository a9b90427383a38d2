from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.annotate import Annotator
from dragoman.annotation import Annotation
from dragoman.entities import Linker
from dragoman.events import EventCoder
from dragoman.records import Article

PUBLISHED = date(2024, 3, 12)


@pytest.fixture(scope="session")
def coder() -> EventCoder:
    return EventCoder()


@pytest.fixture(scope="session")
def read_all() -> Callable[..., list[Annotation]]:
    """Return a function from articles to their annotations with mentions, read as one batch."""
    annotator, linker = Annotator(), Linker()

    def run(articles):
        annotations = list(annotator.annotate(articles))
        for annotation in annotations:
            annotation.link(tuple(linker.link(annotation)))
        return annotations

    return run


@pytest.fixture(scope="session")
def read(read_all) -> Callable[..., Annotation]:
    """Return a function from a text to its annotation with mentions."""

    def run(text, published=PUBLISHED):
        return read_all([Article("a", text, published=published)])[0]

    return run
