"""Attributions from quotes, mentions of cues and the tagger's contents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from framelens.text import Attribution, Document, Range, Span, word_set
from framelens.voice.blocks import find_blocks
from framelens.voice.contents import find_pieces
from framelens.voice.cues import CUES, stance_of
from framelens.voice.direct import uses_of
from framelens.voice.kinds import is_noun, is_own_source, kind_of, wording
from framelens.voice.mentions import Mention, find_mentions
from framelens.voice.reading import Reading, read, span_of
from framelens.voice.speakers import with_speakers
from framelens.voice.tagger import SOURCE, load_tagger

__all__ = ["attribute", "own_mention"]

# How many tokens may stand between a cue and its content, before and behind it.
_GAP_BEFORE, _GAP_BEHIND = 14, 4
_Kind = Literal["direct", "indirect", "attitude"]
# Mean log-odds from which a source is named; of attitudes it is oftener wrong.
_SURE_SOURCE: dict[_Kind, float] = {"direct": -0.8, "indirect": -0.8, "attitude": 0.2}
# How far the tagger may doubt a source more where the word order leaves no other reading.
_CERTAINTY = 1.2
_EMPTY = word_set("that and but or as to so for with itself himself herself themselves a an the")


def attribute(document: Document) -> tuple[Attribution, ...]:
    """Who says what in a document, in the order of the contents; everything not covered is the author's."""
    reading = read(document, load_tagger())
    if not reading.bounds:
        return ()
    mentions = find_mentions(reading)
    uses = uses_of(reading, mentions)
    found = find_blocks(reading, mentions)
    pieces = find_pieces(reading, mentions, uses, [span for block in found for span in block.content])
    found += _grouped(reading, mentions, _linked(reading, mentions, pieces), uses)
    for quote, use in zip(reading.quotes, uses, strict=True):
        if use == "scare":
            found.append(Attribution("scare", (Span(quote.start, quote.end),)))
    found.sort(key=lambda attribution: (attribution.content[0], attribution.content[-1].end))
    return with_speakers(reading, found)


@dataclass(frozen=True, slots=True)
class _Link:
    piece: Range
    mention: int | None


def _linked(reading: Reading, mentions: Sequence[Mention], pieces: Sequence[Range]) -> list[_Link]:
    """Each piece with the mention that governs it: of its own sentence, or carried over."""
    heads = [mention.head for mention in mentions]
    fixed = _fixed_contents(reading, mentions)
    result: list[_Link] = []
    last: int | None = None
    last_paragraph = -2
    for piece in pieces:
        paragraph = reading.paragraph[piece[0]]
        found = fixed.get(piece[0])
        if found is None:
            found = own_mention(reading, mentions, heads, piece)
        if found is None and last is not None:
            quote = reading.quote_at[piece[0]]
            open_ended = quote >= 0 and (reading.quotes[quote].continues or not reading.quotes[quote].closed)
            continued = open_ended and paragraph == last_paragraph + 1
            if paragraph == last_paragraph or continued:
                found = last
        if found is None and paragraph > 0 and reading.quote_at[piece[0]] >= 0:
            found = _colon_mention(reading, heads, paragraph)
        result.append(_Link(piece, found))
        last, last_paragraph = found, paragraph
        for inner in range(bisect_left(heads, piece[0]), bisect_left(heads, piece[1])):
            mention = mentions[inner]
            known = CUES.get(reading.tokens.lower[mention.head], ("noun",))[0] != "noun"
            if inner != found and known and piece[0] < mention.cue[0] and mention.reach[1] < piece[1]:
                result.append(_Link((mentions[inner].reach[1], piece[1]), inner))
    return result


def _fixed_contents(reading: Reading, mentions: Sequence[Mention]) -> dict[int, int]:
    """For the first tokens of contents that a set phrase governs, the number of its mention."""
    numbers = {mention.cue: number for number, mention in enumerate(mentions) if mention.fixed}
    return {
        start: numbers[report.cue]
        for report in reading.reports
        if report.fixed and report.cue in numbers
        for content in report.content
        for start in (content[0] - 1, content[0])
    }


def own_mention(reading: Reading, mentions: Sequence[Mention], heads: Sequence[int], piece: Range) -> int | None:
    """The nearest mention before the piece in its first sentence, or behind it in its last."""
    first = reading.bounds[reading.sentence_of(piece[0])][0]
    last_sentence = reading.sentence_of(piece[1] - 1)
    closing = reading.quote_at[piece[1] - 1]
    if piece[1] == reading.bounds[last_sentence][1] and closing >= 0 and reading.quotes[closing].closed:
        # "Who will pay?" Hart asked. — the mark ends a sentence, and its cue stands in the next.
        last_sentence = min(last_sentence + 1, len(reading.bounds) - 1)
        if reading.paragraph[reading.bounds[last_sentence][0]] != reading.paragraph[piece[1] - 1]:
            last_sentence -= 1
    last = reading.bounds[last_sentence][1]
    best: int | None = None
    least = 1000
    before = bisect_left(heads, piece[0]) - 1
    for at in range(before, max(before - 4, -1), -1):
        if heads[at] >= first:
            gap = piece[0] - mentions[at].reach[1]
            if 0 <= gap < min(least, _GAP_BEFORE):
                best, least = at, gap
    after = bisect_left(heads, piece[1])
    for at in range(after, min(after + 4, len(mentions))):
        if heads[at] < last:
            gap = mentions[at].reach[0] - piece[1]
            if 0 <= gap < min(least, _GAP_BEHIND):
                best, least = at, gap
    return best


def _colon_mention(reading: Reading, heads: Sequence[int], paragraph: int) -> int | None:
    """The last mention of the paragraph before, where that ends in a colon."""
    start, end = reading.paragraph_range(paragraph - 1)
    if end <= start or (reading.tokens.words[end - 1] != ":" and reading.tokens.lower[start] != "from"):
        return None
    at = bisect_left(heads, end) - 1
    return at if at >= 0 and heads[at] >= start else None


def _grouped(
    reading: Reading, mentions: Sequence[Mention], links: Sequence[_Link], uses: Sequence[str]
) -> list[Attribution]:
    """One attribution for each cue and kind; what no cue governs stands alone."""
    parts: dict[tuple[_Kind, int], list[Span]] = {}
    for number, link in enumerate(links):
        key = link.mention if link.mention is not None else -1 - number
        piece = link.piece if link.mention is None else wording(reading, mentions[link.mention], link.piece)
        for kind, span in _by_kind(reading, piece, uses):
            made = kind
            if kind == "indirect" and link.mention is not None:
                made = kind_of(reading, mentions[link.mention], link.piece)
            parts.setdefault((made, key), []).append(span)
    found: list[Attribution] = []
    for (kind, key), spans in parts.items():
        content = tuple(_merged(spans))
        if key < 0:
            # A paraphrase that no cue governs cannot be explained to a reader, and is as often wrong as right.
            if kind == "direct":
                found.append(Attribution(kind, content))
            continue
        mention = mentions[key]
        source = _named(reading, mention, kind)
        stance = stance_of(reading.tokens.lower[mention.head])
        found.append(Attribution(kind, content, source, span_of(reading.tokens, mention.cue), stance, source))
    return found


def _named(reading: Reading, mention: Mention, kind: _Kind) -> Span | None:
    """The source of a mention where it is sure enough to be named to a reader."""
    if mention.source is None:
        return None
    if kind == "attitude" and (is_own_source(reading, mention.source) or is_noun(reading, mention)):
        return None
    floor = _SURE_SOURCE[kind] - (_CERTAINTY if mention.certain else 0.0)
    sure = mention.fixed or reading.mean(SOURCE, mention.source) > floor
    return span_of(reading.tokens, mention.source) if sure else None


def _merged(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _by_kind(reading: Reading, piece: Range, uses: Sequence[str]) -> Iterator[tuple[_Kind, Span]]:
    """The quoted and the paraphrased parts of a piece, without marks and loose connectives at the ends."""
    at, end = piece
    while at < end:
        quote = reading.quote_at[at]
        stop = at
        while stop < end and reading.quote_at[stop] == quote:
            stop += 1
        if quote >= 0 and uses[quote] == "direct":
            yield "direct", Span(reading.quotes[quote].start, reading.quotes[quote].end)
        else:
            span = _paraphrase(reading, at, stop)
            if span is not None:
                yield "indirect", span
        at = stop


def _paraphrase(reading: Reading, start: int, end: int) -> Span | None:
    words = reading.tokens.words
    while start < end and not words[start][0].isalnum() and words[start] not in "$#@([":
        start += 1
    while end > start and not words[end - 1][-1].isalnum() and words[end - 1] not in "%)]":
        end -= 1
    if all(word in _EMPTY for word in reading.tokens.lower[start:end]):
        return None
    return span_of(reading.tokens, (start, end))
