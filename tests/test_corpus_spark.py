"""Spark makes the same rows as the library."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from corruption import record

from framelens import Article
from framelens.corpus import Scoring, score_shard
from framelens.corpus.tables import TABLES, schema
from framelens.inputs import ReadOptions
from framelens.inputs.repair import mend

pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # pyspark's own

SCORING = Scoring(model=None)
README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")

# Starting Java and a Python worker is most of what these tests cost: one session, and nothing beside it.
_SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on one core, in a folder of its own, which Java keeps as where relative paths begin."""
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("spark"))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        builder = SparkSession.builder.master("local[1]")
        for name, value in _SMALL.items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        yield running
        running.stop()


def test_spark_makes_the_same_rows(session: Any) -> None:
    """Tables from a Spark data frame equal those of the shard function; a row without text is rejected."""
    from framelens.adapters.spark import score_spark

    records = [record(n) for n in range(5)]
    columns = list(records[0])
    data = [tuple(r[c] for c in columns) for r in records] + [("none", None, None, None, None, None)]
    frame = session.createDataFrame(data, ", ".join(f"{c} string" for c in columns)).coalesce(1)
    tables = score_spark(frame, SCORING)
    expected = score_shard([mend(Article(**r), ReadOptions()) for r in records], SCORING)
    # One collect for all tables: a Spark job costs more than what it scores here.
    scored = [row.asDict(recursive=True) for row in tables.scored.collect()]
    for name in TABLES:
        got = sorted(_json(row[name]) for row in scored if row[name] is not None)
        assert got == sorted(_json(row) for row in _full(expected.table(name)))
        assert getattr(tables, name).columns == schema(name).names
    (reason,) = [row["rejected"]["reason"] for row in scored if row["rejected"] is not None]
    assert reason == "text is missing, not a string"


def test_the_readmes_lines_run(session: Any) -> None:
    """The README's lines, as they stand, write the terms that the library finds."""
    records = [record(n) for n in range(3)]
    Path("articles.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    (lines,) = re.findall(r"```\n(from pyspark.*?)```", README, re.DOTALL)
    exec(lines, {})  # noqa: S102 - the README is ours
    expected = score_shard([Article(**r) for r in records]).terms
    written = pq.read_table("terms").to_pylist()
    assert expected
    assert sorted(map(json.dumps, written)) == sorted(map(json.dumps, _full(expected)))


def _json(row: dict[str, object]) -> str:
    """A row as text; Spark gives moments without a zone, in that of this machine."""
    return json.dumps(row, default=lambda moment: moment.astimezone(dt.UTC).isoformat())


def _full(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    for name in TABLES:
        columns = schema(name).names
        if rows and set(rows[0]) == set(columns):
            return [{column: row[column] for column in columns} for row in rows]
    return rows
