"""The verbs of the Python interface; `dragoman` exports them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.records import Article, Drop, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from dragoman.ledger import Verification
    from dragoman.pipeline import Progress, Summary
    from dragoman.scoring import Tally
    from dragoman.settings import Settings

__all__ = ["code", "evaluate", "read", "verify"]

Document = dict[str, Any]

BATCH = 16
"""Articles that are coded together: enough to be quick, few enough to come out soon."""


def code(
    text: str | None = None,
    *,
    paths: Iterable[str | Path] = (),
    published: date | None = None,
    title: str | None = None,
    settings: Settings | None = None,
    on_drop: Callable[[Drop], None] | None = None,
) -> Iterator[Document]:
    """Find the records of one text, or of the articles in files, as they come.

    Args:
        text: one article's text; ``published`` is its day, on which "on Monday" is resolved.
        paths: files, folders, globs, or ``-`` for standard input; instead of ``text``.
        published: the day of ``text``.
        title: the title of ``text``.
        settings: what differs from the defaults.
        on_drop: called for each input, or passage of one, that is left out, with the reason.

    Yields:
        One document an article (docs/codebook.md), in the order of the input.

    Raises:
        InputError: an input cannot be read.
    """
    from dragoman.ledger import document
    from dragoman.pipeline import Coder

    used = settings or _settings()
    coder = Coder(used)
    kept = _kept(_articles(text, paths, published=published, title=title, settings=used), on_drop)
    while batch := list(islice(kept, BATCH)):
        for coded in coder.code(batch, on_drop=on_drop):
            yield document(coded)


def _articles(
    text: str | None,
    paths: Iterable[str | Path],
    *,
    published: date | None,
    title: str | None,
    settings: Settings,
) -> Iterator[Article | Drop]:
    if text is not None:
        yield Article(digest(text), text, title=title, published=published)
        return
    from dragoman import ingest

    yield from ingest.read([str(path) for path in paths], settings)


def _kept(items: Iterable[Article | Drop], on_drop: Callable[[Drop], None] | None) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Article):
            yield item
        elif on_drop is not None:
            on_drop(item)


def read(
    paths: Iterable[str | Path],
    ledger: str | Path,
    *,
    settings: Settings | None = None,
    progress: Callable[[Progress], None] | None = None,
    on_drop: Callable[[Drop], None] | None = None,
) -> Summary:
    """Read files into a ledger, which is made when absent; what it has already is not read again.

    Args:
        paths: files, folders, globs, or ``-`` for standard input.
        ledger: the ledger's file.
        settings: what differs from the defaults.
        progress: called after each batch.
        on_drop: called for each input that makes no article, with the reason, as it is met.

    Returns:
        What was read, and the reasons of what was not.

    Raises:
        InputError: a path does not exist or cannot be read.
        LedgerError: the ledger cannot be opened or written.
    """
    from dragoman import pipeline

    used, names = settings or _settings(), [str(path) for path in paths]
    return pipeline.read(names, Path(ledger), used, progress=progress, on_drop=on_drop)


def verify(ledger: str | Path) -> Verification:
    """Check every record of a ledger against the text it points into.

    Returns:
        How many were checked, and those that fail.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        return opened.verify()


def evaluate(
    gold: str | Path, predicted: str | Path | None = None, *, settings: Settings | None = None
) -> dict[str, Tally]:
    """Score documents against gold ones; without predictions the gold texts are coded first.

    Returns:
        A tally for each kind of record: precision, recall, F1, counts, and the records behind the errors.

    Raises:
        InputError: a file cannot be read, or its offsets cannot be compared with the gold's.
    """
    from dragoman.scoring import check_offsets, load_documents, score

    golds = load_documents(gold)
    found = load_documents(predicted) if predicted else _coded(golds, settings or _settings())
    check_offsets(golds, found, where=str(predicted or gold))
    return score(golds, found)


def _coded(golds: Iterable[Document], settings: Settings) -> list[Document]:
    """Code the gold texts alone: their records stay unseen."""
    from datetime import date

    from dragoman.ledger import document
    from dragoman.pipeline import Coder

    articles = (
        Article(
            gold["id"],
            gold["text"],
            title=gold.get("title") or None,
            publisher=gold.get("publisher"),
            published=date.fromisoformat(gold["date"]) if gold.get("date") else None,
            url=gold.get("url"),
        )
        for gold in golds
    )
    return [document(coded) for coded in Coder(settings).code(articles)]


def _settings() -> Settings:
    from dragoman.settings import Settings

    return Settings.load()
