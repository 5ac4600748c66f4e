import json

import pytest
from test_cli import run, story  # noqa: F401 - a fixture

from framelens.corpus.shard import Scoring, score_shard
from framelens.model_io import load_model
from framelens.text import Article


def scored(monkeypatch, capsys, path, *arguments):
    code, out, err = run(monkeypatch, capsys, "score", path, "-f", "json", *arguments)
    assert code == 0, err
    return json.loads(out)[0]


def test_a_rarer_opinion_lowers_every_probability_and_provenance_says_so(monkeypatch, capsys, story):  # noqa: F811
    usual = scored(monkeypatch, capsys, story)
    rare = scored(monkeypatch, capsys, story, "--base-rate", "0.05")
    pairs = zip(usual["sentences"], rare["sentences"], strict=True)
    assert all(r["editorializing"]["probability"] <= u["editorializing"]["probability"] for u, r in pairs)
    assert rare["provenance"]["model"]["name"] == "default at base rate 0.05"
    assert rare["provenance"]["model"]["digest"] == usual["provenance"]["model"]["digest"]


@pytest.mark.parametrize("command", ["score", "corpus", "compare"])
@pytest.mark.parametrize("share", ["0", "1", "1.2", "-0.1", "nan", "much"])
def test_a_share_outside_0_to_1_is_wrong_usage(monkeypatch, capsys, story, tmp_path, command, share):  # noqa: F811
    more = ["-o", tmp_path / "out"] if command == "corpus" else []
    code, _, err = run(monkeypatch, capsys, command, story, f"--base-rate={share}", *more)
    assert code == 2
    assert "--base-rate" in err


def test_a_base_rate_needs_a_model(monkeypatch, capsys, story):  # noqa: F811
    assert run(monkeypatch, capsys, "score", story, "--model", "none", "--base-rate", "0.2")[0] == 2


def test_the_last_base_rate_counts():
    model = load_model()
    assert model.at_base_rate(0.1).at_base_rate(0.3) == model.at_base_rate(0.3)


def test_a_corpus_run_scores_at_its_base_rate():
    articles = [Article("The plan is a sham, and nobody believes it.", id="1")]
    usual, rare = (score_shard(articles, Scoring(base_rate=share)).sentences[0] for share in (None, 0.02))
    assert rare["probability"] < usual["probability"]


def test_what_is_already_scored_takes_no_base_rate(monkeypatch, capsys, story, tmp_path):  # noqa: F811
    assert run(monkeypatch, capsys, "corpus", story, "-o", tmp_path / "scored", "--model", "none")[0] == 0
    code, _, err = run(monkeypatch, capsys, "compare", tmp_path / "scored", "--base-rate", "0.2")
    assert code == 2
    assert "already scored" in err
