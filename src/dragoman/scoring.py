"""How near predicted records come to gold records, both in the document form.

A gold record that is ``optional`` or ``duplicate_of`` another is neutral: finding it is no false
positive, missing it is no miss. Within an article records are paired one to one, as many as can be
(bipartite matching by augmenting paths), the gold records that count before the neutral ones.

Two entities are the same when their countries are equal or, where either has none, when their names
share a word of four letters or more. Two records are the same by the criteria of :data:`KINDS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.errors import InputError

__all__ = ["KINDS", "Lost", "Tally", "check_offsets", "load_documents", "score"]

Row = Mapping[str, Any]
Same = Callable[[Row, Row], bool]

PRO = frozenset({"demands", "offers", "supports", "accepts"})
STANCES = PRO | {"opposes", "rejects"}
MUTUAL_MEASURES = frozenset(
    {
        "agreement-in-force",
        "agreement-pending",
        "ceasefire-in-force",
        "hostilities",
        "relations-restored",
        "relations-severed",
        "talks-open",
        "talks-suspended",
    }
)
SIDES = {
    "state": frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "ELI"}),
    "armed": frozenset({"REB", "UAF", "CRM"}),
}
TOLERANCE = 0.01
"""Two bounds of a figure are the same within one per cent."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A gold record that was ``missed``, or a predicted one that is ``wrong``."""

    why: str
    document: str
    record: Row


@dataclass(slots=True)
class Tally:
    """Counts of one kind of record, and the records behind the errors."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0
    lost: list[Lost] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the predicted records that are right, to four decimals; 0 where there are none."""
        return round(_share(self.hit, self.hit + self.wrong), 4)

    @property
    def recall(self) -> float:
        """Share of the gold records that were found, to four decimals; 0 where there are none."""
        return round(_share(self.hit, self.hit + self.missed), 4)

    @property
    def f1(self) -> float:
        """Harmonic mean of the unrounded precision and recall, to four decimals."""
        precision = _share(self.hit, self.hit + self.wrong)
        recall = _share(self.hit, self.hit + self.missed)
        return round(_share(2 * precision * recall, precision + recall), 4)

    def figures(self) -> dict[str, float]:
        """Return the six figures under the names they are printed with."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "hit": self.hit,
            "missed": self.missed,
            "wrong": self.wrong,
        }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _long_words(name: str | None) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", (name or "").lower()))


def same_entity(ours: Row, theirs: Row) -> bool:
    """Whether two entities of the document form are the same party."""
    if not ours or not theirs:
        return False
    if ours.get("country") and theirs.get("country"):
        return bool(ours["country"] == theirs["country"])
    return not _long_words(ours.get("name")).isdisjoint(_long_words(theirs.get("name")))


def _side(sector: str) -> str:
    return next((side for side, sectors in SIDES.items() if sector in sectors), "society")


def same_side(ours: Row, theirs: Row) -> bool:
    """Whether two entities are the same and, where both have a sector, both state, armed or society."""
    if not same_entity(ours, theirs):
        return False
    a, b = ours.get("sector"), theirs.get("sector")
    return not a or not b or _side(a) == _side(b)


def _meet(ours: Iterable[Row] | None, theirs: Sequence[Row] | None, same: Same = same_entity) -> bool:
    return any(same(a, b) for a in ours or () for b in theirs or ())


def _named(ours: Sequence[Row] | None, theirs: Sequence[Row] | None, same: Same = same_entity) -> bool:
    """Whether an entity is in common, or the gold names none."""
    return not ours or _meet(ours, theirs, same)


def _parties(record: Row, key: str) -> list[Row]:
    value = record.get(key)
    if isinstance(value, list):
        return value
    return [value] if value else []


def overlap(gold: Row, found: Row) -> bool:
    """Whether the two quotes share a character."""
    return bool(gold["start"] < found["end"] and found["start"] < gold["end"])


def _labelled(gold: Row, found: Row, key: str) -> bool:
    return found.get(key) == gold.get(key) or found.get(key) in gold.get("also", ())


def event_detected(gold: Row, found: Row) -> bool:
    """Type and overlap alone."""
    return _labelled(gold, found, "type") and overlap(gold, found)


def event(gold: Row, found: Row, same: Same = same_entity) -> bool:
    """Type, overlap, an actor in common and, where named, a recipient; a CONSULT either way round."""
    if not event_detected(gold, found):
        return False
    if _named(gold.get("actors"), found.get("actors"), same) and _named(
        gold.get("recipients"), found.get("recipients"), same
    ):
        return True
    if gold["type"] != "CONSULT":
        return False
    ours = [*gold["actors"], *gold.get("recipients", ())]
    theirs = [*found.get("actors", ()), *found.get("recipients", ())]
    return sum(_meet((party,), theirs, same) for party in ours) >= min(2, len(ours))


def event_strict(gold: Row, found: Row) -> bool:
    """An event with its status right, between entities of the same side."""
    same_status = found.get("status", "actual") == gold.get("status", "actual")
    return same_status and event(gold, found, same_side)


def _position_base(gold: Row, found: Row) -> bool:
    same_party = _meet(_parties(gold, "party"), _parties(found, "party"))
    return same_party and _labelled(gold, found, "issue") and overlap(gold, found)


def position(gold: Row, found: Row) -> bool:
    """Party, issue, overlap, and the side of the stance: for or against."""
    stances = [gold["stance"], *(word for word in gold.get("also", ()) if word in STANCES)]
    right_side = (found.get("stance") in PRO) in {stance in PRO for stance in stances}
    return right_side and _position_base(gold, found)


def position_strict(gold: Row, found: Row) -> bool:
    """Party, issue, overlap, and the exact stance."""
    return _labelled(gold, found, "stance") and _position_base(gold, found)


def measure(gold: Row, found: Row) -> bool:
    """Kind, and holder and target where the gold names them; mutual kinds either way round."""
    if not _labelled(gold, found, "kind"):
        return False

    def held(holder: str, target: str) -> bool:
        return _named(_parties(gold, "holder"), _parties(found, holder)) and _named(
            _parties(gold, "target"), _parties(found, target)
        )

    return held("holder", "target") or (gold["kind"] in MUTUAL_MEASURES and held("target", "holder"))


def _near(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= TOLERANCE * max(abs(ours), abs(theirs))


def figure(gold: Row, found: Row) -> bool:
    """Quantity, overlap, and both bounds within one per cent."""
    return (
        _labelled(gold, found, "quantity")
        and overlap(gold, found)
        and _near(gold.get("value_min"), found.get("value_min"))
        and _near(gold.get("value_max"), found.get("value_max"))
    )


KINDS: Mapping[str, tuple[str, Same]] = {
    "event": ("events", event),
    "event_detected": ("events", event_detected),
    "event_strict": ("events", event_strict),
    "position": ("positions", position),
    "position_strict": ("positions", position_strict),
    "measure": ("measures", measure),
    "figure": ("figures", figure),
    "linkage": ("linkages", overlap),
}
"""What is scored: the field of the document form, and when two of its records are the same."""


def _neutral(record: Row) -> bool:
    return bool(record.get("optional")) or record.get("duplicate_of") is not None


def _augment(gold: int, edges: Sequence[Sequence[int]], owner: dict[int, int], seen: set[int]) -> bool:
    """Give a gold record a partner, moving others to their next choice where that makes room."""
    for found in edges[gold]:
        if found in seen:
            continue
        seen.add(found)
        if found not in owner or _augment(owner[found], edges, owner, seen):
            owner[found] = gold
            return True
    return False


def _tally(name: str, golds: Sequence[Row], found: Sequence[Row], same: Same, tally: Tally) -> None:
    edges = [[j for j, theirs in enumerate(found) if same(ours, theirs)] for ours in golds]
    counts = [i for i, record in enumerate(golds) if not _neutral(record)]
    neutral = [i for i, record in enumerate(golds) if _neutral(record)]
    owner: dict[int, int] = {}
    for i in (*counts, *neutral):
        _augment(i, edges, owner, set())
    paired = set(owner.values())
    excused = set(owner).union(*(edges[i] for i in neutral))
    missed = [golds[i] for i in counts if i not in paired]
    wrong = [record for j, record in enumerate(found) if j not in excused]
    tally.hit += len(counts) - len(missed)
    tally.missed += len(missed)
    tally.wrong += len(wrong)
    tally.lost += [Lost("missed", name, record) for record in missed]
    tally.lost += [Lost("wrong", name, record) for record in wrong]


def score(golds: Iterable[Row], predictions: Iterable[Row]) -> dict[str, Tally]:
    """Compare documents by their ``id``; a gold document that was not predicted is all missed.

    Returns:
        A tally for each of :data:`KINDS`, in that order.
    """
    found = {document["id"]: document for document in predictions}
    tallies = {kind: Tally() for kind in KINDS}
    for gold in golds:
        name = gold["id"]
        for kind, (records, same) in KINDS.items():
            theirs = found.get(name, {}).get(records, ())
            _tally(name, gold.get(records, ()), theirs, same, tallies[kind])
    return tallies


def check_offsets(golds: Iterable[Row], predictions: Iterable[Row], *, where: str) -> None:
    """Make sure that offsets mean the same in both.

    Raises:
        InputError: a quote is not ``text[start:end]``, or a document's text differs from the gold's.
    """
    texts = {gold["id"]: gold["text"] for gold in golds}
    for document in predictions:
        name, text = document["id"], document["text"]
        if texts.get(name, text) != text:
            raise InputError(where, f"{name}: the text differs from the gold's", "code the gold's own text")
        for records in dict.fromkeys(records for records, _ in KINDS.values()):
            for record in document.get(records, ()):
                if "start" in record and text[record["start"] : record["end"]] != record.get("quote"):
                    problem = f"{name}: a quote in {records} is not text[start:end]"
                    raise InputError(where, problem, f"mend the record at {record['start']}:{record['end']}")


def load_documents(path: str | Path) -> list[dict[str, Any]]:
    """Read documents from a JSON list, one JSON object, or JSON lines.

    Raises:
        InputError: the file is missing, is not JSON, or holds something other than documents.
    """
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "give a readable JSON file") from error
    documents = _parse(text, where=str(path))
    for number, document in enumerate(documents, 1):
        if not isinstance(document, dict) or not {"id", "text"} <= document.keys():
            problem = f"document {number} has no id and text"
            raise InputError(str(path), problem, "give documents in the form of docs/codebook.md")
    return documents


def _parse(text: str, *, where: str) -> list[dict[str, Any]]:
    decode = partial(_decode, where=where)
    if text.startswith("["):
        return list(decode(text, line=None))
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        lines = enumerate(text.splitlines(), 1)
        return [decode(line, line=number) for number, line in lines if line.strip()]


def _decode(text: str, *, line: int | None, where: str) -> Any:  # noqa: ANN401  (JSON is checked by the caller)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}, line {line or error.lineno}"
        raise InputError(place, f"not JSON ({error.msg})", "mend or remove it") from error
