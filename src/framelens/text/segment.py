"""Article → sentences in order, each in its part: headline, body or boilerplate.

`sentencex` cuts each line; a small layer mends what news text gets wrong (datelines, party and state tags,
quotations that end in a mark and go on with a lower-case cue).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from framelens.text.article import Article, Part, Sentence, Span
from framelens.text.normalise import encodable

__all__ = ["segment"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_WORD = re.compile(r"\w[\w'’-]*")
# A line that sentencex would chew on for long is cut at this many code points.
_LONGEST_LINE = 20_000

# An abbreviation after which a sentence goes on: "Sen.", "D-N.Y.", "No.", an initial as in "anti-U.S." or "J. Doe".
_GOES_ON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Rev|Hon|Prof|Adm|Supt|St|Mt|Ft|vs|No|Nos|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|approx)\.|[(\[][DRI]-[\w.]*\.|(?:^|[^\w.])[A-Z]\.)$"
)
_RESUMES = re.compile(r"[a-z,;)\]]")

_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*\s*$")
_LONGEST_HEADLINE = 25  # words; longer first lines are lead paragraphs

_NOT_OF_THE_STORY = (
    r"please let us know if",
    r"(?:follow|like|find) (?:us|him|her|me|[\w.]+ [\w.]+) on",
    r"sign up (?:here|for|to)\b.*(?:newsletter|email|alert|here)",
    r"subscribe (?:to|now|here)",
    r"click (?:here|to)",
    r"tap here",
    r"(?:read|see|watch|listen) (?:more|also|next|the rest)\b",
    r"related(?: (?:stories|articles|coverage|content|topics|links?))?\s*[:|]",
    r"recommended(?: for you)?\s*$",
    r"more (?:from|on)\b.{0,60}$",
    r"also on\b.{0,60}:$",
    r"adverti(?:sement|sing)\s*$",
    r"story continues below",
    r"continue reading",
    r"(?:photo|image|picture|video) (?:credit|courtesy|by|source)\b",
    r"photos?\s*:",
    r"(?:credit|source)\s*:\s*(?:getty|ap|afp|reuters)",
    r"\(?(?:ap|afp|getty|reuters) (?:photo|images?)",
    r"©|all rights reserved|copyright\b",
    r"share (?:this|on|via)|(?:tweet|e?mail|print) this",
    r"(?:leave|post|add) a comment|comments? (?:are closed|\(\d+\)|policy)",
    r"join the (?:conversation|discussion)",
    r"have (?:a tip|something to say)\b|send (?:tips|your tips)",
    r"get (?:the|our) .{0,60}(?:newsletter|app|inbox)",
    r"thank you for (?:signing|subscribing)",
    r"the views expressed|this material may not be|terms of (?:use|service)",
)
_BOILERPLATE = re.compile(rf"(?i)^\W*(?:{'|'.join(_NOT_OF_THE_STORY)})")


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Sentence ranges within one line, mended."""
    start = end = 0
    for piece in sentencex.segment("en", line):
        found = line.find(piece, end)
        if found < 0:  # sentencex gave back text that it altered; the rest of the line stays whole
            break
        at = found + len(piece) - len(piece.lstrip())
        if end and not (_GOES_ON.search(line, max(start, end - 12), end) or _RESUMES.match(line, at)):
            yield start, end
            start = at
        elif not end:
            start = at
        end = found + len(piece.rstrip())
    rest = len(line.rstrip())
    if rest > start:
        yield start, rest


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for cut in range(start, end, _LONGEST_LINE):
        line = text[cut : min(end, cut + _LONGEST_LINE)]
        for begin, stop in _pieces(line):
            if line[begin:stop].strip():
                yield Span(cut + begin, cut + stop)


def _reads_like_headline(line: str, rest: str) -> bool:
    words = _WORD.findall(line)
    if not words or len(words) > _LONGEST_HEADLINE or not rest.strip():
        return False
    if not _ENDS_SENTENCE.search(line):
        return True
    long_words = [w for w in words if len(w) >= 4]
    return bool(long_words) and sum(w[0].isupper() for w in long_words) >= 0.7 * len(long_words)


def _parts(article: Article) -> Iterator[tuple[int, int, Part]]:
    """Each line that is not blank with its part.

    A line without a full stop right below the headline is the headline or deck of some other story as often
    as of this one, so it is counted nowhere.
    """
    text = encodable(article.text)
    position = 0
    part_before: Part = "body"
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            continue
        part: Part = "body"
        if _BOILERPLATE.match(line) and len(line) < 400:
            part = "boilerplate"
        elif position == 0 and _reads_like_headline(line, text[match.end() :][:400]):
            part = "headline"
        elif position == 1 and part_before == "headline" and _reads_like_headline(line, text[match.end() :][:400]):
            part = "boilerplate"
        yield match.start(), match.end(), part
        position, part_before = position + 1, part


def segment(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences in order; together they cover all its words, whatever the text."""
    text = encodable(article.text)
    sentences: list[Sentence] = []
    for start, end, part in _parts(article):
        for span in _sentences(text, start, end):
            own: Part = part
            if part == "body" and len(span) < 200 and _BOILERPLATE.match(text, span.start, span.end):
                own = "boilerplate"
            sentences.append(Sentence(len(sentences), span, own))
    return tuple(sentences)
