"""Status, mode and roles of a single act, read from its words."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.events.candidates import candidates
from dragoman.events.lexicon import Lexicon
from dragoman.events.modes import mode_of
from dragoman.events.roles import roles
from dragoman.events.status import status_of
from dragoman.records import When

PUBLISHED = date(2024, 3, 12)


def word(annotation, form):
    return next(t for t in annotation.doc if t.text == form)


def at(iso):
    day = date.fromisoformat(iso)
    return When(iso, day, day)


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("Norway expelled two envoys.", "expelled", "actual"),
        ("Norway will expel two envoys.", "expel", "future"),
        ("Norway plans to expel two envoys.", "expel", "future"),
        ("Norway might expel two envoys.", "expel", "hypothetical"),
        ("Norway could expel two envoys.", "expel", "hypothetical"),
        ("Norway wants to expel two envoys.", "expel", "hypothetical"),
        ("If Norway expels two envoys, Chad will protest.", "expels", "hypothetical"),
        ("Norway did not expel two envoys.", "expel", "negated"),
        ("Norway never expelled two envoys.", "expelled", "negated"),
        ("Norway failed to expel two envoys.", "expel", "negated"),
        ("Norway did not launch an attack.", "attack", "negated"),
        ("Two envoys were expelled by Norway.", "expelled", "actual"),
        ("Two envoys will be expelled by Norway.", "expelled", "future"),
    ],
)
def test_a_status_is_read_from_the_verbs_around_an_act(read, text, act, status):
    assert status_of(word(read(text), act), "SANCTION", when=None, published=PUBLISHED) == status


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-03-10", "actual"),
        ("2024-03-13", "actual"),
        ("2023-06-01", "actual"),
        ("2023-03-12", "actual"),
        ("2023-03-11", "historical"),
        ("1990-08-02", "historical"),
        ("2024-04-01", "future"),
    ],
)
def test_a_year_ago_is_history_and_a_coming_day_is_future(read, day, status):
    act = word(read("Norway expelled two envoys."), "expelled")
    assert status_of(act, "SANCTION", when=at(day), published=PUBLISHED) == status


def test_without_the_articles_date_nothing_is_history(read):
    act = word(read("Norway expelled two envoys."), "expelled")
    assert status_of(act, "SANCTION", when=at("1990-08-02"), published=None) == "actual"


@pytest.mark.parametrize("type_", ["AGREE", "CONCEDE"])
def test_a_promise_is_made_when_it_is_told(read, type_):
    act = word(read("Norway will release two envoys."), "release")
    assert status_of(act, type_, when=None, published=PUBLISHED) == "actual"


@pytest.mark.parametrize(
    ("text", "act", "type_", "mode"),
    [
        ("Poland shelled Chad.", "shelled", "ASSAULT", "heavy-weapons"),
        ("Poland attacked Chad with drones.", "attacked", "ASSAULT", "drone"),
        ("Poland attacked Chad.", "attacked", "ASSAULT", None),
        ("Police arrested two traders.", "arrested", "COERCE", "arrest"),
        ("Poland expelled two envoys.", "expelled", "SANCTION", "expel"),
        ("The minister resigned.", "resigned", "RETREAT", "resign"),
        ("Poland released two traders.", "released", "RETREAT", "release"),
        ("The president phoned the king.", "phoned", "CONSULT", "phone"),
        ("The president visited Chad.", "visited", "CONSULT", "visit"),
        ("The president visited Chad.", "visited", "ASSAULT", None),
    ],
)
def test_a_mode_is_read_from_the_act_and_its_instrument(read, text, act, type_, mode):
    assert mode_of(word(read(text), act), type_) == mode


def test_every_mode_of_the_word_list_has_an_intensity():
    from dragoman.events.lexicon import rows

    lexicon = Lexicon.load()
    assert [r for r in rows("modes.csv") if (r["type"], r["mode"]) not in lexicon.intensities] == []


def countries(mentions):
    return [m.party.country for m in mentions]


@pytest.mark.parametrize(
    ("text", "act", "type_", "who", "whom"),
    [
        ("Norway condemned Chad.", "condemned", "ACCUSE", ["NOR"], ["TCD"]),
        ("Chad was condemned by Norway.", "condemned", "ACCUSE", ["NOR"], ["TCD"]),
        ("Norway and Peru condemned Chad.", "condemned", "ACCUSE", ["NOR", "PER"], ["TCD"]),
        ("Norway condemned Chad and Peru.", "condemned", "ACCUSE", ["NOR"], ["TCD", "PER"]),
        ("Norway called on Chad to act.", "called", "REQUEST", ["NOR"], ["TCD"]),
        ("Norway demanded that Chad act.", "demanded", "REQUEST", ["NOR"], ["TCD"]),
        ("Norway's attack on Chad failed.", "attack", "ASSAULT", ["NOR"], ["TCD"]),
        ("Talks between Norway and Chad failed.", "Talks", "CONSULT", ["NOR", "TCD"], []),
        ("Norway imposed sanctions on Chad.", "sanctions", "SANCTION", ["NOR"], ["TCD"]),
        ("Norway seized a Greek tanker.", "seized", "COERCE", ["NOR"], ["GRC"]),
        ("It was seized.", "seized", "COERCE", [], []),
    ],
)
def test_the_rules_seat_the_parties_of_an_act(read, text, act, type_, who, whom):
    annotation = read(text)
    candidate = next(c for c in candidates(annotation) if c.token.text == act)
    actors, recipients = roles(annotation, candidate, type_)
    assert (countries(actors), countries(recipients)) == (who, whom)


def test_light_verbs_and_plain_nouns_are_no_candidates(read):
    found = candidates(read("The town has a harbour, and the bread is good."))
    assert list(found) == []


def test_candidates_come_in_text_order_and_within_their_sentence(read):
    annotation = read("Norway condemned Chad. Chad's attack on Peru failed, and Peru protested.")
    found = list(candidates(annotation))
    assert [c.token.i for c in found] == sorted(c.token.i for c in found)
    assert all(c.sentence.start <= c.token.i < c.sentence.end for c in found)
