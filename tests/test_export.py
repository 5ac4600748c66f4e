import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import Analyzer, Article, ArticleReport, InputError
from framelens.export import to_csv

PLAIN = Analyzer(model=None)
TEXT = "Ferry Plan Sunk\n\nThe thugs left. “A disgrace,” said Ada Moss of the “reform”."


def test_a_report_reads_back_as_it_was():
    report = Analyzer().analyze(Article(TEXT, id="a", outlet="Gazette"))
    data = json.loads(json.dumps(report.to_dict()))
    assert ArticleReport.from_dict(data).to_dict() == data


@pytest.mark.parametrize("data", [{}, {"schema": "framelens/9"}, {"schema": "framelens/1"}])
def test_what_is_no_report_is_refused(data):
    with pytest.raises(InputError):
        ArticleReport.from_dict(data)


def test_spreadsheet_formulas_are_defused():
    rows = "".join(to_csv([PLAIN.analyze(Article(TEXT, id="=HYPERLINK(1)"))], "sentences"))
    assert "'=HYPERLINK" in rows


@given(st.text(max_size=200))
def test_every_claimed_text_is_the_slice_of_its_span(text):
    data = PLAIN.analyze(text).to_dict()
    assert data["text"] == text
    for item in (*data["terms"], *data["suppressed"], *(x for p in data["portrayals"] for x in p["labels"])):
        assert text[item["start"] : item["end"]] == item["text"]
