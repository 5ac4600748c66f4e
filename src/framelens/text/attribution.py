"""Whose words stand where: attributions, and the voice that speaks at each place of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from framelens.text.article import Span

__all__ = ["VOICES", "Attribution", "AttributionKind", "SentenceVoice", "Stance", "Voice", "Voices"]

Voice = Literal["author", "direct", "indirect", "scare"]
SentenceVoice = Literal["author", "direct", "indirect", "mixed"]
AttributionKind = Literal["direct", "indirect", "attitude", "scare", "block"]
Stance = Literal["neutral", "doubting", "endorsing"]

#: The voices in the order in which columns of tokens number them.
VOICES: tuple[Voice, ...] = ("author", "direct", "indirect", "scare")

# Where attributions overlap, the voice that stands later here wins: a quotation inside a paraphrase is direct.
_PRECEDENCE: dict[Voice, int] = {"author": 0, "indirect": 1, "scare": 2, "direct": 3}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that the article gives to somebody other than its author.

    ``content`` holds one or more spans in order (discontinuous where the cue stands inside), without the
    quotation marks around them. ``source`` is who speaks and ``cue`` the word that says so ("said",
    "according to"), where the text names them. ``speaker`` is the named source that a pronoun stands for,
    where one is certain, and otherwise equals ``source``. An *attitude* ascribes a wish, a plan, a belief or an act
    without reporting words ("wants to …", "endorsed the …"): its words are the author's. ``stance`` is how the cue
    treats the content: a *doubting* cue (claimed) holds it off, an *endorsing* one (noted, revealed) vouches for it.
    """

    kind: AttributionKind
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    stance: Stance = "neutral"
    speaker: Span | None = None

    @property
    def voice(self) -> Voice:
        """The voice in which the content counts."""
        if self.kind == "block":
            return "direct"
        if self.kind == "attitude":
            return "author"
        if self.kind == "indirect" and self.stance == "endorsing":
            # Factive cues presuppose their complement (Kiparsky & Kiparsky 1970): the author vouches for it.
            return "author"
        return self.kind


@dataclass(frozen=True, slots=True)
class Voices:
    """The stretches of equal voice of a text: ``starts`` in order, the first 0, and the voice from each on."""

    starts: tuple[int, ...]
    voices: tuple[Voice, ...]

    @classmethod
    def of(cls, attributions: Iterable[Attribution]) -> Voices:
        """Found in one sweep over the content spans."""
        edges: list[tuple[int, int, Voice]] = []
        for attribution in attributions:
            voice = attribution.voice
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
        return cls(tuple(starts), tuple(voices))

    def at(self, offset: int) -> Voice:
        """The voice that speaks at a code point."""
        return self.voices[bisect_right(self.starts, offset) - 1]

    def within(self, span: Span) -> Iterator[tuple[Span, Voice]]:
        """The stretches of equal voice inside a span, in order and without gaps."""
        index = bisect_right(self.starts, span.start) - 1
        start = span.start
        while start < span.end:
            end = span.end
            if index + 1 < len(self.starts):
                end = min(end, self.starts[index + 1])
            yield Span(start, end), self.voices[index]
            start, index = end, index + 1
