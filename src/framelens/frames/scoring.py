"""Article → how much of each generic frame it carries, where, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framelens.frames.codebook import FRAMES
from framelens.frames.lexicon import FrameHit, frame_lexicon
from framelens.frames.model import frame_model
from framelens.text import Document, FrameScore, Span

__all__ = ["score_frames"]

# A long article repeats itself: this many passages show what carries a frame.
_PASSAGES = 40


def score_frames(document: Document) -> tuple[FrameScore, ...]:
    """The frames of which an article holds any evidence, the strongest first; boilerplate counts for nothing."""
    lowered = _counted(document)
    hits = list(frame_lexicon().hits(lowered))
    if not hits:
        return ()
    scores = frame_model().scores(lowered, hits)
    found = [
        _frame(document, frame, float(scores[index]), [hit for hit in hits if index in hit.weights])
        for index, frame in enumerate(FRAMES)
    ]
    return tuple(sorted((f for f in found if f.passages), key=lambda f: f.score, reverse=True))


def _counted(document: Document) -> str:
    """The normalised text with boilerplate blanked, so that offsets stay true."""
    lowered = document.normalised
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            span = sentence.span
            lowered = lowered[: span.start] + " " * len(span) + lowered[span.end :]
    return lowered


def _frame(document: Document, frame: str, score: float, hits: Sequence[FrameHit]) -> FrameScore:
    index = FRAMES.index(frame)
    weights = np.array([hit.weights[index] for hit in hits])
    own = np.array([document.voices.at(hit.start) in {"author", "scare"} for hit in hits], dtype=bool)
    total = float(weights.sum())
    author = float(weights[own].sum()) / total if total else 0.0
    strongest = np.argsort(-weights, kind="stable")[:_PASSAGES]
    passages = tuple(Span(hits[i].start, hits[i].end) for i in sorted(strongest))
    return FrameScore(frame, score, author, 1.0 - author if total else 0.0, passages)
