"""The labelled sentences that models learn from, each with its corpus, group and side of the hold-out."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from framelens.errors import InputError

__all__ = ["Example", "held_out", "read_annotation", "read_babe", "read_newssd", "read_rows"]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence and the share of annotators who saw editorializing in it.

    ``label`` is the corpus's own verdict, None where its annotators did not agree. ``group`` is the outlet.
    """

    text: str
    share: float
    label: bool | None
    corpus: str
    group: str
    topic: str
    held_out: bool

    @property
    def target(self) -> float:
        """What a model learns: halfway between verdict and share, so that lone dissent counts a little."""
        return self.share if self.label is None else (self.share + self.label) / 2


def held_out(key: str) -> bool:
    """Whether the fifth that is kept as a test holds this article or outlet; the same on every machine."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 5 == 0


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, plain or gzipped; raises `InputError` with file and line."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise InputError(f"{path}: line {number}: is no JSON object; one object a line is read")
                    yield row
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"{path}: line {number}: {error}") from error


def read_babe(folder: Path) -> Iterator[Example]:
    """BABE's ``label_opinion`` (Spinde et al. 2021); a fifth is held out by article."""
    for row in read_rows(folder / "babe.jsonl.gz"):
        votes = row["votes"]
        total = votes["factual"] + votes["mixed"] + votes["opinion"]
        label = None if row["label_opinion"] == "No agreement" else row["label_opinion"] != "Entirely factual"
        if total:
            yield Example(
                text=row["text"].strip(),
                share=(votes["mixed"] + votes["opinion"]) / total,
                label=label,
                corpus="babe",
                group=row["outlet"],
                topic=row["topic"],
                held_out=held_out(row["news_link"] or row["text"]),
            )


def read_newssd(folder: Path) -> Iterator[Example]:
    """NewsSD-ENG (Antici et al. 2024); its own test part is held out."""
    for part in ("train", "val", "test"):
        for row in read_rows(folder / f"newssd_{part}.jsonl.gz"):
            label = row["label"] == "SUBJ"
            yield Example(row["text"].strip(), float(label), label, "newssd", "newssd", "", part == "test")


def read_annotation(folder: Path) -> Iterator[Example]:
    """Framelens' own annotation, its texts cut from ``articles.jsonl.gz``; a fifth is held out by outlet."""
    articles = {row["id"]: row for row in read_rows(folder / "articles.jsonl.gz")}
    lines = (files("framelens.training") / "annotation" / "editorializing.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(lines):
        article = articles[row["article"]]
        yield Example(
            text=article["text"][int(row["start"]) : int(row["end"])],
            share=(int(row["pass_1"]) + int(row["pass_2"])) / 6,
            label=row["editorializing"] == "1",
            corpus="own",
            group=article["outlet"],
            topic=article["topic"],
            held_out=held_out(article["outlet"]),
        )
