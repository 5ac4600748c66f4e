"""`framelens train`: a model of one's own."""

import itertools
import json
import sys
from pathlib import Path

import pytest

from framelens import Analyzer
from framelens.cli import main

PLACES = ("harbour", "council", "school", "hospital", "union", "museum", "railway", "court")
PLAIN = ("The {} opened at nine on Monday.", "A spokeswoman for the {} gave the figures.", "The {} employs 40 people.")
LOADED = ("The {} is a shameful disgrace.", "Nobody with sense could defend this absurd {}.", "What a farce the {} is!")


def rows(places: tuple[str, ...]) -> list[dict[str, str]]:
    """Sentences of both kinds about each place, each with an outlet."""
    return [
        {"text": template.format(place), "label": label, "outlet": f"paper {number % 5}"}
        for label, templates in (("news", PLAIN), ("opinion", LOADED))
        for number, (template, place) in enumerate(itertools.product(templates, places))
    ]


@pytest.fixture
def train(tmp_path, monkeypatch, capsys):
    """Runs the command on some rows and returns its exit code and messages."""

    def run(labelled: list[dict[str, str]], *options: str) -> tuple[int, str]:
        source = tmp_path / "labelled.jsonl"
        source.write_text("\n".join(map(json.dumps, labelled * 2)))
        command = ["framelens", "train", str(source), "--positive", "opinion", "-o", str(tmp_path / "own"), *options]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as stopped:
            main()
        return int(stopped.value.code or 0), capsys.readouterr().err

    return run


def test_a_trained_model_tells_sentences_apart_that_it_never_saw(tmp_path: Path, train) -> None:
    """The folder that is written scores like a shipped one, and says in its card what it learned from."""
    code, message = train(rows(PLACES[:6]), "--group-field", "outlet", "--members", "1")
    assert code == 0, message
    assert "labelled.jsonl" in (tmp_path / "own" / "MODEL_CARD.md").read_text("utf-8")
    fresh = rows(PLACES[6:])
    reports = Analyzer(model=str(tmp_path / "own"), learned=False).pipe([row["text"] for row in fresh])
    said = ["opinion" if report.scores[0].label == "editorializing" else "news" for report in reports]
    assert sum(a == row["label"] for a, row in zip(said, fresh, strict=True)) >= 0.8 * len(fresh)


@pytest.mark.parametrize(
    ("labelled", "reason"),
    [
        (rows(PLACES)[:10], "training needs 50 or more"),
        (rows(PLACES)[:24] * 2, "training needs 50 or more, of both kinds"),
        ([{"body": "No such field."}], "row 1: no field 'text' or 'label'"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(
    tmp_path: Path, train, labelled: list[dict[str, str]], reason: str
) -> None:
    """Too few sentences, one kind alone or a missing field end with exit code 3 and write nothing."""
    code, message = train(labelled)
    assert code == 3
    assert reason in message
    assert not (tmp_path / "own").exists()
