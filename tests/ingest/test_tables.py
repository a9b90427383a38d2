from __future__ import annotations

import pytest

from dragoman.records import Article

from .conftest import TEXT


def told(items):
    return [item.article_id if isinstance(item, Article) else item.where.rpartition(":")[2] for item in items]


@pytest.mark.parametrize(
    ("bad", "places"),
    [
        ("2,2023-11-06\n", ["3"]),
        (f'2,2023-11-06,{TEXT},"more"\n', ["3"]),
        (f'2,2023-11-06,"{TEXT}" he said\n', ["3"]),
        (f'2,2023-11-06,"{TEXT}\n', ["3"]),
        ('2,2023-11-06,"He said "no" to\nthe first, and, again\n', ["3", "4"]),
    ],
)
def test_a_broken_row_is_a_drop_and_the_rest_is_read(write, reading, bad, places):
    row = '{},2023-11-06,"' + TEXT + ' It is ""{}""."\n'
    data = "id,date,text\n" + row.format(1, "a") + bad + row.format(8, "b") + row.format(9, "c")
    assert told(reading(write("t.csv", data))) == ["1", *places, "8", "9"]


def test_a_quote_never_closed_costs_its_row(write, reading):
    rows = "".join(f"{i},{TEXT} {i}\n" for i in range(3, 40))
    items = reading(write("t.csv", f'id,text\n1,{TEXT}\n2,"{TEXT}\n{rows}'))
    assert told(items) == ["1", "3", *map(str, range(3, 40))]


def test_a_row_over_the_size_costs_only_itself(write, reading):
    data = f'id,text\n1,{TEXT}\n2,"{"x" * 5000}"\n3,{TEXT}\n4,"{("x" * 99 + chr(10)) * 50}"\n5,{TEXT}\n'
    items = reading(write("t.csv", data), max_record_bytes=2000)
    kept = [item.article_id for item in items if isinstance(item, Article)]
    assert kept == ["1", "3", "5"]
    assert "longer than 2000 bytes" in items[1].reason


def test_blank_lines_and_trailing_delimiters_are_no_fault(write, reading):
    assert told(reading(write("t.csv", f"id,text\n\n1,{TEXT},,\n\n"))) == ["1"]


def test_bytes_without_meaning_cost_their_row(write, reading):
    good = f'1,"É {TEXT}"\n'.encode()
    data = b"id,text\n" + good * 3 + b'2,"' + TEXT.encode() + b'\xff\nand more"\n' + good
    assert told(reading(write("t.csv", data))) == ["1", "1", "1", "5", "1"]


def test_an_encoding_that_shows_late_in_the_file_is_found(write, reading):
    plain = f"1,{TEXT}\n" * 1000
    data = ("id,text\n" + plain + f"2,{TEXT} The café was shut \u2013 it said “no”.\n").encode("cp1252")
    assert reading(write("t.csv", data))[-1].text.endswith("The café was shut \u2013 it said “no”.")


def test_tabs_without_quoting_keep_their_quotes(write, reading):
    path = write("t.tsv", f'id\ttext\n1\t"No," she said. {TEXT}\n2\t{TEXT}\n')
    first, second = reading(path)
    assert first.text == f'"No," she said. {TEXT}'
    assert second.article_id == "2"


def test_columns_in_other_letter_case_are_known(write, reading):
    article = reading(write("t.csv", f"ID,Pub-Date,Full Text\n1,Nov 6 2023,{TEXT}\n"))[0]
    assert (article.article_id, str(article.published)) == ("1", "2023-11-06")


def test_a_header_that_is_broken_names_its_line(write, tmp_path, reading):
    write("t.csv", 'id,"text\n')
    assert told(reading(tmp_path)) == ["1"]
