"""Dragoman: from the news of diplomacy and conflict to a ledger that can be trusted."""

from __future__ import annotations

__version__ = "0.1.0"
