"""Fits the tagger to annotated articles (PolNeAR's format) and writes ``tagger.npz``. Needs PyTorch and scikit-learn.

    python -m framelens.voice.train polnear_train.jsonl.gz articles.jsonl.gz tagger.npz

The second file holds unlabelled articles (field ``text``): from all texts together the word rows get a first value, by
a singular value decomposition of positive pointwise mutual information with neighbours (Levy & Goldberg 2014).
"""

from __future__ import annotations

import gzip
import importlib
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.text import Article, Document, tokenise
from framelens.voice.features import STATIC, WORD_BUCKETS, Inputs, word_bucket
from framelens.voice.network import network
from framelens.voice.reading import read_inputs

__all__ = ["Example", "Recipe", "examples", "fit", "save", "word_vectors"]

_PARTS = ("content", "source", "cue")
_WEIGHTS = (1.0, 0.6, 0.6, 0.3)
_NEIGHBOURS = 1500


@dataclass(frozen=True, slots=True)
class Example:
    """One article as the tagger sees it, its answers, and how much each token counts."""

    inputs: Inputs
    answers: NDArray[np.float32]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a fit; those of the shipped model by default."""

    passes: int = 9
    batch: int = 8
    rate: float = 3e-3
    width: int = 48
    dropout: float = 0.2
    word_dropout: float = 0.15
    seed: int = 0


def examples(articles: Iterable[Mapping[str, Any]]) -> list[Example]:
    """Annotated articles turned into inputs and answers."""
    result = []
    for article in articles:
        document = Document.read(Article(article["text"]))
        tokens, inputs = document.tokens, read_inputs(document)
        answers = np.zeros((len(tokens), 4), dtype=np.float32)
        for one in article["attributions"]:
            for column, part in enumerate(_PARTS):
                for start, end in one[part]:
                    answers[tokens.first_at(start) : tokens.first_at(end), column] = 1
            if one["content"]:
                opening = tokens.first_at(one["content"][0][0])
                answers[opening : opening + 1, 3] = 1
        # Punctuation is not counted in evaluation, and counts little here.
        weight = np.array([1.0 if word[0].isalnum() else 0.3 for word in tokens.words], dtype=np.float32)
        if len(tokens):
            result.append(Example(inputs, answers, weight))
    return result


def word_vectors(texts: Iterable[str], size: int = 32) -> NDArray[np.float32]:
    """First values of the word rows, from the words that stand within two places."""
    sparse: Any = importlib.import_module("scipy.sparse")
    decomposition: Any = importlib.import_module("sklearn.decomposition")
    edge = WORD_BUCKETS
    row: list[int] = []
    for text in texts:
        for line in text.split("\n"):
            row += [word_bucket(word) for word in tokenise(line, ()).lower] + [edge] * 3
    ids = np.array(row, dtype=np.int64)
    frequent = np.argsort(-np.bincount(ids, minlength=edge + 1)[:edge])[:_NEIGHBOURS]
    column = np.full(edge + 1, -1)
    column[frequent] = np.arange(_NEIGHBOURS)
    column[edge] = _NEIGHBOURS
    parts = []
    for step in (-2, -1, 1, 2):
        word = ids[max(0, -step) : len(ids) - max(0, step)]
        near = column[ids[max(0, step) : len(ids) + min(0, step)]]
        keep = (word < edge) & (near >= 0)
        pairs = np.ones(int(keep.sum()), dtype=np.float32)
        counts = sparse.coo_matrix((pairs, (word[keep], near[keep])), shape=(edge, _NEIGHBOURS + 1)).tocsr().tocoo()
        parts.append(_information(sparse, counts))
    svd = decomposition.TruncatedSVD(2 * size, n_iter=4, random_state=0)
    vectors = svd.fit_transform(sparse.hstack(parts).tocsr()) / np.sqrt(svd.singular_values_)[None]
    first: NDArray[np.float32] = vectors[:, :size].astype(np.float32)
    first *= 0.25 / first.std()
    return first


def _information(sparse: Any, counts: Any) -> Any:
    """Positive pointwise mutual information, with the neighbours' counts smoothed."""
    words = np.asarray(counts.sum(1)).ravel() + 1e-9
    near = np.asarray(counts.sum(0)).ravel() ** 0.75
    values = np.log(counts.data / (words[counts.row] * (near / near.sum())[counts.col])) - 0.3
    keep = values > 0
    return sparse.coo_matrix((values[keep], (counts.row[keep], counts.col[keep])), shape=counts.shape)


def fit(train: Sequence[Example], vectors: NDArray[np.float32], recipe: Recipe | None = None) -> Any:
    """A fitted network (see `framelens.voice.network`)."""
    recipe = recipe or Recipe()
    torch: Any = importlib.import_module("torch")
    torch.manual_seed(recipe.seed)
    order = random.Random(recipe.seed)  # noqa: S311 - shuffles training data
    net = network(torch, vectors.shape[1], recipe.width, recipe.dropout, recipe.word_dropout)
    with torch.no_grad():
        net.table.weight[:WORD_BUCKETS] = torch.from_numpy(vectors)
    optimiser = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=1e-5)
    rounds = recipe.passes * ((len(train) + recipe.batch - 1) // recipe.batch)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=rounds, pct_start=0.1)
    balance = torch.tensor(_WEIGHTS)
    net.train()
    shuffled = list(train)
    for _ in range(recipe.passes):
        order.shuffle(shuffled)
        for start in range(0, len(shuffled), recipe.batch):
            batch = shuffled[start : start + recipe.batch]
            wanted = torch.from_numpy(np.concatenate([one.answers for one in batch]))
            weight = torch.from_numpy(np.concatenate([one.weight for one in batch]))[:, None]
            entropy = torch.nn.functional.binary_cross_entropy_with_logits
            loss = (entropy(net([one.inputs for one in batch]), wanted, reduction="none") * balance * weight).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return net.eval()


def save(net: Any, path: Path) -> None:
    """Write the weights as plain arrays: the table in eight bits a number, the rest in sixteen."""
    table = net.table.weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-9
    arrays = {"table": np.round(table / scale).astype(np.int8), "table_scale": scale.astype(np.float16)}
    arrays["dilations"] = np.array([layer.dilation[0] for layer in net.layers], dtype=np.int64)
    for name, layer in (("first", net.first), *((f"kernel{n}", layer) for n, layer in enumerate(net.layers))):
        arrays[name] = _half(layer.weight.permute(2, 1, 0))
        arrays["first_bias" if name == "first" else name.replace("kernel", "bias")] = _half(layer.bias)
    for name, layer in (("pooled", net.pooled), ("last", net.last)):
        arrays[name] = _half(layer.weight.t())
        arrays[f"{name}_bias"] = _half(layer.bias)
    assert table.shape[0] == STATIC  # noqa: S101 - a mismatch here is a fault of this file
    np.savez_compressed(path, **arrays)


def _half(weights: Any) -> NDArray[np.float16]:
    half: NDArray[np.float16] = weights.detach().numpy().astype(np.float16)
    return half


def _records(path: str) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(arguments: Sequence[str]) -> None:
    """Fit on the files named and write the model."""
    labelled, unlabelled, target = arguments
    articles = _records(labelled)
    vectors = word_vectors(one["text"] for one in [*_records(unlabelled), *articles])
    save(fit(examples(articles), vectors), Path(target))


if __name__ == "__main__":
    main(sys.argv[1:])
