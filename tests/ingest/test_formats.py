from __future__ import annotations

import io
import json
from datetime import date

import pytest

from dragoman.errors import InputError
from dragoman.records import Article, Drop

from .conftest import PAGE, RECORD, TEXT, contents

NAMES = (
    "a.txt",
    "a.md",
    "a.html",
    "a.htm",
    "a.json",
    "list.json",
    "a.jsonl",
    "a.ndjson",
    "a.csv",
    "a.tsv",
    "a.parquet",
)
PLACES = {
    "list.json": "#1",
    "a.jsonl": "#1",
    "a.ndjson": "#1",
    "a.csv": "#2",
    "a.tsv": "#2",
    "a.parquet": "#1",
}
RECORDED = tuple(name for name in NAMES if not name.endswith((".txt", ".md", ".html", ".htm")))


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_its_article_plain_and_zipped(tmp_path, write, reading, name, zipped):
    path = write(name + ".gz" * zipped, contents(tmp_path)[name], zipped=zipped)
    first = reading(path)[0]
    assert isinstance(first, Article)
    assert TEXT in first.text
    assert first.language == "en"
    assert first.source_path == f"{path}{PLACES.get(name, '')}"


@pytest.mark.parametrize("name", RECORDED)
def test_a_record_keeps_its_id_and_text_and_gives_its_metadata(tmp_path, write, reading, name):
    article = reading(write(name, contents(tmp_path)[name]))[0]
    assert (article.article_id, article.text) == ("fr-17", TEXT)
    assert article.title == RECORD["title"]
    assert article.published == date(2023, 11, 6)
    assert article.publisher == RECORD["publisher"]
    assert article.url == RECORD["url"]


def test_a_page_gives_title_date_publisher_and_address_from_its_metadata(write, reading):
    article = reading(write("p.html", PAGE))[0]
    assert article.title == RECORD["title"]
    assert article.published == date(2023, 11, 6)
    assert article.publisher == RECORD["publisher"]
    assert article.url == RECORD["url"]
    assert article.extractor.startswith("trafilatura/")
    assert "Home" not in article.text
    assert "All rights" not in article.text


def test_a_page_that_states_no_date_has_none(write, reading):
    page = PAGE.replace("article:published_time", "article:other").replace("2023-11-06", "")
    assert reading(write("p.html", page))[0].published is None


def test_a_page_dated_after_today_keeps_its_date(write, reading):
    article = reading(write("p.html", PAGE.replace("2023-11-06", "2093-11-06")))[0]
    assert article.published == date(2093, 11, 6)


def test_a_page_in_the_encoding_it_states_is_read_in_it(write, reading):
    page = PAGE.replace("utf-8", "windows-1252").replace("Freedonia", "Frédonie").encode("cp1252")
    assert "Frédonie" in reading(write("p.html", page))[0].text


def test_the_same_text_without_an_id_is_the_same_article(write, reading):
    first, second = reading(write("a.txt", TEXT), write("b.jsonl", json.dumps({"text": TEXT})))
    assert first.article_id == second.article_id
    assert first.source_path != second.source_path


@pytest.mark.parametrize(
    ("data", "extractor"),
    [
        (json.dumps(RECORD).encode(), "json/1"),
        (json.dumps([RECORD], indent=2).encode(), "json/1"),
        (json.dumps(RECORD).encode() + b"\n" + json.dumps(RECORD).encode(), "json/1"),
        (b'id,text\n1,"' + TEXT.encode() + b'"\n', "csv/1"),
        (PAGE.encode(), "trafilatura"),
        (TEXT.encode(), "text/1"),
        (b"[Updated at noon] " + TEXT.encode(), "text/1"),
        (("\ufeff" + TEXT).encode("utf-16"), "text/1"),
    ],
)
def test_standard_input_is_told_by_its_content(reading, data, extractor):
    article = reading("-", stdin=io.BytesIO(data))[0]
    assert TEXT in article.text
    assert article.extractor.startswith(extractor)
    assert article.source_path.startswith("standard input")


def test_zipped_parquet_on_standard_input_is_read(tmp_path, reading):
    import gzip

    data = gzip.compress(contents(tmp_path)["a.parquet"])
    assert reading("-", stdin=io.BytesIO(data))[0].article_id == "fr-17"


def test_columns_named_in_the_settings_win(write, reading):
    path = write("t.csv", f"text,wire,key,when\nno,{TEXT},k1,6 November 2023\n")
    article = reading(path, text_column="wire", id_column="key", date_column="when")[0]
    assert (article.text, article.article_id) == (TEXT, "k1")
    assert article.published == date(2023, 11, 6)


def test_a_field_of_the_wrong_type_gives_way_to_the_next(write, reading):
    record = {"text": None, "body": TEXT, "source": {"id": 3, "name": "Wire"}, "id": 12, "date": [2023]}
    article = reading(write("a.json", json.dumps(record)))[0]
    assert (article.text, article.publisher, article.article_id) == (TEXT, "Wire", "12")
    assert article.published is None


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_the_delimiter_of_a_table_is_found(write, reading, delimiter):
    path = write("t.csv", delimiter.join(["id", "text"]) + "\n" + delimiter.join(["x", TEXT]) + "\n")
    assert reading(path)[0].article_id == "x"


def test_a_delimiter_in_the_settings_wins(write, reading):
    assert reading(write("t.csv", f"id^text\nx^{TEXT}\n"), delimiter="^")[0].text == TEXT


def test_an_empty_file_is_a_drop(write, reading):
    assert [item.reason for item in reading(write("a.txt", ""))] == ["empty"]


def test_json_documents_one_after_another_are_each_read(write, reading):
    data = json.dumps(RECORD, indent=1) + "\n" + json.dumps(RECORD | {"id": "two"})
    items = reading(write("a.json", data))
    assert [item.article_id for item in items] == ["fr-17", "two"]
    assert len({item.source_path for item in items}) == 2


def test_a_file_without_a_known_name_is_told_by_its_content_when_named(write, reading):
    assert reading(write("wire.log", TEXT))[0].text == TEXT


def test_a_drop_names_the_stage(write, reading):
    (item,) = reading(write("a.txt", "  "))
    assert isinstance(item, Drop)
    assert item.stage == "ingest"


def test_an_xml_feed_is_no_text(write, reading):
    with pytest.raises(InputError, match="unknown kind"):
        reading(write("feed.xml", '<?xml version="1.0"?><rss></rss>'))


@pytest.mark.parametrize(
    "markup",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-11-06"}</script>',
        '<meta name="date" content="2023-11-06">',
        '<link rel="canonical" href="https://border.example/2023/11/06/truce">',
        '<span itemprop="datePublished">6 November 2023</span>',
        '<time datetime="2023-11-06T09:00Z">Monday</time>',
    ],
)
def test_a_page_may_state_its_date_in_any_of_these_ways(write, reading, markup):
    page = PAGE.replace("article:published_time", "article:other").replace("<title>", markup + "<title>")
    assert reading(write("p.html", page))[0].published == date(2023, 11, 6)


@pytest.mark.parametrize(
    "markup",
    [
        "<footer>&copy; 2021 The Border Post. Last checked 3 March 2022</footer>",
        '<aside><a href="/2018/01/02/old">Older</a> <span class="date">January 2, 2018</span></aside>',
        '<div id="comments"><p class="comment">Posted on 2019-01-01 by a reader</p></div>',
        "<p>On 4 May 2020 an election was held.</p>",
        '<time datetime="2018-01-02">x</time><time datetime="2019-03-04">y</time>',
        '<meta property="article:expiration_time" content="2031-01-02">',
    ],
)
def test_a_date_that_is_not_the_pages_own_is_not_taken(write, reading, markup):
    page = PAGE.replace("article:published_time", "article:other").replace("</body>", markup + "</body>")
    assert reading(write("p.html", page))[0].published is None
