r"""Attribution: the case files in tests/voice, and what must hold of any text.

A case file is plain text. ``== name`` begins a case; the text follows; then come answers, one a line:

    > direct: words of the text | source: who | cue: said
    > author: words of the text
    > none

The voice (author, direct, indirect, scare, or ``block``; ``marked`` means scare or direct; ``other`` means anything
but the author) must hold for every word of the stretch. ``source``, ``cue``, ``speaker`` and ``stance`` are optional
and belong to the attribution whose content holds the stretch; ``-`` means that there is none. ``> none`` says that the
text holds no attribution at all, ``> sentences: 2`` how many sentences it has, ``> sentence: A`` how one of them
begins, ``> words: 4`` how many words it counts, ``> body: A`` (headline, boilerplate) in which part words stand, and
``> no source: A`` who is no source. ``not speaker`` names who must not be taken for the speaker. A line of the text
that begins with ">" is written ``\>``.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import voice
from framelens.text import Article, Attribution, Document, Span
from framelens.voice import attribute
from framelens.voice.assemble import own_mention
from framelens.voice.evaluate import evaluate_voice
from framelens.voice.mentions import Mention
from framelens.voice.reading import read as read_rules
from framelens.voice.tagger import load_tagger

CASES = Path(__file__).parent / "voice"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    answers: tuple[str, ...]


def load_cases() -> list[Case]:
    cases = []
    for path in sorted(CASES.glob("*.txt")):
        for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = block.partition("\n")
            lines = body.rstrip().split("\n")
            answers = tuple(line[2:].strip() for line in lines if line.startswith("> "))
            text = "\n".join(line for line in lines if not line.startswith("> "))
            text = re.sub(r"^\\(?=>)", "", text, flags=re.MULTILINE).strip("\n")
            cases.append(Case(f"{path.stem}: {name.strip()}", text, answers))
    return cases


@cache
def read(text: str) -> Document:
    return voice.read(Article(text))


def stretch(text: str, words: str) -> Span:
    start = text.find(words)
    assert start >= 0, f"the answer {words!r} does not stand in the text"
    return Span(start, start + len(words))


def holder(document: Document, span: Span, kinds: tuple[str, ...]) -> list[Attribution]:
    return [a for a in document.attributions if a.kind in kinds and any(part.overlaps(span) for part in a.content)]


def check(document: Document, answer: str) -> None:
    text = document.text
    head, *rest = [part.strip() for part in answer.split(" | ")]
    wanted_voice, _, words = head.partition(": ")
    if wanted_voice in FACTS:
        FACTS[wanted_voice](document, words)
        return
    span = stretch(text, words)
    allowed = {
        "block": {"direct"},
        "marked": {"direct", "scare"},
        "other": {"direct", "indirect", "scare"},
        "attitude": {"author"},
    }
    found = {document.voices.at(span.start + m.start()) for m in re.finditer(r"\w+", words)}
    if not any(part.startswith("stance: endorsing") for part in rest):
        assert found <= allowed.get(wanted_voice, {wanted_voice}), (
            f"{words!r} is {sorted(found)}, not {wanted_voice}: {document.attributions}"
        )
    kinds = {
        "marked": ("direct", "scare"),
        "other": ("direct", "indirect", "block", "scare"),
        "direct": ("direct", "block"),
    }.get(wanted_voice, (wanted_voice,))
    for part in rest:
        name, _, wanted = part.partition(": ")
        negated = name.startswith("not ")
        name = name.removeprefix("not ")
        values = [getattr(a, name) for a in holder(document, span, kinds)]
        shown = [v.of(text) if isinstance(v, Span) else v or "-" for v in values]
        assert (wanted in shown) != negated, f"{name} of {words!r} is {shown}, not {wanted!r}"


def has_none(document: Document, _: str) -> None:
    assert document.attributions == ()


def has_sentences(document: Document, count: str) -> None:
    found = [s.span.of(document.text) for s in document.sentences]
    assert len(found) == int(count), found


def has_sentence(document: Document, beginning: str) -> None:
    found = [s.span.of(document.text) for s in document.sentences]
    assert any(sentence.startswith(beginning) for sentence in found), found


def has_words(document: Document, count: str) -> None:
    found = document.words_by_voice()
    assert sum(found.values()) == int(count), document.tokens.words


def has_no_source(document: Document, name: str) -> None:
    named = [a.source.of(document.text) for a in document.attributions if a.source]
    assert name not in named, document.attributions


def has_part(document: Document, words: str, part: str, *, last: bool = False) -> None:
    at = document.text.rfind(words) if last else stretch(document.text, words).start
    sentence = document.sentence_at(at)
    assert sentence is not None
    assert sentence.part == part


FACTS = {
    "none": has_none,
    "sentences": has_sentences,
    "sentence": has_sentence,
    "words": has_words,
    "no source": has_no_source,
    "headline": partial(has_part, part="headline"),
    "body": partial(has_part, part="body"),
    "boilerplate": partial(has_part, part="boilerplate"),
    "boilerplate last": partial(has_part, part="boilerplate", last=True),
}


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert case.answers, "a case needs an answer"
    document = read(case.text)
    for answer in case.answers:
        check(document, answer)


def test_there_are_cases_enough() -> None:
    assert len(load_cases()) >= 150


PIECE_LINE = (
    "The council met on Tuesday.|He said|said|according to|the mayor|“|”|\"|''|``|‘|’|'|«|»|„|,|.|:|\n|\n\n| |that|"
    "it would rain|claims|Ann Lee|noted|Q:|who|(|)|\x00|\ud800|İ|’90s|6'2\"|…|!|?|a|and|\u2028|\r\n"
)
PIECES = st.sampled_from(PIECE_LINE.split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))
quick = settings(max_examples=120, deadline=None, derandomize=True)


@quick
@given(TEXTS)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    document = Document.read(Article(text))
    found = attribute(document)
    assert found == attribute(document)
    firsts = [a.content[0].start for a in found]
    assert firsts == sorted(firsts)
    for a in found:
        assert a.content
        for span in (*a.content, a.source, a.cue, a.speaker):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert all(left.end <= right.start for left, right in zip(a.content, a.content[1:], strict=False))


PLAIN = [
    "The bridge over the river was closed to traffic for most of the winter.",
    "Two trains a day run between the port and the old town.",
    "The harvest began in the last week of August.",
    "Snow fell on the hills above the valley for three days.",
    "The library on Mill Street opens at nine and closes at six.",
]
SPOKEN = "The ferry company said the night boat would stop in May. “We lose money on it,” Ann Lee said."


def shape(document: Document, shift: int = 0) -> list[tuple[object, ...]]:
    def moved(span: Span | None) -> tuple[int, int] | None:
        return None if span is None else (span.start - shift, span.end - shift)

    return [
        (a.kind, tuple(moved(s) for s in a.content), moved(a.source), moved(a.cue), a.stance, moved(a.speaker))
        for a in document.attributions
        if a.content[0].start >= shift
    ]


@quick
@given(st.sampled_from(PLAIN), st.sampled_from(PLAIN))
def test_wrapping_a_sentence_in_quotes_changes_its_voice_and_nothing_else(sentence: str, other: str) -> None:
    before = read(f"{other}\n\n{SPOKEN}\n\n{sentence}\n\n{other}")
    wrapped = f"“{sentence[:-1]},” he said."
    after = read(f"{other}\n\n{SPOKEN}\n\n{wrapped}\n\n{other}")
    at = len(other) + len(SPOKEN) + 4
    assert before.voice_of(Span(at, at + 1)) == "author"
    assert after.voice_of(Span(at + 1, at + 2)) == "direct"
    inside = Span(at, at + len(wrapped))
    rest = [a for a in after.attributions if not any(part.overlaps(inside) for part in a.content)]
    assert rest == list(before.attributions)


@quick
@given(
    st.sampled_from(PLAIN),
    st.sampled_from([case.text for case in load_cases() if not re.search("headline|wrapped|sentences:", case.name)]),
)
def test_text_put_before_shifts_all_spans_and_changes_nothing_else(plain: str, text: str) -> None:
    shift = len(plain) + 2
    assert shape(read(f"{PLAIN[0]}\n\n{plain}\n\n{text}"), shift + len(PLAIN[0]) + 2) == shape(
        read(f"{PLAIN[0]}\n\n{text}"), len(PLAIN[0]) + 2
    )


@pytest.mark.parametrize("piece", ['"', "“", "said ", "‘a ", "''", "(", "he said, ", "“a” ", "\n", "Q: a\n"])
def test_no_piece_repeated_is_refused(piece: str) -> None:
    text = piece * 3000
    attribute(Document.read(Article(text)))


def seconds(text: str) -> float:
    document = Document.read(Article(text))
    begun = time.process_time()
    attribute(document)
    return time.process_time() - begun


def test_time_grows_in_proportion_to_labelled_lines() -> None:
    """Four times as many "X: …" lines take about four times as long, where they once took sixteen."""
    lines = "Foo Bar: it rained.\n\nThe river rose.\n\nIt fell.\n\n"
    seconds(lines)
    assert min(seconds(lines * 4000) for _ in range(2)) < 8 * max(min(seconds(lines * 1000) for _ in range(2)), 0.02)


GOLD_TEXT = "Hart said the pumps had failed. Hart wants to sell the pumps."


def test_evaluation_prints_both_readings() -> None:
    """A wish counts as attributed where attitudes do, and as missed where only speech does."""

    def spans(words: str) -> list[list[int]]:
        at = GOLD_TEXT.index(words)
        return [[at, at + len(words)]]

    said = {"source": [[0, 4]], "cue": spans("said"), "content": spans("the pumps had failed")}
    wished = {"source": [[32, 36]], "cue": spans("wants"), "content": spans("to sell the pumps")}
    figures = evaluate_voice([{"text": GOLD_TEXT, "attributions": [said, wished]}])
    assert figures["precision"] == figures["speech_precision"] == 1
    assert figures["recall"] > 0.8
    assert figures["speech_recall"] == 0.5
    assert figures["source_precision"] == 1


#: Each bound of a rule, by a text on its near side and one on its far side.
BOUNDS = [
    (
        "scare quotes are short: six words",
        "The town has built a “small green quiet old walled park” between two motorways.",
        "scare",
    ),
    (
        "seven are speech",
        "The town has built a “small green quiet old sunny walled park” between two motorways.",
        "direct",
    ),
    ("a title is set in capitals", "The play “The Old Dark House” opens on Friday.", "author"),
    ("a title of one word is none", "The play “house” opens on Friday.", "scare"),
]


@pytest.mark.parametrize(("name", "text", "wanted"), BOUNDS, ids=[name for name, _, _ in BOUNDS])
def test_bounds_of_marks(name: str, text: str, wanted: str) -> None:
    """How long a scare quote is, and what reads as the title of a work."""
    assert read(text).voices.at(text.index("“") + 1) == wanted, name


@pytest.mark.parametrize(
    ("cue", "piece", "linked"),
    [((0, 1), (14, 18), True), ((0, 1), (15, 18), False), ((9, 10), (2, 6), True), ((10, 11), (2, 6), False)],
)
def test_a_cue_governs_words_near_it(cue: tuple[int, int], piece: tuple[int, int], linked: bool) -> None:
    """Words begin at most 13 tokens behind their cue, or end at most 3 tokens before it."""
    reading = read_rules(Document.read(Article("word " * 20 + ".")), load_tagger())
    mention = Mention(cue, cue[0], None, 0)
    assert (own_mention(reading, [mention], [cue[0]], piece) == 0) == linked


@pytest.mark.parametrize(("paragraphs", "speaker"), [(3, "Ann Lee"), (4, None)])
def test_reach_of_a_pronoun(paragraphs: int, speaker: str | None) -> None:
    """A name holds for four paragraphs, that of the pronoun among them."""
    between = "\n\n".join(f"The tide rose again on day number {n}." for n in range(paragraphs))
    text = f"Ann Lee said the pumps were old.\n\n{between}\n\n“Nobody pays,” she said."
    last = read(text).attributions[-1]
    assert (last.speaker.of(text) if last.speaker else None) == speaker
