from datetime import date

import pytest

from dragoman.annotate import Annotator
from dragoman.entities import Linker
from dragoman.records import Article

PUBLISHED = date(2023, 11, 6)


@pytest.fixture(scope="session")
def link():
    """Return a function from text to its mentions."""
    annotator, linker = Annotator(), Linker()

    def run(text, published=PUBLISHED):
        article = Article("a", text, published=published)
        return linker.link(next(iter(annotator.annotate([article]))))

    return run


@pytest.fixture(scope="session")
def who(link):
    """Return a function from text to {quote: (name, country, sector)} (the last mention of a quote wins)."""

    def run(text, published=PUBLISHED):
        return {
            m.span.quote: (m.entity.name, m.entity.country, m.entity.sector) for m in link(text, published)
        }

    return run
