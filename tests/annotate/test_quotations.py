import pytest
from hypothesis import given, strategies as st

from dragoman.annotate.marks import find_quoted
from dragoman.attribution import attribution_of


def said(annotation):
    doc = annotation.doc
    return [
        (doc[q.start : q.end].text, None if q.speaker is None else doc[q.speaker].text)
        for q in annotation.quotations
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ('"We will stay," the minister said.', "We will stay,", "minister"),
        ("“We talked for hours,” Bello told reporters.", "We talked for hours,", "Bello"),
        ('"It is over now," said Ade Bello.', "It is over now,", "Bello"),
        ('The envoy called the plan "a gift to the rebels".', "a gift to the rebels", "envoy"),
        ('According to officials, the plan is "dead".', "dead", "officials"),
        ("The general said: ‘We have won the war.’", "We have won the war.", "general"),
    ],
)
def test_a_quotation_has_its_speaker(read, text, words, speaker):
    assert said(read(text)) == [(words, speaker)]


def test_a_split_quotation_has_one_speaker(read):
    assert said(read('"It is over," said Bello, "and we know it."')) == [
        ("It is over,", "Bello"),
        ("and we know it.", "Bello"),
    ]


def test_a_running_quotation_keeps_its_speaker(read):
    found = said(read('"We will stay," the minister said. "Nobody can move us."'))
    assert found[1] == ("Nobody can move us.", "minister")


def test_a_quotation_goes_on_in_the_next_paragraph(read):
    found = said(
        read(
            "“We talked for hours,” Bello told reporters.\n\n“There was no result.\n\n“We will try again.”\n"
        )
    )
    assert [speaker for _, speaker in found] == ["Bello", "Bello", "Bello"]


def test_an_apostrophe_opens_no_quotation(read):
    assert said(read("The workers' demands and the minister's reply didn't change.")) == []


def test_a_quotation_within_a_quotation_is_found(read):
    found = said(read("\"They told us 'never again' and left,\" the guard said."))
    assert [words for words, _ in found] == ["They told us 'never again' and left,", "never again"]


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("Lebanese officials said that five people died.", "died", "Lebanese officials"),
        ("Five people died, according to the health ministry.", "died", "the health ministry"),
        ("The army says rebels killed nine villagers.", "killed", "The army"),
    ],
)
def test_a_claim_is_ascribed_to_its_source(read, text, word, source):
    annotation = read(text)
    token = next(t.i for t in annotation.doc if t.text == word)
    assert attribution_of(annotation, token).text == source


def test_what_the_paper_itself_tells_has_no_source(read):
    annotation = read("Five people died in the fire.")
    assert attribution_of(annotation, 2) is None


@given(st.text(alphabet=st.sampled_from(list("ab .,!\n\"'“”‘’«»s")), max_size=80))
def test_quoted_words_lie_within_their_paragraph(text):
    for quoted in find_quoted(text, [(0, len(text))]):
        assert 0 <= quoted.start < quoted.end <= len(text)
