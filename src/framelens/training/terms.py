"""The learned lexicon's network, from marked words and from what the teacher of loaded words marks.

Needs PyTorch (extra ``teach``); `framelens.learned_terms` runs the same network in numpy.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.features import TOKEN, Batch, Vocabulary, WordTable
from framelens.term_network import SEVERITIES, TERM_FLAGS, TermNetwork, term_flags
from framelens.training.recipe import encode_sentences
from framelens.training.term_examples import TermExample

__all__ = ["TermRecipe", "taught_terms", "train_term_network"]

_LONGEST = 90
_WEIGHTS = {"own": 3.0, "babe": 0.5}  # how much an annotated sentence counts beside one that the teacher marked


@dataclass(frozen=True, slots=True)
class TermRecipe:
    """The settings of a fit; those of the shipped network by default."""

    epochs: int = 5
    size: int = 128
    rate: float = 2e-3
    width: int = 64
    dropout: float = 0.15
    word_dropout: float = 0.1
    lexicon_dropout: float = 0.3  # share of sentences whose curated terms are hidden, so that words speak too
    seed: int = 0


def _network(torch: Any, table: WordTable, recipe: TermRecipe) -> Any:
    nn = torch.nn
    words = np.concatenate([table.vectors * 2, table.classes], axis=1).astype(np.float32)

    class Network(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.table = nn.Embedding.from_pretrained(torch.from_numpy(words), freeze=False, padding_idx=0)
            self.near = nn.Conv1d(words.shape[1] + len(TERM_FLAGS), recipe.width, 5, padding=2)
            self.sentence = nn.Linear(recipe.width, recipe.width, bias=False)
            self.far = nn.Conv1d(recipe.width, recipe.width, 3, padding=1)
            self.last = nn.Linear(recipe.width, 1)
            self.dropout = nn.Dropout(recipe.dropout)

        def forward(self, ids: Any, flags: Any, mask: Any) -> Any:
            inputs = torch.cat([self.table(ids), flags], 2)
            if self.training:
                inputs = inputs * (torch.rand(*ids.shape, 1) > recipe.word_dropout)
            wide = mask[:, None]
            hidden = torch.relu(self.near(inputs.transpose(1, 2))) * wide
            pooled = self.sentence(hidden.max(2).values)[..., None]
            hidden = hidden + torch.relu(self.far(self.dropout(hidden)) + pooled) * wide
            return self.last(self.dropout(hidden).transpose(1, 2)).squeeze(-1)

    return Network()


def _padded(batch: Batch, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Places of the tokens (S × L), which of them are there, and their ids."""
    lengths = np.minimum(batch.ends[rows] - batch.starts[rows], _LONGEST)
    columns = np.arange(int(lengths.max()))
    mask = columns < lengths[:, None]
    places = np.where(mask, batch.starts[rows][:, None] + columns, 0)
    return places, mask, np.where(mask, batch.ids[places], 0).astype(np.int64)


def _mini_batches(batch: Batch, size: int, rng: random.Random) -> Iterator[NDArray[np.int64]]:
    order = np.array(rng.sample(range(len(batch)), len(batch)))
    lengths = batch.ends - batch.starts
    for low in range(0, len(order), size * 32):
        stretch = order[low : low + size * 32]
        stretch = stretch[np.argsort(lengths[stretch], kind="stable")]
        parts = [stretch[i : i + size] for i in range(0, len(stretch), size)]
        yield from rng.sample(parts, len(parts))


def train_term_network(
    table: WordTable,
    batch: Batch,
    shares: NDArray[np.float32],
    weights: NDArray[np.float32],
    recipe: TermRecipe | None = None,
) -> TermNetwork:
    """Fit to the share that each token was marked with; ``weights`` counts sentences.

    ``shares`` is aligned with ``batch.ids``.
    """
    torch: Any = import_module("torch")  # untyped where it is not installed
    recipe = recipe or TermRecipe()
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    rng = random.Random(recipe.seed)  # noqa: S311 - a shuffle, no secret
    net = _network(torch, table, recipe)
    flags = term_flags(batch)
    optimiser = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=1e-3)
    steps = recipe.epochs * -(-len(batch) // recipe.size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps + 1, pct_start=0.1)
    for _ in range(recipe.epochs):
        for rows in _mini_batches(batch, recipe.size, rng):
            places, mask, ids = _padded(batch, rows)
            seen = flags[places] * mask[..., None]
            hidden = torch.rand(len(rows)).numpy() < recipe.lexicon_dropout
            seen[hidden, :, -len(SEVERITIES) :] = 0
            present = torch.from_numpy(mask.astype(np.float32))
            logits = net(torch.from_numpy(ids), torch.from_numpy(seen), present)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, torch.from_numpy(shares[places]), reduction="none"
            )
            counts = present * torch.from_numpy(weights[rows])[:, None]
            loss = (loss * counts).sum() / counts.sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return _arrays(net)


def _arrays(net: Any) -> TermNetwork:
    def array(tensor: Any) -> NDArray[np.float32]:
        return np.ascontiguousarray(tensor.detach().numpy(), np.float32)

    return TermNetwork(
        vectors=array(net.table.weight),
        near=array(net.near.weight.permute(2, 1, 0)),
        near_bias=array(net.near.bias),
        sentence=array(net.sentence.weight.T),
        far=array(net.far.weight.permute(2, 1, 0)),
        far_bias=array(net.far.bias),
        last=array(net.last.weight[0]),
        intercept=array(net.last.bias),
    )


def taught_terms(
    examples: Sequence[TermExample], texts: Sequence[str], shares: NDArray[np.uint8], vocabulary: Vocabulary
) -> tuple[Batch, NDArray[np.float32], NDArray[np.float32]]:
    """Examples and taught sentences encoded together: the batch, each token's share, each sentence's weight.

    ``shares`` holds the teacher's probabilities of all tokens of all texts, one after the other, in 255ths.
    """
    batch = encode_sentences([*(e.text for e in examples), *texts], vocabulary)
    wanted: list[NDArray[np.float32]] = [np.array(e.marked, np.float32) for e in examples]
    begin = 0
    for text in texts:
        count = len(TOKEN.findall(text))
        wanted.append((shares[begin : begin + count] / 255).astype(np.float32))
        begin += count
    target = np.zeros(len(batch.ids), np.float32)
    for low, high, share in zip(batch.starts.tolist(), batch.ends.tolist(), wanted, strict=True):
        target[low:high] = share[: high - low]
    weights = [_WEIGHTS[e.corpus] for e in examples] + [1.0] * len(texts)
    return batch, target, np.array(weights, np.float32)
