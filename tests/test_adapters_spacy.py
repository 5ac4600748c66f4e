"""`framelens.adapters.spacy`: the component writes the library's report onto the doc."""

from __future__ import annotations

import sys
import warnings

import pytest

from framelens.analyzer import Analyzer
from framelens.errors import MissingExtraError

TEXT = "The disgraceful vote ended on Monday. “This is an outrageous sham,” said Ana Ruiz, a teacher. 🙂 Rain fell."


@pytest.fixture(scope="module")
def nlp():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn of their future
        spacy = pytest.importorskip("spacy", reason="needs the extra spacy")
        import framelens.adapters.spacy  # noqa: F401 - registers the component

        pipeline = spacy.blank("en")
        pipeline.add_pipe("framelens", config={"model": "none"})
    return pipeline


def test_spans_are_the_librarys_matches(nlp) -> None:
    """``doc.spans`` holds every loaded term with category, entry and voice."""
    report = Analyzer(None).analyze(TEXT)
    doc = nlp(TEXT)
    found = [(s.start_char, s.end_char, s.label_, s.id_, s._.voice) for s in doc.spans["framelens"]]
    assert found == [(m.span.start, m.span.end, m.kind, m.entry, m.voice) for m in report.terms]
    assert len({voice for *_, voice in found}) == 2


def test_the_report_hangs_on_the_doc(nlp) -> None:
    """``doc._.framelens`` is the report, equal to the library's."""
    assert nlp(TEXT)._.framelens.to_dict() == Analyzer(None).analyze(TEXT).to_dict()
    assert nlp.make_doc(TEXT)._.framelens is None


def test_any_span_has_voice_and_probability(nlp) -> None:
    """A span takes voice and probability from its sentence; without a model there is no probability."""
    doc = nlp(TEXT)
    assert doc[0:2]._.voice == "author"
    assert doc.char_span(TEXT.index("This"), TEXT.index("This") + 7)._.voice in {"direct", "mixed"}
    assert doc[0:2]._.probability is None


def test_the_default_model_says_what_the_library_says(nlp) -> None:
    """Every sentence's span has the voice and the probability that the report gives it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy

        pipeline = spacy.blank("en")
        pipeline.add_pipe("framelens")
    report, doc = Analyzer().analyze(TEXT), pipeline(TEXT)
    assert doc._.framelens.to_dict() == report.to_dict()
    assert [s.text for s in doc.spans["framelens"]] == [m.text for m in report.terms]
    for score in report.scores:
        span = report.document.sentences[score.sentence].span
        assert doc.char_span(span.start, span.end)._.probability == pytest.approx(score.probability, abs=1e-4)


def test_pipe_equals_one_by_one(nlp) -> None:
    """Batches give what single calls give."""
    texts = [f"{TEXT} Number {i}." for i in range(5)] + [""]
    for piped, text in zip(nlp.pipe(texts, batch_size=2), texts, strict=True):
        alone = nlp(text)
        assert piped._.framelens == alone._.framelens
        assert [s.text for s in piped.spans["framelens"]] == [s.text for s in alone.spans["framelens"]]


def test_a_doc_survives_its_bytes(nlp) -> None:
    """What the component wrote is plain data that is stored with the doc."""
    from spacy.tokens import Doc

    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.framelens == doc._.framelens
    assert [s._.voice for s in again.spans["framelens"]] == [s._.voice for s in doc.spans["framelens"]]


def test_docs_put_together_keep_their_voices(nlp) -> None:
    """`Doc.from_docs` takes terms, voices and probabilities along, and warns of nothing."""
    from spacy.tokens import Doc

    docs = [nlp(TEXT), nlp("A shameful end. “It is a disgrace,” said Ana Ruiz.")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = Doc.from_docs(docs)
    apart = [(span.text, span._.voice) for doc in docs for span in doc.spans["framelens"]]
    assert [(span.text, span._.voice) for span in whole.spans["framelens"]] == apart
    assert whole[len(whole) - 3 : len(whole)]._.voice == docs[1][-3:]._.voice
    assert whole._.framelens is None


def test_without_spacy_the_message_names_the_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing spaCy is said with its remedy."""
    for name in [name for name in sys.modules if name.split(".")[0] == "spacy"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setitem(sys.modules, "spacy.language", None)
    monkeypatch.delitem(sys.modules, "framelens.adapters.spacy", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'framelens\[spacy\]'"):
        import framelens.adapters.spacy  # noqa: F401
