"""A small transformer that reads a sentence in context, and the heads that read off it.

all-MiniLM-L6-v2 (Apache-2.0), fine-tuned by ``training/events`` and kept as 8-bit ONNX. It runs on one
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

__all__ = ["Encoder", "Pieces", "Reading", "cut", "open_tokenizer"]

LONGEST = 160
"""Word pieces read of a sentence; one in some thousands is longer, and its end is then not read."""
NAME = "reader"


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
class Reading:
    """A sentence as the encoder sees it.

    Attributes:
        vectors: one row a word piece, shape (pieces, width); the first and last stand for the sentence.
        mean: their mean, shape (width,).
        pieces: where each stands in the sentence.
    """

    vectors: Array
    mean: Array
    pieces: Pieces

    def piece(self, place: int) -> int | None:
        """Return the row of the piece that holds the character at ``place``, if it was read."""
        return self.pieces.at(place)


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder and its heads. One is loaded for each process.

    Attributes:
        session: the ONNX model: word pieces and mask in, vectors out.
        tokenizer: cuts text into word pieces.
        heads: weights of each head's layers by name: ``<head>.<layer>.weight``, shape (inputs, outputs),
            and ``.bias``.
        classes: the event types, in the order of the types head.
        version: of the weights.
    """

    session: onnxruntime.InferenceSession
    tokenizer: tokenizers.Tokenizer
    heads: dict[str, Array]
    classes: tuple[str, ...]
    version: str

    @classmethod
    @cache
    def load(cls) -> Encoder:
        """Read the shipped model (made by ``training/events``)."""
        with resources.as_file(resources.files("dragoman.events") / "data") as folder:
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
        return cls(session, tokenizer, heads, tuple(card["classes"]), card["version"])

    def encode(self, text: str) -> Reading:
        """Read one sentence."""
        pieces = cut(self.tokenizer, text)
        ids = np.array([pieces.ids], dtype=np.int64)
        (vectors,) = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return Reading(vectors[0], vectors[0].mean(0), pieces)

    def types(self, reading: Reading, triggers: Sequence[tuple[int, int]]) -> list[Array | None]:
        """Return for each word the log-probability of each type, shape (classes,).

        Args:
            reading: the sentence.
            triggers: start and end of each word in the sentence, in characters.

        Returns:
            None for a word that lies beyond what was read.
        """
        acts = [self._act(reading, trigger) for trigger in triggers]
        read = [act for act in acts if act is not None]
        if not read:
            return [None] * len(acts)
        mean = np.broadcast_to(reading.mean, (len(read), len(reading.mean)))
        scores = iter(self._head("types", np.hstack([np.stack(read), mean])))
        return [None if act is None else next(scores) for act in acts]

    def roles(
        self, reading: Reading, trigger: tuple[int, int], places: list[int], type_: str
    ) -> list[Array | None]:
        """Return for each mention the log-probability that it is no party, actor or recipient, shape (3,).

        Args:
            reading: the sentence.
            trigger: start and end of the act's word in the sentence, in characters.
            places: for each mention, where its head word starts in the sentence.
            type_: of the act.
        """
        act = self._act(reading, trigger)
        rows = [reading.piece(place) for place in places]
        read = [row for row in rows if row is not None]
        if act is None or not read:
            return [None] * len(places)
        parties = reading.vectors[read]
        kind = np.zeros(len(self.classes), dtype=np.float32)
        kind[self.classes.index(type_)] = 1.0
        same = np.ones((len(read), 1), dtype=np.float32)
        scores = iter(self._head("roles", np.hstack([same * act, parties, act * parties, same * kind])))
        return [None if row is None else next(scores) for row in rows]

    def _act(self, reading: Reading, trigger: tuple[int, int]) -> Array | None:
        first, last = reading.piece(trigger[0]), reading.piece(trigger[1] - 1)
        if first is None or last is None:
            return None
        act: Array = (reading.vectors[first] + reading.vectors[last]) / 2
        return act

    def _head(self, name: str, x: Array) -> Array:
        """Return the log-probabilities of a head for each row."""
        hidden = _gelu(x @ self.heads[f"{name}.0.weight"] + self.heads[f"{name}.0.bias"])
        return _log_softmax(hidden @ self.heads[f"{name}.1.weight"] + self.heads[f"{name}.1.bias"])


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel, 2016)."""
    found: Array = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return found


def _log_softmax(scores: Array) -> Array:
    shifted = scores - scores.max(-1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found
