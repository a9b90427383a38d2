import time
from importlib.resources import files

from hypothesis import given, strategies as st

from dragoman.entities import KnowledgeBase
from dragoman.entities.spelling import fold

BASE = KnowledgeBase.shared()


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


def test_folding_takes_off_marks_and_dashes():
    assert fold("Çavuşoğlu al-Sharaa Łódź") == "Cavusoglu al Sharaa Lodz"


def test_every_state_answers_to_its_name_and_adjective():
    for state in BASE.states.values():
        assert fold(state.name) in BASE.names


def test_names_of_one_state_do_not_answer_for_another():
    for name, code in {
        "Niger": "NER",
        "Nigeria": "NGA",
        "DR Congo": "COD",
        "US": "USA",
        "Burma": "MMR",
    }.items():
        known = BASE.names[fold(name)]
        assert known.entity is not None
        assert known.entity.entity_id == code


def test_an_office_has_one_holder_on_a_day():
    index = BASE.holder("GBR", "HOG", "2023-06-01")
    assert index is not None
    assert BASE.person(index).name == "Rishi Sunak"


def test_a_person_out_of_office_is_of_the_elite():
    known = BASE.names[fold("Angela Merkel")]
    assert BASE.person(known.index).sector_on("2015-01-01") == "GOV"
    assert BASE.person(known.index).sector_on("2024-01-01") == "ELI"


def test_the_base_loads_fast():
    started = time.perf_counter()
    KnowledgeBase()
    assert time.perf_counter() - started < 2.0


def test_every_data_file_is_named_with_its_licence():
    folder = files("dragoman.entities").joinpath("data")
    readme = folder.joinpath("README.md").read_text(encoding="utf-8")
    for file in folder.iterdir():
        assert file.name == "README.md" or f"`{file.name}`" in readme
