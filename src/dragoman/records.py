"""The nouns of the ledger: immutable, slotted, typed.

Every record that states something about an article holds a :class:`Span`, and a span cannot be
made without the text it points into (``Span.of``), so a record without evidence does not exist.
Offsets are half-open, counted in Unicode code points of ``article.text``.

The meaning of each field is the codebook's (docs/codebook.md).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dragoman.errors import EvidenceError

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Article",
    "Coded",
    "Condition",
    "Drop",
    "Effect",
    "Entity",
    "Event",
    "Figure",
    "Form",
    "Linkage",
    "Measure",
    "Mention",
    "Position",
    "Span",
    "Stance",
    "Status",
    "When",
    "digest",
]

Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Stance = Literal["demands", "offers", "supports", "accepts", "opposes", "rejects"]
Form = Literal["name", "adjective", "nominal", "pronoun", "place"]
Effect = Literal["opens", "closes", "holds"]


def digest(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts alone: the identity of a record."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of an article's text: ``text[start:end] == quote``, never empty."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EvidenceError(f"span {self.start}:{self.end} is empty or negative")
        if self.end - self.start != len(self.quote):
            raise EvidenceError(
                f"span {self.start}:{self.end} does not have the length of its quote {self.quote[:40]!r}"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of a text.

        Raises:
            EvidenceError: the offsets are empty, negative or outside the text.
        """
        if end > len(text):
            raise EvidenceError(f"span {start}:{end} ends after the text, which has {len(text)} characters")
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read. ``text`` is exactly what was given; ``published`` is None when unknown."""

    article_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    source_path: str | None = None
    extractor: str = "text/1"

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """Cut a span out of this article (see :meth:`Span.of`)."""
        return Span.of(self.text, start, end)


@dataclass(frozen=True, slots=True)
class When:
    """A date or interval at the precision that the text gives.

    ``iso`` is ISO 8601: ``2023-11-06``, ``2023-11``, ``2023`` or ``2023-11-04/2023-11-05``.
    ``first`` and ``last`` are the days it covers, both included.
    """

    iso: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that acts: a person in office, a state, an organisation, an armed group.

    ``country`` is ISO 3166-1 alpha-3 (XKX for Kosovo) or None; ``sector`` is PLOVER's.
    ``kind`` is state, person, organisation, armed-group, group, agent or place.
    """

    entity_id: str
    name: str
    country: str | None = None
    sector: str | None = None
    kind: str = "agent"


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity where an article names it.

    ``party`` is whom the entity acts for (codebook rule 5): for an official the state, otherwise
    the entity itself. ``tokens`` is the half-open token range in the annotated document and
    ``head`` its syntactic head token. ``span`` is None only for a party that the text implies
    ("we" in a quotation has its own span; an implied party has none). ``members`` is filled where one
    mention stands for several ("the two sides", "they"): one mention each, all at the same span;
    ``entity`` is then the first of them.
    """

    entity: Entity
    span: Span | None
    party: Entity
    form: Form = "name"
    tokens: tuple[int, int] = (0, 0)
    head: int = 0
    confidence: float = 1.0
    members: tuple[Mention, ...] = ()

    @property
    def parts(self) -> tuple[Mention, ...]:
        """Whom the mention stands for, one mention each: its members, or itself."""
        return self.members or (self,)


@dataclass(frozen=True, slots=True)
class Event:
    """One article's account of one happening (a report): codebook section 1."""

    type: str
    span: Span
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    mode: str | None = None
    status: Status = "actual"
    contexts: tuple[str, ...] = ()
    quad: str = ""
    intensity: float = 0.0
    when: When | None = None
    place: Mention | None = None
    attribution: str | None = None
    confidence: float = 0.5
    trigger: Span | None = None
    also_at: tuple[Span, ...] = ()
    """Spans of the further mentions of the same happening in the same article."""


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stance on an issue at the time of the article: codebook section 2."""

    parties: tuple[Mention, ...]
    issue: str
    stance: Stance
    span: Span
    content: Span
    speaker: Mention | None = None
    addressee: Mention | None = None
    condition: Span | None = None
    attribution: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with an owner: codebook section 4. A bound of None is open."""

    quantity: str
    value_min: float | None
    value_max: float | None
    span: Span
    unit: str = "people"
    of: str | None = None
    place: str | None = None
    attribution: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Linkage:
    """One issue tied to another: codebook section 5."""

    source: Span
    target: Span
    direction: Literal["condition", "exchange", "reprisal"]
    span: Span
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Condition:
    """The text's word on a standing condition, from which measures are folded.

    ``effect`` says whether the words open it, close it, or tell of it as in force ("prisoners held
    by Israel"). ``kind`` is one of the measure kinds of codebook section 3. ``since`` and ``until``
    hold what the text says of them.
    """

    kind: str
    effect: Effect
    span: Span
    holders: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    since: When | None = None
    until: When | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """What is in force between two parties: codebook section 3. Made by folding, never by hand."""

    kind: str
    holders: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    span: Span
    since: str | None = None
    until: str | None = None
    opened_by: str | None = None
    closed_by: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Drop:
    """Something left out, and why. ``where`` is the file and record when no article was made of it."""

    stage: str
    reason: str
    article_id: str | None = None
    start: int | None = None
    end: int | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """All that was found in one article."""

    article: Article
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    figures: tuple[Figure, ...] = ()
    linkages: tuple[Linkage, ...] = ()
    conditions: tuple[Condition, ...] = ()
    measures: tuple[Measure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    drops: tuple[Drop, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)
    """Stage name to version, for the rows that each stage makes."""
