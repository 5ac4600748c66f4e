"""Genre is context: a column reads as opinion, an agency report as reporting, satire only where declared."""

import json

import pytest

from framelens import Analyzer, Article, ArticleReport
from framelens.analyzer import read
from framelens.genre import genre_of
from framelens.render import to_html, to_markdown
from framelens.text import SentenceScore

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


def scored(mean: float) -> tuple[SentenceScore, ...]:
    """Two sentences' scores of that mean."""
    return (SentenceScore(0, mean - 0.05, "uncertain"), SentenceScore(1, mean + 0.05, "uncertain"))


@pytest.mark.parametrize(("text", "label"), [(COLUMN, "opinion"), (REPORT, "reporting")])
def test_a_column_and_a_report_are_told_apart(text: str, label: str) -> None:
    """With the model that ships, a column reads as opinion and an agency report as reporting."""
    genre = Analyzer().analyze(text).genre
    assert genre is not None
    assert genre.label == label


@pytest.mark.parametrize(
    ("text", "mean", "label"),
    [
        (COLUMN, 0.5, "opinion"),
        (COLUMN, 0.1, "unclear"),
        (REPORT, 0.1, "reporting"),
        (REPORT, 0.18, "reporting"),
        (REPORT, 0.25, "unclear"),
    ],
)
def test_where_the_signs_disagree_the_genre_is_unclear(text: str, mean: float, label: str) -> None:
    """Neither the sentences' scores nor the wording alone decides in doubt."""
    assert genre_of(read(Article(text)), scored(mean)).label == label


def test_a_transcript_of_others_is_no_opinion_piece() -> None:
    """Where most words are quoted, editorializing is not the outlet's."""
    text = 'He said: "' + "It is a shameful and ugly plan, and nobody wants it. " * 8 + '"'
    genre = genre_of(read(Article(text)), scored(0.8))
    assert genre.evidence.others_share > 0.6
    assert genre.label == "unclear"


def test_satire_is_only_said_where_it_is_declared() -> None:
    """The outlet's name or the piece's own last line declares satire; nothing else does."""
    assert genre_of(read(Article(REPORT, outlet="The Onion"))).label == "satire"
    assert genre_of(read(Article(REPORT + "\nThis article is satire."))).label == "satire"
    assert genre_of(read(Article(REPORT, url="https://theonion.com/a")), scored(0.1)).label == "satire"
    about = Article(REPORT, url="https://courier.example/is-satire-dead")
    assert genre_of(read(about), scored(0.1)).label == "reporting"


@pytest.mark.parametrize("text", ["", COLUMN, REPORT])
def test_without_scores_nothing_is_said(text: str) -> None:
    """A text without a model's scores, an empty one too, has an unclear genre and shows none."""
    report = Analyzer(model=None).analyze(text)
    assert report.genre is not None
    assert report.genre.label == "unclear"
    assert report.genre.evidence.mean_probability is None
    assert "opinion or reporting" not in to_markdown(report)


def test_the_genre_stands_in_data_and_page_with_its_evidence() -> None:
    """JSON reads back, the page and the note say why, and a report from before genres has none."""
    report = Analyzer().analyze(COLUMN)
    data = json.loads(json.dumps(report.to_dict()))
    assert data["genre"]["label"] == "opinion"
    assert ArticleReport.from_dict(data).to_dict() == data
    for shown in (to_html(report), to_markdown(report)):
        assert "This reads as an opinion piece: editorializing is expected." in shown
        assert "per 100 own words" in shown
    del data["genre"]
    assert ArticleReport.from_dict(data).genre is None
