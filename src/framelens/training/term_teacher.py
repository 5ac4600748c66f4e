"""The teacher of loaded words: MiniLM fine-tuned to tell, word by word, what annotators marked.

Needs the extra ``teach``. Run ``python -m framelens.training.term_teacher CORPORA TAUGHT`` after
`framelens.training.teacher`; it reads the sentences of ``TAUGHT/taught.json`` and writes ``TAUGHT/taught_terms.npz``
(a probability for every word of every sentence, not for the repository).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.features import TOKEN
from framelens.training.teacher import batches_by_length, model_folder
from framelens.training.term_examples import TermExample, read_babe_terms, read_term_annotation

__all__ = ["TermTeacher", "main"]

_CORPORA = ("own", "babe")
_EPOCHS, _RATE, _BATCH, _LONGEST = 3, 1.5e-4, 32, 120
_LABELLED = 80_000  # taught sentences whose words are labelled


class TermTeacher:
    """MiniLM with a logistic head on the first piece of each word, and an offset for each corpus."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(2)
        torch.set_num_threads(1)
        self.torch = torch
        self.tokens = AutoTokenizer.from_pretrained(str(folder))
        self.encoder = AutoModel.from_pretrained(str(folder))
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 1)
        self.offsets = torch.nn.Parameter(torch.zeros(len(_CORPORA)))

    def _logits(self, sentences: Sequence[Sequence[str]]) -> tuple[Any, list[tuple[int, int]]]:
        """Logits of the first pieces, and (sentence, word) of each; pieces past the longest length have none."""
        x = self.tokens(
            [list(words) for words in sentences],
            is_split_into_words=True,
            truncation=True,
            max_length=_LONGEST,
            padding=True,
            return_tensors="pt",
        )
        rows, columns, owners = [], [], []
        for row in range(len(sentences)):
            last = None
            for column, word in enumerate(x.word_ids(row)):
                if word is not None and word != last:
                    rows.append(row)
                    columns.append(column)
                    owners.append((row, word))
                last = word
        with self.torch.autocast("cpu", self.torch.bfloat16):
            hidden = self.encoder(**x).last_hidden_state
        picked = hidden[self.torch.tensor(rows), self.torch.tensor(columns)].float()
        if self.encoder.training:
            picked = self.torch.nn.functional.dropout(picked, 0.1)
        return self.head(picked).squeeze(-1), owners

    def tune(self, examples: Sequence[TermExample]) -> None:
        """Fine-tune on marked words."""
        torch, rng = self.torch, random.Random(1)  # noqa: S311 - a shuffle, no secret
        parameters = [*self.encoder.parameters(), *self.head.parameters(), self.offsets]
        optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=0.01)
        steps = _EPOCHS * -(-len(examples) // _BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda i: min((i + 1) / (0.1 * steps), max(0.0, (steps - i) / (0.9 * steps)))
        )
        self.encoder.train()
        for _ in range(_EPOCHS):
            for batch in batches_by_length(rng.sample(list(examples), len(examples)), lambda e: len(e.words), rng):
                logits, owners = self._logits([e.words for e in batch])
                corpus = torch.tensor([_CORPORA.index(batch[row].corpus) for row, _ in owners])
                target = torch.tensor([float(batch[row].marked[word]) for row, word in owners])
                loss = torch.nn.functional.binary_cross_entropy_with_logits(logits + self.offsets[corpus], target)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()
                schedule.step()
        self.encoder.eval()

    def shares(self, sentences: Sequence[Sequence[str]], size: int = 128) -> list[NDArray[np.float32]]:
        """The probability, for each word of each sentence, that the own annotation marks it."""
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        out = [np.zeros(len(words), np.float32) for words in sentences]
        with self.torch.no_grad():
            for low in range(0, len(order), size):
                rows = order[low : low + size]
                logits, owners = self._logits([sentences[i] for i in rows])
                values = self.torch.sigmoid(logits + self.offsets[0]).numpy()
                for (row, word), value in zip(owners, values, strict=True):
                    out[rows[row]][word] = value
        return out


def main() -> None:
    """Tune the teacher of loaded words and label the taught sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("taught", type=Path)
    options = parser.parse_args()
    examples = [*read_term_annotation(options.corpora), *read_babe_terms(options.corpora)]
    teacher = TermTeacher(model_folder())
    teacher.tune([e for e in examples if not e.held_out])
    texts = json.loads((options.taught / "taught.json").read_text("utf-8"))["texts"][:_LABELLED]
    shares = teacher.shares([TOKEN.findall(text) for text in texts])
    np.savez_compressed(
        options.taught / "taught_terms.npz",
        shares=np.round(255 * np.concatenate(shares)).astype(np.uint8),
        count=len(texts),
    )


if __name__ == "__main__":
    main()
