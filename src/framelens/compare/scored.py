"""A folder that ``framelens corpus`` wrote → tallies, read a shard at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from framelens.compare import FIELDS, CompareOptions, Comparison, Tally, gather
from framelens.compare.tally import LEAD, SIDES, Side, side_of, term_key, vocabulary
from framelens.errors import InputError, MissingExtraError
from framelens.text import VOICES, Article, Voice

__all__ = ["compare_scored", "is_scored", "provenances"]

_SENTENCES = ["article", "start", "end", "part"]
_TERMS = ["article", "text", "voice"]
_NO_VALUES = {"article", "text", "frames", "voices", "repairs"}


def is_scored(path: str) -> bool:
    """Whether a path is a folder that ``framelens corpus`` wrote."""
    folder = Path(path)
    return all((folder / table).is_dir() for table in ("articles", "sentences", "terms"))


def compare_scored(
    paths: Sequence[str | Path], by: str = "outlet", options: CompareOptions | None = None
) -> Comparison:
    """Compare the articles of scored corpora by a field of articles, or by any column of their articles table."""
    tallies = (tally for path in paths for tally in _folder(Path(path), by))
    return gather(tallies, by=by, options=options, model=lambda: _models(paths))


def provenances(paths: Sequence[str | Path]) -> list[dict[str, Any]]:
    """What the manifests of scored corpora say the articles were scored with."""
    found = []
    for path in paths:
        try:
            found.append(dict(json.loads((Path(path) / "manifest.json").read_text("utf-8"))["plan"]["provenance"]))
        except (OSError, ValueError, KeyError, TypeError):
            # A folder without a readable manifest can still be compared; its model is not known.
            continue
    return found


def _models(paths: Sequence[str | Path]) -> str | None:
    """The models that the manifests name."""
    models = (provenance.get("model") for provenance in provenances(paths))
    return ", ".join(sorted({str(model["name"]) for model in models if model})) or None


def _folder(folder: Path, by: str) -> Iterator[Tally]:
    parts = sorted((folder / "articles").glob("*.parquet"))
    if not parts:
        raise InputError(f"{folder}: holds no scored articles")
    for part in parts:
        # Every shard has a file of the same name in each table.
        sentences = _by_article(_rows(folder / "sentences" / part.name, _SENTENCES))
        terms = _by_article(_rows(folder / "terms" / part.name, _TERMS))
        for row in _rows(part):
            yield _tally(row, _group(row, by, part), sentences[row["article"]], terms[row["article"]])


def _rows(path: Path, columns: list[str] | None = None) -> list[dict[str, Any]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("reading a scored corpus", "parquet") from None
    try:
        rows: list[dict[str, Any]] = pq.read_table(path, columns=columns).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: {error}") from error
    return rows


def _by_article(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["article"]].append(row)
    return grouped


def _group(row: dict[str, Any], by: str, part: Path) -> str:
    if by in FIELDS:
        article = Article(row["text"], row["article"], row["title"], row["outlet"], row["url"], _iso(row["published"]))
        value: Any = FIELDS[by](article)
    elif by in (values := _values(row)):
        value = values[by]
    else:
        raise InputError(
            f"{part}: no column {by!r} to compare by; there are {', '.join(sorted(FIELDS.keys() | values.keys()))}; "
            f"`framelens corpus --keep {by}` takes along a column of its input"
        )
    return "" if value is None else str(value).strip()


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """What a row can be grouped by: its own columns, and those that were kept of the input."""
    return {name: value for name, value in row.items() if name not in _NO_VALUES}


def _iso(published: dt.datetime | None) -> str | None:
    """A moment as it is written where articles are read: midnight stands for the day."""
    if published is None:
        return None
    return published.date().isoformat() if published.time() == dt.time() else published.isoformat()


def _tally(row: dict[str, Any], group: str, sentences: list[dict[str, Any]], found: list[dict[str, Any]]) -> Tally:
    terms: dict[Side, Counter[str]] = {side: Counter() for side in SIDES}
    for term in found:
        side = side_of(term["voice"])
        if side is not None:
            terms[side][term_key(term["text"])] += 1
    return Tally(
        id=row["article"] or "",
        group=group,
        title=row["title"] or "",
        outlet=row["outlet"] or "",
        published=_iso(row["published"]) or "",
        words={voice: row[f"words_{voice}"] for voice in VOICES},
        loaded={voice: row[f"loaded_terms_{voice}"] for voice in VOICES},
        scored=row["scored_sentences"],
        editorializing=row["editorializing_sentences"],
        frames={frame["frame"]: frame["score"] for frame in row["frames"] or ()},
        vocabulary=vocabulary(_pieces(row, sentences)),
        terms=terms,
        lead=f"{row['title'] or ''}\n{row['text'][:LEAD]}",
    )


def _pieces(row: dict[str, Any], sentences: list[dict[str, Any]]) -> Iterator[tuple[str, Voice]]:
    """The counted sentences in pieces of one voice each."""
    counted = sorted((s["start"], s["end"]) for s in sentences if s["part"] != "boilerplate")
    stretches, text, first = row["voices"] or [], row["text"], 0
    for start, end in counted:
        while first < len(stretches) and stretches[first]["end"] <= start:
            first += 1
        for stretch in stretches[first:]:
            if stretch["start"] >= end:
                break
            yield text[max(start, stretch["start"]) : min(end, stretch["end"])], stretch["voice"]
