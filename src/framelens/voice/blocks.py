"""Speech set without quotation marks: block quotes after a colon, transcript lines, headlines such as "Court: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from framelens.text import PARTS, Attribution, Range, Span, word_set
from framelens.voice.cues import CUES, stance_of
from framelens.voice.mentions import Mention
from framelens.voice.reading import Reading, span_of
from framelens.voice.tagger import CONTENT

__all__ = ["find_blocks"]

_LABEL = re.compile(
    r"\s*(?P<name>(?:Q|A|[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'()-]*|of|de|the|van|von)){0,5}))(?P<cue>\s?[:.])\s+(?=\S)"
)
_TIME = re.compile(r"\d")
# Labels that open a paragraph of the author's own.
_NO_SPEAKER = word_set("""
    update correction editor's note editor’s note related read more watch photo photos image video source sources
    also p.s. ps example question tip warning by contact follow listen advertisement summary bottom line""")
_SPEECH_NOUNS = word_set(
    "statement tweet tweets email e-mail letter post memo message caption transcript release text remarks exchange"
)
_WRITTEN = word_set("reads read wrote writes tweeted tweets posted stated states said says notes noted continued")


def find_blocks(reading: Reading, mentions: Sequence[Mention]) -> list[Attribution]:
    """All stretches of unmarked speech that the layout gives away."""
    labels = [_label(reading, number) for number in range(len(reading.blocks))]
    found: list[Attribution] = []
    heads = [mention.head for mention in mentions]
    for number in range(len(reading.blocks)):
        label = labels[number]
        if label is not None:
            if _is_transcript(labels, number):
                found.append(_labelled(reading, number, label, "direct"))
                continue
            if _is_headline(reading, number):
                found.append(_labelled(reading, number, label, "indirect"))
                continue
        if number and _opens_block(reading, number):
            block = _block(reading, mentions, heads, number)
            if block is not None:
                found.append(block)
    return found


def _label(reading: Reading, number: int) -> re.Match[str] | None:
    block = reading.blocks[number]
    match = _LABEL.match(reading.text, block.start, min(block.end, block.start + 80))
    if match is None or match["name"].lower() in _NO_SPEAKER or _TIME.search(match["name"]):
        return None
    if match["cue"].strip() == "." and match["name"] not in {"Q", "A"}:
        return None
    return match


def _is_transcript(labels: Sequence[re.Match[str] | None], number: int) -> bool:
    """Whether a labelled paragraph has another labelled one within two paragraphs."""
    near = [labels[at] for at in range(max(number - 2, 0), min(number + 3, len(labels))) if at != number]
    label = labels[number]
    shouted = label is not None and label["name"].isupper() and len(label["name"]) > 3
    return any(near) or shouted


def _is_headline(reading: Reading, number: int) -> bool:
    """Whether a paragraph is set as a headline: one line, short, without a full stop."""
    block = reading.blocks[number]
    line = reading.text[block.start : min(block.end, block.start + 160)].rstrip()
    first = reading.tokens.first_at(block.start)
    titled = first < len(reading.tokens) and reading.tokens.part[first] == PARTS.index("headline")
    return titled or (block.end - block.start <= 160 and line[-1:].isalnum())


def _labelled(reading: Reading, number: int, label: re.Match[str], kind: str) -> Attribution:
    block = reading.blocks[number]
    source = Span(*label.span("name"))
    mark = label.end("cue") - 1
    content = _inked(reading.text, label.end(), block.end)
    if kind == "direct":
        return Attribution("direct", (content,), source, Span(mark, mark + 1), "neutral", source)
    return Attribution("indirect", (content,), source, Span(mark, mark + 1), "neutral", source)


def _inked(text: str, start: int, end: int) -> Span:
    """A stretch without white space and quotation marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in "\"“‘'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"”'):
        end -= 1
    return Span(start, end)


def _opens_block(reading: Reading, number: int) -> bool:
    """Whether the paragraph before ends in a colon that a cue of speech leads up to."""
    start, end = reading.paragraph_range(number - 1)
    own, stop = reading.paragraph_range(number)
    if end <= start or stop <= own or reading.tokens.words[end - 1] != ":" or reading.quote_at[own] >= 0:
        return False
    return _speech_cue(reading, (max(start, end - 40), end)) is not None


def _speech_cue(reading: Reading, within: Range) -> int | None:
    """The last word in a range that announces speech."""
    for at in range(within[1] - 1, within[0] - 1, -1):
        word = reading.tokens.lower[at]
        entry = CUES.get(word)
        if word in _WRITTEN or word in _SPEECH_NOUNS or (entry is not None and entry[0] == "say"):
            return at
    return None


def _block(reading: Reading, mentions: Sequence[Mention], heads: Sequence[int], number: int) -> Attribution | None:
    start, end = reading.paragraph_range(number - 1)
    block = reading.blocks[number]
    content = [_inked(reading.text, block.start, block.end)]
    for further in range(number + 1, min(number + 4, len(reading.blocks))):
        first, last = reading.paragraph_range(further)
        spoken = bisect_left(heads, first) < bisect_left(heads, last)
        if first == last or spoken or reading.quote_at[first] >= 0 or reading.scores[first:last, CONTENT].mean() < 1:
            break
        content.append(_inked(reading.text, reading.blocks[further].start, reading.blocks[further].end))
    if not len(content[0]):
        return None
    at = bisect_left(heads, end) - 1
    if at >= 0 and heads[at] >= max(start, end - 40):
        mention = mentions[at]
        source = None if mention.source is None else span_of(reading.tokens, mention.source)
        stance = stance_of(reading.tokens.lower[mention.head])
        return Attribution("block", tuple(content), source, span_of(reading.tokens, mention.cue), stance, source)
    cue = _speech_cue(reading, (max(start, end - 40), end))
    return Attribution("block", tuple(content), None, None if cue is None else span_of(reading.tokens, (cue, cue + 1)))
