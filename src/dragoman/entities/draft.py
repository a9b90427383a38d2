"""The linker's working sheet: one article's tokens, what has been found, and who took which token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entities.spelling import fold
from dragoman.records import Entity, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.annotation import Annotation
    from dragoman.entities.knowledge import KnowledgeBase
    from dragoman.records import Form

__all__ = ["Found", "Sheet"]


@dataclass(slots=True)
class Found:
    """A mention in the making: tokens ``start`` to ``end`` (half-open)."""

    start: int
    end: int
    entity: Entity
    party: Entity
    form: Form
    confidence: float = 0.9
    head: int = -1
    gender: str = ""
    role: str = ""
    members: tuple[Found, ...] = ()
    """Whom a plural stands for ("the two sides"); empty where it is one."""

    @property
    def parts(self) -> tuple[Found, ...]:
        """Whom it stands for: its members, or itself."""
        return self.members or (self,)


class Sheet:
    """Tokens of one article as plain lists (spaCy's attributes are slow to read twice)."""

    def __init__(self, annotation: Annotation, base: KnowledgeBase) -> None:
        self.annotation = annotation
        self.base = base
        self.tokens: list[Token] = list(annotation.doc)
        self.folded = fold(annotation.article.text)
        self.lower = self.folded.lower()
        if len(self.lower) != len(self.folded):
            self.lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.folded)
        self.idx = [t.idx for t in self.tokens]
        self.ends = [t.idx + len(t) for t in self.tokens]
        self.words = [self.folded[a:b] for a, b in zip(self.idx, self.ends, strict=True)]
        self.dep, self.tag, self.ent, self.up = _columns(annotation.doc)
        self.taken: list[Found | None] = [None] * len(self.tokens)
        published = annotation.article.published
        self.day = published.isoformat() if published else ""
        self.countries: set[str] = set()
        self.agents: dict[int, int] = {}
        self.agent_tokens: set[int] = set()
        self._find_agents()

    def _find_agents(self) -> None:
        i, words, agents = 0, self.base.agent_words, self.base.agents
        while i < len(self.tokens):
            end = self.longest(i, words, agents, self.lower)  # type: ignore[arg-type]
            if end:
                self.agents[i] = end
                self.agent_tokens.update(range(i, end))
            i = end or i + 1

    def __len__(self) -> int:
        return len(self.tokens)

    def free(self, start: int, end: int) -> bool:
        """Whether no token of the range is taken."""
        return not any(self.taken[start:end])

    def put(self, found: Found) -> Found:
        """Enter a mention, dropping any that it overlaps."""
        for i in range(found.start, found.end):
            other = self.taken[i]
            if other is not None:
                self.drop(other)
        if found.head < 0:
            found.head = self.root(found.start, found.end)
        for i in range(found.start, found.end):
            self.taken[i] = found
        return found

    def drop(self, found: Found) -> None:
        """Take a mention out."""
        for i in range(found.start, found.end):
            if self.taken[i] is found:
                self.taken[i] = None

    def root(self, start: int, end: int) -> int:
        """Return the token of a range whose syntactic head lies outside it."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.up[i] < end or self.up[i] == i:
                return i
        return end - 1

    def text(self, start: int, end: int) -> str:
        """Return the article's own spelling of a token range."""
        return self.annotation.article.text[self.idx[start] : self.ends[end - 1]]

    def longest(self, i: int, index: dict[str, int], keys: dict[str, object], text: str) -> int:
        """Return where the longest key that begins at a token ends (0: none)."""
        word = text[self.idx[i] : self.ends[i]]
        most = index.get(word.partition(" ")[0], 0)
        best, start = 0, self.idx[i]
        for j in range(i, min(len(self.tokens), i + 2 * most + 1)) if most else ():
            key = text[start : self.ends[j]]
            if key.count(" ") >= most:
                break
            if key in keys:
                best = j + 1
        return best

    def mentions(self) -> tuple[Mention, ...]:
        """Return what was found, in order."""
        out, last = [], None
        article = self.annotation.article
        for found in self.taken:
            if found is None or found is last:
                continue
            last = found
            span = Span.of(article.text, self.idx[found.start], self.ends[found.end - 1])
            out.append(_mention(found, span))
        return tuple(out)


def _columns(doc: Doc) -> tuple[list[str], list[str], list[str], list[int]]:
    """Return the dependency, tag and entity type of each token, and its head's index."""
    table = doc.to_array(["DEP", "TAG", "ENT_TYPE", "HEAD"])
    names = {int(key): doc.vocab.strings[int(key)] for key in set(table[:, :3].ravel().tolist())}
    dep, tag, ent = ([names[key] for key in table[:, column].tolist()] for column in range(3))
    up = [i + offset for i, offset in enumerate(table[:, 3].astype("int64").tolist())]
    return dep, tag, ent, up


def _mention(found: Found, span: Span) -> Mention:
    """Return the record of a mention; one of several entities has a member for each, at the same place."""
    at = ((found.start, found.end), found.head, found.confidence)
    members = tuple(Mention(m.entity, span, m.party, found.form, *at) for m in found.members)
    return Mention(found.entity, span, found.party, found.form, *at, members)
