"""Stand-in stages, importable in worker processes too."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.ledger import TABLES, Ledger
from dragoman.settings import Settings


@pytest.fixture
def standins(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("standins")


@pytest.fixture
def settings() -> Settings:
    return Settings(batch_size=32)


@pytest.fixture
def content() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """All that a ledger holds, in an order that does not depend on how it came in."""

    def of(path: Path) -> dict[str, list[tuple[object, ...]]]:
        with Ledger.open(path, read_only=True) as ledger:
            assert ledger.finished
            assert ledger.verify().failures == []
            return {table: ledger.sql(f'SELECT * FROM "{table}" ORDER BY ALL').fetchall() for table in TABLES}

    return of
