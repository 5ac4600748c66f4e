"""What an article is made of: the types that travel between all rooms.

Offsets are half-open code-point offsets into ``Article.text``, which is never altered.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

__all__ = [
    "Article",
    "Attribution",
    "AttributionKind",
    "Document",
    "Part",
    "Sentence",
    "SentenceVoice",
    "Span",
    "Stance",
    "Voice",
]

Part = Literal["headline", "body", "boilerplate"]
Voice = Literal["author", "direct", "indirect", "scare"]
SentenceVoice = Literal["author", "direct", "indirect", "mixed"]
AttributionKind = Literal["direct", "indirect", "scare", "block"]
Stance = Literal["neutral", "doubting", "endorsing"]

VOICES: tuple[Voice, ...] = ("author", "direct", "indirect", "scare")

_WORD = re.compile(r"\w+")
_start: attrgetter[int] = attrgetter("start")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``start <= i < end`` of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of ``text`` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as read: ``text`` is what is scored, the rest where the input tells it.

    ``published`` is an ISO 8601 date or time. ``title`` is the title that the input names apart from the
    text; a headline that stands in the text itself is found by `framelens.segment`. ``repairs`` says what reading
    mended or could not read, and ``language`` is the code of the language that the text is written in.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    repairs: tuple[str, ...] = ()
    language: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article and the part of the article it stands in."""

    index: int
    span: Span
    part: Part


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that the article gives to somebody other than its author.

    ``content`` holds one or more spans in order (discontinuous where the cue stands inside), without the
    quotation marks around them. ``source`` is who speaks and ``cue`` the word that says so ("said",
    "according to"), where the text names them. ``speaker`` is the named source that a pronoun stands for,
    where one is certain, and otherwise equals ``source``. ``stance`` is how the cue treats the content: a
    *doubting* cue (claimed) holds it off, an *endorsing* one (noted, revealed) vouches for it.
    """

    kind: AttributionKind
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    stance: Stance = "neutral"
    speaker: Span | None = None


# Where attributions overlap, the voice that stands later here wins: a quotation inside a paraphrase is direct.
_PRECEDENCE: dict[Voice, int] = {"author": 0, "indirect": 1, "scare": 2, "direct": 3}


def _voice(attribution: Attribution) -> Voice:
    if attribution.kind == "block":
        return "direct"
    if attribution.kind == "indirect" and attribution.stance == "endorsing":
        # Factive cues presuppose their complement (Kiparsky & Kiparsky 1970): the author vouches for it.
        return "author"
    return attribution.kind


def _voice_changes(attributions: Iterable[Attribution]) -> tuple[tuple[int, ...], tuple[Voice, ...]]:
    """Starts of the stretches of equal voice, and their voices, in one sweep over the content spans."""
    edges: list[tuple[int, int, Voice]] = []
    for attribution in attributions:
        voice = _voice(attribution)
        for span in attribution.content:
            edges += [(span.start, 1, voice), (span.end, -1, voice)]
    edges.sort(key=lambda edge: edge[0])
    starts: list[int] = [0]
    voices: list[Voice] = ["author"]
    depth = dict.fromkeys(VOICES, 0)
    for index, (offset, step, voice) in enumerate(edges):
        depth[voice] += step
        if index + 1 < len(edges) and edges[index + 1][0] == offset:
            continue
        now: Voice = max((v for v in VOICES if depth[v]), key=_PRECEDENCE.__getitem__, default="author")
        if now == voices[-1]:
            continue
        if offset == starts[-1]:
            voices[-1] = now
        else:
            starts.append(offset)
            voices.append(now)
    return tuple(starts), tuple(voices)


@dataclass(frozen=True, slots=True)
class Document:
    """An article taken apart: sentences in order, and who speaks where."""

    article: Article
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _voices: tuple[Voice, ...] = field(init=False, repr=False, compare=False)
    _framing: tuple[Span, ...] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts, voices = _voice_changes(self.attributions)
        framing = [s for a in self.attributions if a.kind != "scare" for s in (a.source, a.cue) if s is not None]
        object.__setattr__(self, "_framing", tuple(sorted(framing, key=_start)))
        object.__setattr__(self, "_longest", max((span.end - span.start for span in framing), default=0))
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_voices", voices)

    @property
    def text(self) -> str:
        return self.article.text

    def voice_at(self, offset: int) -> Voice:
        """The voice that speaks at a code point."""
        return self._voices[bisect_right(self._starts, offset) - 1]

    def voice_of(self, span: Span) -> Voice:
        """The voice in which a span begins."""
        return self.voice_at(span.start)

    def voice_spans(self, within: Span) -> Iterator[tuple[Span, Voice]]:
        """The stretches of equal voice inside a span, in order and without gaps."""
        index = bisect_right(self._starts, within.start) - 1
        start = within.start
        while start < within.end:
            end = within.end
            if index + 1 < len(self._starts):
                end = min(end, self._starts[index + 1])
            yield Span(start, end), self._voices[index]
            start, index = end, index + 1

    def words_by_voice(self, within: Span) -> dict[Voice, int]:
        """How many words of a span each voice speaks; a word is a run of letters, digits and underscores."""
        counts = dict.fromkeys(VOICES, 0)
        for span, voice in self.voice_spans(within):
            counts[voice] += len(_WORD.findall(self.text, span.start, span.end))
        return counts

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a code point, or None between sentences."""
        index = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        if index < 0 or self.sentences[index].span.end <= offset:
            return None
        return self.sentences[index]

    def _framing_of(self, within: Span) -> Iterator[Span]:
        """The sources and cues that overlap a span."""
        # Only those near it are looked at, or the time for a book would grow with the square of its length.
        first = bisect_left(self._framing, within.start - self._longest, key=_start)
        near = self._framing[first : bisect_left(self._framing, within.end, key=_start)]
        return (span for span in near if span.overlaps(within))

    def sentence_voice(self, sentence: Sentence) -> SentenceVoice:
        """Who speaks a sentence: one voice for all words but those of source and cue, else ``mixed``.

        Scare quotes leave a sentence the author's.
        """
        counts = self.words_by_voice(sentence.span)
        framing = sum(
            len(_WORD.findall(self.text, span.start, span.end))
            for span in self._framing_of(sentence.span)
            if self.voice_of(span) == "author"
        )
        own = max(counts["author"] - framing, 0) + counts["scare"]
        shares: dict[SentenceVoice, int] = {"author": own, "direct": counts["direct"], "indirect": counts["indirect"]}
        total = sum(shares.values())
        winner = max(shares, key=shares.__getitem__)
        # A connective or two beside the speech ("But", "on Monday") does not make a sentence mixed.
        return winner if total == 0 or shares[winner] >= 0.8 * total else "mixed"
