"""The classifier's network: trained by back-propagation and run with numpy alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from framelens.features import FLAGS, SENTENCE_FEATURES, Batch

__all__ = ["BATCH_SIZE", "Network", "Runner", "TrainingOptions", "sigmoid", "train_network"]

Floats = NDArray[np.float32]

WINDOW = 3
BATCH_SIZE = 64  # sentences of one training step
_LONGEST = 90  # tokens of a sentence that are trained on


def sigmoid(x: NDArray[np.floating]) -> NDArray[np.float64]:
    """The logistic function, without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x, np.float64)))


@dataclass(frozen=True, slots=True)
class Network:
    """Learned arrays: ``vectors`` (words × width), ``kernel`` (3 × inputs × filters), and the output's weights.

    An input is a word's vector, then its word classes, then its flags.
    """

    vectors: Floats
    kernel: Floats
    bias: Floats
    output: Floats
    dense: Floats
    intercept: Floats


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """How a network is trained; see `framelens.classifier.EditorializingClassifier`."""

    filters: int
    epochs: int
    learning_rate: float
    dropout: float
    word_dropout: float
    weight_decay: float
    seed: int


@dataclass(frozen=True, slots=True)
class _Padded:
    """Some sentences of a batch, padded to one length: ids (S × L), flags (S × L × flags), a mask, dense (S × 4)."""

    ids: NDArray[np.int32]
    flags: Floats
    mask: Floats
    dense: Floats


def _padded(batch: Batch, rows: NDArray[np.int64]) -> _Padded:
    lengths = np.minimum(batch.ends[rows] - batch.starts[rows], _LONGEST)
    columns = np.arange(max(int(lengths.max()), 1))
    mask = columns < lengths[:, None]
    places = np.where(mask, batch.starts[rows][:, None] + columns, 0)
    ids = np.where(mask, batch.ids[places], 0).astype(np.int32)
    return _Padded(ids, batch.flags[places] * mask[..., None], mask.astype(np.float32), batch.dense[rows])


def _windows(inputs: Floats) -> Floats:
    """(S × L × D) → (S × L × 3D): each word with its neighbours."""
    edge = np.zeros_like(inputs[:, :1])
    left = np.concatenate([edge, inputs[:, :-1]], axis=1)
    right = np.concatenate([inputs[:, 1:], edge], axis=1)
    return np.concatenate([left, inputs, right], axis=2)


def _start(vectors: Floats, inputs: int, options: TrainingOptions) -> Network:
    rng = np.random.default_rng(options.seed)
    scale = np.sqrt(2 / (WINDOW * inputs))
    return Network(
        vectors=vectors.copy(),
        kernel=rng.normal(0, scale, (WINDOW * inputs, options.filters)).astype(np.float32),
        bias=np.zeros(options.filters, np.float32),
        output=rng.normal(0, 0.1, options.filters).astype(np.float32),
        dense=np.zeros(len(SENTENCE_FEATURES), np.float32),
        intercept=np.zeros(1, np.float32),
    )


def _gradients(  # noqa: PLR0913, PLR0917 - one training step's inputs
    net: Network, classes: Floats, data: _Padded, share: Floats, weight: Floats, options: TrainingOptions,
    rng: np.random.Generator,
) -> tuple[Network, float]:  # fmt: skip
    """Loss and its gradients for one mini-batch, by hand."""
    from scipy import sparse

    keep = data.mask * (rng.random(data.mask.shape) >= options.word_dropout)
    inputs = np.concatenate([net.vectors[data.ids], classes[data.ids], data.flags], axis=2) * keep[..., None]
    windows = _windows(inputs)
    count, length, width = windows.shape
    activation = windows.reshape(-1, width) @ net.kernel + net.bias
    activation = activation.reshape(count, length, -1)
    activation[data.mask == 0] = -1
    best = activation.argmax(axis=1)
    pooled = np.take_along_axis(activation, best[:, None], axis=1)[:, 0]
    alive = (pooled > 0) * (rng.random(pooled.shape) >= options.dropout) / (1 - options.dropout)
    alive = alive.astype(np.float32)
    logit = (pooled * alive) @ net.output + data.dense @ net.dense + net.intercept[0]
    p = sigmoid(logit).astype(np.float32)
    loss = -np.mean(weight * (share * np.log(p + 1e-7) + (1 - share) * np.log(1 - p + 1e-7)))
    d_logit = weight * (p - share) / count
    d_pooled = d_logit[:, None] * net.output * alive
    d_activation = np.zeros_like(activation)
    np.put_along_axis(d_activation, best[:, None], d_pooled[:, None], axis=1)
    flat = d_activation.reshape(count * length, -1)
    d_windows = (flat @ net.kernel.T).reshape(count, length, 3, width // 3)
    d_inputs = d_windows[:, :, 1].copy()
    d_inputs[:, :-1] += d_windows[:, 1:, 0]
    d_inputs[:, 1:] += d_windows[:, :-1, 2]
    d_words = (d_inputs[..., : net.vectors.shape[1]] * keep[..., None]).reshape(count * length, -1)
    words = data.ids.reshape(-1)
    pick = sparse.csr_matrix(
        (np.ones(len(words), np.float32), (words, np.arange(len(words)))), shape=(len(net.vectors), len(words))
    )
    gradient = Network(
        vectors=pick @ d_words,
        kernel=windows.reshape(-1, width).T @ flat,
        bias=flat.sum(axis=0),
        output=(pooled * alive).T @ d_logit,
        dense=data.dense.T @ d_logit,
        intercept=np.array([d_logit.sum()], np.float32),
    )
    return gradient, float(loss)


def _mini_batches(batch: Batch, size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Random rows, sorted by length within stretches so that little is padded."""
    order = rng.permutation(len(batch))
    lengths = batch.ends - batch.starts
    for begin in range(0, len(order), size * 32):
        stretch = order[begin : begin + size * 32]
        stretch = stretch[np.argsort(lengths[stretch], kind="stable")]
        chunks = [stretch[i : i + size] for i in range(0, len(stretch), size)]
        for index in rng.permutation(len(chunks)):
            yield chunks[index]


def train_network(
    vectors: Floats, classes: Floats, batch: Batch, shares: Floats, weights: Floats, options: TrainingOptions
) -> Network:
    """Minimise the weighted cross-entropy with Adam and decoupled weight decay (Loshchilov & Hutter 2019)."""
    net = _start(vectors, vectors.shape[1] + classes.shape[1] + len(FLAGS), options)
    names = [field.name for field in fields(Network)]
    first = {name: np.zeros_like(getattr(net, name)) for name in names}
    second = {name: np.zeros_like(getattr(net, name)) for name in names}
    rng = np.random.default_rng(options.seed)
    steps = options.epochs * -(-len(batch) // BATCH_SIZE)
    step = 0
    for _ in range(options.epochs):
        for rows in _mini_batches(batch, BATCH_SIZE, rng):
            step += 1
            data = _padded(batch, rows)
            gradient, _ = _gradients(net, classes, data, shares[rows], weights[rows], options, rng)
            rate = options.learning_rate * min(1.0, step / (0.05 * steps + 1)) * (1 - step / (steps + 1))
            changed = {}
            for name in names:
                g, m, v = getattr(gradient, name), first[name], second[name]
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                move = (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-6)
                old = getattr(net, name)
                decay = options.weight_decay * old if name in {"kernel", "output"} else 0
                changed[name] = (old - rate * (move + decay)).astype(np.float32)
            net = replace(net, **changed)
    return net


class Runner:
    """Runs trained networks fast: each word's share in each filter is computed once and looked up."""

    def __init__(self, networks: Sequence[Network], classes: Floats) -> None:
        n, filters = len(networks), networks[0].kernel.shape[1]
        tables = np.empty((len(classes), WINDOW, n * filters), np.float32)
        kernels = []
        for member, net in enumerate(networks):
            words = np.concatenate([net.vectors, classes], axis=1)
            kernel = net.kernel.reshape(WINDOW, -1, filters)
            shares = words @ kernel[:, : words.shape[1]].swapaxes(0, 1).reshape(words.shape[1], -1)
            tables[:, :, member * filters : (member + 1) * filters] = shares.reshape(-1, WINDOW, filters)
            kernels.append(kernel[:, words.shape[1] :])
        self._tables = [tables[:, k] for k in range(WINDOW)]
        for table in self._tables:
            table[0] = 0  # padding says nothing
        self._flags = np.concatenate(kernels, axis=2)
        self._bias = np.concatenate([net.bias for net in networks])
        self._output = np.concatenate([net.output for net in networks]) / n
        self._dense = np.mean([net.dense for net in networks], axis=0)
        self.intercept = float(np.mean([net.intercept[0] for net in networks]))

    def _activation(self, batch: Batch) -> Floats:
        ids, flags = batch.ids, batch.flags
        total: Floats = self._tables[1][ids] + self._bias
        total[1:] += self._tables[0][ids[:-1]]
        total[:-1] += self._tables[2][ids[1:]]
        flagged = np.flatnonzero(flags.any(axis=1))
        for k in range(WINDOW):
            places = flagged - (k - 1)
            inside = (places >= 0) & (places < len(ids))
            total[places[inside]] += flags[flagged[inside]] @ self._flags[k]
        return total

    def _pooled(self, activation: Floats, batch: Batch) -> Floats:
        edges = np.column_stack([batch.starts, batch.ends]).ravel()
        pooled: Floats = np.maximum.reduceat(activation, edges, axis=0)[::2].clip(min=0)
        pooled[batch.starts == batch.ends] = 0
        return pooled

    def logits(self, batch: Batch) -> NDArray[np.float64]:
        """The logit of each sentence; sentences without a word get the intercept and their features."""
        out = np.empty(len(batch))
        for low, high, part in _slices(batch):
            pooled = self._pooled(self._activation(part), part)
            out[low:high] = pooled @ self._output + part.dense @ self._dense + self.intercept
        return out

    def contributions(self, batch: Batch, scale: float, shift: float) -> Iterator[dict[str, float]]:
        """What each calibrated logit is the sum of: the words that filters fired on, features, and the intercept."""
        intercept = {"intercept": scale * self.intercept + shift}
        for parts in self._contributions(batch):
            yield intercept | {name: scale * value for name, value in parts.items()}

    def _contributions(self, batch: Batch) -> Iterator[dict[str, float]]:
        for _, _, part in _slices(batch):
            activation = self._activation(part)
            for row in range(len(part)):
                begin, end = int(part.starts[row]), int(part.ends[row])
                named: dict[str, float] = defaultdict(float)
                for name, weight, value in zip(SENTENCE_FEATURES, self._dense, part.dense[row], strict=True):
                    named[f"feature: {name}"] = float(weight * value)
                if begin < end:
                    window = activation[begin:end]
                    for column, place in enumerate(window.argmax(axis=0)):
                        value = float(max(window[place, column], 0) * self._output[column])
                        if value:
                            low, high = max(begin, begin + place - 1), min(end, begin + place + 2)
                            named["words: " + " ".join(part.words[low:high])] += value
                yield dict(named)


def _slices(batch: Batch, tokens: int = 3_000) -> Iterator[tuple[int, int, Batch]]:
    """A batch cut at sentence borders into pieces whose arrays stay in cache."""
    low = 0
    while low < len(batch):
        first = int(batch.starts[low])
        high = max(int(np.searchsorted(batch.ends, first + tokens)), low + 1)
        high = min(high, len(batch))
        last = int(batch.ends[high - 1]) + 1
        yield (
            low,
            high,
            Batch(
                batch.ids[first:last],
                batch.flags[first:last],
                batch.starts[low:high] - first,
                batch.ends[low:high] - first,
                batch.dense[low:high],
                batch.words[first:last],
            ),
        )
        low = high
