"""Sources: spellings of one speaker are one source."""

import pytest

from framelens.report import ArticleReport
from framelens.sources import source_names
from framelens.text import Attribution, Document, Provenance, Span


def names(*spelt: str) -> list[str]:
    """The names under which sources so spelt stand."""
    text = "\n".join(spelt)
    starts = [sum(len(s) + 1 for s in spelt[:i]) for i in range(len(spelt))]
    content = (Span(0, 0),)
    return source_names(
        text, [Attribution("direct", content, Span(s, s + len(x))) for s, x in zip(starts, spelt, strict=True)]
    )


@pytest.mark.parametrize(
    ("spelt", "expected"),
    [
        (("The Velkaban", "the Velkaban", "Velkaban"), ["Velkaban"] * 3),
        (("the dreaded Velkaban", "the Velkaban"), ["Velkaban"] * 2),
        (("Orth", "Lena Orth", "Mrs. Orth"), ["Lena Orth"] * 3),
        (("Otto Brandl", "Lena Brandl", "Brandl"), ["Otto Brandl", "Lena Brandl", "Brandl"]),
        (("The mayor", "the mayor", "a clerk"), ["the mayor", "the mayor", "a clerk"]),
        (("Some experts", "some experts"), ["Some experts"] * 2),
        (("it", "He", "they"), [""] * 3),
        (("Bank of Norda", "officials in Norda"), ["Bank of Norda", "officials in Norda"]),
        ((), []),
    ],
)
def test_spellings_of_one_source_are_one_name(spelt: tuple[str, ...], expected: list[str]) -> None:
    """Articles, lower-case epithets, titles and missing first names make no new source; a pronoun is unnamed."""
    assert names(*spelt) == expected


def test_a_report_adds_up_what_one_source_says() -> None:
    """Words of "The Velkaban" and "the Velkaban" are counted together."""
    text = "The Velkaban said no to all. Later the Velkaban said yes."
    said = (
        Attribution("indirect", (Span(18, 27),), Span(0, 12), Span(13, 17)),
        Attribution("indirect", (Span(53, 56),), Span(35, 47), Span(48, 52)),
    )
    document = Document.sentence(text).attributed(said)
    (source,) = ArticleReport(document, (), (), (), Provenance("0", (), None, None)).by_source()
    assert (source.source, source.attributions, source.words_indirect, source.cues) == ("Velkaban", 2, 4, ("said",))
