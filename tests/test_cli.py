import io
import json
import sys

import pytest

from framelens.cli import main

STORY = "Council Closes Ferry\n\nThe disgraceful plan is a sham. “It helps nobody,” said Ada Moss.\n"


def run(monkeypatch, capsys, *arguments, stdin=None):
    monkeypatch.setattr(sys, "argv", ["framelens", *map(str, arguments)])
    if stdin is not None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
    with pytest.raises(SystemExit) as stopped:
        main()
    out, err = capsys.readouterr()
    return stopped.value.code or 0, out, err


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_json_keeps_the_contract(monkeypatch, capsys, story):
    code, out, _ = run(monkeypatch, capsys, "score", story, "-f", "json")
    report = json.loads(out)[0]
    assert code == 0
    assert report["schema"] == "framelens/2"
    assert report["text"] == STORY
    assert all(STORY[t["start"] : t["end"]] == t["text"] for t in report["terms"])
    assert {"probability", "label"} <= set(report["sentences"][0]["editorializing"])
    assert report["provenance"]["model"]["name"] == "default"


@pytest.mark.parametrize("format_", ["text", "jsonl", "csv", "markdown", "html"])
def test_every_format_shows_the_terms(monkeypatch, capsys, story, format_):
    code, out, _ = run(monkeypatch, capsys, "score", story, "-f", format_, "--model", "none")
    assert code == 0
    assert "disgraceful" in out


def test_a_bad_input_does_not_stop_the_rest(monkeypatch, capsys, story, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"caf\xe9")
    code, out, err = run(monkeypatch, capsys, "score", bad, story, "-f", "jsonl", "--model", "none")
    assert code == 3
    assert "bad.txt" in err
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score"], 2),
        (["score", "{story}", "-f", "sing"], 2),
        (["score", "{story}", "--model", "no-such-model"], 4),
        (["score", "/nowhere/at/all.txt", "--model", "none"], 3),
        (["sing"], 2),
    ],
)
def test_exit_codes(monkeypatch, capsys, story, arguments, code):
    got, _, err = run(monkeypatch, capsys, *(a.format(story=story) for a in arguments))
    assert got == code
    assert "Traceback" not in err


def test_lexicon_with_an_unknown_key_is_refused(monkeypatch, capsys, story, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[lexicon]\nname="x"\nlanguage="en"\nversion="1"\nlicence="x"\ncolour="red"\n', "utf-8")
    code, _, err = run(monkeypatch, capsys, "score", story, "--lexicon", path, "--model", "none")
    assert code == 4
    assert "unknown key 'colour'" in err


def test_standard_input_and_explanation(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "score", "-", "-f", "json", "--explain", stdin=STORY.encode())
    scored = json.loads(out)[0]["sentences"][-1]["editorializing"]
    assert code == 0
    assert sum(c["value"] for c in scored["contributions"]) == pytest.approx(scored["logit"], abs=1e-4)


def test_shown_entry_names_its_source(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "lexicon", "show", "narco-terrorist")
    assert code == 0
    assert "source" in out


def test_evaluation_prints_figures(monkeypatch, capsys, tmp_path):
    rows = [{"text": "What a shameful farce!", "label": "yes"}, {"text": "The vote is on Monday.", "label": "no"}] * 3
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    code, out, _ = run(monkeypatch, capsys, "evaluate", "sentences", path, "--positive", "yes", "-f", "json")
    assert code == 0
    assert json.loads(out)["macro_f1"] == 1.0
