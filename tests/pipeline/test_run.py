"""The run: streaming into a ledger, on any number of workers, cut off and gone on with."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.errors import InputError
from dragoman.ledger import Ledger
from dragoman.pipeline import Progress, Summary, WorkerError, read_items
from dragoman.records import Article, Drop
from dragoman.settings import Settings

Content = Callable[[Path], dict[str, list[tuple[object, ...]]]]
COUNT = 120

SCRIPT = """
import sys
import standins
from dragoman.ledger import Ledger
from dragoman.pipeline import read_items
from dragoman.settings import Settings

if __name__ == "__main__":
    path, count, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with Ledger.open(path) as ledger:
        print("open", flush=True)
        settings = Settings(workers=workers, batch_size=16)
        read_items(standins.articles(count), ledger, settings, make_coder=standins.slow_coder)
"""


def run(path: Path, standins: ModuleType, settings: Settings, count: int = COUNT) -> Summary:
    with Ledger.open(path) as ledger:
        return read_items(standins.articles(count), ledger, settings, make_coder=standins.coder)


def start(path: Path, count: int, workers: int) -> subprocess.Popen[bytes]:
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", SCRIPT, str(path), str(count), str(workers)]
    return subprocess.Popen(command, env=where, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def test_every_article_is_recorded_known_or_dropped(tmp_path: Path, standins: ModuleType, settings: Settings):
    summary = run(tmp_path / "a.duckdb", standins, settings)
    items = list(standins.articles(COUNT))
    assert summary.done == len(items)
    assert summary.articles == len({item.text for item in items if isinstance(item, Article)})
    assert summary.known == sum(isinstance(item, Article) for item in items) - summary.articles
    assert summary.dropped == {"ingest: empty": sum(isinstance(item, Drop) for item in items)}
    assert summary.renamed > 0
    assert summary.left_out == {"statements: no party": summary.articles}
    assert summary.records == summary.by_kind.total() > summary.articles


def test_reading_again_changes_nothing(
    tmp_path: Path, standins: ModuleType, settings: Settings, content: Content
):
    path = tmp_path / "a.duckdb"
    run(path, standins, settings)
    before = content(path)
    again = run(path, standins, settings)
    assert (again.articles, again.records) == (0, 0)
    assert content(path) == before


def test_content_does_not_depend_on_workers_or_batches(
    tmp_path: Path, standins: ModuleType, settings: Settings, content: Content
):
    run(tmp_path / "one.duckdb", standins, settings)
    run(tmp_path / "two.duckdb", standins, Settings(workers=2, batch_size=7))
    assert content(tmp_path / "one.duckdb") == content(tmp_path / "two.duckdb")


def test_progress_is_told_after_each_batch(tmp_path: Path, standins: ModuleType, settings: Settings):
    told: list[Progress] = []
    with Ledger.open(tmp_path / "a.duckdb") as ledger:
        read_items(
            standins.articles(COUNT),
            ledger,
            settings,
            progress=told.append,
            total=133,
            make_coder=standins.coder,
        )
    assert [p.done for p in told] == sorted({p.done for p in told})
    assert told[-1].done == told[-1].total == 133
    assert told[-1].rate > 0
    assert told[-1].records > 0


@pytest.mark.parametrize("workers", [1, 2])
def test_an_input_that_cannot_be_read_ends_the_run_after_what_came_before(
    tmp_path: Path, standins: ModuleType, workers: int
):
    def faulty() -> Iterator[Article | Drop]:
        yield from standins.articles(40)
        raise InputError("b.csv", "has no text column", "name it")

    path = tmp_path / "a.duckdb"
    with Ledger.open(path) as ledger, pytest.raises(InputError, match="no text column"):
        read_items(faulty(), ledger, Settings(workers=workers), make_coder=standins.coder)
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.finished
        assert ledger.counts()["sources"] == 40


def test_ctrl_c_keeps_what_was_coded(
    tmp_path: Path, standins: ModuleType, settings: Settings, content: Content
):
    def interrupted() -> Iterator[Article | Drop]:
        yield from standins.articles(COUNT)
        raise KeyboardInterrupt

    path = tmp_path / "a.duckdb"
    with Ledger.open(path) as ledger, pytest.raises(KeyboardInterrupt):
        read_items(interrupted(), ledger, settings, make_coder=standins.coder)
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.finished
        assert ledger.counts()["articles"] > 0
        assert ledger.sql("SELECT count(*) FROM runs WHERE finished IS NULL").fetchone() == (1,)
    run(path, standins, settings)
    run(tmp_path / "b.duckdb", standins, settings)
    assert content(path) == content(tmp_path / "b.duckdb")


def test_a_worker_that_is_killed_is_an_error_and_no_hang(tmp_path: Path, standins: ModuleType):
    items = [Article(str(i), f"Chile met Peru {i} times.{' fatal' * (i == 90)}") for i in range(100)]
    with Ledger.open(tmp_path / "a.duckdb") as ledger:
        with pytest.raises(
            WorkerError, match=r"SIGKILL while reading articles 88 to 95; run again"
        ) as caught:
            read_items(items, ledger, Settings(workers=2), make_coder=standins.dying_coder)
        assert "\n" not in str(caught.value)
        assert ledger.finished


def test_a_worker_that_cannot_load_is_an_error(tmp_path: Path, standins: ModuleType):
    with (
        Ledger.open(tmp_path / "a.duckdb") as ledger,
        pytest.raises(WorkerError, match="the model file is gone"),
    ):
        read_items(standins.articles(40), ledger, Settings(workers=2), make_coder=standins.broken_coder)


def test_nothing_new_loads_no_model(tmp_path: Path, standins: ModuleType, settings: Settings):
    run(tmp_path / "a.duckdb", standins, settings)
    with Ledger.open(tmp_path / "a.duckdb") as ledger:
        read_items(standins.articles(COUNT), ledger, settings, make_coder=standins.broken_coder)


def test_sigterm_ends_a_run_in_good_order(tmp_path: Path, content: Content, standins: ModuleType):
    path = tmp_path / "a.duckdb"
    with start(path, 1000, 1) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.7)
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM
    assert 0 < len(content(path)["articles"]) < 800


def test_sigterm_ends_a_run_though_what_it_raises_is_dropped(tmp_path: Path, standins: ModuleType):
    class Finaliser:
        def __del__(self) -> None:
            with suppress(SystemExit):
                signal.raise_signal(signal.SIGTERM)

    def items() -> Iterator[Article | Drop]:
        for place, item in enumerate(standins.articles(1000)):
            if place == 100:
                Finaliser()
            yield item

    path = tmp_path / "a.duckdb"
    with Ledger.open(path) as ledger, pytest.raises(SystemExit) as caught:
        read_items(items(), ledger, Settings(batch_size=16), make_coder=standins.coder)
    assert caught.value.code == 128 + signal.SIGTERM
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.finished
        assert 50 < ledger.counts()["articles"] < 150


def killed(path: Path, count: int, workers: int, times: int, seed: int) -> int:
    """Kill runs at random moments, then let one end; returns how many were cut off."""
    chance = random.Random(seed)
    cut = 0
    for _ in range(times):
        with start(path, count, workers) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.9))
            process.kill()
            cut += process.wait() == -signal.SIGKILL
    with start(path, count, workers) as process:
        assert process.wait(120) == 0
    return cut


def test_a_killed_run_goes_on_to_the_same_ledger(
    tmp_path: Path, standins: ModuleType, settings: Settings, content: Content
):
    assert killed(tmp_path / "killed.duckdb", 150, 1, times=1, seed=5) > 0
    run(tmp_path / "quiet.duckdb", standins, settings, 150)
    assert content(tmp_path / "killed.duckdb") == content(tmp_path / "quiet.duckdb")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_ten_kills_at_random_moments_leave_the_same_ledger(
    tmp_path: Path, standins: ModuleType, settings: Settings, content: Content, workers: int
):
    assert killed(tmp_path / "killed.duckdb", 1500, workers, times=10, seed=workers) > 5
    run(tmp_path / "quiet.duckdb", standins, settings, 1500)
    assert content(tmp_path / "killed.duckdb") == content(tmp_path / "quiet.duckdb")


@pytest.mark.slow
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, standins: ModuleType):
    with start(tmp_path / "a.duckdb", 3000, 2) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(2)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
    assert len(children) >= 2
    for _ in range(100):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{child}").exists() for child in children)
