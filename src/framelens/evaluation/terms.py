"""How well flagged terms agree with annotated spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from framelens.analyzer import Analyzer
from framelens.text import Article, Span

__all__ = ["evaluate_terms"]

# Precision asks for any of these, recall only for the first two (Da San Martino et al. 2020).
_WANTED = frozenset({"Loaded_Language", "Name_Calling,Labeling", "Name_Calling"})
_ALLOWED = _WANTED | {"Exaggeration,Minimisation", "Exaggeration"}


def evaluate_terms(rows: Iterable[Mapping[str, Any]], analyzer: Analyzer) -> dict[str, float]:
    """Precision over flags in any voice and recall over gold spans, by overlap, pooled over articles.

    Rows hold ``text`` and ``spans`` with ``start``, ``end`` and ``technique``.
    """
    flags = right = gold = found = words = articles = curated = curated_right = 0
    rows = list(rows)
    for row, report in zip(rows, analyzer.pipe(Article(r["text"], id=str(r.get("id", ""))) for r in rows), strict=True):
        spans = [(Span(s["start"], s["end"]), s["technique"]) for s in row["spans"]]
        wanted = [span for span, technique in spans if technique in _WANTED]
        allowed = [span for span, technique in spans if technique in _ALLOWED]
        good = [any(match.span.overlaps(span) for span in allowed) for match in report.terms]
        flags += len(good)
        right += sum(good)
        curated += sum(match.entry is not None for match in report.terms)
        curated_right += sum(g for g, match in zip(good, report.terms, strict=True) if match.entry is not None)
        gold += len(wanted)
        found += sum(any(match.span.overlaps(span) for match in report.terms) for span in wanted)
        words += len(re.findall(r"\w+", row["text"]))
        articles += 1
    precision, recall = right / (flags or 1), found / (gold or 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall or 1),
        "curated_precision": curated_right / (curated or 1),
        "flags_per_1000_words": 1000 * flags / (words or 1),
        "flags": flags,
        "curated_flags": curated,
        "gold": gold,
        "articles": articles,
    }
