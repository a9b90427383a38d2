"""Words that stand for several: "the two sides", "both leaders", "they"."""

from __future__ import annotations

from types import SimpleNamespace

from dragoman.entities.plurals import Plurals


def members(mentions, quote):
    """Return the names of whom the mention with a quote stands for."""
    mention = next(m for m in mentions if m.span.quote == quote)
    return [m.entity.name for m in mention.members]


def test_the_two_sides_are_the_parties_named_before(link):
    found = link("Iran and Iraq signed a treaty on Monday. The two sides agreed to open the border.")
    assert members(found, "The two sides") == ["Iran", "Iraq"]


def test_every_member_stands_at_the_plural_itself(link):
    found = link("Iran and Iraq signed a treaty on Monday. The two sides agreed to open the border.")
    plural = next(m for m in found if m.members)
    assert {m.span for m in plural.members} == {plural.span}
    assert plural.entity == plural.members[0].entity


def test_they_are_the_parties_that_a_sentence_joins(link):
    found = link("Chile and Peru signed a pact in Lima. They pledged to share water.")
    assert members(found, "They") == ["Chile", "Peru"]


def test_both_leaders_are_the_people_who_met(link):
    found = link("Gabriel Boric met Javier Milei in Quito. Both leaders condemned the coup.")
    assert members(found, "Both leaders") == ["Gabriel Boric", "Javier Milei"]


def test_the_pair_is_two_people(link):
    found = link("Gabriel Boric met Javier Milei in Quito. On Tuesday the pair signed a pact.")
    assert members(found, "the pair") == ["Gabriel Boric", "Javier Milei"]


def test_three_countries_are_three(link):
    found = link("China, Japan and South Korea held talks. The three countries agreed to cooperate.")
    assert members(found, "The three countries") == ["China", "Japan", "South Korea"]


def test_officials_of_two_states_are_both(link):
    found = link("The presidents of Chile and Peru opened the bridge.")
    assert members(found, "presidents") == ["Chile", "Peru"]


def test_two_states_in_one_word_are_both(link):
    assert members(link("The U.S.-Japan alliance grew stronger."), "U.S.-Japan") == [
        "United States",
        "Japan",
    ]


def test_a_plural_with_nothing_before_it_stands_for_nobody(link):
    assert not any(m.members for m in link("The two sides met."))


def test_mentions_joined_to_each_other_in_a_ring_end_the_search():
    mentions = [SimpleNamespace(head=0), SimpleNamespace(head=1), SimpleNamespace(head=2)]
    plurals = Plurals.__new__(Plurals)
    plurals.sheet = SimpleNamespace(dep=["conj"] * 3, up=[1, 2, 0], taken=mentions)
    assert [plurals._first(mention) for mention in mentions] == [2, 0, 1]
