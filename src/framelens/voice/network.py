"""The tagger's network as PyTorch trains it; `framelens.voice.tagger` runs the same in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.voice.features import CONTEXT, STATIC, Inputs

__all__ = ["network"]

_DILATIONS = (2, 4)


def _stacked(batch: Sequence[Inputs]) -> tuple[list[NDArray[Any]], int]:
    """Rows, context, places and numbers of sentence and paragraph of several articles set one behind the other."""
    columns: list[list[NDArray[Any]]] = [[], [], [], [], []]
    size = sentences = paragraphs = 0
    for inputs in batch:
        layout = inputs.layout
        values: tuple[NDArray[Any], ...] = (
            inputs.rows[inputs.index],
            inputs.context,
            layout.places + size,
            layout.sentence + sentences,
            layout.paragraph + paragraphs,
        )
        for column, value in zip(columns, values, strict=True):
            column.append(value)
        size += layout.size
        sentences += int(layout.sentence[-1]) + 1
        paragraphs += int(layout.paragraph[-1]) + 1
    return [np.concatenate(column) for column in columns], size


def network(torch: Any, vector: int, width: int, dropout: float, word_dropout: float) -> Any:
    """A fresh network; ``vector`` numbers a table row, ``width`` units a layer."""
    nn = torch.nn
    relu = torch.nn.functional.relu

    class Network(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.table = nn.Embedding(STATIC, vector)
            nn.init.normal_(self.table.weight, 0, 0.1)
            self.first = nn.Conv1d(vector + CONTEXT, width, 5, padding=2)
            self.pooled = nn.Linear(2 * width, width)
            self.layers = nn.ModuleList([nn.Conv1d(width, width, 3, dilation=d, padding=d) for d in _DILATIONS])
            self.last = nn.Linear(width, 4)
            self.dropout = nn.Dropout(dropout)

        def forward(self, batch: Sequence[Inputs]) -> Any:
            stacked, size = _stacked(batch)
            rows, context, places, *groups = (torch.from_numpy(array) for array in stacked)
            vectors = self.table(rows)
            word = vectors[:, :2].sum(1)
            if self.training:
                word = word * (torch.rand(len(word), 1) > word_dropout).float()
            row = torch.cat([word + vectors[:, 2:].sum(1), context], 1)
            hidden = relu(self.convolved(self.first, self.dropout(row), places, size))
            pools = torch.cat([self.greatest(hidden, group) for group in groups], 1)
            hidden = relu(hidden + self.pooled(pools))
            for layer in self.layers:
                hidden = hidden + relu(self.convolved(layer, self.dropout(hidden), places, size))
            return self.last(self.dropout(hidden))

        @staticmethod
        def convolved(layer: Any, hidden: Any, places: Any, size: int) -> Any:
            spread = torch.zeros(size, hidden.shape[1]).index_copy(0, places, hidden)
            return layer(spread.t()[None])[0].t()[places]

        @staticmethod
        def greatest(hidden: Any, group: Any) -> Any:
            most = torch.zeros(int(group.max()) + 1, hidden.shape[1])
            spread = group[:, None].expand(-1, hidden.shape[1])
            return most.scatter_reduce(0, spread, hidden, "amax", include_self=True)[group]

    return Network()
