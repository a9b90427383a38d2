from __future__ import annotations

from datetime import date

import pytest

from dragoman.events.lexicon import Lexicon
from dragoman.records import Article

TEXTS = (
    "ATHENS - Greece expelled two Turkish diplomats on Monday. Turkey condemned the move and warned Greece.",
    "Sudan shelled a village in Chad on Sunday, killing six people. Chad recalled its ambassador on Tuesday.",
    "The museum opened a new wing.",
    "",
    "\u201cWe will not accept this\u201d, the foreign minister of Peru said. Ecuador denied the allegation.",
    "France will send troops to Mali next month. Mali rejected an offer by Niger to mediate.",
)
PUBLISHED = date(2024, 3, 12)
ARTICLES = [Article(str(n), text, published=PUBLISHED) for n, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def alone(read_all, coder):
    """Return each article's events when it is the only one of its batch."""
    return [coder.code(read_all([article])[0]) for article in ARTICLES]


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (3, 3, 0, 5, 0, 1), (4, 2)], ids=str
)
def test_an_article_gives_the_same_events_whatever_it_is_read_with(read_all, coder, alone, order):
    together = [coder.code(annotation) for annotation in read_all([ARTICLES[n] for n in order])]
    assert together == [alone[n] for n in order]


def test_coding_an_annotation_twice_gives_the_same_events(read, coder):
    annotation = read(TEXTS[0])
    assert coder.code(annotation) == coder.code(annotation)


def test_an_article_without_words_has_no_events(alone):
    assert alone[3] == []


def test_events_come_in_the_order_of_the_text(alone):
    for events in alone:
        starts = [min(s.start for s in (event.span, *event.also_at)) for event in events]
        assert starts == sorted(starts)


def test_every_event_is_within_the_codebook(alone):
    lexicon = Lexicon.load()
    for event in (event for events in alone for event in events):
        assert event.quad == lexicon.quads[event.type]
        assert event.intensity == lexicon.intensity(event.type, event.mode)
        assert 0.0 < event.confidence <= 1.0
        assert event.mode is None or (event.type, event.mode) in lexicon.intensities


def test_a_quote_holds_the_act_and_the_parties_of_its_sentence(read, coder):
    text = "Officials in Oslo said little. On Monday Norway expelled two Russian diplomats over the leak."
    event = next(e for e in coder.code(read(text)) if e.type == "SANCTION")
    assert event.span.quote.startswith("Norway expelled two Russian")
    assert "Officials" not in event.span.quote


def test_no_party_is_both_doer_and_sufferer_of_one_act(alone):
    for event in (event for events in alone for event in events):
        assert not {m.entity.entity_id for m in event.actors} & {m.entity.entity_id for m in event.recipients}


def test_an_article_without_a_date_is_coded_all_the_same(read, coder):
    events = coder.code(read("Norway expelled two Russian diplomats on Monday.", None))
    assert [(e.type, e.status) for e in events] == [("SANCTION", "actual")]


def test_the_same_act_told_twice_is_one_event(read, coder):
    text = (
        "Norway expelled two Russian diplomats on Monday. The town has a harbour. Norway expelled two Russian"
        " diplomats on Monday after a long inquiry."
    )
    events = [e for e in coder.code(read(text)) if e.type == "SANCTION"]
    assert len(events) == 1
    assert len(events[0].also_at) == 1


@pytest.mark.parametrize("promise", ["visit Ghana", "send aid to Ghana"])
def test_a_future_act_of_cooperation_is_an_agreement_made_now(read, coder, promise):
    events = coder.code(read(f"The president of Togo will {promise} next week."))
    assert [(e.type, e.status) for e in events] == [("AGREE", "actual")]
