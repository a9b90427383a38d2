"""Dragoman: from the news of diplomacy and conflict to a ledger that can be trusted.

The verbs are those of the command line: :func:`code`, :func:`read`, :func:`verify`,
:func:`evaluate`, and :class:`Ledger`, which shows and searches; :func:`dragoman.export.export`
writes files. Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.api import code, evaluate, read, verify
    from dragoman.errors import DragomanError
    from dragoman.ledger import Ledger
    from dragoman.settings import Settings

__all__ = [
    "DragomanError",
    "Ledger",
    "Settings",
    "__version__",
    "code",
    "evaluate",
    "read",
    "verify",
]

__version__ = "0.1.0"

_HOMES = {
    "DragomanError": "dragoman.errors",
    "Ledger": "dragoman.ledger",
    "Settings": "dragoman.settings",
    "code": "dragoman.api",
    "evaluate": "dragoman.api",
    "read": "dragoman.api",
    "verify": "dragoman.api",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """Load a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
