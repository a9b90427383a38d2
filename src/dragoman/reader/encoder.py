"""A small transformer that reads a sentence, and the heads that read off it.

all-MiniLM-L6-v2 (Apache-2.0), fine-tuned by ``training/reader`` and kept as 8-bit ONNX. It runs on one
sentence at a time and on one thread, so that what it says of a sentence depends on nothing else: an 8-bit
model scales its activations by the largest of a batch, and a batch of one costs the same.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import onnxruntime
    import tokenizers
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

__all__ = ["PARTS", "Encoder", "Pieces", "Place", "Stand", "Vectors", "cut", "open_tokenizer"]

FEW = 3
LONGEST = 160
"""Word pieces read of a sentence; one in some thousands is longer, and its end is then not read."""
NAME = "reader"
PARTS = ("none", "holder", "target", "side")
"""What a mention may be to a standing condition: its holder, its target, or a side of a mutual one."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence cut into word pieces.

    Attributes:
        ids: the vocabulary's number of each.
        starts: where each starts in the sentence, in characters; the first and last are no text, and empty.
        ends: where each ends, half-open.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def at(self, place: int) -> int | None:
        """Return which piece holds the character at ``place``, if one does."""
        found = bisect_right(self.starts, place) - 1
        return found if found >= 0 and place < self.ends[found] else None

    def word(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last piece of a word, if both were read."""
        first, last = self.at(start), self.at(end - 1)
        return None if first is None or last is None else (first, last)


def open_tokenizer(path: Path) -> tokenizers.Tokenizer:
    """Open a tokenizer that pads nothing and leaves out what is over LONGEST; training uses the same."""
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def cut(tokenizer: tokenizers.Tokenizer, text: str) -> Pieces:
    """Cut a sentence into word pieces."""
    found = tokenizer.encode(text)
    offsets = found.offsets[1:-1]
    starts = [0, *(start for start, _ in offsets), len(text)]
    return Pieces(found.ids, starts, [0, *(end for _, end in offsets), len(text)])


@dataclass(frozen=True, slots=True)
class Vectors:
    """A sentence as the encoder sees it.

    Attributes:
        rows: one vector a word piece, shape (pieces, width); the first and last stand for the sentence.
        mean: their mean, shape (width,).
        pieces: where each stands in the sentence.
    """

    rows: Array
    mean: Array
    pieces: Pieces

    def at(self, place: int) -> Array | None:
        """Return the vector of the piece that holds the character at ``place``, if it was read."""
        row = self.pieces.at(place)
        return None if row is None else self.rows[row]

    def word(self, start: int, end: int) -> Array | None:
        """Return the mean vector of a word's first and last piece, if both were read."""
        ends = self.pieces.word(start, end)
        if ends is None:
            return None
        found: Array = (self.rows[ends[0]] + self.rows[ends[1]]) * np.float32(0.5)
        return found

    def run(self, start: int, end: int) -> Array | None:
        """Return the mean vector of a run of text, as far as it was read; None where its start was not."""
        low, high = self.pieces.at(start), self.pieces.at(end - 1)
        if low is None:
            return None
        rows = self.rows[low : len(self.rows) - 1 if high is None else high + 1]
        found: Array = rows.mean(0, dtype=np.float32)
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate position stands, in characters: its cue, its content, the content's head."""

    cue: tuple[int, int]
    content: tuple[int, int]
    head: int


@dataclass(frozen=True, slots=True)
class Stand:
    """What a candidate position is taken for.

    Attributes:
        chance: log-odds that it is a position at all.
        pro: log-odds that it is for its content rather than against.
        issues: log-probability of each issue, shape (issues,).
    """

    chance: float
    pro: float
    issues: Array


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder and its heads. One is loaded for each process.

    Attributes:
        session: the ONNX model: word pieces and mask in, vectors out.
        tokenizer: cuts text into word pieces.
        heads: weights of each head's layers by name: ``<head>.<layer>.weight``, shape (inputs, outputs),
            and ``.bias``.
        classes: the event types, in the order of the types head.
        issues: of positions, in the order of the positions head.
        kinds: of standing conditions, in the order of the conditions head.
        version: of the weights.
    """

    session: onnxruntime.InferenceSession
    tokenizer: tokenizers.Tokenizer
    heads: dict[str, Array]
    classes: tuple[str, ...]
    issues: tuple[str, ...]
    kinds: tuple[str, ...]
    version: str

    @classmethod
    @cache
    def load(cls) -> Encoder:
        """Read the shipped model (made by ``training/reader``)."""
        with resources.as_file(resources.files("dragoman.reader") / "data") as folder:
            return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> Encoder:
        """Read a model: ``reader.onnx``, ``reader.tokenizer.json`` and ``reader.npz`` of a folder."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        session = onnxruntime.InferenceSession(
            str(folder / f"{NAME}.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = open_tokenizer(folder / f"{NAME}.tokenizer.json")
        with np.load(folder / f"{NAME}.npz", allow_pickle=False) as arrays:
            card = json.loads(str(arrays["card"]))
            heads = {
                name: np.ascontiguousarray(arrays[name].astype(np.float32).T)
                for name in arrays.files
                if name != "card"
            }
        classes, issues, kinds = (tuple(card[name]) for name in ("classes", "issues", "kinds"))
        return cls(session, tokenizer, heads, classes, issues, kinds, card["version"])

    def encode(self, text: str) -> Vectors:
        """Read one sentence."""
        pieces = cut(self.tokenizer, text)
        ids = np.array([pieces.ids], dtype=np.int64)
        (vectors,) = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return Vectors(vectors[0], vectors[0].mean(0), pieces)

    def types(self, vectors: Vectors, words: Sequence[tuple[int, int]]) -> list[Array | None]:
        """Return for each word the log-probability of each event type, shape (classes,).

        Args:
            vectors: the sentence.
            words: start and end of each word in the sentence, in characters.

        Returns:
            None for a word that lies beyond what was read.
        """
        acts = [vectors.word(*word) for word in words]
        read = [act for act in acts if act is not None]
        if not read:
            return [None] * len(acts)
        scores = iter(_log_softmax(self._head("types", np.stack(read), after=vectors.mean)))
        return [None if act is None else next(scores) for act in acts]

    def roles(
        self, vectors: Vectors, word: tuple[int, int], places: Sequence[int], type_: str
    ) -> list[Array | None]:
        """Return for each mention the log-probability that it is no party, actor or recipient, shape (3,).

        Args:
            vectors: the sentence.
            word: start and end of the act's word in the sentence, in characters.
            places: for each mention, where its head word starts in the sentence.
            type_: of the act.
        """
        kind = np.zeros(len(self.classes), dtype=np.float32)
        kind[self.classes.index(type_)] = 1.0
        return self._beside("roles", vectors, word, places, kind)

    def positions(self, vectors: Vectors, places: Sequence[Place]) -> list[Stand | None]:
        """Return what each candidate position is taken for; None where its words were not all read."""
        found = [self._found(vectors, place) for place in places]
        read = [np.concatenate(parts) for parts in found if parts is not None]
        if not read:
            return [None] * len(places)
        stands = iter(
            Stand(float(row[1] - row[0]), float(row[-1] - row[-2]), _log_softmax(row[2:-2]))
            for row in self._head("positions", np.stack(read), after=vectors.mean)
        )
        return [None if parts is None else next(stands) for parts in found]

    def claims(
        self, vectors: Vectors, asked: Sequence[tuple[Place, Sequence[int]]]
    ) -> list[list[float | None]]:
        """Return for each mention beside a candidate position the log-odds that the position is its own.

        Args:
            vectors: the sentence.
            asked: each candidate's place, and for each mention where its head word starts in the sentence;
                any number outside it stands for a mention elsewhere.
        """
        out: list[list[float | None]] = []
        for place, heads in asked:
            found, rows = self._found(vectors, place), [vectors.at(head) for head in heads]
            read = [row for row in rows if row is not None]
            if found is None or not read:
                out.append([None] * len(heads))
                continue
            cue, _, content = found
            scores = self._head("claims", _with(cue, read), before=cue, after=content)
            odds = iter((scores[:, 1] - scores[:, 0]).tolist())
            out.append([None if row is None else next(odds) for row in rows])
        return out

    def condition(self, vectors: Vectors, word: tuple[int, int], kind: str) -> float | None:
        """Return the log-odds that a cue tells of a standing condition of a kind.

        None where it was not read, or where the kind is newer than the model.
        """
        cue = vectors.word(*word)
        if cue is None or kind not in self.kinds:
            return None
        scores = self._head("conditions", cue[None], after=vectors.mean)[0]
        return float(scores[self.kinds.index(kind)])

    def parts(
        self, vectors: Vectors, word: tuple[int, int], heads: Sequence[int], kind: str
    ) -> list[Array | None]:
        """Return for each mention the log-probability of each of PARTS in a condition of a kind, shape (4,).

        Args:
            vectors: the sentence.
            word: start and end of the cue in the sentence, in characters.
            heads: for each mention, where its head word starts; any number outside stands for elsewhere.
            kind: of the condition.
        """
        if kind not in self.kinds:
            return [None] * len(heads)
        which = np.zeros(len(self.kinds), dtype=np.float32)
        which[self.kinds.index(kind)] = 1.0
        return self._beside("parts", vectors, word, heads, which)

    def _beside(
        self, head: str, vectors: Vectors, word: tuple[int, int], places: Sequence[int], kind: Array
    ) -> list[Array | None]:
        """Return what a head says of each mention beside a word of some kind; None where not read."""
        act = vectors.word(*word)
        rows = [vectors.at(place) for place in places]
        read = [row for row in rows if row is not None]
        if act is None or not read:
            return [None] * len(places)
        scores = iter(_log_softmax(self._head(head, _with(act, read), before=act, after=kind)))
        return [None if row is None else next(scores) for row in rows]

    def _found(self, vectors: Vectors, place: Place) -> tuple[Array, Array, Array] | None:
        """Return the vectors of a candidate position's cue, content's head and content."""
        cue, head, content = vectors.word(*place.cue), vectors.at(place.head), vectors.run(*place.content)
        return None if cue is None or head is None or content is None else (cue, head, content)

    def _head(
        self, name: str, rows: Array, *, before: Array | None = None, after: Array | None = None
    ) -> Array:
        """Return the raw scores of a head for each row; all rows share what comes before and after."""
        weight, hidden = self.heads[f"{name}.0.weight"], self.heads[f"{name}.0.bias"]
        low = 0 if before is None else len(before)
        high = low + rows.shape[1]
        if before is not None:
            hidden = hidden + before @ weight[:low]
        if after is not None:
            hidden = hidden + after @ weight[high:]
        hidden = _gelu(hidden + _times(rows, weight[low:high]))
        found: Array = hidden @ self.heads[f"{name}.1.weight"] + self.heads[f"{name}.1.bias"]
        return found


def _with(act: Array, others: Sequence[Array]) -> Array:
    """Return for each of some vectors itself and its product with an act's, side by side."""
    rows = np.stack(others)
    return np.hstack([rows, act * rows])


def _times(rows: Array, weight: Array) -> Array:
    """Return a product of matrices; of a few rows one by one, which is quicker."""
    if len(rows) > FEW:
        return rows @ weight
    return np.stack([row @ weight for row in rows])


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel, 2016)."""
    found: Array = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return found


def _log_softmax(scores: Array) -> Array:
    shifted = scores - scores.max(-1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found
