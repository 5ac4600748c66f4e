"""A corpus run: read, pass over duplicates, cut into shards, score them elsewhere, write them here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from framelens.corpus.duplicates import Duplicates, SeenArticles
from framelens.corpus.engines import Engine, open_engine
from framelens.corpus.plan import check_same, make_plan, plan_bytes
from framelens.corpus.progress import LogProgress, Progress
from framelens.corpus.shard import SHARD_LETTERS, PackedShard, Scoring, cut, pack_shard
from framelens.corpus.store import CorpusFolder, shard_digest
from framelens.errors import InputError
from framelens.inputs import KnownColumns, ReadOptions, Rejected
from framelens.inputs.locate import locate
from framelens.inputs.reader import read_source
from framelens.text import Article

__all__ = ["CorpusOptions", "CorpusResult", "score_corpus"]


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """How a corpus is read, scored and spread over workers; engine and workers do not change the rows.

    A shard holds ``shard_size`` articles, or fewer where they hold more than ``shard_letters`` code points of text.
    ``duplicates`` passes over what one outlet printed twice (``outlet``), what any did (``drop``), or nothing
    (``keep``).
    """

    scoring: Scoring = field(default_factory=Scoring)
    reading: ReadOptions = field(default_factory=ReadOptions)
    workers: int = 1
    engine: Engine = "local"
    scheduler: str | None = None
    shard_size: int = 100
    shard_letters: int = SHARD_LETTERS
    duplicates: Duplicates = "outlet"


@dataclass(frozen=True, slots=True)
class CorpusResult:
    """What a run did; ``resumed_shards`` were there before.

    Duplicates were passed over but for ``duplicates_kept``, which another outlet or file has too. Of ``undated``
    articles a date was there and not read; ``repaired`` ones were mended on reading.
    """

    articles: int
    sentences: int
    terms: int
    duplicate_ids: int
    duplicate_texts: int
    duplicates_kept: int
    undated: int
    not_english: int
    repaired: int
    rejected: int
    shards: int
    resumed_shards: int


@dataclass(frozen=True, slots=True)
class _Shard:
    number: int
    articles: list[Article]
    digest: str
    bytes_done: int


class _Reading:
    """The articles of a run in shards; what is rejected or a duplicate goes to its own file and is counted."""

    def __init__(self, inputs: Iterable[str], options: CorpusOptions, folder: Path) -> None:
        self._inputs = inputs
        self._options = options
        self._folder = folder
        self.bytes_done = 0
        self.counts: Counter[str] = Counter()

    def shards(self, rejected: TextIO) -> Iterator[_Shard]:
        size, letters = self._options.shard_size, self._options.shard_letters
        shards = cut(self._first_ones(rejected), size, letters, lambda article: len(article.text))
        for number, articles in enumerate(shards):
            yield _Shard(number, articles, shard_digest(articles), self.bytes_done)

    def _advance(self, count: int) -> None:
        self.bytes_done += count

    def _items(self) -> Iterator[tuple[str, Article | Rejected]]:
        """What is read, each with the name of the source that it came from."""
        reading = self._options.reading
        for name in self._inputs:
            for source in locate(name, reading):
                if isinstance(source, Rejected):
                    yield name, source
                else:
                    yield from ((source.name, item) for item in read_source(source, reading, self._advance))

    def _first_ones(self, rejected: TextIO) -> Iterator[Article]:
        columns = KnownColumns(self._options.reading.keep)
        with (
            SeenArticles(self._folder / ".seen.sqlite") as seen,
            (self._folder / "duplicates.jsonl").open("w", encoding="utf-8") as duplicates,
        ):
            for source, item in self._items():
                if isinstance(item, Rejected):
                    self.counts["rejected"] += 1
                    _write_line(rejected, asdict(item))
                    continue
                columns.meet(item)
                article, duplicate = seen.look(item, source, self._options.duplicates)
                if duplicate is not None:
                    kind = "duplicates_kept" if duplicate.kept else f"duplicate_{duplicate.same}s"
                    self.counts[kind] += 1
                    scored_as = article.id if duplicate.kept else duplicate.first
                    _write_line(duplicates, {"id": item.id, "same": duplicate.same, "scored_as": scored_as})
                if duplicate is None or duplicate.kept:
                    self._count(article)
                    yield article
        columns.check()

    def _count(self, article: Article) -> None:
        self.counts["undated"] += any(repair.startswith("date not read") for repair in article.repairs)
        self.counts["not_english"] += article.language not in {None, "en"}
        self.counts["repaired"] += any(not repair.startswith("date not read") for repair in article.repairs)


def _write_line(file: TextIO, data: object) -> None:
    # Paths may hold bytes that are not UTF-8; ASCII escapes carry them.
    file.write(json.dumps(data) + "\n")


def score_corpus(
    inputs: Iterable[str],
    output: str | Path,
    options: CorpusOptions | None = None,
    *,
    resume: bool = False,
    progress: Progress | None = None,
) -> CorpusResult:
    """Score all inputs into Parquet files below ``output``; memory does not grow with the corpus.

    A folder that holds something is refused unless ``resume`` is set; then the inputs, options and versions
    must be those of the run that began there, its finished shards are kept, and only the others are scored.
    Raises `InputError` where a run cannot begin or go on; single inputs that cannot be read are listed in
    ``rejected.jsonl``.
    """
    inputs, options = tuple(inputs), options or CorpusOptions()
    folder = CorpusFolder(Path(output))
    with folder.locked():
        if folder.is_used and not resume:
            raise InputError(f"{output} is not empty; resume the run in it, or name another folder")
        plan = make_plan(inputs, options.reading, options.scoring, (options.shard_size, options.shard_letters))
        plan["duplicates"] = options.duplicates
        if resume and folder.is_used:
            old = folder.manifest().get("plan")
            check_same(old if isinstance(old, dict) else {}, plan)
        folder.make()
        folder.clean()
        folder.write_manifest({"state": "running", "plan": plan})
        shown = _scaled(progress, plan_bytes(plan))
        shown(0, 0)
        result = _run(_Reading(inputs, options, folder.path), folder, options, shown)
        folder.write_manifest({"state": "complete", "plan": plan, "counts": asdict(result)})
    return result


def _scaled(progress: Progress | None, total: int) -> Callable[[int, int], None]:
    shown = progress or LogProgress()
    return lambda articles, done: shown(articles, min(done, total), total)


def _run(
    reading: _Reading, folder: CorpusFolder, options: CorpusOptions, progress: Callable[[int, int], None]
) -> CorpusResult:
    totals: Counter[str] = Counter()
    done = 0
    with (folder.path / "rejected.jsonl").open("w", encoding="utf-8") as rejected:

        def missing() -> Iterator[_Shard]:
            for shard in reading.shards(rejected):
                entry = folder.done(shard.number, shard.digest)
                if entry is None:
                    yield shard
                else:
                    totals["resumed_shards"] += 1
                    _count(entry, totals, rejected)

        with open_engine(options.engine, options.workers, options.scheduler) as executor:
            for shard, packed in _scored(missing(), executor, options):
                _count(folder.write_shard(packed, shard.digest), totals, rejected)
                done = max(done, shard.bytes_done)
                progress(totals["articles"], done)
    counts = totals + reading.counts
    return CorpusResult(**{name: counts[name] for name in CorpusResult.__slots__})


def _count(entry: dict[str, object], totals: Counter[str], rejected: TextIO) -> None:
    counts, refused = entry["counts"], entry["rejected"]
    if isinstance(counts, dict) and isinstance(refused, list):
        totals.update(counts)
        totals.update(shards=1, rejected=len(refused))
        for item in refused:
            _write_line(rejected, item)


def _scored(
    shards: Iterable[_Shard], executor: Executor, options: CorpusOptions
) -> Iterator[tuple[_Shard, PackedShard]]:
    """Shards as they come back. Few are on the way at a time, so that reading does not run ahead of memory."""
    pending: dict[Future[PackedShard], _Shard] = {}
    for shard in shards:
        pending[executor.submit(pack_shard, shard.number, shard.articles, options.scoring, options.reading.keep)] = (
            shard
        )
        if len(pending) > 2 * options.workers:
            yield from _finished(pending)
    while pending:
        yield from _finished(pending)


def _finished(pending: dict[Future[PackedShard], _Shard]) -> Iterator[tuple[_Shard, PackedShard]]:
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        try:
            yield pending.pop(future), future.result()
        except BrokenExecutor as error:
            raise InputError(f"a worker ended, for want of memory perhaps; the run can be resumed: {error}") from error
