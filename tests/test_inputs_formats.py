"""Every format gives the same articles."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from corruption import good_files, page, record

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles


def read(*inputs: object, options: ReadOptions | None = None) -> list[Article | Rejected]:
    return list(read_articles([str(i) for i in inputs], options))


def rejected(*inputs: object, options: ReadOptions | None = None) -> str:
    """The reason of the one item, which is a rejection."""
    (item,) = read(*inputs, options=options)
    assert isinstance(item, Rejected)
    return item.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in good_files([1, 2, 3]).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["lines.jsonl", "lines.jsonl.gz", "lines.jsonl.zst", "list.json", "table.csv", "table.tsv", "table.parquet"],
)
def test_records_keep_every_field(folder: Path, name: str) -> None:
    """Text and metadata come out as they went in, whatever carries them."""
    assert read(folder / name) == [Article(**record(n)) for n in (1, 2, 3)]


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_archives_give_their_pages(folder: Path, name: str) -> None:
    """A page in an archive is read as its title, an empty line and its body."""
    articles = read(folder / name)
    assert [a.title for a in articles if isinstance(a, Article)] == [record(n)["title"] for n in (1, 2, 3)]
    assert [a.url for a in articles if isinstance(a, Article)] == [f"https://example.org/{n}" for n in (1, 2, 3)]


def test_pages_lose_what_is_around_the_article(folder: Path) -> None:
    """A page's navigation is not part of the text."""
    (article,) = read(folder / "page.html")
    assert isinstance(article, Article)
    title, rest = article.text.split("\n\n", 1)
    assert title == article.title == record(1)["title"]
    assert "Home" not in rest
    assert "disgraceful giveaway" in rest


def test_pages_may_be_in_older_encodings(tmp_path: Path) -> None:
    """A page's own charset declaration is believed where it is not UTF-8."""
    data = page(1).decode().replace("charset=utf-8", "charset=windows-1252").encode("windows-1252")
    (tmp_path / "p.html").write_bytes(data)
    (article,) = read(tmp_path / "p.html")
    assert isinstance(article, Article)
    assert "café owners’ union" in article.text


def test_text_is_exactly_what_was_read(tmp_path: Path) -> None:
    """Only a byte order mark is dropped; carriage returns and spaces stay."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf  One.\r\nTwo \xe2\x80\x9cthree\xe2\x80\x9d.\r\n\r\n")
    (article,) = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert article.text == "  One.\r\nTwo “three”.\r\n\r\n"
    assert article.id == str(tmp_path / "a.txt")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"-- \n***\n"])
@pytest.mark.parametrize("name", ["a.txt", "a", "a.md"])
def test_what_holds_no_words_is_no_article(tmp_path: Path, name: str, data: bytes) -> None:
    """An empty file, or one of marks alone, is refused rather than scored as an article of no words."""
    (tmp_path / name).write_bytes(data)
    assert rejected(tmp_path / name) == "holds no text"


def test_a_long_single_line_is_read(tmp_path: Path) -> None:
    """Five megabytes without a line end are an article."""
    (tmp_path / "a.txt").write_text("word " * 1_000_000)
    (article,) = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert len(article.text) == 5_000_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"caf\xe9 au lait", "not UTF-8: byte 0xe9 at offset 3"),
        (b"\xef\xbb\xbfcaf\xe9", "not UTF-8: byte 0xe9 at offset 6"),
        (b"one\0two", "NUL at byte 3"),
        ("text".encode("utf-16-le"), "--encoding utf-16"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip archive"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    """A refusal says what is wrong and where."""
    (tmp_path / "a.txt").write_bytes(data)
    assert reason in rejected(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a \\ud800 b"}', "surrogate U+D800 at character 2"),
        ('{"text": "a\\u0000b"}', "NUL at character 1"),
        ('{"text": 5}', "text is a number"),
        ('{"text": null}', "text is missing"),
        ('{"words": "a"}', "no text column; it has 'words'"),
        ("[1, 2]", "not a JSON object"),
        ('{"text": "a"', "not JSON"),
        ("[" * 100_000, "nests too deeply"),
        ('{"text": "a", "title": "\\udfff"}', "title holds the unpaired surrogate"),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: str, reason: str) -> None:
    """The lines around a bad one are read, and the bad one is named by its number."""
    good = json.dumps(record(1))
    (tmp_path / "a.jsonl").write_text(f"{good}\n{line}\n{good}\n")
    first, bad, last = read(tmp_path / "a.jsonl")
    assert first == last == Article(**record(1))
    assert isinstance(bad, Rejected)
    assert bad.record == 2
    assert reason in bad.reason


def test_a_bad_row_costs_only_itself(tmp_path: Path) -> None:
    """A row with a wrong byte, too many cells or a broken quote leaves the other rows alone."""
    (tmp_path / "a.csv").write_bytes(b'id,text\n1,one\n2,caf\xe9\n3,three,3\n4,"a"b\n5,five\n')
    items = read(tmp_path / "a.csv")
    assert [i.id for i in items if isinstance(i, Article)] == ["1", "5"]
    assert [i.record for i in items if isinstance(i, Rejected)] == [2, 3, 4]
    assert "byte 0xe9" in str(items[1])


def test_long_cells_are_read_and_the_csv_module_is_left_alone(tmp_path: Path) -> None:
    """A cell may be longer than the csv module's own limit, which is the same afterwards."""
    import csv

    before = csv.field_size_limit()
    (tmp_path / "a.csv").write_text("text\n" + "word " * 100_000 + "\n")
    (article,) = read(tmp_path / "a.csv")
    assert isinstance(article, Article)
    assert len(article.text) == 500_000
    assert csv.field_size_limit() == before


def test_columns_may_be_named(tmp_path: Path) -> None:
    """A column that is named is taken, and one that is not there is refused with those that are."""
    (tmp_path / "a.csv").write_text("text;Paper;story\nno;The Post;yes\n")
    (article,) = read(tmp_path / "a.csv", options=ReadOptions(text_column="story", outlet_column="Paper"))
    assert isinstance(article, Article)
    assert (article.text, article.outlet) == ("yes", "The Post")
    reason = rejected(tmp_path / "a.csv", options=ReadOptions(text_column="body"))
    assert reason == "has no column 'body'; it has 'Paper', 'story', 'text'"


def test_folders_globs_and_missing_files(folder: Path) -> None:
    """A folder is read to its depth without hidden files; a glob matches; what is not there is named."""
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "b.txt").write_text("b")
    (folder / "deep" / ".hidden.txt").write_text("c")
    assert [i.id for i in read(folder / "deep") if isinstance(i, Article)] == [str(folder / "deep/er/b.txt")]
    assert len(read(folder / "**" / "*.txt")) == 2
    assert rejected(folder / "none.txt") == "No such file or directory"
    assert rejected(folder / "*.docx") == "matches no file"


def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, tables with the usual columns, or plain text may come through a pipe."""
    pipes = (
        (json.dumps(record(1)).encode(), record(1)["text"]),
        (b'"id",Text\n1,Cells.\n', "Cells."),
        (b"title\tbody\nOne\tTabbed.\n", "Tabbed."),
        (b"id;text\n1;Split.\n", "Split."),
        (b"Text, and more\nof it.", "Text, and more\nof it."),
        (b"Plain words.", "Plain words."),
    )
    for data, text in pipes:
        stdin = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdin", stdin)
        (article,) = read("-")
        assert isinstance(article, Article)
        assert article.text == text
