"""Nothing is lost and nothing invented on reading: each reported fault, and its kind."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corruption import record

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles
from framelens.inputs.dates import read_date
from framelens.inputs.language import language_of
from framelens.inputs.repair import mend_text


def read(path: object, **options: object) -> tuple[list[Article], list[Rejected]]:
    items = list(read_articles([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Rejected)]


def put(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def row(number: int, **more: object) -> dict[str, object]:
    return {**record(number), **more}


A, B, C, D = (json.dumps(row(n)) for n in range(4))


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x"])
@pytest.mark.parametrize(
    "text",
    [
        f"[{A},{B}][{C},{D}]",
        f"[{A},{B}]\n[{C},{D}]\n",
        f"[{A}]{B}{C}\n{D}",
        f"{A}{B}{C}{D}",
        f"{A}, {B},{C}\n{D}",
        "".join(json.dumps(row(n), indent=1) for n in range(4)),
        "\n".join(json.dumps(row(n), indent=2) for n in range(4)),
        json.dumps([row(n) for n in range(4)], indent=2),
        f"\n\n{A}\n\n{B}\n{C}\r\n{D}",
        json.dumps({"status": "ok", "totalResults": 4, "articles": [row(n) for n in range(4)]}),
        json.dumps({"response": {"page": 1, "results": [row(n) for n in range(4)]}}, indent=1),
    ],
)
def test_json_may_be_put_together_in_any_way(tmp_path: Path, name: str, text: str) -> None:
    """Lists, appended lists, records one after another or within an answer: all four articles are read."""
    articles, rejected = read(put(tmp_path, name, text))
    assert ([a.id for a in articles], rejected) == (["a0", "a1", "a2", "a3"], [])


def test_a_byte_of_another_encoding_costs_its_own_record(tmp_path: Path) -> None:
    """One byte of Latin-1 in the fourth record of a list leaves the other four, and is named."""
    data = json.dumps([row(n) for n in range(5)], ensure_ascii=False).encode()
    at = data.index("é".encode(), data.index(b'"a3"'))
    articles, rejected = read(put(tmp_path, "x.json", data[:at] + b"\xe9" + data[at + 2 :]))
    assert [a.id for a in articles] == ["a0", "a1", "a2", "a4"]
    assert [(r.record, "0xe9" in r.reason) for r in rejected] == [(4, True)]


def test_what_follows_a_list_is_named_where_it_is_no_json(tmp_path: Path) -> None:
    """Nothing behind a list is dropped in silence."""
    articles, rejected = read(put(tmp_path, "x.json", f"[{A},{B}] and more"))
    assert len(articles) == 2
    assert "and more" in rejected[0].reason


ESCAPED = (
    'id,text,outlet\n1,"One fine day.",Post\n2,"He said \\"no\\".\nThen, he left, angry.",Post\n3,"A third.",Post\n'
)


@pytest.mark.parametrize(
    ("text", "ids", "refused"),
    [
        (ESCAPED, ["1", "3"], 1),
        ('id,text,outlet\n1,One,Post\n2,"The "so-called" plan, he said",Post\n3,Three,Post\n', ["1", "3"], 1),
        ('id,text\n1,One\n2,"He said "no.\nThen he left, angry.\n3,Three\n', ["1", "3"], 1),
        ('text,outlet\n"One, two",Post\n"He \\"ran\\".\nThen left, angry.\nMore",Post\n"Three.",Post\n', None, 1),
        ('id,text\n1,One\n2,"never closed\n3,Three\n4,Four\n', ["1", "3", "4"], 1),
    ],
)
def test_a_broken_quotation_mark_makes_no_articles(
    tmp_path: Path, text: str, ids: list[str] | None, refused: int
) -> None:
    """A row with a stray quotation mark is refused, and no piece of its cell becomes an article."""
    articles, rejected = read(put(tmp_path, "x.csv", text))
    assert len(rejected) == refused
    assert not any("angry" in a.text or "left" in a.text for a in articles)
    assert len(articles) == 2 if ids is None else [a.id for a in articles] == ids


def test_marks_in_tab_separated_cells_are_letters(tmp_path: Path) -> None:
    """A title that begins with an unpaired quotation mark swallows no rows; a paired one may hold a cell's lines."""
    rows = [f"{n}\t{'' if n % 4 else chr(34)}Title {n}\tText number {n} stands here." for n in range(9)]
    articles, rejected = read(put(tmp_path, "x.tsv", "\n".join(["id\ttitle\ttext", *rows])))
    assert ([a.id for a in articles], rejected) == ([str(n) for n in range(9)], [])
    assert articles[4].title == '"Title 4'
    whole = 'id\ttext\n1\t"One\n\nparagraph and ""another"""\n2\tTwo\n'
    articles, rejected = read(put(tmp_path, "y.tsv", whole))
    assert ([a.text for a in articles], rejected) == (['One\n\nparagraph and "another"', "Two"], [])


TABLE = [["id", "title, long", "text"], ["1", "A, b", "The first; text."], ["2", "C", "The second text."]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_may_be_separated_in_any_way(
    tmp_path: Path, separator: str, said: bool, end: str, encoding: str
) -> None:
    """Separators, a line that names them, line ends and byte order marks are told from the file."""
    lines = [separator.join(f'"{cell}"' for cell in cells) for cells in TABLE]
    text = end.join([f"sep={separator}"] * said + lines) + end
    articles, rejected = read(put(tmp_path, "x.csv", text.encode(encoding)))
    assert ([(a.id, a.text) for a in articles], rejected) == (
        [("1", "The first; text."), ("2", "The second text.")],
        [],
    )


def test_a_separator_or_its_lack_of_a_header_can_be_said(tmp_path: Path) -> None:
    """--delimiter and --no-header read what cannot be told from the file."""
    path = put(tmp_path, "x.csv", "1~The first text.~Post\n2~The second text.~Herald\n")
    articles, _ = read(path, delimiter="~", header=False, text_column="2", id_column="1", outlet_column="3")
    assert [(a.id, a.text, a.outlet) for a in articles][1] == ("2", "The second text.", "Herald")


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Of two columns `text` none is chosen in silence, and the remedy that is named works."""
    path = put(tmp_path, "x.csv", "id,text,text\n1,teaser,The whole text.\n")
    _, rejected = read(path)
    assert "--text-column 'text#1'" in rejected[0].reason
    _, rejected = read(put(tmp_path, "y.csv", "id,Text,text\n1,teaser,The whole text.\n"))
    assert "--text-column 'Text' or 'text'" in rejected[0].reason
    articles, _ = read(path, text_column="text#2")
    assert articles[0].text == "The whole text."


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1252", "cp1252"), ("utf-16-le", "utf-16-le"), ("latin-1", "cp1252")]
)
@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.txt", "x.jsonl"])
def test_an_encoding_can_be_said_and_is_offered(tmp_path: Path, encoding: str, said: str, name: str) -> None:
    """What is not UTF-8 is refused with the encoding that it looks like, and read where that is said."""
    text = "The café owners’ union said: “We won’t.”" if encoding != "latin-1" else "The café owners' union said no."
    form = {"x.csv": f'id,text\n1,"{text}"\n', "x.json": json.dumps([{"text": text}], ensure_ascii=False)}
    form["x.jsonl"] = json.dumps({"text": text}, ensure_ascii=False) + "\n"
    path = put(tmp_path, name, form.get(name, text).encode(encoding))
    articles, rejected = read(path)
    assert not articles
    assert "--encoding" in rejected[0].reason
    assert [a.text for a in read(path, encoding=said)[0]] == [text]


def test_hive_folders_name_columns(tmp_path: Path) -> None:
    """What a folder's name says of its files holds for their articles, also in formats that have no columns."""
    (tmp_path / "outlet=The%20Post" / "date=2024-05-01").mkdir(parents=True)
    pq.write_table(
        pa.table({"text": ["One text."]}), tmp_path / "outlet=The%20Post" / "date=2024-05-01" / "part-0.parquet"
    )
    put(tmp_path, "outlet=Herald/a.jsonl", '{"text": "Another text."}')
    put(tmp_path, "outlet=Wire/a.txt", "A third text.")
    put(tmp_path, "outlet=Wire/_SUCCESS", "")
    put(tmp_path, "outlet=Wire/.a.txt.crc", "crc")
    articles, rejected = read(tmp_path)
    assert {(a.outlet, a.published) for a in articles} == {("The Post", "2024-05-01"), ("Herald", None), ("Wire", None)}
    assert not rejected


def test_links_are_followed_once(tmp_path: Path) -> None:
    """A linked folder is read, a loop of links is not read twice, and what cannot be read is named."""
    put(tmp_path, "real/a.txt", "One text.")
    put(tmp_path, "elsewhere/b.txt", "Another text.")
    (tmp_path / "real" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "real" / "loop").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "real" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    for name in (tmp_path / "real", tmp_path / "real" / "**" / "*.txt"):
        articles, rejected = read(name)
        assert sorted(a.text for a in articles) == ["Another text.", "One text."]
        assert [Path(r.input).name for r in rejected] == ["gone.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder without permission is no empty one."""
    put(tmp_path, "a.txt", "One text.")
    put(tmp_path, "shut/b.txt", "Another text.").parent.chmod(0)
    articles, rejected = read(tmp_path)
    assert (len(articles), "ermission" in rejected[0].reason) == (1, True)


def test_an_error_of_a_walk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system says of a folder stands among what could not be read."""
    put(tmp_path, "a.txt", "One text.")
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    articles, rejected = read(tmp_path)
    assert (len(articles), [r.reason for r in rejected]) == (1, ["Permission denied"])


@pytest.mark.parametrize("value", ["nan", "NaN", "NULL", "NaT", "\\N", "None", "<NA>", "", " ", None, float("nan")])
def test_absent_values_are_absent(tmp_path: Path, value: object) -> None:
    """What tools write for a missing value is no outlet, title or text."""
    path = put(
        tmp_path, "x.jsonl", json.dumps(row(1, outlet=value, title=value)) + "\n" + json.dumps(row(2, text=value))
    )
    (article,), (rejected,) = read(path)
    assert (article.outlet, article.title) == (None, None)
    assert rejected.record == 2


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024.05.01", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("Wednesday, May 1st, 2024", "2024-05-01"),
        ("1 May 2024", "2024-05-01"),
        ("1-May-24", "2024-05-01"),
        ("05/01/2024", "2024-05-01"),
        ("31/05/2024", "2024-05-31"),
        ("Wed, 01 May 2024 10:30:00 GMT", "2024-05-01T10:30:00+00:00"),
        ("Wed, 1 May 2024 10:30:00 -0400", "2024-05-01T10:30:00-04:00"),
        ("Wed May 01 2024 10:30:00 GMT+0200 (Central European Summer Time)", "2024-05-01T10:30:00+02:00"),
        ("2024-05-01T10:30:00Z", "2024-05-01T10:30:00+00:00"),
        ("2024-05-01 10:30:00", "2024-05-01T10:30:00"),
        ("Published on May 1, 2024 at 10:30 p.m. EDT", "2024-05-01T22:30:00-04:00"),
        ("1714559400", "2024-05-01T10:30:00+00:00"),
        ("1714559400000", "2024-05-01T10:30:00+00:00"),
        ("May 2024", "2024-05"),
        ("2024", "2024"),
        ("2024-13-45", None),
        ("2024-02-30", None),
        ("2024-13", None),
        ("yesterday", None),
        ("May 1", None),
        ("12", None),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, iso: str | None) -> None:
    """Dates of news, mail and machines become ISO 8601, as exact as they were; what is none is not guessed."""
    assert read_date(written) == iso


def test_days_come_first_only_where_told() -> None:
    """01/02 is the second of January unless it is said to be the first of February."""
    assert (read_date("01/02/2024"), read_date("01/02/2024", day_first=True)) == ("2024-01-02", "2024-02-01")
    assert read_date("2024/02/01", day_first=True) == "2024-02-01"


def test_a_date_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """The article has no date then, and its repairs say which was not read."""
    (article,), _ = read(put(tmp_path, "x.json", json.dumps(row(1, published="2024-13-45"))))
    assert (article.published, article.repairs) == (None, ("date not read: 2024-13-45",))


SENTENCE = "The council voted on Tuesday to rebuild the harbour after many months of talks."


@pytest.mark.parametrize(
    ("given", "article"),
    [
        (
            {
                "maintext": SENTENCE,
                "text": None,
                "date_publish": "2024-05-01 10:00:00",
                "source_domain": "ex.org",
                "url": "https://ex.org/1",
            },
            Article(SENTENCE, "", None, "ex.org", "https://ex.org/1", "2024-05-01T10:00:00"),
        ),
        (
            {
                "title": "T",
                "hostname": "ex.org",
                "date": "2024-05-01",
                "id": None,
                "text": SENTENCE,
                "source": "https://ex.org/1",
                "source-hostname": "The Post",
            },
            Article(SENTENCE, "", "T", "The Post", "https://ex.org/1", "2024-05-01"),
        ),
        (
            {
                "source": {"id": None, "name": "The Post"},
                "title": "T",
                "url": "https://ex.org/1",
                "publishedAt": "2024-05-01T10:00:00Z",
                "content": SENTENCE + "… [+1234 chars]",
            },
            Article(
                SENTENCE,
                "",
                "T",
                "The Post",
                "https://ex.org/1",
                "2024-05-01T10:00:00+00:00",
                ("cut by its source: 1234 characters are missing",),
            ),
        ),
        (
            {
                "stories_id": 12,
                "publish_date": "2024-05-01",
                "media_name": "The Post",
                "title": "T",
                "url": "https://ex.org/1",
                "story_text": SENTENCE,
            },
            Article(SENTENCE, "12", "T", "The Post", "https://ex.org/1", "2024-05-01"),
        ),
        (
            {
                "@type": "NewsArticle",
                "headline": "T",
                "datePublished": "2024-05-01",
                "publisher": {"@type": "Organization", "name": "The Post"},
                "articleBody": SENTENCE,
            },
            Article(SENTENCE, "", "T", "The Post", None, "2024-05-01"),
        ),
        (
            {"_id": {"$oid": "5f"}, "date": {"$date": "2024-05-01"}, "body": SENTENCE},
            Article(SENTENCE, "5f", published="2024-05-01"),
        ),
    ],
)
def test_records_of_known_services_are_read(tmp_path: Path, given: dict[str, object], article: Article) -> None:
    """news-please, trafilatura, NewsAPI, Media Cloud, schema.org and MongoDB: each field finds its place."""
    path = put(tmp_path, "x.jsonl", json.dumps(given))
    (found,), rejected = read(path)
    assert not rejected
    wanted = {name: getattr(article, name) for name in ("text", "title", "outlet", "url", "published", "repairs")}
    assert {name: getattr(found, name) for name in wanted} == wanted
    assert found.id == (article.id or f"{path}#1")


def test_what_a_service_took_away_is_refused(tmp_path: Path) -> None:
    """An article that its publisher removed is no article of one word."""
    _, (rejected,) = read(put(tmp_path, "x.json", json.dumps([{"title": "[Removed]", "content": "[Removed]"}])))
    assert "removed" in rejected.reason


def test_fields_inside_others_can_be_named(tmp_path: Path) -> None:
    """A dotted path names a field inside another, in JSON and in Parquet."""
    given = {"data": {"body": SENTENCE, "meta": {"paper": "The Post"}}, "n": 1}
    options = {"text_column": "data.body", "outlet_column": "data.meta.paper"}
    path = put(tmp_path, "x.jsonl", json.dumps(given))
    pq.write_table(pa.Table.from_pylist([given]), tmp_path / "x.parquet")
    for name in (path, tmp_path / "x.parquet"):
        (article,), _ = read(name, **options)
        assert (article.text, article.outlet) == (SENTENCE, "The Post")


def test_a_table_of_no_rows_has_no_articles(tmp_path: Path) -> None:
    """Parquet without rows, or with none in some of its groups, is read as that."""
    table = pa.table({"text": pa.array([], pa.string()), "outlet": pa.array([], pa.string())})
    pq.write_table(table, tmp_path / "empty.parquet")
    pq.write_metadata(table.schema, tmp_path / "_common_metadata")
    assert read(tmp_path / "empty.parquet") == ([], [])
    assert read(tmp_path / "_common_metadata") == ([], [])


def test_a_named_pipe_is_read_once(tmp_path: Path) -> None:
    """A pipe gives its articles like a file."""
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(f"{A}\n{B}\n"))
    writer.start()
    articles, rejected = read(tmp_path / "pipe")
    writer.join()
    assert (len(articles), rejected) == (2, [])


def test_a_zip_file_is_a_folder(tmp_path: Path) -> None:
    """The files in a zip file are read by their names, and one that is no text is refused by its own."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("press/a.txt", "One text.")
        archive.writestr("press/b.jsonl.gz", gzip.compress(f"{A}\n{B}\n".encode()))
        archive.writestr("press/c.png", b"\x89PNG")
        archive.writestr("__MACOSX/press/._a.txt", b"\0\5")
    articles, rejected = read(tmp_path / "x.zip")
    assert len(articles) == 3
    assert [r.input.rsplit("/", 1)[1] for r in rejected] == ["c.png"]


@pytest.mark.parametrize(
    ("read_", "prose", "repair"),
    [
        ("&quot;He is a tyrant,&quot; she said.", '"He is a tyrant," she said.', "HTML entities"),
        ("&#8220;No,&#8221; he said &amp; left.", "“No,” he said & left.", "HTML entities"),
        ("&amp;quot;No,&amp;quot; he said.", '"No," he said.', "HTML entities"),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One.\n\nTwo.", "HTML tags"),
        ("â€œHe is a tyrant,â€\x9d she said.", "“He is a tyrant,” she said.", "letters of a wrong encoding"),
        ("â€œHe is,â€ she said; itâ€™s cafÃ©.", "“He is,” she said; it’s café.", "letters of a wrong encoding"),
        ("\x93He is,\x94 she said.", "“He is,” she said.", "letters of a wrong encoding"),
        ("\ufffdHe is,\ufffd she said; it\ufffds so.", "“He is,” she said; it’s so.", "letters of a wrong encoding"),
        ('<p class="disgraceful">One.</p>\n<p>Two <b>more</b>.</p>', "One.\n\nTwo more.", "HTML tags"),
        ("One <i>word</i>.\nNext line.", "One word.\nNext line.", "HTML tags"),
        ("<blockquote><p>We fight.</p></blockquote><p>He left.</p>", "“We fight.”\n\nHe left.", "HTML tags"),
        ("He said <q>no</q> again.", "He said “no” again.", "HTML tags"),
        ("<script>var brutal = 1;</script><p>One.</p><!-- shameful -->", "One.", "HTML tags"),
        ("See https://ex.org/news/brutal-crackdown for more.", "See for more.", "addresses"),
        ("See (https://ex.org/shameful), www.brutal.com/x and /path/shameful.", "See, and.", "addresses"),
        ("Write to shameful@ex.org. Then go.", "Write to. Then go.", "addresses"),
        ("The **radical** plan.", "The radical plan.", "Markdown"),
        ('A [plan](https://ex.org/shameful "brutal") and ![x](brutal.jpg) more.', "A plan and  more.", "Markdown"),
        ("---\ntitle: Brutal\n---\nOne text.", "One text.", "Markdown"),
        ("# Head\n\n> We fight.\n\n`shameful` code\n\n```\nbrutal\n```\n", "Head\n\n“We fight.”\n\ncode", "Markdown"),
        ("dis\u00adgrace\u200bful", "disgraceful", "invisible letters"),
    ],
)  # fmt: skip
def test_texts_are_read_as_prose(read_: str, prose: str, repair: str) -> None:
    """Markup, wrong encodings and addresses are taken out, and what was mended is said."""
    text, repairs = mend_text(read_)
    assert text == prose
    assert repair in repairs


@pytest.mark.parametrize(
    "text",
    [
        "AT&T and R&D rose; 5 < 6 > 4 and a<b. He <unnamed> said &c.",
        "He/she and/or 24/7, on 01/02/2024; U.S./U.K.; $5/month.",
        "5 * 3 * 2, f*** it, snake_case_name, [sic] and (so) on.",
        "1999. It was a year.\r\n    Indented.\n\n- a dash\n\t“Quoted,” she said. Café naïve €5 £6.",
        "- One\n- Two\n\n* * *\n\nHe said: “No.”",
        "Über façade, São Tomé — “¿Qué?” ½ © ™ … ‘x’ São Ângelo",
    ],
)
def test_what_is_prose_stays_to_the_letter(text: str) -> None:
    """Signs that only look like markup are somebody's own."""
    assert mend_text(text) == (text, [])


def test_raw_leaves_the_text_alone(tmp_path: Path) -> None:
    """Repairs can be switched off."""
    path = put(tmp_path, "x.txt", "&quot;No,&quot; <b>he</b> said.")
    assert read(path, raw=True)[0][0].text == "&quot;No,&quot; <b>he</b> said."
    assert read(path)[0][0].repairs == ("HTML tags",)


def test_front_matter_tells_of_its_article(tmp_path: Path) -> None:
    """Title, outlet and date of a Markdown file become those of the article."""
    text = f'---\ntitle: "The plan"\noutlet: The Post\ndate: May 1, 2024\nimg: img/brutal.png\n---\n\n{SENTENCE}\n'
    (article,), _ = read(put(tmp_path, "x.md", text))
    assert (article.text, article.title, article.outlet, article.published) == (
        SENTENCE,
        "The plan",
        "The Post",
        "2024-05-01",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Bürgermeister sagte am Montag, der Haushalt sei beschlossen und werde nicht geändert.", "de"),
        ("El alcalde dijo el lunes que el presupuesto fue aprobado por la mayoría del consejo.", "es"),
        ("市长星期一说预算已经通过。委员会将在周二开会讨论新的计划。", "zh"),
        ("Le maire a déclaré lundi que le budget était adopté. Les habitants protestent.", "fr"),
        (SENTENCE, "en"),
        ("Mayor Ilse Harrow defended port closure plans Monday amid protests downtown.", "en"),
        ("Ferry closes", None),
    ],
)
def test_languages_are_told(text: str, code: str | None) -> None:
    """The language of a text is told offline; of a few words none is."""
    assert language_of(text) == code
