"""The learned lexicon: words that a small network reads as loaded where they stand, beside the curated list.

It proposes what the curated list does not know, and never overrules a curated entry. What the network learned from
stands in its card.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framelens.errors import ModelError
from framelens.features import Batch, Vocabulary, encode, token_places
from framelens.term_network import TermNetwork, TermRunner
from framelens.text import Document, LexiconStamp, Span, Suppressed, TermMatch, word_set

__all__ = ["LEARNED", "LearnedTerms", "load_learned_terms", "save_learned_terms"]

#: Name and category of what the learned lexicon proposes.
LEARNED = "learned"

_VERSION = 2
_CURATED = "framelens-en"  # users' own entries always count
# What says nothing by itself; a phrase may hold such words, but not be made of them.
_FUNCTION_WORDS = word_set(
    """a about after all an and any are as at back be been before but by can could do down even ever every for from had
    has have he her here hers him his how i if in into is it its just like made make may me might more most much must my
    near never no nor not now of off on one only or other our out over own she should since so some such than that the
    their them then there these they this those through to too two under up upon us very was we were what when where
    which while who whom whose why will with within without would yet you your"""
)
_SHORTEST = 3  # letters of a word that may be proposed
_NOTE = "Words like these were marked as loaded in sentences like this one; weighed with the whole sentence."
_SOURCE = "Learned from annotated sentences, not curated; see the learned lexicon's card"

Floats = NDArray[np.float32]
Found = tuple[tuple[TermMatch, ...], tuple[Suppressed, ...]]


@dataclass(frozen=True, slots=True)
class LearnedTerms:
    """A network with its vocabulary and the logit from which it proposes a term."""

    vocabulary: Vocabulary
    runner: TermRunner
    threshold: float
    stamp: LexiconStamp

    def judge(self, documents: Sequence[Document], found: Sequence[Found], *, propose: bool = True) -> list[Found]:
        """The curated terms that count, the excused ones with reasons, and proposals none of which overlaps either."""
        batch, owners = encode(documents, [matches for matches, _ in found], self.vocabulary)
        logits = self.runner.logits(batch)
        rows: list[dict[int, int]] = [{} for _ in documents]
        for row, (number, sentence) in enumerate(owners):
            rows[number][sentence] = row
        return [
            self._judge(document, own, sentences, batch, logits, propose=propose)
            for document, own, sentences in zip(documents, found, rows, strict=True)
        ]

    def _judge(
        self, document: Document, found: Found, rows: Mapping[int, int], batch: Batch, logits: Floats, *, propose: bool
    ) -> Found:
        matches, suppressed = found
        # By sentence, or the time for a book would grow with the square of its length.
        taken: dict[int, list[Span]] = defaultdict(list)
        for match in matches:
            taken[match.sentence].append(match.span)
        # What a rule excused by its wording is not proposed again.
        for one in suppressed:
            around = document.sentence_at(one.span.start)
            if around is not None:
                taken[around.index].append(one.span)
        kept = list(matches)
        for sentence, row in rows.items() if propose else ():
            begin, end = int(batch.starts[row]), int(batch.ends[row])
            if begin < end and float(logits[begin:end].max()) >= self.threshold:
                proposals = self._proposals(batch.words[begin:end], logits[begin:end])
                places = token_places(document, document.sentences[sentence])
                for first, last in proposals:
                    span = Span(places[first], places[last] + len(batch.words[begin + last]))
                    if not any(span.overlaps(other) for other in taken[sentence]):
                        kept.append(_term(document, sentence, span))
        kept.sort(key=lambda match: (match.span.start, match.span.end))
        return tuple(kept), suppressed

    def _proposals(self, words: Sequence[str], logits: Floats) -> Iterator[tuple[int, int]]:
        """Runs of known words above the threshold: the first and the last."""
        loaded = [
            at
            for at in np.flatnonzero(logits >= self.threshold).tolist()
            if words[at][0].isalpha()
            and len(words[at]) >= _SHORTEST
            and not (at and words[at].istitle())  # inside a sentence a capital makes a name
            and self.vocabulary.knows(words[at])
        ]
        while loaded:
            first = last = loaded.pop(0)
            while loaded and loaded[0] == last + 1:
                last = loaded.pop(0)
            if _FUNCTION_WORDS.issuperset(word.lower() for word in words[first : last + 1]):
                continue
            yield first, last


def _term(document: Document, sentence: int, span: Span) -> TermMatch:
    return TermMatch(
        span=span,
        text=span.of(document.text),
        entry=None,
        lexicon=LEARNED,
        kind="noun",
        sentence=sentence,
        voice=document.voice_of(span),
        strength=1,
        note=_NOTE,
        source=_SOURCE,
    )


def save_learned_terms(
    folder: Path,
    network: TermNetwork,
    vocabulary: Vocabulary,
    *,
    released: str,
    threshold: float,
) -> None:
    """Write the learned lexicon's folder, without its card; vectors are stored as int8."""
    scale = np.maximum(np.abs(network.vectors).max(axis=1, keepdims=True), 1e-8) / 127
    arrays = {f.name: getattr(network, f.name).astype(np.float32) for f in fields(network) if f.name != "vectors"}
    arrays |= {"vectors": np.round(network.vectors / scale).astype(np.int8), "scale": scale.astype(np.float32)}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, words=np.array(vocabulary.words), **arrays)
    config = {
        "version": _VERSION,
        "released": released,
        "threshold": threshold,
        "alike": [list(group) for group in vocabulary.alike],
        "arrays_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arrays.npz").write_bytes(buffer.getvalue())
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")


def _folder() -> Path:
    return Path(str(files("framelens.models") / "learned_terms"))


@cache
def load_learned_terms() -> LearnedTerms:
    """The learned lexicon that ships with framelens; raises `ModelError` where it was altered."""
    folder = _folder()
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        packed = (folder / "arrays.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: not a learned lexicon: {error}") from error
    digest = hashlib.sha256(packed).hexdigest()
    if config.get("version") != _VERSION or config.get("arrays_sha256") != digest:
        raise ModelError(f"{folder}: the learned lexicon was altered or is of another version; get it afresh")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        vocabulary = Vocabulary(arrays["words"].tolist(), config.get("alike", ()))
        own = {f.name: arrays[f.name].astype(np.float32) for f in fields(TermNetwork)}
        own["vectors"] *= arrays["scale"]
    return LearnedTerms(
        vocabulary=vocabulary,
        runner=TermRunner(TermNetwork(**own)),
        threshold=float(config["threshold"]),
        stamp=LexiconStamp(LEARNED, str(config["released"]), digest[:16]),
    )
