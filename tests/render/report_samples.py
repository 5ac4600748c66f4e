"""Reports made by hand, so that the renderings are tested apart from what finds the terms."""

from __future__ import annotations

import re
from dataclasses import replace

from framelens.report import ArticleReport
from framelens.text import (
    Article,
    Attribution,
    Contribution,
    Document,
    FrameScore,
    LexiconStamp,
    ModelStamp,
    Part,
    Portrayal,
    PortrayalLabel,
    Provenance,
    Sentence,
    SentenceScore,
    Span,
    Suppressed,
    TermMatch,
)

TEXT = """Council bows to harbour extremists as “green” ferry plan sinks

The spineless council of Port Ansel finally abandoned its ferry plan on Tuesday, handing the harbour radicals a victory.

“These vandals have bullied every family on the quay,” said Mayor Ida Brandt. “We were invaded, and nobody helped.” \
She spoke for ten minutes.

According to the harbour police, a mob of forty people blocked the pier. It dispersed at noon.

The so-called “green” ferry would have cost 12 million crowns & run twice a day <unless frozen>.

Some experts say the city must now find another operator.

Follow us on social media for more."""

_TERMS = [
    ("extremists", "label", ("protesters", "activists")),
    ("spineless", "adjective", ("cautious",)),
    ("radicals", "label", ("protesters",)),
    ("vandals", "noun", ()),
    ("invaded", "noun", ()),
    ("mob", "label", ("crowd", "group")),
    ("finally", "adverb", ()),
    ("Some experts", "weasel", ("name the experts",)),
    ("green", "euphemism", ()),
]

_NOTES = {
    "label": "Whether the label fits is what the sides dispute; say what the people did.",
    "adjective": "An insult, not a description.",
}


def span_of(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def sentences_of(text: str) -> tuple[Sentence, ...]:
    found = [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n])*?(?:[.!?]”?(?=\s|$)|(?=\n)|$)", text)]
    sentences = []
    for index, span in enumerate(found):
        part: Part = "headline" if index == 0 else "body"
        if span.of(text).startswith("Follow us"):
            part = "boilerplate"
        sentences.append(Sentence(index, span, part))
    return tuple(sentences)


def _attributions(text: str) -> tuple[Attribution, ...]:
    mayor, said = span_of(text, "Mayor Ida Brandt"), span_of(text, "said")
    speech = (
        span_of(text, "These vandals have bullied every family on the quay,"),
        span_of(text, "We were invaded, and nobody helped."),
    )
    police = Attribution(
        "indirect",
        (span_of(text, "a mob of forty people blocked the pier"),),
        span_of(text, "the harbour police"),
        span_of(text, "According to"),
    )
    body = text.index("so-called")
    return (
        Attribution("scare", (span_of(text, "green"),)),
        Attribution("direct", speech, mayor, said),
        police,
        Attribution("scare", (span_of(text, "green", body),), None, span_of(text, "so-called")),
    )


def sample_report() -> ArticleReport:
    """An article in all four voices, with everything that a report can hold."""
    article = Article(TEXT, "ansel-1", None, "The Ansel Courier", "https://courier.example/ferry?a=1&b=2", "2031-05-06")
    document = Document.read(article, sentences_of(TEXT)).attributed(_attributions(TEXT))
    matches = sorted(
        (term(document, words, kind, alternatives) for words, kind, alternatives in _TERMS),
        key=lambda match: match.span,
    )
    probabilities = [0.81, 0.93, 0.22, 0.35, 0.08, 0.41, 0.06, 0.57, 0.3]
    scores = tuple(
        SentenceScore(s.index, p, "editorializing" if p > 0.6 else "uncertain" if p > 0.4 else "reporting")
        for s, p in zip((s for s in document.sentences if s.part != "boilerplate"), probabilities, strict=False)
    )
    explained = (Contribution("adjective, own voice", 1.4), Contribution("bias", -0.6))
    scores = (scores[0], replace(scores[1], logit=0.8, contributions=explained), *scores[2:])
    label = PortrayalLabel("spineless", span_of(TEXT, "spineless"), "author")
    return ArticleReport(
        document=document,
        terms=tuple(matches),
        suppressed=(Suppressed(span_of(TEXT, "police"), "police", "police-x", "part of a name"),),
        scores=scores,
        provenance=provenance(),
        frames=(
            FrameScore("Political", 0.71, 0.8, 0.2, (span_of(TEXT, "council"),)),
            FrameScore("Public_opinion", 0.4, 0.3, 0.7, (span_of(TEXT, "mob"),)),
        ),
        portrayals=(Portrayal("council of Port Ansel", 2, (label,)),),
    )


def provenance() -> Provenance:
    return Provenance(
        "0.1.0", (LexiconStamp("english", "2031.1", "sha256:ab12"),), ModelStamp("default", "sha256:cd34"), 0.5
    )


def term(document: Document, words: str, kind: str, alternatives: tuple[str, ...] = ()) -> TermMatch:
    """The first occurrence of some words as a term."""
    span = span_of(document.text, words)
    sentence = document.sentence_at(span.start)
    return TermMatch(
        span=span,
        text=words,
        entry=words.lower().replace(" ", "-"),
        lexicon="english",
        kind=kind,
        sentence=sentence.index if sentence else 0,
        voice=document.voice_of(span),
        alternatives=alternatives,
        note=_NOTES.get(kind, "Tells the reader what to think."),
        source="Port Ansel style guide, section 3",
    )


def bare_report(text: str) -> ArticleReport:
    """A report in which nothing was found and no model was used."""
    bare = Provenance("0.1.0", (), None, None)
    return ArticleReport(Document.read(Article(text), sentences_of(text)), (), (), (), bare)
