"""Speech set without quotation marks: block quotes after a colon, transcript lines, headlines such as "Court: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from framelens.text import PARTS, Attribution, Range, Span, word_set
from framelens.voice.cues import CUES, stance_of
from framelens.voice.labels import Label, label_of
from framelens.voice.mentions import Mention
from framelens.voice.phrases import noun_before
from framelens.voice.reading import Reading, span_of
from framelens.voice.tagger import CONTENT

__all__ = ["find_blocks"]

_SPEECH_NOUNS = word_set("statement tweet tweets email e-mail letter memo message caption transcript remarks post text")
_DETERMINERS = word_set("the a an his her its their our my this that one any no")
_WRITTEN = word_set("reads read wrote writes tweeted tweets posted stated states said says notes noted continued")
# Own paragraphs behind a colon: "This is what we know about the report:".
_OWN_LEAD = word_set("we us our here this what know see question questions how why you")
_LIST_MARK = re.compile(r"\s*(?:[-*•–—·]|\d+[.)])\s+")
_QUOTE_MARK = re.compile(r"\s*>+\s?")
_SIGNED = re.compile(r"\s*[—–-]{1,2}\s*(?P<name>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})\s*\(@\w+\)")
_SIGNED_IN_LINE = re.compile(r"\s[—–-]{1,2}\s*(?P<name>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})\s*\(@\w+\)")
_SENTENCE_END = re.compile(r"[.!?…—–-][\"”’')\]]*\s*$")
_SALUTATION = re.compile(r"(?:SIR|MADAM|Sir|Madam|Dear \w+)\s?[–—,-]\s*")
_COLON_SAYS = re.compile(r":\s+(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})$")


def find_blocks(reading: Reading, mentions: Sequence[Mention]) -> list[Attribution]:
    """All stretches of unmarked speech that the layout gives away."""
    labels = [label_of(reading.text, block) for block in reading.blocks]
    found: list[Attribution] = []
    heads = [mention.head for mention in mentions]
    taken = -1
    for number in range(len(reading.blocks)):
        if number <= taken:
            continue
        label = labels[number]
        line = _line(reading, number)
        if label is not None and _is_transcript(labels, number, line):
            found.append(_labelled(reading, number, label, "direct"))
        elif label is not None and _is_headline(reading, number) and label.says:
            found.append(_labelled(reading, number, label, "indirect"))
        elif line.lstrip().startswith(">"):
            block, taken = _marked(reading, mentions, heads, number, _QUOTE_MARK)
            found += block
        elif _SALUTATION.match(line):
            found.append(_letter(reading, number, line))
        elif (signed := _signed(reading, number)) is not None:
            found.append(signed)
        elif number and _opens_block(reading, number):
            if _LIST_MARK.match(line):
                block, taken = _marked(reading, mentions, heads, number, _LIST_MARK)
                found += block
            else:
                one = _block(reading, mentions, heads, number)
                found += [] if one is None else [one]
        elif _is_headline(reading, number) and (said := _said_last(reading, number, line)) is not None:
            found.append(said)
    return found


def _line(reading: Reading, number: int) -> str:
    return reading.blocks[number].of(reading.text)


def _is_transcript(labels: Sequence[Label | None], number: int, line: str) -> bool:
    """Whether a paragraph is a speaker's: its label says so, or it is a sentence and near another one with a label."""
    label = labels[number]
    if label is None:
        return False
    near = [labels[at] for at in range(max(number - 2, 0), min(number + 3, len(labels))) if at != number]
    return label.person or (_SENTENCE_END.search(line) is not None and any(one is not None for one in near))


def _letter(reading: Reading, number: int, line: str) -> Attribution:
    """A letter to the editor, from its salutation to the end of the paragraph."""
    block = reading.blocks[number]
    opening = _SALUTATION.match(line)
    start = block.start + (opening.end() if opening else 0)
    return Attribution("block", (_inked(reading.text, start, block.end),))


def _signed(reading: Reading, number: int) -> Attribution | None:
    """A post: a paragraph signed with a name and a handle, in its own line or in the next."""
    block = reading.blocks[number]
    within = _SIGNED_IN_LINE.search(reading.text, block.start, block.end)
    if within is not None:
        content = _inked(reading.text, block.start, within.start())
    elif number + 1 < len(reading.blocks):
        following = reading.blocks[number + 1]
        within = _SIGNED.match(reading.text, following.start, following.end)
        content = _inked(reading.text, block.start, block.end)
    if within is None or not len(content):
        return None
    source = Span(*within.span("name"))
    return Attribution("block", (content,), source, None, "neutral", source)


def _marked(
    reading: Reading, mentions: Sequence[Mention], heads: Sequence[int], number: int, mark: re.Pattern[str]
) -> tuple[list[Attribution], int]:
    """Paragraphs that each begin with a mark of quotation or of a list, and the number of the last of them."""
    content = []
    last = number
    for at in range(number, len(reading.blocks)):
        opening = mark.match(reading.text, reading.blocks[at].start, reading.blocks[at].end)
        if opening is None:
            break
        last = at
        span = _inked(reading.text, opening.end(), reading.blocks[at].end)
        if len(span):
            content.append(span)
    source, cue = _led_by(reading, mentions, heads, number)
    return ([Attribution("block", tuple(content), source, cue, "neutral", source)] if content else []), last


def _led_by(
    reading: Reading, mentions: Sequence[Mention], heads: Sequence[int], number: int
) -> tuple[Span | None, Span | None]:
    """Source and cue of the sentence that leads up to a block with a colon."""
    if not number:
        return None, None
    start, end = reading.paragraph_range(number - 1)
    if end <= start or reading.tokens.words[end - 1] != ":":
        return None, None
    at = bisect_left(heads, end) - 1
    if at >= 0 and heads[at] >= max(start, end - 40) and mentions[at].source is not None:
        source = mentions[at].source
        return None if source is None else span_of(reading.tokens, source), span_of(reading.tokens, mentions[at].cue)
    cue = _speech_cue(reading, (max(start, end - 40), end))
    if cue is None:
        return None, None
    before = noun_before(reading.tokens, start, cue, reading.quoted)
    source_span = None if before is None else span_of(reading.tokens, before)
    return source_span, span_of(reading.tokens, (cue, cue + 1))


def _said_last(reading: Reading, number: int, line: str) -> Attribution | None:
    """A headline with its speaker behind a colon: "Minister a coward: Doran"."""
    match = _COLON_SAYS.search(line.rstrip())
    if match is None or number:
        return None
    start = reading.blocks[number].start
    source = Span(start + match.start("name"), start + match.end("name"))
    content = _inked(reading.text, start, start + match.start())
    cue = Span(start + match.start(), start + match.start() + 1)
    return Attribution("indirect", (content,), source, cue, "neutral", source)


def _is_headline(reading: Reading, number: int) -> bool:
    """Whether a paragraph is set as a headline."""
    first = reading.tokens.first_at(reading.blocks[number].start)
    return first < len(reading.tokens) and reading.tokens.part[first] == PARTS.index("headline")


def _labelled(reading: Reading, number: int, label: Label, kind: Literal["direct", "indirect"]) -> Attribution:
    content = _inked(reading.text, label.content, reading.blocks[number].end)
    return Attribution(kind, (content,), label.name, Span(label.mark, label.mark + 1), "neutral", label.name)


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
    if not _OWN_LEAD.isdisjoint(reading.tokens.lower[max(start, end - 40) : end]):
        return False
    return _speech_cue(reading, (max(start, end - 40), end)) is not None


def _speech_cue(reading: Reading, within: Range) -> int | None:
    """The last word in a range that announces speech: a verb, or a noun such as "statement" at its end."""
    lower, (start, end) = reading.tokens.lower, within
    last = end - 4 if lower[end - 3 : end] == ["in", "full", ":"] else end - 2
    if lower[last] in _SPEECH_NOUNS:
        return last
    for at in range(end - 1, start, -1):
        entry = CUES.get(lower[at])
        if (lower[at] in _WRITTEN or (entry is not None and entry[0] == "say")) and lower[at - 1] not in _DETERMINERS:
            return at
    return None


def _block(reading: Reading, mentions: Sequence[Mention], heads: Sequence[int], number: int) -> Attribution | None:
    start, end = reading.paragraph_range(number - 1)
    block = reading.blocks[number]
    content = [_inked(reading.text, block.start, block.end)]
    in_full = reading.tokens.lower[max(start, end - 3) : end] == ["in", "full", ":"]
    for further in range(number + 1, min(number + (12 if in_full else 4), len(reading.blocks))):
        first, last = reading.paragraph_range(further)
        spoken = bisect_left(heads, first) < bisect_left(heads, last)
        if (
            first == last
            or (spoken and not in_full)
            or reading.quote_at[first] >= 0
            or (not in_full and reading.scores[first:last, CONTENT].mean() < 1)
        ):
            break
        content.append(_inked(reading.text, reading.blocks[further].start, reading.blocks[further].end))
    if not len(content[0]):
        return None
    source, cue = _led_by(reading, mentions, heads, number)
    stance = stance_of(cue.of(reading.text).lower()) if cue is not None else "neutral"
    return Attribution("block", tuple(content), source, cue, stance, source)
