"""The learned lexicon proposes loaded words beside the curated ones and overrules none of them."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from framelens import Analyzer
from framelens.errors import ModelError
from framelens.features import Vocabulary, encode
from framelens.learned_terms import LEARNED, LearnedTerms, load_learned_terms
from framelens.term_network import TERM_FLAGS, TermNetwork, TermRunner, term_flags
from framelens.text import LexiconStamp
from framelens.voice import read_sentence

SAMPLES = Path(__file__).parent.parent / "notebooks" / "samples"
WORDS = ("<pad>", "<unknown>", "the", "odious", "scheme", "failed", "today", "blue", "mayor")
SENTENCES = ("The odious scheme failed today", "Blue", "The mayor failed", "the BLUE mayor failed the odious mayor")


def network(width: int = 4, inputs: int = 3) -> TermNetwork:
    rng = np.random.default_rng(5)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 1, shape).astype(np.float32)

    vectors = draw(len(WORDS), inputs)
    vectors[0] = 0
    return TermNetwork(
        vectors, draw(5, inputs + len(TERM_FLAGS), width), draw(width), draw(width, width), draw(3, width, width),
        draw(width), draw(width), draw(1),
    )  # fmt: skip


def slow_logits(net: TermNetwork, ids: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """The same network written out for one sentence."""
    rows = np.pad(np.concatenate([net.vectors[ids], flags], axis=1), ((2, 2), (0, 0)))
    near = np.array([net.near_bias + sum(rows[i + k] @ net.near[k] for k in range(5)) for i in range(len(ids))])
    near = np.maximum(near, 0)
    padded = np.pad(near, ((1, 1), (0, 0)))
    pooled = near.max(axis=0) @ net.sentence
    far = [net.far_bias + pooled + sum(padded[i + k] @ net.far[k] for k in range(3)) for i in range(len(ids))]
    return (near + np.maximum(far, 0)) @ net.last + net.intercept[0]


def test_the_runner_computes_the_network_sentence_by_sentence() -> None:
    """Look-ups and batches give what the written-out network gives; a neighbouring sentence changes nothing."""
    net, vocabulary = network(), Vocabulary(WORDS)
    documents = [read_sentence(text) for text in SENTENCES]
    batch, _ = encode(documents, [()] * len(documents), vocabulary)
    logits, flags = TermRunner(net).logits(batch), term_flags(batch)
    for begin, end in zip(batch.starts, batch.ends, strict=True):
        expected = slow_logits(net, batch.ids[begin:end], flags[begin:end])
        np.testing.assert_allclose(logits[begin:end], expected, rtol=1e-4, atol=1e-5)


def test_words_that_are_alike_get_one_row() -> None:
    """A model cannot tell the words of a group apart, whichever of them it knows."""
    vocabulary = Vocabulary(WORDS, [["blue", "teal"], ["absent", "missing"]])
    assert vocabulary.row("Teal") == vocabulary.row("blue") == WORDS.index("blue")
    assert vocabulary.row("absent") == vocabulary.row("missing") == 1


def model(threshold: float) -> LearnedTerms:
    stamp = LexiconStamp(LEARNED, "test", "0")
    return LearnedTerms(Vocabulary(WORDS), TermRunner(network()), threshold, stamp)


def test_a_low_threshold_proposes_runs_of_words_that_slice_to_their_text() -> None:
    """With a threshold below every logit the whole sentence is one proposal; with one above, there is none."""
    document = read_sentence("The mayor failed")
    ((terms, suppressed),) = model(-1e9).judge([document], [((), ())])
    assert [term.span.of(document.text) for term in terms] == ["The mayor failed"]
    assert terms[0].lexicon == LEARNED
    assert not suppressed
    assert model(1e9).judge([document], [((), ())]) == [((), ())]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def test_a_curated_term_is_never_overruled() -> None:
    """What the lexicon lists counts, however little the network thinks of it."""
    document = read_sentence("The odious scheme failed today")
    matches = Analyzer(model=None).terms(document)
    assert matches
    ((kept, excused),) = model(1e9).judge([document], [(matches, ())])
    assert kept == matches
    assert not excused


def test_what_a_guard_excused_is_not_proposed() -> None:
    """A word that the text only talks about does not come back as a proposal."""
    report = Analyzer().analyze("The word “thug” is a slur.")
    assert [one.text for one in report.suppressed] == ["thug"]
    assert "thug" not in [term.text for term in report.terms]


def test_users_own_entries_always_count(tmp_path: Path) -> None:
    """The learned lexicon judges only the built-in one."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[lexicon]\nname = "own"\nversion = "1"\nlanguage = "en"\nlicence = "CC0-1.0"\ncategories = ["own"]\n'
        '[[entry]]\nid = "table"\nforms = ["table"]\ncategory = "own"\nseverity = 1\nalternatives = []\n'
        'note = "A test."\nsource = "A test."\nhits = ["The table."]\nmisses = ["The chair."]\n'
    )
    report = Analyzer(lexicons=[path]).analyze("The committee put the chairs around the table on Monday.")
    assert [term.text for term in report.terms if term.lexicon == "own"] == ["table"]


def test_proposals_can_be_switched_off(analyzer: Analyzer) -> None:
    """Without proposals the curated terms are the same."""
    curated = Analyzer(learned=False)
    proposed = 0
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text("utf-8")
        every = analyzer.analyze(text).terms
        assert [t for t in every if t.entry is not None] == list(curated.analyze(text).terms)
        proposed += sum(t.lexicon == LEARNED for t in every)
    assert proposed


def test_an_altered_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learned lexicon whose arrays do not have the stated digest is not used."""
    import framelens.learned_terms as module

    shutil.copytree(module._folder(), tmp_path / "terms")
    config = json.loads((tmp_path / "terms" / "config.json").read_text())
    (tmp_path / "terms" / "config.json").write_text(json.dumps(config | {"arrays_sha256": "0" * 64}))
    monkeypatch.setattr(module, "_folder", lambda: tmp_path / "terms")
    load_learned_terms.cache_clear()
    with pytest.raises(ModelError, match="altered"):
        load_learned_terms()
    load_learned_terms.cache_clear()


@pytest.mark.parametrize("name", ["outrageous", "loaded_adjective"])
def test_what_is_ignored_is_not_proposed_again(name: str) -> None:
    """A phrase, or the words of an entry or category, that never count do not come back as learned terms."""
    text = "An outrageous vote ended the session."
    assert "outrageous" in [term.text for term in Analyzer().analyze(text).terms]
    assert "outrageous" not in [term.text for term in Analyzer(ignore=[name]).analyze(text).terms]
