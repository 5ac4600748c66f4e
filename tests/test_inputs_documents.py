"""Feeds, mail, Office documents, archives' exports and pages: each article is read as prose, under its own outlet."""

from __future__ import annotations

from pathlib import Path

import pytest

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles

SENTENCE = "The council voted on Tuesday to rebuild the harbour after many months of talks."


def read(path: Path, **options: object) -> tuple[list[Article], list[str]]:
    items = list(read_articles([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Article)], [i.reason for i in items if isinstance(i, Rejected)]


def put(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Post</title>
<item><title>Harbour plan</title><link>https://ex.org/1</link><guid>g1</guid>
<pubDate>Wed, 01 May 2024 10:30:00 GMT</pubDate><description>short</description>
<content:encoded>
<![CDATA[<p class="shameful">{SENTENCE}</p><blockquote><p>We fight.</p></blockquote>]]></content:encoded>
</item><item><title>Second</title><guid>g2</guid><description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><id>g1</id>
<title>Harbour plan</title>
<updated>2024-05-01T10:30:00Z</updated><link href="https://ex.org/1"/><content type="html">&lt;p&gt;
{SENTENCE}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(
    ("name", "text"), [("a.rss", RSS), ("a.xml", RSS), ("a", RSS), ("a.atom", ATOM), ("a.txt", ATOM)]
)
def test_each_item_of_a_feed_is_an_article(tmp_path: Path, name: str, text: str) -> None:
    """RSS and Atom, whatever the file is called: tags out, quotations kept, outlet, date and address."""
    pytest.importorskip("feedparser", reason="needs the extra feeds")
    articles, refused = read(put(tmp_path, name, text))
    assert not refused
    first = articles[0]
    assert (first.id, first.title, first.outlet, first.url) == ("g1", "Harbour plan", "The Post", "https://ex.org/1")
    assert first.published == "2024-05-01T10:30:00+00:00"
    assert first.text == (f"{SENTENCE}\n\n“We fight.”" if text is RSS else SENTENCE)
    if text is RSS:
        assert articles[1].text == SENTENCE
        assert "a feed's summary, not the whole article" in articles[1].repairs


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xml", "<?xml version='1.0'?><nitf><body/></nitf>", "NITF"),
        ("a.xml", "<urlset><url><loc>https://ex.org</loc></url></urlset>", "sitemap"),
        ("a", "<?xml version='1.0'?>\n<!-- x -->\n<catalogue/>", "<catalogue>"),
        ("a.arc", "filedesc://x.arc 0.0.0.0", "ARC"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
        ("a.odt", "anything", "OpenDocument"),
        ("a.epub", "anything", "EPUB"),
        ("a.tar", "anything", "tar archive"),
        ("a.png", b"\x89PNG\r\n", "image"),
    ],
)
def test_other_kinds_are_refused_by_their_names(tmp_path: Path, name: str, data: str | bytes, reason: str) -> None:
    """What framelens does not read is told what it is, and nothing of it is scored."""
    articles, refused = read(put(tmp_path, name, data))
    assert not articles
    assert reason in refused[0]


BROKEN = SENTENCE.replace("after", "af=\nter")
MAIL = f"""From: The Post <news@ex.org>
To: you@ex.org
Subject: =?utf-8?q?Harbour_plan?=
Date: Wed, 01 May 2024 10:30:00 +0200
Message-ID: <1@ex.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{BROKEN}
"""


@pytest.mark.parametrize("name", ["a.eml", "a"])
def test_a_message_is_an_article(tmp_path: Path, name: str) -> None:
    """Subject, sender and date are the article's, and its transfer encoding is undone."""
    (article,), _ = read(put(tmp_path, name, MAIL))
    assert (article.text.strip(), article.title, article.outlet) == (SENTENCE, "Harbour plan", "The Post")
    assert (article.id, article.published) == ("<1@ex.org>", "2024-05-01T10:30:00+02:00")


def test_a_mailbox_holds_many(tmp_path: Path) -> None:
    """Each message of a mailbox is an article."""
    again = MAIL.replace("1@ex", "2@ex")
    articles, refused = read(put(tmp_path, "a.mbox", f"From a Wed May 1\n{MAIL}\nFrom b Wed May 1\n{again}"))
    assert ([a.id for a in articles], refused) == (["<1@ex.org>", "<2@ex.org>"], [])


def test_office_documents_are_read(tmp_path: Path) -> None:
    """DOCX with its quotations and tables, RTF without its control words, XLSX with its columns."""
    docx = pytest.importorskip("docx", reason="needs the extra office")
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra office")
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.add_paragraph("We fight.", style="Quote")
    document.add_table(1, 1).cell(0, 0).text = "In a table."
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx")[0][0].text == f"{SENTENCE}\n\n“We fight.”\n\nIn a table."
    rtf = r"{\rtf1\ansi{\fonttbl{\f0 Brutal;}}\f0 " + SENTENCE + r"\par She said \'93no\'94.}"
    assert read(put(tmp_path, "a.rtf", rtf))[0][0].text.split("\n") == [SENTENCE, "She said “no”."]
    book = openpyxl.Workbook()
    for row in (["id", "outlet", "date", "text"], [1, "The Post", "2024-05-01", SENTENCE], [None, None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (article,), refused = read(tmp_path / "a.xlsx")
    assert (article.id, article.outlet, article.published, article.text) == ("1", "The Post", "2024-05-01", SENTENCE)
    assert not refused


NEXIS = "".join(
    f"""
                               {n} of 2 DOCUMENTS


                                 The Post

                          May {n}, 2024 Wednesday

Harbour plan {n}

BYLINE: By Ada Moss

SECTION: NEWS; Pg. 1

LENGTH: 14 words

{SENTENCE}

LOAD-DATE: May 3, 2024

LANGUAGE: ENGLISH

Copyright 2024 The Post
All Rights Reserved

"""
    for n in (1, 2)
)
PROQUEST = "".join(
    f"""____________________________________________________________

Document {n} of 2

Harbour plan {n}

Author: Moss, Ada

Publication info: The Post ; London [London] 0{n} May 2024.

Full text: {SENTENCE}

Subject: Harbours; Councils

Title: Harbour plan {n}

Publication title: The Post

Publication date: May {n}, 2024

"""
    for n in (1, 2)
)
FACTIVA = "".join(
    f"""Harbour plan {n}
Ada Moss
14 words
{n} May 2024
The Post
POST
1
English
Copyright 2024 The Post

{SENTENCE}

Document POST00002024050{n}ek5100001

"""
    for n in (1, 2)
)
CODED = "".join(
    f"""HD  Harbour plan {n}
BY  Ada Moss
WC  14 words
PD  {n} May 2024
SN  The Post
LA  English
TD
{SENTENCE}
AN  Document POST00002024050{n}ek5100001

"""
    for n in (1, 2)
)


@pytest.mark.parametrize("text", [NEXIS, PROQUEST, FACTIVA, CODED], ids=["nexis", "proquest", "factiva", "codes"])
def test_exports_of_archives_are_split(tmp_path: Path, text: str) -> None:
    """Nexis, ProQuest and Factiva: each document with its outlet, date and headline, and no field in its text."""
    articles, refused = read(put(tmp_path, "a.txt", text))
    assert not refused
    assert [(a.title, a.outlet, a.published) for a in articles] == [
        (f"Harbour plan {n}", "The Post", f"2024-05-0{n}") for n in (1, 2)
    ]
    assert [a.text for a in articles] == [f"Harbour plan {n}\n\n{SENTENCE}" for n in (1, 2)]


def page(body: str, title: str = "Harbour plan") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


CONSENT = (
    "<main><p>We value your privacy. We and our partners use cookies to store information on a device, and process "
    "personal data to show and measure content. You can accept all cookies, or manage your choices.</p></main>"
)
HEADS = "".join(f"<h3><a href=/{n}>Council votes on harbour plan number {n} again</a></h3>" for n in range(20))
FRONT = f"<main>{HEADS}</main>"
PARAGRAPHS = "".join(f"<p>{SENTENCE} It was vote number {n}.</p>" for n in range(6))


@pytest.mark.parametrize(
    "mark",
    [
        "<blockquote><p>We will fight this plan to the very end of it.</p></blockquote>",
        "<blockquote class=twitter-tweet><p>We will fight this plan to the very end of it.</p>&mdash; A.</blockquote>",
        "<p>She said <q>We will fight this plan to the very end of it.</q> and left.</p>",
    ],
)
def test_quotations_of_a_page_keep_their_marks(tmp_path: Path, mark: str) -> None:
    """What only the markup of a page shows as somebody's words is in quotation marks."""
    (article,), _ = read(
        put(tmp_path, "a.html", page(f"<article><h1>Harbour plan</h1>{PARAGRAPHS}{mark}{PARAGRAPHS}</article>"))
    )
    assert "“We will fight this plan to the very end of it.”" in article.text


@pytest.mark.parametrize(
    "body",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<main><p>Please enable JavaScript and cookies to continue, for this site needs both of them.</p></main>",
        "<main><h1>404</h1><p>Sorry, the page you are looking for could not be found. Try our front page.</p></main>",
        CONSENT,
        FRONT,
    ],
    ids=["script", "noscript", "404", "consent", "front"],
)  # fmt: skip
def test_pages_without_an_article_are_refused(tmp_path: Path, body: str) -> None:
    """Shells, consent and error pages and front pages are no articles of a few words."""
    articles, refused = read(put(tmp_path, "a.html", page(body, "The Post")))
    assert (len(articles), len(refused)) == (0, 1)


def test_a_fragment_of_a_page_is_its_text(tmp_path: Path) -> None:
    """A piece of an article's markup is read whole."""
    (article,), _ = read(put(tmp_path, "a.html", f"<div class='shameful'><p>{SENTENCE}</p></div>"))
    assert article.text == SENTENCE
