from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.ingest.language import identify, know_languages

FOREIGN = tomllib.loads(Path(__file__).with_name("foreign.toml").read_text("utf-8"))
NEWS = Path(__file__).parents[2] / "../shared/data"
SETS = (
    "news_wikipedia_current_events_2025_2026/items.jsonl",
    "news_wikinews_2019_2021/articles.jsonl",
    "news_us_state_press_2021_2022/articles.jsonl",
)


@pytest.mark.parametrize("language", FOREIGN)
def test_a_paragraph_in_another_language_is_told(language):
    assert identify(FOREIGN[language], ("en",)) == language


@pytest.mark.parametrize(
    "text",
    [
        "Kyrgyz president Sadyr Japarov meets Tajik president Emomali Rahmon in Khujand.",
        "Nguyen Xuan Phuc and Anutin Charnvirakul sign accord in Vientiane.",
        "MALAGASY PRIME MINISTER RESIGNS",
        "Boko Haram gunmen raid Gwoza, Borno State.",
        "Talks resume.",
        "12 345 678",
        "",
    ],
)
def test_short_english_full_of_names_is_english(text):
    assert identify(text, ("en",)) == "en"


def test_a_passage_in_another_language_at_the_head_does_not_lose_the_rest():
    english = "The two governments said that their envoys would meet again before the end of the week. "
    assert identify(FOREIGN["fr"] * 10 + english * 40, ("en",)) == "en"
    assert identify(FOREIGN["fr"] * 40, ("en",)) == "fr"


def test_further_languages_can_be_wanted():
    assert identify(FOREIGN["de"], ("en", "de")) == "de"
    assert identify(FOREIGN["fr"], ()) == "fr"


def test_an_unknown_language_is_an_error():
    with pytest.raises(SettingsError, match="'english'"):
        know_languages(("english",))


@pytest.mark.parametrize("name", SETS)
def test_fewer_than_one_english_text_in_a_thousand_is_taken_for_foreign(name):
    path = NEWS / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n")[::3] if line]
    wrong = sum(identify(text, ("en",)) != "en" for text in texts)
    assert wrong / len(texts) < 0.001


def test_an_article_in_another_language_is_dropped_with_its_code(write, reading):
    (item,) = reading(write("a.txt", FOREIGN["fr"]))
    assert item.reason == "language:fr"
    assert item.article_id
