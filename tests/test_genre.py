"""Genre is context: a column reads as opinion, an agency report as reporting, satire only where declared."""

from framelens import Article
from framelens.analyzer import read
from framelens.genre import genre_of

COLUMN = (
    "I have lived by this river for forty years, and I will say it plainly. We should be ashamed of "
    "ourselves. Of course the council will tell us that nothing can be done. But that is simply not true. "
    "We must stop pretending that a bridge is more important than our children. Why do we never learn? "
    "Perhaps because it is easier to look away. I, for one, will not."
)

REPORT = (
    "The council voted 7-2 on Tuesday to build a bridge over the river, officials said. The work will "
    "begin in March, according to a statement from the mayor's office. A spokeswoman said the bridge "
    "would cost 12 million crowns. Two members voted against the plan, the clerk reported on Wednesday. "
    'The mayor declined to comment. "The bridge will open next year," an engineer told reporters on '
    "Thursday."
)


def test_a_column_reads_as_opinion() -> None:
    """First persons, duties and stance words make an opinion piece."""
    genre = genre_of(read(Article(COLUMN)))
    assert genre.label == genre.name == "opinion"
    assert genre.probability > 0.8


def test_a_report_reads_as_reporting() -> None:
    """Reporting verbs and other people's words make a report."""
    genre = genre_of(read(Article(REPORT)))
    assert genre.label == "reporting"
    assert genre.probability > 0.8


def test_satire_is_only_said_where_it_is_declared() -> None:
    """The outlet's name or the piece's own last line declares satire; nothing else does."""
    assert genre_of(read(Article(REPORT, outlet="The Onion"))).label == "satire"
    assert genre_of(read(Article(REPORT + "\nThis article is satire."))).label == "satire"
    assert genre_of(read(Article(REPORT))).label != "satire"


def test_an_empty_text_has_a_genre_too() -> None:
    """A text without words does not break the pipeline."""
    assert genre_of(read(Article(""))).label in {"opinion", "reporting"}
