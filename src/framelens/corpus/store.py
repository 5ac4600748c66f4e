"""The output folder: files appear whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

from framelens.corpus.shard import PackedShard
from framelens.corpus.tables import TABLES
from framelens.errors import InputError
from framelens.text import Article

__all__ = ["CorpusFolder", "shard_digest"]

_LOCK = ".lock"


def shard_digest(articles: list[Article]) -> str:
    """A digest of which articles a shard holds."""
    digest = blake2b(digest_size=16)
    for article in articles:
        digest.update(blake2b(f"{article.id}\0{article.text}".encode()).digest())
    return digest.hexdigest()


def _json(data: Mapping[str, object], indent: int | None = None) -> bytes:
    """Data as JSON; a byte of a path that is not UTF-8 becomes an escape, which JSON has too."""
    return json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


class CorpusFolder:
    """``articles/``, ``sentences/`` and ``terms/`` with a Parquet file a shard, and what was done.

    A shard counts as done by its entry in ``shards/``, which is written after its tables.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def is_used(self) -> bool:
        """Whether the folder holds anything."""
        return self.path.exists() and any(path.name != _LOCK for path in self.path.iterdir())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, which is made if need be, against any other run; `InputError` where one holds it."""
        from filelock import FileLock, Timeout

        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / _LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise InputError(f"{self.path} is in use by another run; wait for it, or name another folder") from None
        try:
            yield
        finally:
            (self.path / _LOCK).unlink(missing_ok=True)
            lock.release()

    def make(self) -> None:
        for name in (*TABLES, "shards"):
            (self.path / name).mkdir(parents=True, exist_ok=True)

    def manifest(self) -> dict[str, object]:
        """The manifest of an earlier run; raises `InputError` where there is none."""
        path = self.path / "manifest.json"
        try:
            data = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise InputError(f"cannot resume: {path} is not there, so this folder holds no run") from None
        except ValueError as error:
            raise InputError(f"cannot resume: {path} is broken: {error}") from error
        if not isinstance(data, dict):
            raise InputError(f"cannot resume: {path} is not a manifest")
        return data

    def write_manifest(self, manifest: Mapping[str, object]) -> None:
        self._replace("manifest.json", _json(manifest, indent=1) + b"\n")

    def done(self, number: int, digest: str) -> dict[str, object] | None:
        """The entry of a shard that is done, or None; raises `InputError` where it held other articles."""
        try:
            entry: dict[str, object] = json.loads((self.path / "shards" / f"part-{number:06}.json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        if entry["articles_digest"] != digest:
            raise InputError(f"cannot resume: shard {number} held other articles when it was scored")
        return entry

    def write_shard(self, shard: PackedShard, digest: str) -> dict[str, object]:
        """Write a shard's tables and then its entry, which is returned."""
        for table in TABLES:
            self._replace(f"{table}/part-{shard.number:06}.parquet", shard.files[table])
        entry: dict[str, object] = {
            "articles_digest": digest,
            "counts": shard.counts,
            "rejected": [asdict(rejected) for rejected in shard.rejected],
        }
        self._replace(f"shards/part-{shard.number:06}.json", _json(entry))
        return entry

    def _replace(self, name: str, data: bytes) -> None:
        target = self.path / name
        # A leading dot keeps what a kill leaves behind out of every reader's sight.
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)

    def clean(self) -> None:
        """Remove what killed runs left half written."""
        for leftover in self.path.glob("**/.*.*"):
            leftover.unlink(missing_ok=True)
