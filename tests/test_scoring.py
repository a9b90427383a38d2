"""The project's own scorer against the reference one, and its few rules."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.scoring import check_offsets, load_documents, score

REFERENCE = Path(__file__).parents[2] / "shared" / "gold" / "score.py"
TEXT = "Norway recalled its envoy and Chile offered talks while Kenya counted forty dead in the north."
PARTIES = [
    {"name": "Norway", "country": "NOR", "sector": "GOV"},
    {"name": "Chile", "country": "CHL", "sector": "MIL"},
    {"name": "Northern Militia", "country": None, "sector": "REB"},
    {"name": "Militia of Chile", "country": "CHL", "sector": "UAF"},
    {"name": "United Nations", "country": None, "sector": "IGO"},
]


def reference() -> Any:
    if not REFERENCE.exists():
        pytest.skip("the reference scorer is not beside this checkout (../shared/gold/score.py)")
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def some(draw: random.Random, most: int = 2) -> list[dict[str, Any]]:
    return [draw.choice(PARTIES) for _ in range(draw.randint(0, most))]


def record(draw: random.Random, kind: str, *, gold: bool) -> dict[str, Any]:
    start = draw.randint(0, 70)
    end = start + draw.randint(1, 20)
    made: dict[str, Any] = {"start": start, "end": end, "quote": TEXT[start:end]}
    if kind == "events":
        made |= {
            "type": draw.choice(["CONSULT", "ACCUSE", "AID"]),
            "actors": some(draw),
            "recipients": some(draw),
        }
        made |= {"status": draw.choice(["actual", "future"])}
        also = ["ACCUSE", "AID"]
    elif kind == "positions":
        party = some(draw, 1) or draw.choice(PARTIES)
        made |= {"party": party, "issue": draw.choice(["trade", "energy"])}
        made |= {"stance": draw.choice(["demands", "opposes", "rejects", "offers"])}
        also = ["supports", "rejects", "energy"]
    elif kind == "measures":
        made |= {"kind": draw.choice(["sanctions", "talks-open"])}
        made |= {"holder": draw.choice([None, *PARTIES]), "target": draw.choice([None, some(draw)])}
        also = ["talks-open"]
    else:
        made |= {"quantity": draw.choice(["killed", "money"])}
        made |= {"value_min": draw.choice([None, 40, 40.3]), "value_max": draw.choice([None, 40, 100])}
        also = ["money"]
    if gold and draw.random() < 0.3:
        made["also"] = draw.sample(also, 1)
    if gold and draw.random() < 0.3:
        made |= draw.choice([{"optional": True}, {"duplicate_of": 0}])
    return made


def documents(draw: random.Random, *, gold: bool) -> list[dict[str, Any]]:
    kinds = ("events", "positions", "measures", "figures", "linkages")
    return [
        {"id": f"a{n}", "text": TEXT}
        | {kind: [record(draw, kind, gold=gold) for _ in range(draw.randint(0, 7))] for kind in kinds}
        for n in range(3)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_every_figure_is_the_reference_scorers(seed):
    draw = random.Random(seed)
    golds, found = documents(draw, gold=True), documents(draw, gold=False)[: draw.randint(0, 3)]
    expected, lost = reference().score(golds, found)
    ours = score(golds, found)
    assert {kind: tally.figures() for kind, tally in ours.items()} == expected
    assert {k: [(m.why, m.document, m.record) for m in t.lost] for k, t in ours.items()} == lost


def test_what_is_right_scores_one():
    gold = documents(random.Random(1), gold=False)
    assert score(gold, gold)["figure"].f1 == 1.0


def test_an_optional_gold_record_counts_neither_way():
    linkage = {"start": 0, "end": 6, "quote": "Norway", "optional": True}
    gold = [{"id": "a", "text": TEXT, "linkages": [linkage]}]
    for found in ([], gold):
        tally = score(gold, found)["linkage"]
        assert (tally.hit, tally.missed, tally.wrong) == (0, 0, 0)


def test_a_quote_that_is_not_the_text_is_refused():
    wrong = [{"id": "a", "text": TEXT, "events": [{"start": 0, "end": 6, "quote": "Sweden"}]}]
    with pytest.raises(InputError, match="not text"):
        check_offsets([], wrong, where="predictions.json")


def test_a_text_that_differs_from_the_golds_is_refused():
    with pytest.raises(InputError, match="differs"):
        check_offsets([{"id": "a", "text": TEXT}], [{"id": "a", "text": TEXT + " "}], where="p.json")


@pytest.mark.parametrize("lay", [json.dumps, lambda many: "\n".join(json.dumps(one) for one in many)])
def test_documents_load_from_a_list_and_from_lines(tmp_path, lay):
    many = [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}]
    (tmp_path / "gold.json").write_text(lay(many), encoding="utf-8")
    assert load_documents(tmp_path / "gold.json") == many


@pytest.mark.parametrize("text", ["{broken", '{"id": 1}', "[1, 2]", '{"id": "a", "text": "t"}\n{oops'])
def test_a_broken_gold_file_is_named_in_one_line(tmp_path, text):
    path = tmp_path / "gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.json") as caught:
        load_documents(path)
    assert "\n" not in str(caught.value)
