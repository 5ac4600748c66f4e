"""How well an article's frames agree with annotated ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from framelens.analyzer import Analyzer
from framelens.frames import FRAMES
from framelens.text import Article

__all__ = ["evaluate_frames"]


def _f1(right: int, said: int, gold: int) -> float:
    return 2 * right / (said + gold) if said + gold else 0.0


def evaluate_frames(rows: Iterable[Mapping[str, Any]], analyzer: Analyzer) -> dict[str, float]:
    """Micro- and macro-F1 over article-frame pairs; rows hold ``text`` and ``frames``."""
    rows = list(rows)
    counts = {frame: [0, 0, 0] for frame in FRAMES}
    for row, report in zip(rows, analyzer.pipe(Article(r["text"]) for r in rows), strict=True):
        said = {score.frame for score in report.frames if score.used}
        for frame, count in counts.items():
            count[0] += frame in said and frame in row["frames"]
            count[1] += frame in said
            count[2] += frame in row["frames"]
    right, said_total, gold = (sum(count[i] for count in counts.values()) for i in range(3))
    return {
        "micro_f1": _f1(right, said_total, gold),
        "macro_f1": sum(_f1(*count) for count in counts.values()) / len(counts),
        "precision": right / (said_total or 1),
        "recall": right / (gold or 1),
        "articles": len(rows),
    }
