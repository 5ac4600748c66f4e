"""Whatever the system or a slip of the hand does to a command, it ends with a message and the stated code."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

TEXT = "The disgraceful plan number {} failed on Monday. The mayor said that the vote was over."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs of several kinds."""
    path = tmp_path_factory.mktemp("inputs")
    rows = [{"id": str(n), "outlet": "Post", "section": "news", "text": TEXT.format(n)} for n in range(300)]
    (path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (path / "ten.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:10]))
    (path / "a.txt").write_text(TEXT.format("one"))
    (path / "bad.txt").write_bytes(b"caf\xe9")
    (path / "list.json").write_text(json.dumps([{"text": "a", "label": "x"}]))
    (path / "de.txt").write_text("Der Bürgermeister sagte am Montag, der Haushalt sei beschlossen worden.")
    (path / "entities.txt").write_text("&quot;He is a tyrant,&quot; said the mayor on Monday.")
    (path / "when.jsonl").write_text(json.dumps({"text": TEXT, "published": "2024-13-45"}))
    return path


def sh(line: str, folder: Path) -> tuple[int, str, str]:
    """A line of bash, in which `framelens` is this one."""
    script = f'set -o pipefail; framelens() {{ {shlex.quote(sys.executable)} -m framelens "$@"; }}; {line}'
    done = subprocess.run(["/bin/bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("framelens score many.jsonl --model none -f jsonl | head -1", 0, ""),
        ("framelens score many.jsonl --model none | head -1", 0, ""),
        ("framelens lexicon list | head -1", 0, ""),
        ("framelens score a.txt --model none > /dev/full", 3, "No space left"),
        ("framelens score a.txt --model none -f json -o /dev/full", 3, "No space left"),
        ("framelens lexicon list > /dev/full", 3, "No space left"),
        ("framelens score a.txt --model none >&-", 3, "standard output is closed"),
        ("framelens score - --model none <&-", 3, "is closed"),
        ("framelens score bad.txt --model none 2>&-", 3, ""),
        ("mkdir -p gone; cd gone; rmdir ../gone; framelens score {folder}/a.txt --model none -f csv", 0, ""),
        ("framelens corpus ten.jsonl -o /proc/nowhere --model none", 3, "/proc/nowhere"),
        ('framelens score "" --model none', 2, "empty name"),
        ("false | framelens score - --model none", 3, "holds no text"),
        ("framelens lexicon coverage nosuch.txt", 3, "nosuch.txt"),
        ("framelens evaluate sentences list.json --positive x --model none", 3, "no JSON object"),
        ("framelens score a.txt --model none --ignore disgracefull -f csv", 0, "nearest is 'disgraceful"),
        ("framelens corpus ten.jsonl -o typo --model none --keep sektion", 3, "there are id, outlet, section, text"),
        ("framelens score a.txt --model none --encoding nosuch", 2, "no encoding"),
        ("framelens score a.txt --model none --delimiter ab", 2, "not one letter"),
        ("framelens score de.txt --model none", 0, "its language is 'de'"),
        ("framelens score when.jsonl --model none", 0, "date not read: 2024-13-45"),
        ("framelens score entities.txt --model none", 0, "HTML entities"),
    ],
)  # fmt: skip
def test_a_line_ends_with_its_message_and_code(folder: Path, line: str, code: int, said: str) -> None:
    """Closed pipes and streams, full disks, misspelt names: one message, the stated code and no traceback."""
    got, _, err = sh(line.format(folder=folder), folder)
    assert "Traceback" not in err
    assert got == code, err
    assert said in err


@pytest.mark.parametrize("line", ["score de.txt --any-language", "score a.txt", "score entities.txt --raw"])
def test_nothing_is_said_without_reason(folder: Path, line: str) -> None:
    """An ordinary article, and what was silenced, leave stderr empty."""
    assert sh(f"framelens {line} --model none", folder)[2] == ""


@pytest.mark.parametrize(
    ("name", "begins"), [("x.html", "<!doctype"), ("x.json", "["), ("x.csv", "article,"), ("x.md", "#")]
)
def test_an_output_says_its_format(folder: Path, name: str, begins: str) -> None:
    """``-o report.html`` writes HTML without ``-f``."""
    assert sh(f"framelens score a.txt --model none -o {name}", folder)[0] == 0
    assert (folder / name).read_text().lower().startswith(begins)


def test_a_refusal_writes_no_report(folder: Path) -> None:
    """A page of no articles would look like a result."""
    assert sh("framelens score bad.txt --model none -o none.html", folder)[0] == 3
    assert not (folder / "none.html").exists()


def test_a_terminal_of_no_width_gets_its_report(folder: Path) -> None:
    """COLUMNS=0, as some editors and schedulers set it, is no width."""
    assert "disgraceful" in sh("COLUMNS=0 framelens score a.txt --model none", folder)[1]


def test_a_project_file_may_begin_with_a_mark(folder: Path) -> None:
    """A byte order mark, as Windows editors write it, does not spoil framelens.toml."""
    (folder / "project").mkdir()
    (folder / "project" / "framelens.toml").write_bytes(b'\xef\xbb\xbf[ignore]\nentries = ["disgraceful"]\n')
    code, out, err = sh("cd project && framelens score ../a.txt --model none -f csv", folder)
    assert (code, err) == (0, "")
    assert "disgraceful" not in out


@pytest.mark.parametrize("line", ["corpus <(cat ten.jsonl)", "corpus /dev/stdin < <(cat ten.jsonl)", "corpus pipe"])
def test_a_corpus_reads_pipes(folder: Path, tmp_path: Path, line: str) -> None:
    """Pipes of every kind give all of their articles."""
    os.mkfifo(folder / "pipe")
    code, out, err = sh(
        f"(timeout 20 bash -c 'cat ten.jsonl > pipe' &); framelens {line} -o {tmp_path}/out --model none", folder
    )
    (folder / "pipe").unlink(missing_ok=True)
    assert (code, json.loads(out)["articles"]) == (0, 10), err


def test_a_corpus_reads_names_that_are_not_utf8(folder: Path, tmp_path: Path) -> None:
    """A file may be called by bytes of another encoding, which its id shows as an escape."""
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_text(TEXT.format("one"))
    code, _, err = sh(f"framelens corpus $'caf\\xe9.txt' -o {tmp_path}/out --model none", folder)
    (folder / name).unlink()
    assert code == 0, err
    (row,) = pq.read_table(tmp_path / "out" / "articles").to_pylist()
    assert row["article"] == "caf\\xe9.txt"


def test_two_runs_do_not_share_a_folder(folder: Path, tmp_path: Path) -> None:
    """The second run is refused as long as the first holds the folder, and leaves its rows alone."""
    from framelens.corpus.store import CorpusFolder

    with CorpusFolder(tmp_path / "out").locked():
        code, _, err = sh(f"framelens corpus ten.jsonl -o {tmp_path}/out --model none", folder)
    assert (code, "in use by another run" in err) == (3, True)
    assert sh(f"framelens corpus ten.jsonl -o {tmp_path}/out --model none", folder)[0] == 0


def test_what_changed_is_named_where_a_run_goes_on(folder: Path, tmp_path: Path) -> None:
    """A resumed run without the first one's ``--keep`` is refused by that option's name."""
    line = f"framelens corpus ten.jsonl -o {tmp_path}/out --model none"
    assert sh(f"{line} --keep section", folder)[0] == 0
    code, _, err = sh(f"{line} --resume", folder)
    assert (code, '--keep changed since the run began, from ["section"] to []' in err) == (3, True)
    assert "{" not in err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("framelens score --model o", "open"),
        ("framelens score --ignore name_c", "name_calling"),
        ("framelens lexicon show narco-ter", "narco-terrorist"),
        ("framelens corpus --duplicates k", "keep"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_names(folder: Path, words: str, offered: str, shell: str) -> None:
    """Models, categories and entries are offered for what has been typed."""
    last = words.rsplit(" ", 1)[1]
    typed = f"COMP_WORDS={shlex.quote(words)} COMP_CWORD={last if shell == 'fish' else len(words.split()) - 1}"
    code = "import sys; sys.argv = ['framelens']; from framelens.cli import main; main()"
    line = f"_FRAMELENS_COMPLETE={shell}_complete {typed} {shlex.quote(sys.executable)} -c {shlex.quote(code)}"
    assert offered in sh(line, folder)[1]
