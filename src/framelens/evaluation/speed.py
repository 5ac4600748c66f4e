"""How fast the parts are, on one core and in CPU seconds, beside a peer in the same run.

Run ``python -m framelens.evaluation.speed [FILE]``. FILE holds articles, as ``framelens score`` reads them;
without it the samples beside the notebooks are read. Of each measure the best of three runs counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from framelens.analyzer import Analyzer
from framelens.errors import InputError
from framelens.inputs import read_articles
from framelens.matcher import Matcher
from framelens.model_io import load_model
from framelens.text import Article, segment
from framelens.voice import read, read_sentence

__all__ = ["main", "measure"]

_RUNS = 3
_SAMPLES = Path(__file__).parents[3] / "notebooks" / "samples"
_LOAD = (
    "import time; from framelens.model_io import load_model; "
    "t = time.process_time(); load_model(); print(time.process_time() - t)"
)
_HOSTILE = {"quotation marks": "“”\" ' ", "opening marks": "“", "said": "said word "}


def _seconds(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The CPU seconds of the best run."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return max(min(taken), 1e-9)


def _texts(file: Path | None, articles: int) -> list[str]:
    if file is not None:
        found = (item for item in read_articles([str(file)]) if isinstance(item, Article))
        texts = [article.text for article in islice(found, articles)]
    else:
        texts = [path.read_text("utf-8") for path in sorted(_SAMPLES.glob("*.txt"))] * 5
    if not texts:
        raise InputError("nothing to measure: give a file of articles")
    return texts


def _megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1e6


def _model_figures(analyzer: Analyzer, sentences: Sequence[str]) -> dict[str, float]:
    """Scoring alone, of sentences that are already read and matched, and reading and matching with it."""
    model = load_model()
    documents = [read_sentence(text) for text in sentences]
    matches = [analyzer.terms(document) for document in documents]
    one, own = documents[len(documents) // 2], matches[len(matches) // 2]
    figures = {
        "model, sentences per second, in batches": len(sentences) / _seconds(lambda: model.score(documents, matches)),
        "model, ms for one sentence": 1e3 / 200 * _seconds(lambda: [model.score([one], [own]) for _ in range(200)]),
    }
    if find_spec("vaderSentiment") is not None:
        vader = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
        rate = len(sentences) / _seconds(lambda: [vader.polarity_scores(text) for text in sentences])
        figures["VADER, sentences per second"] = rate
        figures["model against VADER, ratio"] = figures["model, sentences per second, in batches"] / rate
    return figures


def _start_up(code: str) -> float:
    """Seconds by the clock until a fresh interpreter has run ``code``; what it needs is measured, not only its CPU."""
    taken = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - this interpreter, own code
        taken.append(time.perf_counter() - start)
    return min(taken)


def _hostile_figures(size: int) -> dict[str, float]:
    """How much longer a text four times as long is read: 4 is linear, 16 quadratic."""
    figures = {}
    for name, unit in _HOSTILE.items():
        short, long = (Article((unit * n)[:n]) for n in (size, 4 * size))
        short_time, long_time = (_seconds(partial(read, article)) for article in (short, long))
        figures[f"read, hostile text of {name}: time of fourfold length"] = long_time / short_time
    return figures


def measure(texts: Sequence[str], *, hostile_size: int = 50_000) -> dict[str, float]:
    """All figures by name; seconds are CPU seconds where the name does not say otherwise."""
    articles, megabytes = [Article(text) for text in texts], _megabytes(texts)
    analyzer = Analyzer()
    matcher = Matcher(analyzer.lexicons)
    documents = [read(article) for article in articles]
    sentences = [s.span.of(a.text) for a in articles for s in segment(a) if s.part == "body"][:3000]
    return {
        "megabytes of text": megabytes,
        "sentences": len(sentences),
        **_model_figures(analyzer, sentences),
        "model load, s": min(float(_output(_LOAD)) for _ in range(_RUNS)),
        "read, MB per second": megabytes / _seconds(lambda: [read(article) for article in articles]),
        "matcher build, s": _seconds(lambda: Matcher(analyzer.lexicons)),
        "matcher, MB per second": megabytes / _seconds(lambda: [matcher.match(document) for document in documents]),
        "analyze, MB per second": megabytes / _seconds(lambda: list(analyzer.pipe(articles)), runs=2),
        "start-up with the model, s by the clock": _start_up("import framelens; framelens.analyze('A word.')"),
        "start-up with no model, s by the clock": _start_up("import framelens; framelens.Analyzer(None).analyze('')"),
        **_hostile_figures(hostile_size),
    }


def _output(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=200, help="how many of FILE's articles (default: 200)")
    parser.add_argument("-f", "--format", choices=["text", "json"], default="text")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    figures = measure(_texts(options.file, options.articles))
    if options.format == "json":
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))  # noqa: T201 - a command's result
        return
    for name, value in figures.items():
        print(f"{value:12,.3f}  {name}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
