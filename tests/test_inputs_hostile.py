"""No input stops a run or takes the machine."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from corruption import bombs, broken_files, record

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles

#: CI takes a sample; `FRAMELENS_BROKEN_INPUTS=1000` is the whole.
COUNT = int(os.environ.get("FRAMELENS_BROKEN_INPUTS", "220"))


def test_broken_inputs_are_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    """Each broken input gives an article or a reason, and the good ones between them are all read."""
    names = []
    for number, (name, data) in enumerate(broken_files(COUNT)):
        (tmp_path / name).write_bytes(data)
        (tmp_path / f"good-{number}.txt").write_text(record(number)["text"], "utf-8")
        names += [str(tmp_path / name), str(tmp_path / f"good-{number}.txt")]
    for number, name in enumerate(names):
        items = list(read_articles([name]))
        assert items, name
        assert all(item.reason for item in items if isinstance(item, Rejected))
        if number % 2:
            assert items == [Article(record(number // 2)["text"], id=name)]


@pytest.mark.parametrize("name", ["bomb.txt.zst", "bomb.txt.gz", "bomb.jsonl.gz", "huge.jsonl"])
def test_bombs_are_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    """What expands without end, or is one record without end, is refused before it fills the memory."""
    (tmp_path / name).write_bytes(next(data for bomb, data in bombs(100) if bomb == name))
    tracemalloc.start()
    last = refused = None
    for item in read_articles([str(tmp_path / name)], ReadOptions(max_record_bytes=5_000_000)):
        last = item
        refused = item if isinstance(item, Rejected) else refused
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused is not None
    assert peak < 80_000_000
    assert name != "huge.jsonl" or last == Article(**record(903))


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_truncated_stream_gives_what_it_holds_and_says_that_it_ends(tmp_path: Path, suffix: str) -> None:
    """Records before the cut are read, and the cut is reported."""
    from corruption import good_files

    data = good_files(list(range(2000)))[f"lines.jsonl.{suffix}"]
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(data[: len(data) * 2 // 3])
    *before, last = read_articles([str(tmp_path / f"a.jsonl.{suffix}")])
    assert len(before) > 100
    assert isinstance(last, Rejected)
    assert "end" in last.reason
