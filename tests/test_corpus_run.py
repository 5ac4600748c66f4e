"""A corpus is scored with nothing lost and nothing done twice."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import functools
import gzip
import json
import re
import shlex
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from corruption import record

from framelens import Article, InputError
from framelens.cli.corpus import command
from framelens.corpus import CorpusOptions, Scoring, score_corpus, score_shard
from framelens.corpus import run as corpus_run
from framelens.corpus.engines import local_engine
from framelens.corpus.shard import PackedShard, analyzer_for, cut, pack_shard
from framelens.corpus.tables import TABLES
from framelens.inputs import ReadOptions

SCORING = Scoring(model=None)
README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
OPTIONS = CorpusOptions(scoring=SCORING, shard_size=4)


def rows(folder: Path) -> dict[str, list[str]]:
    """The rows of each table, sorted, as text."""
    return {
        table: sorted(
            json.dumps(row, default=str)
            for file in (folder / table).glob("*.parquet")
            for row in pq.read_table(file).to_pylist()
        )
        for table in TABLES
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen articles, one of them twice by id and one twice by text, and a line that is no article."""
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    records = [record(n) for n in range(14)]
    again = [record(3) | {"text": "Another text."}, record(5) | {"id": "other"}]
    lines = [json.dumps(r) for r in (*records[:7], *again, *records[7:])]
    path.write_text("\n".join([*lines[:2], "{broken", *lines[2:]]) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def scored(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, scored by one worker."""
    folder = tmp_path_factory.mktemp("out") / "scored"
    score_corpus([str(corpus)], folder, OPTIONS)
    return folder


@pytest.fixture
def in_process() -> Iterator[None]:
    """Shards are scored by a thread, for what a test costs is starting a worker process."""

    @contextmanager
    def engine(*_: object) -> Iterator[Executor]:
        with ThreadPoolExecutor(1) as executor:
            yield executor

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_run, "open_engine", engine)
        yield


def test_counts_and_lists(scored: Path) -> None:
    """Every article is scored once; what stood there twice and what was broken is listed and counted."""
    manifest = json.loads((scored / "manifest.json").read_text("utf-8"))
    assert manifest["state"] == "complete"
    counts = manifest["counts"]
    assert (counts["articles"], counts["shards"], counts["rejected"]) == (14, 4, 1)
    assert (counts["duplicate_ids"], counts["duplicate_texts"]) == (1, 1)
    (broken,) = map(json.loads, (scored / "rejected.jsonl").read_text("utf-8").splitlines())
    assert (broken["record"], broken["reason"][:11]) == (3, "is not JSON")
    duplicates = [json.loads(line) for line in (scored / "duplicates.jsonl").read_text("utf-8").splitlines()]
    assert duplicates == [
        {"id": "a3", "same": "id", "scored_as": "a3"},
        {"id": "other", "same": "text", "scored_as": "a5"},
    ]


def two_outlets(folder: Path) -> list[str]:
    """Two outlets' tables, both with ids 1, 2 and 3; the last text is an agency's, and the Herald has it twice."""
    agency = record(9)["text"]
    texts = {"Post": [record(1)["text"], record(2)["text"], agency], "Herald": [record(3)["text"], agency, agency]}
    for outlet, own in texts.items():
        with (folder / f"{outlet}.csv").open("w", newline="") as file:
            rows = [(number, outlet, text) for number, text in enumerate(own, 1)]
            csv.writer(file).writerows([("id", "outlet", "text"), *rows])
    return [str(folder / "Post.csv"), str(folder / "Herald.csv")]


@pytest.mark.parametrize(
    ("duplicates", "ids", "passed", "kept"),
    [
        ("outlet", ["1", "2", "3", "Herald#1", "Herald#2"], 1, 2),
        ("keep", ["1", "2", "3", "Herald#1", "Herald#2", "Herald#3"], 0, 3),
        ("drop", ["1", "2", "3"], 3, 0),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_every_outlet_keeps_what_it_printed(
    tmp_path: Path, duplicates: Any, ids: list[str], passed: int, kept: int
) -> None:
    """Equal ids and texts of two outlets are two articles, each under an id of its own; those of one are one."""
    options = dataclasses.replace(OPTIONS, duplicates=duplicates)
    result = score_corpus(two_outlets(tmp_path), tmp_path / "out", options)
    assert (result.duplicate_ids + result.duplicate_texts, result.duplicates_kept) == (passed, kept)
    table = pq.read_table(tmp_path / "out" / "articles").to_pylist()
    assert [row["article"] for row in table] == ids
    assert {row["article"]: row["outlet"] for row in table}.get("Herald#1", "Herald") == "Herald"
    listed = [json.loads(line) for line in (tmp_path / "out" / "duplicates.jsonl").read_text("utf-8").splitlines()]
    assert len(listed) == passed + kept
    terms = pq.read_table(tmp_path / "out" / "terms").to_pylist()
    assert {row["article"] for row in terms} == set(ids)


def test_a_text_of_two_outlets_is_scored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each outlet has the rows of an agency's text, under its own id, and the text was read once."""
    analyzer = analyzer_for(SCORING)
    pipe, read = type(analyzer).pipe, []

    def counting(self: object, articles: Any) -> object:
        read.extend(articles)
        return pipe(self, read)  # type: ignore[arg-type]

    monkeypatch.setattr(type(analyzer), "pipe", counting)
    shared = Article(**record(1))
    result = score_shard([shared, dataclasses.replace(shared, id="b", outlet="Herald"), Article(**record(2))], SCORING)
    assert [row["article"] for row in result.articles] == ["a1", "b", "a2"]
    assert result.articles[1]["outlet"] == "Herald"
    assert len(read) == 2
    by_article = [[row["text"] for row in result.terms if row["article"] == name] for name in ("a1", "b")]
    assert by_article[0] == by_article[1] != []


@pytest.mark.usefixtures("in_process")
def test_ids_of_two_files_without_outlets_are_two(tmp_path: Path) -> None:
    """Where no outlet is named, ids are a file's own."""
    for number, name in enumerate("ab"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": 1, "text": record(number)["text"]}))
    result = score_corpus([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")], tmp_path / "out", OPTIONS)
    assert (result.articles, result.duplicates_kept) == (2, 1)


@pytest.mark.usefixtures("in_process")
def test_tables_have_types_and_one_name_for_one_thing(tmp_path: Path) -> None:
    """Dates are timestamps, kept columns columns, and the rows of all tables are joined by `article`."""
    given = record(1) | {"published": "May 1, 2024 10:30 EDT", "desk": "news", "words": "own"}
    (tmp_path / "a.jsonl").write_text(json.dumps(given) + "\n" + json.dumps(record(2) | {"published": "2024-13-45"}))
    options = dataclasses.replace(OPTIONS, reading=ReadOptions(keep=("desk", "words")))
    result = score_corpus([str(tmp_path / "a.jsonl")], tmp_path / "out", options)
    assert result.undated == 1
    first, second = pq.read_table(tmp_path / "out" / "articles").to_pylist()
    assert first["published"] == dt.datetime(2024, 5, 1, 14, 30, tzinfo=dt.UTC)
    assert (first["desk"], first["kept_words"], first["language"]) == ("news", "own", "en")
    assert (second["published"], second["repairs"]) == (None, ["date not read: 2024-13-45"])
    for table in ("sentences", "terms"):
        assert pq.read_table(tmp_path / "out" / table).column("article").to_pylist()[0] == "a1"


@pytest.mark.usefixtures("in_process")
def test_a_column_that_is_nowhere_is_not_kept(corpus: Path, tmp_path: Path) -> None:
    """A misspelt column is refused with those that there are, also in Parquet, of which few columns are read."""
    pq.write_table(pa.Table.from_pylist([record(n) for n in range(3)]), tmp_path / "a.parquet")
    options = dataclasses.replace(OPTIONS, reading=ReadOptions(keep=("sektion",)))
    for number, name in enumerate((corpus, tmp_path / "a.parquet")):
        with pytest.raises(InputError, match="'sektion'; there are id, outlet, published, text, title, url"):
            score_corpus([str(name)], tmp_path / f"out{number}", options)


def test_rows_are_scored_without_worker_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no semaphores, as in some containers, a thread scores."""
    from joblib.externals import loky

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(loky, "get_reusable_executor", refuse)
    with local_engine(1) as executor:
        assert executor.submit(pack_shard, 0, [Article(**record(1))], SCORING).result().counts["articles"] == 1


def test_rows_say_what_the_library_says(scored: Path) -> None:
    """A row of the corpus holds what a report of the same article holds."""
    report = analyzer_for(SCORING).analyze(Article(**record(2)))
    (row,) = [r for r in map(json.loads, rows(scored)["articles"]) if r["article"] == "a2"]
    assert row["text"] == record(2)["text"]
    assert row["words"] == report.words
    assert row["loaded_terms_author"] == len(report.by_voice()["author"])
    assert row["words_direct"] == report.words_by_voice["direct"]
    assert sum(v["end"] - v["start"] for v in row["voices"]) == len(row["text"])


def test_two_workers_make_the_same_rows(corpus: Path, scored: Path, tmp_path: Path) -> None:
    """The number of workers changes nothing but the time."""
    score_corpus([str(corpus)], tmp_path / "two", CorpusOptions(scoring=SCORING, shard_size=4, workers=2))
    assert rows(tmp_path / "two") == rows(scored)


def test_dask_makes_the_same_rows(corpus: Path, scored: Path, tmp_path: Path) -> None:
    """Dask runs the same shards."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None)
    with cluster:
        options = CorpusOptions(
            scoring=SCORING, shard_size=4, engine="dask", scheduler=cluster.scheduler_address, workers=2
        )
        score_corpus([str(corpus)], tmp_path / "dask", options)
    assert rows(tmp_path / "dask") == rows(scored)


def test_the_readmes_dask_lines_run(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's lines run as they stand, but for the scheduler's address; the second resumes the first."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    (block,) = re.findall(r"```\n(framelens corpus[^`]*--engine dask[^`]*)```", README)
    local, remote = block.splitlines()
    monkeypatch.chdir(tmp_path)
    Path("articles.jsonl.gz").write_bytes(gzip.compress(corpus.read_bytes()))
    # Workers as threads: starting four processes is most of what the line would cost here.
    threads = functools.partial(distributed.LocalCluster, processes=False)
    monkeypatch.setattr(distributed, "LocalCluster", threads)

    def counts(line: str) -> tuple[int, int, int]:
        done = CliRunner().invoke(command, shlex.split(line)[2:])
        assert done.exception is None, done.output
        found = json.loads(done.stdout.splitlines()[-1])
        return found["articles"], found["shards"], found["resumed_shards"]

    assert counts(local) == (14, 1, 0)
    with threads(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        assert counts(remote.replace("tcp://scheduler:8786", cluster.scheduler_address)) == (14, 1, 1)


@pytest.mark.usefixtures("in_process")
def test_a_run_that_died_goes_on(corpus: Path, scored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done stays, what is half written is swept away, and the rest is scored once."""
    written = []

    def die_at_the_third(folder: object, shard: PackedShard, digest: str) -> dict[str, object]:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(shard.number)
        return original(folder, shard, digest)  # type: ignore[arg-type]

    original = corpus_run.CorpusFolder.write_shard
    monkeypatch.setattr(corpus_run.CorpusFolder, "write_shard", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        score_corpus([str(corpus)], tmp_path / "out", OPTIONS)
    monkeypatch.undo()
    (tmp_path / "out" / "terms" / ".part-000003.parquet.1").write_bytes(b"half")
    result = score_corpus([str(corpus)], tmp_path / "out", OPTIONS, resume=True)
    assert (result.resumed_shards, result.shards, result.articles, result.rejected) == (2, 4, 14, 1)
    assert rows(tmp_path / "out") == rows(scored)
    assert not list((tmp_path / "out").glob("**/.*"))


@pytest.mark.usefixtures("in_process")
def test_shards_are_cut_by_letters_too(corpus: Path, scored: Path, tmp_path: Path) -> None:
    """Long articles make shards of fewer, which changes no row, and a run of them goes on like any other."""
    length = len(record(0)["text"])
    options = dataclasses.replace(OPTIONS, shard_letters=2 * length + length // 2)
    first = score_corpus([str(corpus)], tmp_path / "out", options)
    assert first.shards > 4
    (tmp_path / "out" / "shards" / "part-000002.json").unlink()
    again = score_corpus([str(corpus)], tmp_path / "out", options, resume=True)
    assert (again.shards, again.resumed_shards) == (first.shards, first.shards - 1)
    assert rows(tmp_path / "out") == rows(scored)
    with pytest.raises(InputError, match="shard_letters changed"):
        score_corpus([str(corpus)], tmp_path / "out", OPTIONS, resume=True)


@pytest.mark.parametrize(
    ("lengths", "shards"),
    [
        ([1, 1, 1, 1], [[1, 1, 1], [1]]),  # by count
        ([4, 5, 2, 9], [[4, 5], [2], [9]]),  # by letters
        ([1, 30, 1], [[1], [30], [1]]),  # one that is larger than a shard stands alone
        ([5, 5, 1], [[5, 5], [1]]),  # just full
        ([0, 0, 0, 0], [[0, 0, 0], [0]]),
        ([], []),
    ],
)
def test_a_cut_comes_by_count_or_letters(lengths: list[int], shards: list[list[int]]) -> None:
    """At most three articles and ten letters a shard, whichever comes first, and nothing is lost."""
    assert list(cut(lengths, 3, 10, lambda length: length)) == shards


def test_a_changed_run_is_not_resumed(corpus: Path, scored: Path, tmp_path: Path) -> None:
    """Other inputs, other options, a folder of something else: each is refused with what to do."""
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(record(1)))
    with pytest.raises(InputError, match="inputs changed"):
        score_corpus([str(other)], scored, OPTIONS, resume=True)
    with pytest.raises(InputError, match="shard_size changed since the run began, from 4 to 5"):
        score_corpus([str(corpus)], scored, CorpusOptions(scoring=SCORING, shard_size=5), resume=True)
    with pytest.raises(InputError, match="is not empty"):
        score_corpus([str(corpus)], scored, OPTIONS)
    with pytest.raises(InputError, match="holds no run"):
        score_corpus([str(other)], tmp_path, OPTIONS, resume=True)


def test_an_article_that_fails_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its shard's other articles are scored, and where it failed is said."""
    analyzer = analyzer_for(SCORING)
    pipe = type(analyzer).pipe

    def fragile(self: object, articles: object) -> object:
        articles = list(articles)  # type: ignore[call-overload]
        if any(a.id == "a1" for a in articles):
            raise IndexError("boom")
        return pipe(self, articles)  # type: ignore[arg-type]

    monkeypatch.setattr(type(analyzer), "pipe", fragile)
    result = score_shard([Article(**record(n)) for n in range(3)], SCORING)
    assert [row["article"] for row in result.articles] == ["a0", "a2"]
    (rejected,) = result.rejected
    assert "IndexError at test_corpus_run.py" in rejected.reason
    assert pack_shard(0, [Article(**record(1))], SCORING).counts["articles"] == 0
