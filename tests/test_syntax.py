"""Questions to a parse, asked of the hand-checked parses in trees.conllu: no model is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.util import get_lang_class

from dragoman.syntax import (
    conjuncts,
    controller,
    doers,
    governor,
    is_negated,
    is_passive,
    modality,
    objects,
    phrase,
    prepositional,
    subjects,
    undergoers,
)

TREES = Path(__file__).parent / "trees.conllu"
VOCAB = get_lang_class("en")().vocab


def trees():
    blocks = TREES.read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            yield " ".join(row[1] for row in rows), rows


def parsed(rows):
    return Doc(
        VOCAB,
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=[int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)],
        deps=[row[7] for row in rows],
    )


DOCS = {text: parsed(rows) for text, rows in trees()}


def word(text, form):
    return next(t for t in DOCS[text] if t.text == form)


def forms(tokens):
    return [t.text for t in tokens]


URGED = "Norway urged Turkey to act ."
AGREED = "Norway agreed to act ."
ATTACK_BY = "An attack by rebels on Syria and Iraq failed ."
ATTACKED = "Troops were attacked by rebels ."
BOTH = "Norway was attacked and burned ."
PORT = "The old port of Oslo , which burned , reopened ."


@pytest.mark.parametrize(
    ("text", "verb", "who"),
    [
        (URGED, "urged", ["Norway"]),
        (URGED, "act", ["Turkey"]),
        (AGREED, "act", ["Norway"]),
        ("Kenya and Uganda agreed .", "agreed", ["Kenya", "Uganda"]),
        ("The minister who met rebels resigned .", "met", ["minister"]),
        ("The town that rebels seized burned .", "seized", ["rebels"]),
        ("Norway will act and win .", "win", ["Norway"]),
        ("Norway did not act but Chad will pay .", "pay", ["Chad"]),
        ("The rebels left town without firing .", "firing", ["rebels"]),
        ("Norway 's decision to act failed .", "act", ["Norway"]),
    ],
)
def test_a_verb_finds_its_subject_or_the_one_understood(text, verb, who):
    assert forms(subjects(word(text, verb))) == who


@pytest.mark.parametrize(
    ("text", "verb", "whom"),
    [
        (URGED, "urged", ["Turkey"]),
        ("Rebels seized guns and tanks .", "seized", ["guns", "tanks"]),
        ("Norway sent Chad grain .", "sent", ["Chad", "grain"]),
        (AGREED, "agreed", []),
    ],
)
def test_a_verb_finds_its_objects_with_those_coordinated(text, verb, whom):
    assert forms(objects(word(text, verb))) == whom


@pytest.mark.parametrize(
    ("text", "act", "who", "whom"),
    [
        (ATTACKED, "attacked", ["rebels"], ["Troops"]),
        ("Guns were seized .", "seized", [], ["Guns"]),
        ("Forces backed by Iran advanced .", "backed", ["Iran"], ["Forces"]),
        ("Rebels seized guns and tanks .", "seized", ["Rebels"], ["guns", "tanks"]),
        ("Turkey 's attack on Syria failed .", "attack", ["Turkey"], ["Syria"]),
        (ATTACK_BY, "attack", ["rebels"], ["Syria", "Iraq"]),
    ],
)
def test_an_act_is_done_by_someone_to_someone_in_either_voice_and_as_a_noun(text, act, who, whom):
    assert forms(doers(word(text, act))) == who
    assert forms(undergoers(word(text, act))) == whom


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        (ATTACKED, "attacked", True),
        (BOTH, "attacked", True),
        (BOTH, "burned", True),
        ("Forces backed by Iran advanced .", "backed", True),
        ("Forces backed by Iran advanced .", "advanced", False),
        (URGED, "urged", False),
    ],
)
def test_a_passive_is_told_from_an_active(text, verb, passive):
    assert is_passive(word(text, verb)) is passive


@pytest.mark.parametrize(
    ("text", "verb", "negated"),
    [
        ("Norway did not attack .", "attack", True),
        ("Norway wo n't act .", "act", True),
        ("No attack happened .", "attack", True),
        ("Norway failed to act .", "act", True),
        ("The rebels left town without firing .", "firing", True),
        ("Norway did not act but Chad will pay .", "pay", False),
        ("Norway refused to act .", "refused", False),
        (URGED, "act", False),
    ],
)
def test_what_is_denied_is_negated(text, verb, negated):
    assert is_negated(word(text, verb)) is negated


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("Norway will act and win .", "act", "will"),
        ("Norway will act and win .", "win", "will"),
        ("Norway wo n't act .", "act", "will"),
        ("Norway did not act but Chad will pay .", "act", None),
        ("Norway did not act but Chad will pay .", "pay", "will"),
        ("Norway plans to act .", "act", "to"),
        ("Norway plans to act .", "plans", None),
    ],
)
def test_a_modal_reaches_the_verbs_it_governs_and_no_others(text, verb, mood):
    assert modality(word(text, verb)) == mood


def test_the_object_of_urging_acts_and_the_subject_of_agreeing_does():
    assert forms(controller(word(URGED, "act"))) == ["Turkey"]
    assert forms(controller(word(AGREED, "act"))) == ["Norway"]


def test_an_infinitive_has_a_governor_and_a_main_verb_has_none():
    governing = governor(word(URGED, "act"))
    assert governing is not None
    assert governing.text == "urged"
    assert governor(word(URGED, "urged")) is None


def test_conjuncts_come_in_text_order_with_the_word_itself():
    assert forms(conjuncts(word("Kenya and Uganda agreed .", "Kenya"))) == ["Kenya", "Uganda"]
    assert forms(conjuncts(word("Kenya and Uganda agreed .", "Uganda"))) == ["Uganda"]


def test_prepositions_are_chosen_by_word_and_all_are_taken_when_none_is_named():
    spoke = word("Ministers spoke in Oslo with Iran .", "spoke")
    assert forms(prepositional(spoke, "with")) == ["Iran"]
    assert forms(prepositional(spoke, "in", "with")) == forms(prepositional(spoke)) == ["Oslo", "Iran"]
    assert prepositional(spoke, "against") == []


def test_a_phrase_leaves_out_the_clause_that_hangs_on_it():
    start, end = phrase(word(PORT, "port"))
    assert DOCS[PORT][start:end].text == "The old port of Oslo"


@pytest.mark.parametrize("text", sorted(DOCS))
def test_every_question_has_an_answer_for_every_word(text):
    doc = DOCS[text]
    for token in doc:
        start, end = phrase(token)
        assert 0 <= start <= token.i < end <= len(doc)
        assert token in conjuncts(token)
        for ask in (subjects, objects, doers, undergoers, controller, prepositional):
            assert all(found.doc is doc for found in ask(token))
        assert is_passive(token) in {True, False}
        assert modality(token) is None or isinstance(modality(token), str)
