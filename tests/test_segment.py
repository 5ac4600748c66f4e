import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.text import Article, segment

STORY = "Harbour Board Votes to Close Ferry\n\nThe board voted 5-2 on Monday. Sen. Ada Moss (D-N.Y.) objected.\n"


def cut(text):
    return [(s.part, s.span.of(text)) for s in segment(Article(text))]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Sen. Ada Moss spoke on Monday. Nobody answered.", 2),
        ("The anti-U.S. rally drew 400 people. It rained.", 2),
        ("Rep. Bo Lund (R-Ohio) left early. He gave no reason.", 2),
        ("“Stop it!” he shouted. The crowd went quiet.", 2),
        ("J. P. Doe bought No. 7 Harbour Row in Sept. 2019.", 1),
        ("Shares of Acme Corp. fell 3.4 percent.", 1),
        ("Who pays? Nobody knows.", 2),
    ],
)
def test_news_abbreviations_do_not_end_sentences(line, count):
    assert len(segment(Article(line))) == count


def test_first_line_that_reads_like_a_headline_is_one():
    assert cut(STORY)[0] == ("headline", "Harbour Board Votes to Close Ferry")


def test_lead_paragraph_is_no_headline():
    assert cut("The board met on Monday in the old hall.\n\nIt voted.")[0][0] == "body"


def test_standfirst_below_the_headline_is_body():
    text = "Harbour Board Closes Ferry\n\nMinister urges calm as islanders 'seethe'\n\nThe board voted. It was close.\n"
    assert [part for part, _ in cut(text)] == ["headline", "body", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Please let us know if you're having issues with commenting.",
        "Follow us on Chirper",
        "Sign up for our newsletter",
        "Related: What the ferry cost",
        "Photo: Getty",
        "Click here to subscribe",
    ],
)
def test_boilerplate_is_told_apart(line):
    assert cut(f"The board voted on Monday.\n\n{line}\n")[-1][0] == "boilerplate"


@given(st.text(max_size=400))
def test_sentences_lie_in_order_and_lose_no_word(text):
    sentences = segment(Article(text))
    assert [s.index for s in sentences] == list(range(len(sentences)))
    ends = [0] + [s.span.end for s in sentences]
    assert all(end <= s.span.start < s.span.end for end, s in zip(ends, sentences, strict=False))
    covered = "".join(s.span.of(text) for s in sentences)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]
