"""What a run is made of: the digests that say whether a run can go on where another ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from framelens.corpus.shard import Scoring, analyzer_for
from framelens.errors import InputError
from framelens.inputs import ReadOptions, Rejected
from framelens.inputs.locate import STDIN, Source, is_once, locate

__all__ = ["check_same", "make_plan", "plan_bytes"]

Plan = dict[str, object]

_BLOCK = 1 << 20
# Settings → the options of the command line, where these are called otherwise.
_OPTIONS = {"keep": "--keep", "header": "--no-header", "format": "--input-format", "lexicons": "--lexicon"}


def _digest(name: str, options: ReadOptions) -> dict[str, object]:
    """One INPUT's files, bytes and a digest over all their names and contents."""
    if is_once(name):  # a digest would drain a pipe
        return {"input": name, "files": 1, "bytes": 0, "sha256": None}
    total, files, size = hashlib.sha256(), 0, 0
    for source in locate(name, options):
        if isinstance(source, Rejected):
            continue
        one, length = _file_digest(source)
        files, size = files + 1, size + length
        total.update(f"{source.name}\0{one}\n".encode("utf-8", "surrogateescape"))
    return {"input": name, "files": files, "bytes": size, "sha256": total.hexdigest()}


def _file_digest(source: Source) -> tuple[str, int]:
    digest, length = hashlib.sha256(), 0
    try:
        with source.open() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                length += len(block)
    except (OSError, InputError) as error:
        return f"unreadable: {error}", 0
    return digest.hexdigest(), length


def make_plan(inputs: Iterable[str], reading: ReadOptions, scoring: Scoring, shard: tuple[int, int]) -> Plan:
    """Everything that the rows of a run depend on, as JSON-ready data; ``shard`` is its articles and letters."""
    plan = {
        "schema": "framelens-corpus/1",
        "inputs": [_digest(name, reading) for name in inputs],
        "reading": asdict(reading),
        "scoring": asdict(scoring),
        "provenance": asdict(analyzer_for(scoring).provenance),
        "shard_size": shard[0],
        "shard_letters": shard[1],
    }
    # As it comes back from the file: tuples are lists there.
    made: Plan = json.loads(json.dumps(plan))
    return made


def plan_bytes(plan: Plan) -> int:
    """How many bytes the inputs hold on disk."""
    inputs = plan["inputs"]
    return sum(entry["bytes"] for entry in inputs) if isinstance(inputs, list) else 0


def check_same(old: Plan, new: Plan) -> None:
    """Raise `InputError` unless a run by the new plan makes the very rows that one by the old would."""
    for name in new:
        if old.get(name) != new[name]:
            raise InputError(
                f"cannot resume: {_change(name, old.get(name), new[name])}; give another output folder for a new run"
            )
    inputs = new["inputs"]
    for entry in inputs if isinstance(inputs, list) else ():
        if entry["sha256"] is None:
            what = "standard input" if entry["input"] == STDIN else entry["input"]
            raise InputError(f"cannot resume: {what} may not answer the same twice; save it to a file first")


def _change(name: str, old: object, new: object) -> str:
    """What changed, of settings in a group only those that did, by the names of their options."""
    if isinstance(old, dict) and isinstance(new, dict):
        changed = [key for key in new if old.get(key) != new[key]]
        return "; ".join(_change(_OPTIONS.get(key, key), old.get(key), new[key]) for key in changed)
    return f"{name} changed since the run began, from {_short(old)} to {_short(new)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + "…"
