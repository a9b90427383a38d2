from datetime import date

import pytest

from dragoman.annotate import Annotator
from dragoman.records import Article


@pytest.fixture(scope="session")
def annotator():
    return Annotator()


@pytest.fixture
def read(annotator):
    def one(text, *, title=None, published=date(2023, 11, 8)):
        article = Article("a", text, title=title, published=published)
        return next(annotator.annotate([article]))

    return one
