"""Corpus runs on Dask: the cluster as an executor of shards."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from framelens.errors import InputError, MissingExtraError

__all__ = ["dask_engine"]


@contextmanager
def dask_engine(workers: int, scheduler: str | None = None) -> Iterator[Executor]:
    """The executor of the cluster at ``scheduler``, or of a cluster of processes on this machine.

    The workers need framelens, but no common file system: shards travel to them and Parquet files back.
    """
    try:
        distributed: Any = import_module("distributed")  # untyped where it matters
    except ImportError:
        raise MissingExtraError("the Dask engine", "dask") from None

    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=10)
        except (OSError, ValueError) as error:
            raise InputError(f"no Dask scheduler answers at {scheduler}: {error}") from error
        with client:
            yield client.get_executor(pure=False)
        return
    with (
        distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor(pure=False)
