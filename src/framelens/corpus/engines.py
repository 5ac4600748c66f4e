"""Where shards are scored: this machine's cores by joblib, or a Dask cluster. Both are executors."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal

__all__ = ["Engine", "local_engine", "open_engine"]

Engine = Literal["local", "dask"]

_LOG = logging.getLogger("framelens.corpus")

# One thread each: the shards are the parallelism, and libraries that also start threads get in each other's way.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"), "1")


def _follow_the_parent() -> None:
    """Leave Ctrl-C to the parent, and end where it was killed: nobody else would end the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def local_engine(workers: int) -> Iterator[Executor]:
    """Worker processes of joblib's loky; they are ended at once where the run ends by an exception."""
    from joblib.externals.loky import get_reusable_executor

    try:
        executor = get_reusable_executor(
            max_workers=workers, timeout=60, initializer=_follow_the_parent, env=_ONE_THREAD, reuse=False
        )
    except (OSError, ImportError) as error:  # no semaphores: a container without /dev/shm
        _LOG.warning("no worker processes can be started (%s); one thread scores", error)
        with ThreadPoolExecutor(1) as thread:
            yield thread
        return
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=True, kill_workers=True)
        raise
    executor.shutdown(wait=True)


@contextmanager
def open_engine(engine: Engine, workers: int, scheduler: str | None) -> Iterator[Executor]:
    """The executor of an engine by its name."""
    if engine == "local":
        with local_engine(workers) as executor:
            yield executor
    else:
        from framelens.adapters.dask import dask_engine

        with dask_engine(workers, scheduler) as executor:
            yield executor
