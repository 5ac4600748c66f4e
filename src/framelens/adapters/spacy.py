"""The spaCy component ``framelens``; importing this module registers it.

>>> import spacy                                        # doctest: +SKIP
>>> import framelens.adapters.spacy                     # doctest: +SKIP
>>> nlp = spacy.blank("en")                             # doctest: +SKIP
>>> _ = nlp.add_pipe("framelens", config={"model": "none"})  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from framelens.analyzer import Analyzer
from framelens.errors import MissingExtraError
from framelens.report import ArticleReport

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingExtraError("The spaCy component", "spacy") from error

__all__ = ["FramelensComponent"]

SPANS = "framelens"
# How spaCy itself marks values of stretches of a doc, which it moves along where docs are put together.
_VALUE = "._."


def _sentence_value(span: Span, key: str) -> Any:
    """A value of the sentence that holds the span's first letter, kept for each sentence on the doc."""
    for start, end, (voice, probability) in _kept(span.doc, "framelens_sentence"):
        if start <= span.start_char < end:
            return voice if key == "voice" else probability
    return None


def _data(doc: Doc) -> dict[Any, Any]:
    """What is kept with a doc; its keys may be tuples, whatever spaCy's types say."""
    data: dict[Any, Any] = doc.user_data
    return data


def _kept(doc: Doc, name: str) -> Iterator[tuple[int, int, Any]]:
    """What was written of stretches of the doc, with where they begin and end."""
    for key, value in _data(doc).items():
        if isinstance(key, tuple) and key[:2] == (_VALUE, name):
            yield key[2], key[3], value


def _voice(span: Span) -> str | None:
    """The voice of a loaded term, else of the sentence that the span begins in."""
    term = _data(span.doc).get((_VALUE, "framelens_term", span.start_char, span.end_char))
    if term is not None:
        return str(term)
    own: str | None = _sentence_value(span, "voice")
    return own


def _probability(span: Span) -> float | None:
    value: float | None = _sentence_value(span, "probability")
    return value


def _report(doc: Doc) -> ArticleReport | None:
    data = _data(doc).get((_VALUE, "framelens_report", 0, len(doc.text)))
    return None if data is None else ArticleReport.from_dict(data)


def _extend() -> None:
    """Register the extensions; registering again after a reload is harmless."""
    Doc.set_extension("framelens", getter=_report, force=True)
    Span.set_extension("voice", getter=_voice, force=True)
    Span.set_extension("probability", getter=_probability, force=True)


class FramelensComponent:
    """Writes an article's report onto its doc.

    ``doc.spans["framelens"]`` holds the loaded terms, labelled by kind, with the entry's id as span id.
    ``doc._.framelens`` is the `ArticleReport`; ``span._.voice`` and ``span._.probability`` say of any span whose
    words it is and how probable it is that its sentence editorializes. All survive ``DocBin`` and pickling, for
    the doc keeps the report as plain data; where docs are put together (``Doc.from_docs``) terms, voices and
    probabilities stay, and there is no one report any more. Tokens that cut a term in two are taken whole.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    def __call__(self, doc: Doc) -> Doc:
        return self._write(doc, self.analyzer.analyze(doc.text))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Score docs in batches."""
        batch: list[Doc] = []
        for doc in stream:
            batch.append(doc)
            if len(batch) >= batch_size:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, docs: list[Doc]) -> Iterator[Doc]:
        for doc, report in zip(docs, self.analyzer.pipe([doc.text for doc in docs]), strict=True):
            yield self._write(doc, report)

    @staticmethod
    def _write(doc: Doc, report: ArticleReport) -> Doc:
        probabilities = {score.sentence: score.probability for score in report.scores}
        data = _data(doc)
        data[_VALUE, "framelens_report", 0, len(doc.text)] = report.to_dict()
        for s in report.document.sentences:
            value = (report.document.sentence_voice(s), probabilities.get(s.index))
            data[_VALUE, "framelens_sentence", s.span.start, s.span.end] = value
        spans = []
        for match in report.terms:
            span = doc.char_span(
                match.span.start, match.span.end, label=match.kind, span_id=match.entry or "", alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
                data[_VALUE, "framelens_term", span.start_char, span.end_char] = match.voice
        doc.spans[SPANS] = spans
        return doc


@Language.factory("framelens", default_config={"model": "default", "lexicons": [], "ignore": [], "learned": True})
def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy's signature
    name: str,  # noqa: ARG001 - as above
    model: str,
    lexicons: list[str],
    ignore: list[str],
    learned: bool,
) -> FramelensComponent:
    """The factory that ``nlp.add_pipe("framelens")`` calls; ``model`` is a name, a folder, or ``none``."""
    return FramelensComponent(Analyzer(None if model == "none" else model, lexicons, ignore=ignore, learned=learned))


_extend()
