"""Article → sentences in order, each in its part: headline, body or boilerplate.

`sentencex` cuts each line; a small layer mends what news text gets wrong (datelines, party and state tags,
quotations that end in a mark and go on with a lower-case cue).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from framelens.text.article import Article, Part, Sentence, Span
from framelens.text.lines import paragraph_lines
from framelens.text.normalise import encodable
from framelens.text.saying import BESIDE_QUOTES

__all__ = ["segment"]

_WORD = re.compile(r"\w[\w'’-]*")
# A line that sentencex would chew on for long is cut at this many code points.
_LONGEST_LINE = 20_000

# An abbreviation after which a sentence goes on: "Sen.", "D-N.Y.", "No.", an initial as in "anti-U.S." or "J. Doe".
_GOES_ON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Rev|Hon|Prof|Adm|Supt|St|Mt|Ft|vs|No|Nos|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|[Aa]pprox|Est|Smt|Shri|Sri|Cllr|Const|Insp|Det|Dep|Asst|Pte|Cdr|Brig)\.|"
    r"[(\[][DRI]-[\w.]*\.|(?:^|[^\w.])[A-Z]\.)$"
)
# A name with a cry in it behind a word that asks for a name: "staff of Wham! UK", "the Yahoo! Group".
_BRAND = re.compile(r"\b(?:of|at|by|the|The|from|with|in|for|on|and|to|as) [A-Z]\w+!$")
_HOUR = re.compile(r"\b[ap]\.m\.$")
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:E[SD]?T|C[SD]?T|M[SD]T|P[SD]?T|GMT|UTC|BST)\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Sept|Oct|Nov|Dec|Jan|Feb)"
    r"\.? \d"
)
_RESUMES = re.compile(r"[a-z,;)\]]|--|[–—]")
# Marks that say nothing about where a sentence ends; the words inside them do.
_DOUBLE = str.maketrans(dict.fromkeys('"“”„«»\n\r', " "))
_OPENING, _CLOSING = "\"“„«'‘([", "\"”“»'’)]"
# The question or cry in "“Who pays?” Orla Vint asked", by the mark before and the verb behind.
_CRY = re.compile(r"[?!…,][\"”“»'’]$")
_SPEAKER_BEHIND = re.compile(
    r"(?:[A-Z][\w.'’-]*|the|of|an?|old|young)(?: (?:[A-Z][\w.'’-]*|of|[a-z]+)){0,4}? ([a-z]+)\b"
)

_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*\s*$")
_LONGEST_HEADLINE = 25  # words; longer first lines are lead paragraphs

# Lines that belong to no story, however they end.
_NEVER_STORY = (
    r"please let us know if",
    r"(?:follow|like|find) us on",
    r"sign up (?:here|for|to)\b.*(?:newsletter|email|alert|here)",
    r"subscribe (?:to|now|here)",
    r"click (?:here|to)",
    r"tap here",
    r"related(?: (?:stories|articles|coverage|content|topics|links?))?\s*[:|]",
    r"recommended(?: for you)?\s*$",
    r"also on\b.{0,60}:$",
    r"adverti(?:sement|sing)\s*$",
    r"story continues below",
    r"(?:photo|image|picture|video) (?:credit|courtesy|by|source)\b",
    r"photos?\s*:",
    r"(?:credit|source)\s*:\s*(?:getty|ap|afp|reuters)",
    r"\(?(?:ap|afp|getty|reuters) (?:photo|images?)",
    r"©|all rights reserved|copyright\s*(?:©|\(c\)|\d{4})",
    r"(?:leave|post|add) a comment|comments? (?:are closed|\(\d+\))",
    r"have a tip\b.*\?|send (?:us )?(?:tips|your tips)",
    r"thank you for (?:signing|subscribing)",
    r"the views expressed|this material may not be",
)
# Openings that a sentence of a story may share: such a line is short and ends in no stop.
_SELDOM_STORY = (
    r"(?:follow|like|find) (?:him|her|me|[\w.]+ [\w.]+) on",
    r"(?:read|see|watch|listen) (?:more|also|next|the rest)\b",
    r"more (?:from|on)\b",
    r"continue reading",
    r"copyright\b",
    r"share (?:this|on|via)|(?:tweet|e?mail|print) this",
    r"comments? policy",
    r"join the (?:conversation|discussion)",
    r"have (?:a tip|something to say)\b",
    r"get (?:the|our) .{0,60}(?:newsletter|app|inbox)",
    r"terms of (?:use|service)",
)
_BOILERPLATE = re.compile(rf"(?i)^\W*(?:{'|'.join(_NEVER_STORY)})")
_SHORT_BOILERPLATE = re.compile(rf"(?i)^\W*(?:{'|'.join(_SELDOM_STORY)})")
_LONGEST_NOTICE = 10  # words
_BYLINE = re.compile(
    r"\s*(?i:by|written by|story by)\s+[A-Z][\w.'’-]*"
    r"(?:(?:,| and| &)?\s+(?:[A-Z][\w.'’-]*|de|van|von|of|in|for|the)){0,11}\s*$"
)
_SHORTEST_REPEAT = 5  # words


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Sentence ranges within one paragraph, mended."""
    plain = line.translate(_DOUBLE)
    start = end = 0
    for piece in sentencex.segment("en", plain):
        found = plain.find(piece, end)
        if found < 0:  # sentencex gave back text that it altered; the rest of the paragraph stays whole
            break
        begin, stop = _with_marks(line, found + len(piece) - len(piece.lstrip()), found + len(piece.rstrip()), end)
        if stop <= begin:
            continue
        if end and not _runs_on(line, start, end, begin):
            yield start, end
            start = begin
        elif not end:
            start = begin
        end = stop
    rest = len(line.rstrip())
    if rest > start:
        yield start, rest


def _with_marks(line: str, begin: int, stop: int, floor: int) -> tuple[int, int]:
    """A sentence with the opening marks right before and the closing marks right behind it."""
    while begin > floor and line[begin - 1] in _OPENING:
        begin -= 1
    while stop < len(line) and line[stop] in _CLOSING and (stop + 1 == len(line) or not line[stop + 1].isalnum()):
        stop += 1
    return begin, stop


def _runs_on(line: str, start: int, end: int, at: int) -> bool:
    """Whether what was cut at ``end`` goes on at ``at``."""
    tail = line[max(start, end - 40) : end]
    if _RESUMES.match(line, at) or _GOES_ON.search(tail) or _BRAND.search(tail):
        return True
    if _HOUR.search(tail):
        return _DAY.match(line, at) is not None
    behind = _SPEAKER_BEHIND.match(line, at) if _CRY.search(tail) else None
    return behind is not None and behind[1] in BESIDE_QUOTES


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


def _is_notice(line: str) -> bool:
    """Whether a whole line is a notice of the page rather than part of the story."""
    if len(line) >= 400:
        return False
    if _BOILERPLATE.match(line) or _BYLINE.match(line):
        return True
    short = len(_WORD.findall(line)) <= _LONGEST_NOTICE and not _ENDS_SENTENCE.search(line)
    return short and _SHORT_BOILERPLATE.match(line) is not None


def _parts(text: str) -> Iterator[tuple[int, int, Part]]:
    """Each paragraph with its part; a line that stood before, such as a caption, is counted once."""
    seen: set[str] = set()
    first = True
    for span in paragraph_lines(text):
        line = span.of(text)
        words = len(line.split())
        part: Part = "body"
        if _is_notice(line) or (line in seen and words >= _SHORTEST_REPEAT):
            part = "boilerplate"
        elif first:
            first = False
            if _reads_like_headline(line, text[span.end :][:400]):
                part = "headline"
        seen.add(line)
        yield span.start, span.end, part


def segment(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences in order; together they cover all its words, whatever the text."""
    text = encodable(article.text)
    sentences: list[Sentence] = []
    for start, end, part in _parts(text):
        for span in _sentences(text, start, end):
            sentences.append(Sentence(len(sentences), span, part))
    return tuple(sentences)
