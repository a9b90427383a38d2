"""What can go wrong, in one tree.

DragomanError                    every error this package raises on purpose
├── EvidenceError                a record whose span does not match its text
├── InputError                   an input that cannot be read: names the file, the place, the remedy
│   └── SettingsError            a settings file or option that makes no sense
├── LedgerError                  a ledger that cannot be opened, written or trusted
│   ├── LedgerVersionError       made by a newer version of this program
│   └── LedgerBusyError          another process holds it
└── MissingExtraError            an optional library is not installed
"""

from __future__ import annotations

__all__ = [
    "DragomanError",
    "EvidenceError",
    "InputError",
    "LedgerBusyError",
    "LedgerError",
    "LedgerVersionError",
    "MissingExtraError",
    "SettingsError",
]


class DragomanError(Exception):
    """Base of every deliberate error. ``str()`` is one line, fit to show to a user."""


class EvidenceError(DragomanError, ValueError):
    """A record was built on a span that is empty, outside the text, or differs from its quote."""


class InputError(DragomanError):
    """An input cannot be read.

    Args:
        where: file (and line, column or record) at fault.
        problem: what is wrong, in the user's words.
        remedy: what to do about it.
    """

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy


class SettingsError(InputError):
    """A settings file, environment variable or option has no meaning."""


class LedgerError(InputError):
    """A ledger cannot be opened, written or trusted."""


class LedgerVersionError(LedgerError):
    """The ledger was made by a newer version of this program."""


class LedgerBusyError(LedgerError):
    """Another process has the ledger open for writing."""


class MissingExtraError(DragomanError):
    """An optional library is needed and absent; the message holds the exact install command."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f'{feature} needs an optional library: pip install "dragoman[{extra}]"')
