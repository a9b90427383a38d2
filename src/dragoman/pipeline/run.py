"""The main job: inputs -> ledger. Streaming, resumable, with one writer and any number of readers."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

from dragoman.errors import DragomanError
from dragoman.ledger import Ledger
from dragoman.pipeline.coder import Coder
from dragoman.pipeline.estimate import expected
from dragoman.pipeline.summary import Progress, Summary
from dragoman.pipeline.workers import Chunk, Workers, in_process
from dragoman.records import Article, Coded, Drop

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from dragoman.ledger import Item
    from dragoman.pipeline.workers import Codes
    from dragoman.settings import Settings

__all__ = ["read", "read_items"]

CHUNK_ARTICLES = 8
CHUNK_CHARS = 40_000
"""A chunk goes to a worker at once: large enough to batch, small enough to share out and to lose."""
PATIENCE = 3.0
"""Seconds after which what is coded is committed though the batch is not full: a kill costs no more."""


def read(
    paths: Sequence[str | Path],
    ledger_path: str | Path,
    settings: Settings,
    *,
    progress: Callable[[Progress], None] | None = None,
    on_drop: Callable[[Drop], None] | None = None,
) -> Summary:
    """Read files, folders, globs or standard input into a ledger; what it has already is not read again.

    What was committed stays, whatever ends the run; the next run goes on from there. The content of
    the ledger does not depend on ``settings.workers``, nor on how often the run was cut off.

    Args:
        paths: what to read.
        ledger_path: the ledger; made when absent.
        settings: how to read.
        progress: called after each batch, in this process.
        on_drop: called for each input that makes no article, in this process, as it is met.

    Raises:
        InputError: an input cannot be read; all before it is in the ledger.
        LedgerError: the ledger cannot be opened or written.
        WorkerError: a worker process ended before its work was done.
    """
    from dragoman import ingest

    with Ledger.open(ledger_path) as ledger:
        items = _told(ingest.read(paths, settings), on_drop)
        return read_items(items, ledger, settings, progress=progress, total=expected(paths))


def _told(
    items: Iterable[Article | Drop], on_drop: Callable[[Drop], None] | None
) -> Iterator[Article | Drop]:
    for item in items:
        if on_drop is not None and isinstance(item, Drop):
            on_drop(item)
        yield item


def read_items(
    items: Iterable[Article | Drop],
    ledger: Ledger,
    settings: Settings,
    *,
    progress: Callable[[Progress], None] | None = None,
    total: int | None = None,
    make_coder: Callable[[Settings], Codes] = Coder,
) -> Summary:
    """Read articles from any source into an open ledger: see :func:`read`.

    Args:
        items: articles, and drops of what was no article, in a fixed order.
        ledger: open for writing.
        settings: how to read.
        progress: called after each batch.
        total: how many items are expected, where known.
        make_coder: makes what codes the articles, in each worker; importable by name.
    """
    with _terminable() as stopped:
        return _Run(ledger, settings, progress, total, stopped).go(items, make_coder)


class _Run:
    def __init__(
        self,
        ledger: Ledger,
        settings: Settings,
        progress: Callable[[Progress], None] | None,
        total: int | None,
        stopped: list[int],
    ) -> None:
        self.stopped = stopped
        self.ledger = ledger
        self.settings = settings
        self.progress = progress
        self.total = total
        self.summary = Summary()
        self.begun = time.monotonic()
        self.committed = self.begun
        self.in_flight: set[str] = set()
        self.batch: list[Item] = []
        self.fault: DragomanError | None = None

    def go(self, items: Iterable[Article | Drop], make_coder: Callable[[Settings], Codes]) -> Summary:
        """Read everything; whatever ends the run, what was coded is committed and made whole."""
        run_id = self.ledger.start_run(self.settings.model_dump(mode="json"))
        try:
            with closing(self._coded(self._chunks(self._until_fault(items)), make_coder)) as chunks:
                for chunk in chunks:
                    self._take(chunk)
                    if self.stopped:
                        raise SystemExit(self.stopped[0])
        finally:
            self._commit()
            self.ledger.finish()
        self.summary.seconds = time.monotonic() - self.begun
        if self.fault is not None:
            raise self.fault
        self.ledger.finish_run(run_id, self.summary.as_dict())
        return self.summary

    def _until_fault(self, items: Iterable[Article | Drop]) -> Iterator[Article | Drop]:
        """Yield items until one cannot be read: those before it are still coded, then the fault is raised."""
        try:
            yield from items
        except DragomanError as error:
            self.fault = error

    def _coded(self, chunks: Iterator[Chunk], make_coder: Callable[[Settings], Codes]) -> Generator[Chunk]:
        if self.settings.workers == 1:
            yield from in_process(chunks, _Lazy(make_coder, self.settings))
            return
        with Workers(self.settings.workers, make_coder, self.settings) as workers:
            yield from workers.code(chunks)

    def _chunks(self, items: Iterator[Article | Drop]) -> Iterator[Chunk]:
        """Cut the input into chunks, and pick the articles whose text is new."""
        gathered: list[Article | Drop] = []
        chars = 0
        for item in items:
            gathered.append(item)
            chars += len(item.text) if isinstance(item, Article) else 0
            if len(gathered) >= CHUNK_ARTICLES or chars >= CHUNK_CHARS:
                yield self._chunk(gathered)
                gathered, chars = [], 0
        if gathered:
            yield self._chunk(gathered)

    def _chunk(self, items: list[Article | Drop]) -> Chunk:
        articles = {place: item for place, item in enumerate(items) if isinstance(item, Article)}
        known = self.ledger.known(articles.values()) | self.in_flight
        todo = {}
        for place, article in articles.items():
            digest = article.sha256
            if digest not in known:
                known.add(digest)
                self.in_flight.add(digest)
                todo[place] = article
        return Chunk(items, list(todo), list(todo.values()))

    def _take(self, chunk: Chunk) -> None:
        """Take a coded chunk into the batch, and commit the batch when it is full or has waited."""
        for result in chunk.results():
            self.batch.append(result)
            if len(self.batch) >= self.settings.batch_size:
                self._commit()
        if time.monotonic() - self.committed >= PATIENCE:
            self._commit()

    def _commit(self) -> None:
        batch, self.batch = self.batch, []
        self.committed = time.monotonic()
        if not batch:
            return
        self.summary.count(self.ledger.add(batch))
        self.in_flight -= {item.article.sha256 for item in batch if isinstance(item, Coded)}
        if self.progress is not None:
            self.progress(self.summary.progress(total=self.total, seconds=time.monotonic() - self.begun))


class _Lazy:
    """Loads the models when the first article comes: a run with nothing new does not load them."""

    def __init__(self, make_coder: Callable[[Settings], Codes], settings: Settings) -> None:
        self._make = make_coder
        self._settings = settings
        self._coder: Codes | None = None

    def outcomes(self, articles: Iterable[Article]) -> Iterator[Coded | Drop]:
        articles = list(articles)
        if not articles:
            return
        if self._coder is None:
            self._coder = self._make(self._settings)
        yield from self._coder.outcomes(articles)


@contextmanager
def _terminable() -> Iterator[list[int]]:
    """Let SIGTERM end a run as Ctrl-C does: what was coded is committed, workers end, exit code 143.

    Yields a list that holds the exit code once the signal has come. The signal raises where the program
    stands, so that no wait holds it up; but Python drops what is raised in a finaliser or a callback,
    and amid a statement DuckDB makes another error of it. So the list is looked at as well.
    """
    stopped: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(number: int, _frame: object) -> NoReturn:
        stopped.append(128 + number)
        raise SystemExit(stopped[0])

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield stopped
    except BaseException:
        if stopped:
            raise SystemExit(stopped[0]) from None
        raise
    finally:
        with suppress(TypeError):  # a handler that was not set from Python cannot be put back
            signal.signal(signal.SIGTERM, before)
