"""What `score`, `corpus` and `compare` read, and where they write."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from framelens.cli import framelens as group

PLAIN = "The council met on Monday. It approved the budget by six votes to three. The mayor said the vote was final."
HEATED = "The disgraceful regime butchered the budget on Monday. It was a shameful, outrageous sham."


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(group, [str(a) for a in arguments], input=stdin, standalone_mode=False)


def options_of(name: str) -> dict[str, str | None]:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return {p.opts[0]: p.help for p in command.params if isinstance(p, click.Option)}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    rows = [("7", "Budget passes", PLAIN, "Post"), ("8", "A sham", HEATED, "Herald")]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("number", "top", "story", "paper"), *rows])
    return path


COLUMNS = (
    "--text-column", "story", "--outlet-column", "paper", "--id-column", "number", "--title-column", "top",
)  # fmt: skip


def test_the_commands_read_by_the_same_options() -> None:
    """Options of reading have one name and one help text in the three commands that read articles."""
    score, corpus, compare = (options_of(name) for name in ("score", "corpus", "compare"))
    shared = {"--input-format", "--allow-private"} | {name for name in score if name.endswith("-column")}
    assert len(shared) == 8
    for name in shared:
        assert score[name] == corpus[name] == compare[name]


def test_columns_may_have_other_names(table: Path) -> None:
    """A table's columns are named by options."""
    done = run("score", table, "-f", "jsonl", "--model", "none", *COLUMNS)
    first, second = (json.loads(line)["article"] for line in done.stdout.splitlines())
    assert (first["id"], first["title"], first["outlet"]) == ("7", "Budget passes", "Post")
    assert second["outlet"] == "Herald"
    done = run("compare", table, "-f", "csv", "--model", "none", *COLUMNS)
    assert [row["outlet"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["Herald", "Post"]


def test_the_text_column_is_asked_for_where_it_is_not_found(table: Path) -> None:
    """A table of other names is refused by a message that lists its columns and names the option."""
    done = run("score", table, "--model", "none")
    assert done.return_value == 3
    assert "'story'" in done.stderr
    assert "--text-column" in done.stderr


@pytest.mark.parametrize("said", [("--input-format", "csv"), ()])
def test_a_pipe_may_be_a_table(table: Path, said: tuple[str, ...]) -> None:
    """A table from a pipe has no name that says so; ``--input-format`` or its header do, packed or not."""
    for data in (table.read_bytes(), gzip.compress(table.read_bytes())):
        done = run("score", "-", *said, *COLUMNS, "-f", "jsonl", "--model", "none", stdin=data)
        assert [json.loads(line)["article"]["id"] for line in done.stdout.splitlines()] == ["7", "8"]


@pytest.mark.parametrize("command", ["score", "compare"])
def test_an_input_is_not_overwritten(table: Path, command: str) -> None:
    """A file that is read is not opened to be written."""
    before = table.read_bytes()
    done = run(command, table, "-o", table, "--model", "none", *COLUMNS)
    assert "would be overwritten" in str(done.exception)
    assert table.read_bytes() == before


def scored(path: Path, output: Path, *options: str) -> Path:
    assert run("score", path, "-o", output, "--model", "none", *COLUMNS, *options).return_value == 0
    return output


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_reports_are_compared_like_their_articles(
    table: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports that `score` wrote give the figures of their articles, and nothing is scored again."""
    reports = scored(table, tmp_path / f"reports.{form}", "-f", form)
    direct = run("compare", table, "-f", "csv", "--model", "none", *COLUMNS)
    monkeypatch.setattr("framelens.cli.compare.make_analyzer", None)
    for by in ("outlet", "id"):
        done = run("compare", reports, "-f", "csv", "--by", by)
        assert done.return_value == 0, done.stderr
        assert by != "outlet" or done.stdout == direct.stdout
    packed = run("compare", "-", "-f", "csv", stdin=gzip.compress(reports.read_bytes()))
    assert packed.stdout == direct.stdout


def test_reports_and_articles_may_be_mixed(table: Path, tmp_path: Path) -> None:
    """Articles among reports are scored, reports are not; that they were scored alike is not taken for granted."""
    reports = scored(table, tmp_path / "reports.jsonl", "-f", "jsonl")
    plain = json.dumps({"id": "9", "outlet": "Wire", "text": PLAIN})
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(f"{plain}\n{reports.read_text()}{plain}\n")
    done = run("compare", mixed, "-f", "csv", "--model", "none")
    rows = {row["outlet"]: row["articles"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows == {"Herald": "1", "Post": "1", "Wire": "2"}
    assert "reports are already scored, which --model cannot change" in done.stderr
    assert "differ between the inputs" not in done.stderr
    assert "differ between the inputs" in run("compare", mixed).stderr


def test_a_broken_report_costs_only_itself(table: Path, tmp_path: Path) -> None:
    """A report of another schema, or one that lacks a part, is named and left out."""
    reports = scored(table, tmp_path / "reports.jsonl", "-f", "jsonl")
    first, second = reports.read_text().splitlines()
    lacking = json.loads(first)
    del lacking["terms"]
    later = json.loads(first) | {"schema": "framelens/9"}
    reports.write_text("\n".join(json.dumps(r) for r in (lacking, later)) + f"\n{second}\n")
    done = run("compare", reports, "-f", "csv")
    assert done.return_value == 3
    assert [row["outlet"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["Herald"]
    assert "incomplete or malformed" in done.stderr
    assert "framelens/9" in done.stderr


def test_reports_have_no_other_columns(table: Path, tmp_path: Path) -> None:
    """Reports hold no further columns to group by, and a base rate cannot alter them."""
    reports = scored(table, tmp_path / "reports.jsonl", "-f", "jsonl")
    assert "no 'desk'; there are outlet, id" in str(run("compare", reports, "--by", "desk").exception)
    assert "already scored" in str(run("compare", reports, "--base-rate", "0.2").exception)


def test_reports_can_be_scored_again(table: Path, tmp_path: Path) -> None:
    """`score` takes a report for its article, with what it tells about it."""
    reports = scored(table, tmp_path / "reports.jsonl", "-f", "jsonl")
    done = run("score", reports, "-f", "jsonl", "--model", "none")
    assert done.stdout == reports.read_text()


@pytest.mark.parametrize("rows", ["terms", "sentences"])
def test_tables_of_sentences_and_terms_are_no_articles(table: Path, tmp_path: Path, rows: str) -> None:
    """Rows that `score` wrote are not taken for articles of a few words."""
    parts = scored(table, tmp_path / "rows.csv", "-f", "csv", "--table", rows)
    done = run("score", parts, "--model", "none")
    assert done.return_value == 3
    assert "not of articles" in done.stderr


def test_a_corpus_is_not_written_among_its_inputs(table: Path) -> None:
    """Tables in an input folder would be read as articles when the run goes on."""
    done = run("corpus", table.parent, "-o", table.parent / "scored", "--model", "none")
    assert "name a folder outside it" in str(done.exception)
    assert not (table.parent / "scored").exists()
