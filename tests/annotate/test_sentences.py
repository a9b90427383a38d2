import itertools

import pytest
from hypothesis import given, settings, strategies as st

from dragoman.annotate.layout import Layout


def kinds(annotation):
    return [(s.kind, annotation.tokens(s).text) for s in annotation.sentences]


def test_headline_byline_dateline_and_sentence_are_told_apart(read):
    found = kinds(
        read("Envoys meet in Oslo\n\nBy Jane Doe\n\nOSLO, Nov 6 (Agency) - The envoys met. They left.\n")
    )
    assert found == [
        ("headline", "Envoys meet in Oslo"),
        ("byline", "By Jane Doe"),
        ("dateline", "OSLO, Nov 6 (Agency) -"),
        ("sentence", "The envoys met."),
        ("sentence", "They left."),
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("ANKARA, Nov 6 (Agency) - The minister spoke.", "ANKARA"),
        ("KYIV, Ukraine — Troops left.", "KYIV"),
        ("Lagos (Agency) – The governor resigned.", "Lagos"),
        ("Beijing, March 3 (Agency) -- Trade grew.", "Beijing"),
        ("GAZA/JERUSALEM, Nov 6 (Agency) - Talks failed.", "GAZA/JERUSALEM"),
    ],
)
def test_a_dateline_gives_its_place(read, line, place):
    annotation = read(f"{line} More followed.")
    assert annotation.dateline_place.quote == place
    assert annotation.sentences[0].kind == "dateline"


@pytest.mark.parametrize(
    "line",
    [
        "Iran — which denies it — rejected the offer.",
        "The plan was simple - wait and see.",
        "A well-known minister resigned.",
        "NATO-led forces withdrew.",
    ],
)
def test_a_dash_alone_makes_no_dateline(line):
    assert Layout.of(line).lines[0].prefix != "dateline"


def test_a_date_alone_on_a_line_is_a_dateline(read):
    assert kinds(read("Friday, January 4, 2019\n\nThe bridge fell.\n"))[0][0] == "dateline"


def test_office_lines_are_no_sentences(read):
    assert kinds(read("Office of the Spokesperson\n\nThe Secretary met the king.\n"))[0][0] == "other"


def test_a_sentence_that_begins_with_by_is_no_byline(read):
    assert (
        kinds(read("By Monday the troops had left the city.\n\nThe mayor thanked them."))[0][0] == "sentence"
    )


def test_titles_initials_and_abbreviations_end_no_sentence(read):
    text = "Gen. A. Smith and Sgt. Lee of the U.S. Army met Lt. Col. Roe on Jan. 5 in St. John. It went well."
    assert len(read(text).sentences) == 2


def test_a_sentence_may_end_after_an_abbreviation(read):
    assert len(read("They flew to the U.S. The talks began at once.").sentences) == 2


def test_wrapped_lines_are_one_sentence(read):
    text = (
        "The foreign ministers of the two states met for the third time this\n"
        "year on the border and agreed to open the crossing to lorries that\n"
        "carry grain and medicine until the end of the winter.\n"
    )
    assert len(read(text).sentences) == 1


def test_a_speakers_label_is_apart_from_his_words(read):
    annotation = read("MINISTER ADE: We agree with you.\n\nQUESTION: Why now?\n")
    assert kinds(annotation)[0] == ("other", "MINISTER ADE:")
    assert annotation.doc[annotation.quotations[0].speaker].text == "ADE"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("Ab. \n\r\t-–—:(),\"'“”’9\u2028É")), max_size=120))
def test_lines_lie_in_the_text_in_order(text):
    lines = Layout.of(text).lines
    assert all(0 <= a.start < a.end <= len(text) and a.start <= a.body for a in lines)
    assert all(a.end <= b.start for a, b in itertools.pairwise(lines))
