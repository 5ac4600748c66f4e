"""An `Analyzer` with the default model can be sent to workers, shared by threads, and forked."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from framelens.analyzer import Analyzer

TEXTS = [f"The disgraceful vote number {i} ended. “A sham,” said Ana Ruiz, a teacher. Rain fell." for i in range(24)]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(ignore=("outrageous",))


@pytest.fixture(scope="module")
def expected(analyzer: Analyzer) -> list[dict[str, object]]:
    return [report.to_dict() for report in analyzer.pipe(TEXTS)]


def test_an_analyzer_pickles(analyzer: Analyzer, expected: list[dict[str, object]]) -> None:
    """What comes back scores alike and knows what it ignores."""
    again = pickle.loads(pickle.dumps(analyzer))  # noqa: S301 - our own bytes
    assert [report.to_dict() for report in again.pipe(TEXTS)] == expected
    assert again.provenance == analyzer.provenance
    assert "outrageous" not in {match.text for match in again.analyze("An outrageous vote.").terms}


def test_threads_share_an_analyzer(analyzer: Analyzer, expected: list[dict[str, object]]) -> None:
    """Eight threads over one analyzer give what one gives."""
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: analyzer.analyze(text).to_dict(), TEXTS)) == expected


def _score_in_child(analyzer: Analyzer, queue: multiprocessing.Queue) -> None:
    queue.put([report.to_dict() for report in analyzer.pipe(TEXTS[:3])])


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # other tests leave threads behind
def test_children_score_with_their_parents_analyzer(
    analyzer: Analyzer, expected: list[dict[str, object]], method: str
) -> None:
    """A child, forked or spawned, is given an analyzer that was used before, and scores alike."""
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=_score_in_child, args=(analyzer, queue))
    child.start()
    assert queue.get(timeout=60) == expected[:3]
    child.join(10)
    assert child.exitcode == 0
