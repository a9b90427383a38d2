"""Codes chunks of articles in this process or in several, and gives them back in order.

Each worker is a process of its own with a pipe to the parent and one chunk at a time, so memory does
not grow with the input. A worker whose parent is gone reads the end of its pipe and ends.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol, Self

from dragoman.errors import DragomanError
from dragoman.records import Article, Coded, Drop
from dragoman.threads import keep_to_one_core

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

    from dragoman.settings import Settings

__all__ = ["Chunk", "Codes", "WorkerError", "Workers", "in_process"]

Outcome = Coded | Drop


class Codes(Protocol):
    """What codes articles: :class:`dragoman.pipeline.Coder`, or a test's stand-in."""

    def outcomes(self, articles: Iterable[Article]) -> Iterator[Outcome]:
        """Yield one outcome an article, in order."""
        ...


class WorkerError(DragomanError):
    """A worker process could not start, or ended before its work was done."""


@dataclass(slots=True)
class Chunk:
    """A stretch of the input, in order. ``todo`` are its articles, at ``places``, that are to be coded."""

    items: list[Article | Drop]
    places: list[int]
    todo: list[Article]
    outcomes: list[Outcome] = field(default_factory=list)

    def results(self) -> Iterator[Article | Coded | Drop]:
        """Yield the items with the outcomes in the place of the articles that were coded."""
        coded = dict(zip(self.places, self.outcomes, strict=True))
        for place, item in enumerate(self.items):
            yield coded.get(place, item)


def in_process(chunks: Iterable[Chunk], coder: Codes) -> Iterator[Chunk]:
    """Code chunks here, one after the other."""
    for chunk in chunks:
        chunk.outcomes = list(coder.outcomes(chunk.todo))
        yield chunk


@dataclass(slots=True, eq=False)
class _Worker:
    number: int
    process: SpawnProcess
    pipe: Connection
    chunk: Chunk | None = None


class Workers:
    """Worker processes, as a context manager: leaving it ends them.

    Args:
        count: how many.
        make_coder: called in each worker, once; importable by name.
        settings: handed to ``make_coder``.
    """

    def __init__(self, count: int, make_coder: Callable[[Settings], Codes], settings: Settings) -> None:
        context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        with _deaf():
            for number in range(1, count + 1):
                ours, theirs = context.Pipe()
                arguments = (theirs, make_coder, settings)
                process = context.Process(
                    target=_serve, args=arguments, name=f"dragoman-{number}", daemon=True
                )
                process.start()
                theirs.close()
                self._workers.append(_Worker(number, process, ours))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers at once: they hold nothing that is not with the parent, or to be done again."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(timeout=5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def code(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """Code chunks in the workers, and yield them in the order in which they came.

        At most three chunks a worker are in memory, whatever the length of the input.

        Raises:
            WorkerError: a worker could not load its models, or ended.
        """
        starting, idle = list(self._workers), deque[_Worker]()
        order: deque[Chunk] = deque()
        busy: list[_Worker] = []
        ready = next(chunks, None)
        while ready is not None or order:
            while ready is not None and (idle or not ready.todo) and len(order) < 3 * len(self._workers):
                order.append(ready)
                if ready.todo:
                    busy.append(_send(idle.popleft(), ready))
                ready = next(chunks, None)
            yield from _finished(order)
            if not (busy or starting) or (not order and idle):
                continue
            for worker in _answered([*starting, *busy]):
                _receive(worker)
                (starting if worker in starting else busy).remove(worker)
                idle.append(worker)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C while processes start, which inherit that: the parent ends them in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _finished(order: deque[Chunk]) -> Iterator[Chunk]:
    while order and len(order[0].outcomes) == len(order[0].todo):
        yield order.popleft()


def _send(worker: _Worker, chunk: Chunk) -> _Worker:
    worker.chunk = chunk
    try:
        worker.pipe.send(chunk.todo)
    except OSError as error:
        raise _dead(worker) from error
    return worker


def _answered(workers: list[_Worker]) -> list[_Worker]:
    """Wait until some workers have answered or ended, and return them."""
    by_pipe = {worker.pipe: worker for worker in workers}
    return [by_pipe[pipe] for pipe in wait(list(by_pipe)) if pipe in by_pipe]


def _receive(worker: _Worker) -> None:
    try:
        kind, content = worker.pipe.recv()
    except (EOFError, OSError) as error:
        raise _dead(worker) from error
    if kind == "failed":
        raise WorkerError(f"worker {worker.number}: cannot code: {content}; see `dragoman doctor`")
    if worker.chunk is not None:
        if len(content) != len(worker.chunk.todo):
            told = f"{len(content)} outcomes for {len(worker.chunk.todo)} articles"
            raise WorkerError(f"worker {worker.number}: a stage gave {told}; see `dragoman doctor`")
        worker.chunk.outcomes = content
        worker.chunk = None


def _dead(worker: _Worker) -> WorkerError:
    worker.process.join(timeout=5)
    code = worker.process.exitcode
    how = f"was ended by {signal.Signals(-code).name}" if code is not None and code < 0 else f"ended ({code})"
    where = ""
    if worker.chunk is not None:
        first, last = worker.chunk.todo[0].article_id, worker.chunk.todo[-1].article_id
        where = f" while reading articles {first} to {last}"
    remedy = "run again to go on from there, with fewer --workers if memory is short"
    return WorkerError(f"worker {worker.number}: {how}{where}; {remedy}")


def _serve(pipe: Connection, make_coder: Callable[[Settings], Codes], settings: Settings) -> None:
    """Run in a worker: load the models, then code chunk after chunk until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_to_one_core()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone, or done
        try:
            coder = make_coder(settings)
        except Exception as error:  # noqa: BLE001  (told to the parent)
            pipe.send(("failed", f"{type(error).__name__}: {' '.join(str(error).split())}"))
            return
        pipe.send(("ready", None))
        while True:
            pipe.send(_answer(coder, pipe.recv()))


def _answer(coder: Codes, articles: list[Article]) -> tuple[str, Any]:
    try:
        return "done", list(coder.outcomes(articles))
    except Exception as error:  # noqa: BLE001  (told to the parent)
        return "failed", f"{type(error).__name__}: {' '.join(str(error).split())}"
