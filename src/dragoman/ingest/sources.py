"""Which files a list of paths stands for, in an order that does not depend on the file system."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["STANDARD_INPUT", "Source", "sources"]

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Source:
    """A file or the standard input (``path`` None).

    ``name`` is what records and messages call it. ``named`` is true when the user named this very file,
    rather than a folder or a pattern that holds it: its faults are then the user's to know at once.
    """

    name: str
    path: str | None
    named: bool

    @property
    def regular(self) -> bool:
        """Whether it can be opened a second time: not a pipe, nor the standard input."""
        return self.path is not None and Path(self.path).is_file()


def sources(paths: Sequence[str | Path]) -> Iterator[Source]:
    """Yield the files behind the paths: as given, and sorted within a folder or a pattern.

    A folder is walked to its leaves, without hidden files and folders. ``-`` is the standard input.
    A file that several paths lead to is met once.

    Raises:
        InputError: a path leads nowhere, a pattern matches nothing, or a folder holds no file.
    """
    once = len(paths) > 1
    seen: set[str] = set()
    for path in paths:
        for source in _expand(str(path)):
            if once:
                real = source.path and os.path.realpath(source.path)
                if (real or source.name) in seen:
                    continue
                seen.add(real or source.name)
            yield source


def _expand(path: str) -> Iterator[Source]:
    if path == "-":
        yield Source(STANDARD_INPUT, None, named=True)
    elif Path(path).is_dir():
        yield from _folder(path, remedy="name a folder that holds articles")
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield Source(path, path, named=True)
    else:
        yield from _pattern(path)


def _folder(path: str, *, remedy: str) -> Iterator[Source]:
    empty = True
    for source in _walk(path):
        empty = False
        yield source
    if empty:
        raise InputError(path, "the folder holds no file", remedy)


def _pattern(path: str) -> Iterator[Source]:
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  (the pattern may be absolute)
    if not matches:
        raise InputError(path, "no file matches the pattern", "check the pattern, and quote it for the shell")
    for match in matches:
        if not Path(match).is_dir():
            yield Source(match, match, named=False)
        elif not path.endswith("**"):  # that pattern lists the folders' files itself
            yield from _walk(match)


def _walk(folder: str) -> Iterator[Source]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  (names only: a folder may hold millions)
    except OSError:  # not silent: whoever opens the folder as a source meets the same error and says so
        yield Source(folder, folder, named=False)
        return
    for name in names:
        if name.startswith("."):
            continue
        path = os.path.join(folder, name)  # noqa: PTH118  (keeps a leading "./" as given)
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
            yield from _walk(path)
        elif not os.path.isdir(path):  # noqa: PTH112
            yield Source(path, path, named=False)
