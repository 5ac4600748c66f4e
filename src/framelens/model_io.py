"""A model folder: arrays, configuration and card, sealed by a digest; nothing in it is ever executed.

::

    config.json   version, threshold, margin, calibration, vocabulary and the arrays' digest
    arrays.npz    the networks' arrays, read with allow_pickle=False
    MODEL_CARD.md  what the model learned from, and its figures
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from framelens.errors import ModelError
from framelens.features import Vocabulary, WordTable, encode
from framelens.network import Network, Runner, sigmoid
from framelens.text import Contribution, Document, Label, SentenceScore, TermMatch

if TYPE_CHECKING:
    from framelens.classifier import EditorializingClassifier

__all__ = ["LoadedModel", "load_model", "save_model"]

VERSION = 1
_NAMES = ("default", "open")
_ALLOWED_FILES = frozenset({"config.json", "arrays.npz", "MODEL_CARD.md"})
_AT_BASE_RATE = " at base rate "
_LARGEST = 64 * 2**20  # bytes of arrays.npz once unpacked


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A classifier with its threshold, ready to score documents.

    A sentence whose probability lies within ``margin`` of ``threshold`` is ``uncertain``.
    """

    name: str
    digest: str
    threshold: float
    margin: float
    base_rate: float
    table: WordTable
    networks: tuple[Network, ...]
    runner: Runner
    scale: float
    shift: float
    prior_shift: float = 0.0

    @property
    def classifier(self) -> EditorializingClassifier:
        """The scikit-learn estimator, which scoring does without so that it starts fast."""
        from framelens.classifier import EditorializingClassifier

        estimator: EditorializingClassifier = EditorializingClassifier.fitted(
            self.table, self.networks, self.scale, self.shift
        )
        return estimator

    def at_base_rate(self, share: float) -> LoadedModel:
        """The same model for a corpus in which another share of sentences editorializes (Saerens et al. 2002).

        Its name says so, and with it the provenance of every report.
        """
        if not 0 < share < 1:
            raise ModelError(f"a base rate lies between 0 and 1, not at {share}")
        shift = math.log(share / (1 - share)) - math.log(self.base_rate / (1 - self.base_rate))
        name = f"{self.name.partition(_AT_BASE_RATE)[0]}{_AT_BASE_RATE}{share:g}"
        return replace(self, name=name, prior_shift=shift)

    def score(
        self, documents: Sequence[Document], matches: Sequence[Sequence[TermMatch]], *, explain: bool = False
    ) -> list[tuple[SentenceScore, ...]]:
        """Scores for every sentence of each document that is not boilerplate."""
        batch, owners = encode(documents, matches, self.table.vocabulary)
        scores: list[list[SentenceScore]] = [[] for _ in documents]
        if not owners:
            return [() for _ in documents]
        logits = self.scale * self.runner.logits(batch) + self.shift + self.prior_shift
        parts = self.runner.contributions(batch, self.scale, self.shift) if explain else iter([{}] * len(owners))
        rows = zip(owners, logits.tolist(), sigmoid(logits).tolist(), parts, strict=True)
        for (document, sentence), logit, probability, named in rows:
            if named and self.prior_shift:
                named["base rate"] = self.prior_shift
            ranked = sorted(named.items(), key=lambda item: -abs(item[1]))
            contributions = tuple(Contribution(name, value) for name, value in ranked)
            score = SentenceScore(sentence, probability, self.label(probability), logit, contributions)
            scores[document].append(score)
        return [tuple(rows) for rows in scores]

    def label(self, probability: float) -> Label:
        """Which side of the threshold a probability lies on, or ``uncertain`` near it."""
        if abs(probability - self.threshold) < self.margin:
            return "uncertain"
        return "editorializing" if probability >= self.threshold else "reporting"


def _quantised(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 with one scale a row."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def save_model(folder: Path, classifier: EditorializingClassifier, settings: Mapping[str, Any], card: str) -> str:
    """Write a fitted classifier as a model folder and return its digest.

    ``settings`` holds ``name``, ``threshold``, ``margin`` and ``base_rate``. Vectors are stored as int8.
    """
    arrays: dict[str, NDArray[Any]] = {"classes": classifier.table_.classes.astype(np.int8)}
    for index, network in enumerate(classifier.networks_):
        for field in fields(Network):
            value = getattr(network, field.name)
            if field.name == "vectors":
                arrays[f"{index}.vectors"], arrays[f"{index}.scale"] = _quantised(value)
            else:
                arrays[f"{index}.{field.name}"] = value.astype(np.float16 if field.name == "kernel" else np.float32)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type] # stubs take the names for allow_pickle
    config = {
        "version": VERSION,
        **settings,
        "members": len(classifier.networks_),
        "scale": classifier.scale_,
        "shift": classifier.shift_,
        "vocabulary": list(classifier.table_.vocabulary.words),
        "alike": [list(group) for group in classifier.table_.vocabulary.alike],
        "arrays_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
    }
    config["digest"] = _digest(config)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arrays.npz").write_bytes(buffer.getvalue())
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=0) + "\n", "utf-8")
    (folder / "MODEL_CARD.md").write_text(card, "utf-8")
    return str(config["digest"])


def _digest(config: Mapping[str, Any]) -> str:
    sealed = {key: value for key, value in config.items() if key != "digest"}
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()[:16]


def _folder(model: str | Path) -> Path:
    if str(model) in _NAMES:
        return Path(str(files("framelens.models") / str(model)))
    folder = Path(model)
    if not folder.is_dir():
        raise ModelError(f"no model {str(model)!r}: give {', '.join(_NAMES)}, none, or a model folder")
    return folder


def load_model(model: str | Path = "default") -> LoadedModel:
    """Read a shipped model by name, or a model folder.

    Raises `ModelError` where the folder lacks or holds anything unexpected, was altered, or is of another version.
    """
    return _load(_folder(model))


@cache
def _load(folder: Path) -> LoadedModel:
    for file in folder.iterdir():
        if file.name not in _ALLOWED_FILES:
            allowed = ", ".join(sorted(_ALLOWED_FILES))
            raise ModelError(f"{file}: unexpected file in a model folder (allowed: {allowed})")
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        packed = (folder / "arrays.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: not a model folder: {error}") from error
    if not isinstance(config, dict) or config.get("version") != VERSION:
        found = config.get("version") if isinstance(config, dict) else None
        raise ModelError(f"{folder}: model version {found!r}, this framelens reads version {VERSION}; train it anew")
    if _digest(config) != config.get("digest") or hashlib.sha256(packed).hexdigest() != config.get("arrays_sha256"):
        raise ModelError(f"{folder}: the model was altered since it was saved (digest mismatch); get it afresh")
    try:
        return _model(config, _arrays(packed))
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder}: incomplete or malformed model: {error}") from error


def _arrays(packed: bytes) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            raise ValueError(f"arrays.npz unpacks to more than {_LARGEST} bytes")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return dict(arrays)


def _model(config: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> LoadedModel:
    networks = []
    for index in range(int(config["members"])):
        own = {f.name: arrays[f"{index}.{f.name}"].astype(np.float32) for f in fields(Network)}
        own["vectors"] *= arrays[f"{index}.scale"]
        networks.append(Network(**own))
    table = WordTable(
        Vocabulary(config["vocabulary"], config.get("alike", ())),
        networks[0].vectors,
        arrays["classes"].astype(np.float32),
    )
    return LoadedModel(
        name=str(config["name"]),
        digest=str(config["digest"]),
        table=table,
        networks=tuple(networks),
        runner=Runner(networks, table.classes),
        **{key: float(config[key]) for key in ("threshold", "margin", "base_rate", "scale", "shift")},
    )
