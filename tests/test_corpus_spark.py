"""Spark makes the same rows as the library."""

from __future__ import annotations

import json
import os
import shutil
import sys
import warnings
from pathlib import Path

import pytest
from corruption import record

from framelens import Article
from framelens.corpus import Scoring, score_shard
from framelens.corpus.tables import TABLES, schema

pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)

SCORING = Scoring(model=None)


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_spark_makes_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables from a Spark data frame equal those of the shard function; a row without text is rejected."""
    from pyspark.sql import SparkSession

    from framelens.adapters.spark import score_spark

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path))
        .getOrCreate()
    )
    try:
        records = [record(n) for n in range(5)]
        columns = list(records[0])
        data = [tuple(r[c] for c in columns) for r in records] + [("none", None, None, None, None, None)]
        frame = session.createDataFrame(data, ", ".join(f"{c} string" for c in columns)).coalesce(1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = score_spark(frame, SCORING)
            expected = score_shard([Article(**r) for r in records], SCORING)
            # One collect for all tables: a Spark job costs more than what it scores here.
            scored = [row.asDict(recursive=True) for row in tables.scored.collect()]
        for name in TABLES:
            got = sorted(json.dumps(row[name]) for row in scored if row[name] is not None)
            assert got == sorted(json.dumps(row) for row in _full(expected.table(name)))
            assert getattr(tables, name).columns == schema(name).names
        (reason,) = [row["rejected"]["reason"] for row in scored if row["rejected"] is not None]
        assert reason == "text is missing, not a string"
    finally:
        session.stop()


def _full(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    for name in TABLES:
        columns = schema(name).names
        if rows and set(rows[0]) == set(columns):
            return [{column: row[column] for column in columns} for row in rows]
    return rows
