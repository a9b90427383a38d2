"""What a run tells while it goes, and when it has ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.ledger import Added

__all__ = ["Progress", "Summary"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come. ``done`` of ``total`` inputs; ``total`` is None where it is unknown."""

    articles: int
    """Articles recorded by this run."""
    records: int
    drops: int
    done: int
    """Articles and inputs dealt with: recorded, known already, or dropped."""
    total: int | None
    seconds: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds > 0 else 0.0


@dataclass(slots=True)
class Summary:
    """The closing account of a run: every article that was met is in one of the first three counts."""

    articles: int = 0
    """Articles recorded."""
    known: int = 0
    """Articles whose text the ledger had already."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Articles and inputs left out, by reason."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Passages of recorded articles left out, by reason."""
    by_kind: Counter[str] = field(default_factory=Counter)
    """Records by table: reports, positions, measures, figures, linkages."""
    renamed: int = 0
    """Articles whose id stood for another text already."""
    seconds: float = 0.0

    def count(self, added: Added) -> None:
        """Count what a batch changed."""
        self.articles += added.articles
        self.known += added.sources
        self.dropped.update(added.dropped)
        self.left_out.update(added.left_out)
        self.by_kind.update(added.records)
        self.renamed += added.renamed

    @property
    def records(self) -> int:
        """Records of all kinds."""
        return self.by_kind.total()

    @property
    def drops(self) -> Counter[str]:
        """All that was left out, by reason."""
        return self.dropped + self.left_out

    @property
    def done(self) -> int:
        """Articles and inputs dealt with."""
        return self.articles + self.known + self.dropped.total()

    def as_dict(self) -> dict[str, Any]:
        """Return the account as plain values."""
        return {
            "articles": self.articles,
            "known": self.known,
            "dropped": dict(self.dropped),
            "left_out": dict(self.left_out),
            "records": dict(self.by_kind),
            "renamed": self.renamed,
            "seconds": round(self.seconds, 3),
        }

    def progress(self, *, total: int | None, seconds: float) -> Progress:
        """Return how far the run has come."""
        return Progress(self.articles, self.records, self.dropped.total(), self.done, total, seconds)
