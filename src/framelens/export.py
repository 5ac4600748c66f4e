"""Reports as data: dict (the JSON contract, schema ``framelens/2``), CSV rows and data frames."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from framelens.errors import InputError
from framelens.text import (
    Article,
    Attribution,
    Contribution,
    Document,
    FrameScore,
    Genre,
    GenreEvidence,
    LexiconStamp,
    ModelStamp,
    Portrayal,
    PortrayalLabel,
    Provenance,
    Sentence,
    SentenceScore,
    Span,
    Suppressed,
    TermMatch,
)

if TYPE_CHECKING:
    import pandas as pd

    from framelens.report import ArticleReport

__all__ = [
    "SCHEMA",
    "SENTENCE_COLUMNS",
    "TERM_COLUMNS",
    "ReportFields",
    "Table",
    "fields_of",
    "sentence_rows",
    "term_rows",
    "to_csv",
    "to_dict",
    "to_frame",
    "to_json",
]

SCHEMA = "framelens/2"

Table = Literal["terms", "sentences"]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _sentence(report: ArticleReport, sentence: Sentence, score: SentenceScore | None) -> dict[str, object]:
    row: dict[str, object] = {
        "start": sentence.span.start,
        "end": sentence.span.end,
        "part": sentence.part,
        "voice": report.document.sentence_voice(sentence),
        "editorializing": None,
    }
    if score is not None:
        scored: dict[str, object] = {"probability": round(score.probability, 6), "label": score.label}
        if score.contributions:
            scored["logit"] = score.logit
            scored["contributions"] = [{"name": c.name, "value": c.value} for c in score.contributions]
        row["editorializing"] = scored
    return row


def _attribution(attribution: Attribution) -> dict[str, object]:
    return {
        "kind": attribution.kind,
        "content": [_span(span) for span in attribution.content],
        "source": _span(attribution.source),
        "cue": _span(attribution.cue),
        "stance": attribution.stance,
        "speaker": _span(attribution.speaker),
    }


def _term(match: TermMatch) -> dict[str, object]:
    return {
        "start": match.span.start,
        "end": match.span.end,
        "text": match.text,
        "kind": match.kind,
        "entry": match.entry,
        "lexicon": match.lexicon,
        "voice": match.voice,
        "sentence": match.sentence,
        "probability": match.probability,
        "strength": match.strength,
        "reason": match.reason,
        "alternatives": list(match.alternatives),
        "note": match.note,
        "source": match.source,
    }


def _genre(genre: Genre | None) -> dict[str, object] | None:
    if genre is None:
        return None
    evidence, mean = genre.evidence, genre.evidence.mean_probability
    return {
        "label": genre.label,
        "evidence": {
            "mean_probability": None if mean is None else round(mean, 4),
            "first_persons": round(evidence.first_persons, 4),
            "reporting_verbs": round(evidence.reporting_verbs, 4),
            "others_share": round(evidence.others_share, 4),
        },
    }


def _summary(report: ArticleReport) -> dict[str, object]:
    share = report.editorializing_share
    return {
        "words": report.words,
        "words_by_voice": report.words_by_voice,
        "loaded_terms": {voice: len(terms) for voice, terms in report.by_voice().items()},
        "strong_terms": {voice: len(terms) for voice, terms in report.strong().items()},
        "loaded_per_1000_words": round(report.per_1000_words, 3),
        "strong_per_1000_words": round(report.strong_per_1000_words, 3),
        "editorializing_share": None if share is None else round(share, 4),
        "kinds": {kind: len(terms) for kind, terms in report.by_kind().items()},
    }


def to_dict(report: ArticleReport, *, everything: bool = False) -> dict[str, object]:
    """The report as JSON-ready data by the outward contract; `fields_of` reads it back.

    With ``everything`` the terms below the line stand among the others, told by their probability.
    """
    terms = sorted((*report.terms, *report.unlikely), key=lambda term: term.span) if everything else report.terms
    article, provenance = report.article, report.provenance
    scores = {score.sentence: score for score in report.scores}
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published": article.published,
            "words": report.words,
            "language": article.language,
            "repairs": list(article.repairs),
        },
        "text": article.text,
        "sentences": [_sentence(report, s, scores.get(s.index)) for s in report.document.sentences],
        "attributions": [_attribution(a) for a in report.document.attributions],
        "terms": [_term(term) for term in terms],
        "suppressed": [
            {"start": s.span.start, "end": s.span.end, "text": s.text, "entry": s.entry, "reason": s.reason}
            for s in report.suppressed
        ],
        "frames": [
            {
                "frame": f.frame,
                "score": round(f.score, 4),
                "author": round(f.author, 4),
                "quoted": round(f.quoted, 4),
                "passages": [_span(p) for p in f.passages],
            }
            for f in report.frames
        ],
        "portrayals": [
            {
                "entity": p.entity,
                "mentions": p.mentions,
                "labels": [
                    {"text": label.text, "start": label.span.start, "end": label.span.end, "voice": label.voice}
                    for label in p.labels
                ],
            }
            for p in report.portrayals
        ],
        "genre": _genre(report.genre),
        "summary": _summary(report),
        "provenance": {
            "framelens": provenance.framelens,
            "lexicons": [
                {"name": stamp.name, "version": stamp.version, "digest": stamp.digest} for stamp in provenance.lexicons
            ],
            "model": provenance.model and {"name": provenance.model.name, "digest": provenance.model.digest},
            "threshold": provenance.threshold,
            "term_line": provenance.term_line,
        },
    }


def to_json(report: ArticleReport, *, indent: int | None = None) -> str:
    """The report as JSON text, non-ASCII letters as they are."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=indent)


def _span_in(pair: Any) -> Span:
    start, end = pair
    return Span(int(start), int(end))


def _maybe_span(pair: Any) -> Span | None:
    return None if pair is None else _span_in(pair)


class ReportFields(TypedDict):
    """What `ArticleReport` is made of."""

    document: Document
    terms: tuple[TermMatch, ...]
    unlikely: tuple[TermMatch, ...]
    suppressed: tuple[Suppressed, ...]
    scores: tuple[SentenceScore, ...]
    frames: tuple[FrameScore, ...]
    portrayals: tuple[Portrayal, ...]
    genre: Genre | None
    provenance: Provenance


def fields_of(data: Mapping[str, object]) -> ReportFields:
    """The parts of the report that `to_dict` wrote; raises `InputError` where the data is not of this schema."""
    if data.get("schema") != SCHEMA:
        raise InputError(f"not a framelens report: schema is {data.get('schema')!r}, wanted {SCHEMA!r}")
    try:
        return _fields(dict(data))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"a framelens report is incomplete or malformed: {error!r}") from error


def _document(data: dict[str, Any]) -> Document:
    meta = data["article"]
    article = Article(
        data["text"],
        **{key: meta[key] for key in ("id", "title", "outlet", "url", "published")},
        repairs=tuple(meta.get("repairs", ())),  # reports before 0.2 have neither of these
        language=meta.get("language"),
    )
    sentences = tuple(Sentence(i, Span(s["start"], s["end"]), s["part"]) for i, s in enumerate(data["sentences"]))
    attributions = tuple(
        Attribution(
            kind=a["kind"],
            content=tuple(map(_span_in, a["content"])),
            source=_maybe_span(a["source"]),
            cue=_maybe_span(a["cue"]),
            stance=a.get("stance", "neutral"),
            speaker=_maybe_span(a.get("speaker")),
        )
        for a in data["attributions"]
    )
    return Document.read(article, sentences).attributed(attributions)


def _score(index: int, scored: dict[str, Any]) -> SentenceScore:
    parts = tuple(Contribution(c["name"], c["value"]) for c in scored.get("contributions", ()))
    return SentenceScore(index, scored["probability"], scored["label"], scored.get("logit"), parts)


def _match(term: dict[str, Any]) -> TermMatch:
    own = {key: value for key, value in term.items() if key not in {"start", "end", "alternatives"}}
    return TermMatch(span=Span(term["start"], term["end"]), alternatives=tuple(term["alternatives"]), **own)


def _portrayal(row: dict[str, Any]) -> Portrayal:
    labels = (PortrayalLabel(x["text"], Span(x["start"], x["end"]), x["voice"]) for x in row["labels"])
    return Portrayal(row["entity"], row["mentions"], tuple(labels))


def _genre_in(data: dict[str, Any] | None) -> Genre | None:
    return Genre(data["label"], GenreEvidence(**data["evidence"])) if data else None


def _below(term: TermMatch, line: float | None) -> bool:
    return line is not None and term.probability is not None and term.probability < line


def _fields(data: dict[str, Any]) -> ReportFields:
    origin = data["provenance"]
    terms, line = tuple(map(_match, data["terms"])), origin["term_line"]
    return ReportFields(
        document=_document(data),
        terms=tuple(term for term in terms if not _below(term, line)),
        unlikely=tuple(term for term in terms if _below(term, line)),
        suppressed=tuple(
            Suppressed(Span(s["start"], s["end"]), s["text"], s["entry"], s["reason"]) for s in data["suppressed"]
        ),
        scores=tuple(
            _score(i, s["editorializing"]) for i, s in enumerate(data["sentences"]) if s["editorializing"] is not None
        ),
        frames=tuple(
            FrameScore(
                f["frame"],
                f["score"],
                f.get("author", 0.0),
                f.get("quoted", 0.0),
                tuple(map(_span_in, f.get("passages", ()))),
            )
            for f in data["frames"]
        ),
        portrayals=tuple(map(_portrayal, data["portrayals"])),
        genre=_genre_in(data.get("genre")),  # reports before genres had none
        provenance=Provenance(
            framelens=origin["framelens"],
            lexicons=tuple(LexiconStamp(**stamp) for stamp in origin["lexicons"]),
            model=ModelStamp(**origin["model"]) if origin["model"] else None,
            threshold=origin["threshold"],
            term_line=line,
        ),
    )


TERM_COLUMNS = (
    "article", "outlet", "start", "end", "text", "kind", "entry", "lexicon", "voice", "sentence", "probability",
    "strength", "reason", "alternatives", "note", "source",
)  # fmt: skip
SENTENCE_COLUMNS = (
    "article", "outlet", "sentence", "start", "end", "part", "voice", "words", "probability", "label", "text",
    "genre",
)  # fmt: skip


def term_rows(report: ArticleReport) -> Iterator[dict[str, object]]:
    """One flat row a loaded term, in the columns `TERM_COLUMNS`."""
    for match in report.terms:
        row = _term(match)
        row["alternatives"] = " | ".join(match.alternatives)
        yield {"article": report.article.id, "outlet": report.article.outlet, **row}


def sentence_rows(report: ArticleReport) -> Iterator[dict[str, object]]:
    """One flat row a sentence, in the columns `SENTENCE_COLUMNS`; boilerplate has no probability."""
    scores = {score.sentence: score for score in report.scores}
    for sentence in report.document.sentences:
        score = scores.get(sentence.index)
        yield {
            "article": report.article.id,
            "outlet": report.article.outlet,
            "sentence": sentence.index,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "part": sentence.part,
            "voice": report.document.sentence_voice(sentence),
            "words": sum(report.document.words_by_voice(sentence).values()),
            "probability": score and round(score.probability, 6),
            "label": score and score.label,
            "text": sentence.span.of(report.article.text),
            "genre": report.genre and report.genre.label,
        }


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[ArticleReport], Iterator[dict[str, object]]]]] = {
    "terms": (TERM_COLUMNS, term_rows),
    "sentences": (SENTENCE_COLUMNS, sentence_rows),
}


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def to_csv(reports: Iterable[ArticleReport], table: Table = "terms") -> Iterator[str]:
    """CSV lines of one table for many reports, a heading first; formula-like cells are defused by an apostrophe."""
    columns, rows = _TABLES[table]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    yield buffer.getvalue()
    for report in reports:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows(report))
        yield buffer.getvalue()


def to_frame(reports: Iterable[ArticleReport], table: Table = "terms") -> pd.DataFrame:
    """One table of many reports as a pandas data frame."""
    import pandas as pd

    columns, rows = _TABLES[table]
    return pd.DataFrame([row for report in reports for row in rows(report)], columns=list(columns))
