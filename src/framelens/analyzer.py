"""The pipeline, from an article to its report; read this page first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Protocol

from framelens import __version__
from framelens.frames import score_frames
from framelens.genre import genre_of
from framelens.lexicon import Lexicon, builtin_lexicon, load_lexicon
from framelens.matcher import Matcher
from framelens.portrayals import portray
from framelens.report import ArticleReport
from framelens.text import Article, Document, LexiconStamp, ModelStamp, Provenance, SentenceScore, Suppressed, TermMatch
from framelens.voice import read

__all__ = ["Analyzer", "SentenceModel", "TermModel", "analyze"]

Found = tuple[tuple[TermMatch, ...], tuple[Suppressed, ...]]

_BATCH = 64  # articles scored together: enough for array speed, few enough for memory


class SentenceModel(Protocol):
    """What the analyzer asks of a classifier."""

    @property
    def name(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def threshold(self) -> float: ...

    def score(
        self, documents: Sequence[Document], matches: Sequence[Sequence[TermMatch]], *, explain: bool = False
    ) -> list[tuple[SentenceScore, ...]]:
        """Scores for every sentence of each document that is not boilerplate."""
        ...


class TermModel(Protocol):
    """What the analyzer asks of a learned lexicon."""

    @property
    def stamp(self) -> LexiconStamp: ...

    def judge(self, documents: Sequence[Document], found: Sequence[Found], *, propose: bool = True) -> list[Found]:
        """The terms that count and those that are excused, with further terms if asked to propose."""
        ...


class Analyzer:
    """Scores articles with a model and lexicons; holds no state between articles, so threads may share it.

    ``model`` is ``"default"``, ``"open"``, a model folder, or None for no sentence scores. ``lexicons`` are
    paths or `Lexicon` objects that are added to the built-in one, and win over it. ``ignore`` names entry ids,
    categories or phrases that never count. With a model other than ``"open"``, ``learned`` adds the terms that the
    learned lexicon proposes.
    """

    def __init__(
        self,
        model: str | Path | SentenceModel | None = "default",
        lexicons: Iterable[str | Path | Lexicon] = (),
        *,
        ignore: Iterable[str] = (),
        learned: bool = True,
        explain: bool = False,
    ) -> None:
        added = [entry if isinstance(entry, Lexicon) else load_lexicon(entry) for entry in lexicons]
        self.lexicons = (builtin_lexicon(), *added)
        self.ignore = tuple(ignore)
        self.explain = explain
        self.model = _load_model(model)
        self._matcher = Matcher(self.lexicons, self.ignore)
        # `open` promises that nothing it uses learned from restricted data, which the learned lexicon did.
        judged = self.model is not None and self.model.name != "open"
        self.learned = learned and judged
        self._terms = _load_terms() if judged else None

    @property
    def provenance(self) -> Provenance:
        """What this analyzer's reports are made with."""
        stamps = [LexiconStamp(lexicon.name, lexicon.version, lexicon.digest) for lexicon in self.lexicons]
        if self._terms is not None:
            stamps.append(self._terms.stamp)
        model = self.model
        stamp = None if model is None else ModelStamp(model.name, model.digest)
        return Provenance(__version__, tuple(stamps), stamp, None if model is None else model.threshold)

    def terms(self, document: Document) -> tuple[TermMatch, ...]:
        """The curated terms of a document that is already taken apart."""
        return self._matcher.match(document)[0]

    def _heeded(self, found: Found) -> Found:
        """What was found, without learned terms that are to be ignored; the matcher left out the others itself."""
        kept = (term for term in found[0] if term.lexicon != "learned" or not self._matcher.ignores(term))
        return tuple(kept), found[1]

    def analyze(self, article: str | Article) -> ArticleReport:
        """The report of one article."""
        return next(self.pipe([article]))

    def pipe(self, articles: Iterable[str | Article]) -> Iterator[ArticleReport]:
        """The reports of many articles, lazily and in order; the model scores them in batches."""
        provenance = self.provenance
        source = iter(articles)
        while batch := list(islice(source, _BATCH)):
            documents = [read(Article(a) if isinstance(a, str) else a) for a in batch]
            found = [self._matcher.match(document) for document in documents]
            curated = [matches for matches, _ in found]
            scores = self.model.score(documents, curated, explain=self.explain) if self.model else [()] * len(batch)
            if self._terms is not None:
                found = [self._heeded(each) for each in self._terms.judge(documents, found, propose=self.learned)]
            for document, (terms, suppressed), scored in zip(documents, found, scores, strict=True):
                yield ArticleReport(
                    document=document,
                    terms=terms,
                    suppressed=suppressed,
                    scores=scored,
                    provenance=provenance,
                    frames=score_frames(document),
                    portrayals=portray(document, terms),
                    genre=genre_of(document, scored),
                )


def _load_model(model: str | Path | SentenceModel | None) -> SentenceModel | None:
    if not isinstance(model, str | Path):
        return model
    from framelens.model_io import load_model

    return load_model(model)


@cache
def _load_terms() -> TermModel:
    from framelens.learned_terms import load_learned_terms

    return load_learned_terms()


@cache
def _default() -> Analyzer:
    return Analyzer()


def analyze(text: str | Article) -> ArticleReport:
    """The report of one article with the default model and lexicon.

    >>> import framelens
    >>> report = framelens.analyze("The butchers shelled the market, a disgraceful act.")
    >>> report.words
    8
    """
    return _default().analyze(text)
