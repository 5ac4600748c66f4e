"""Who says what inside one sentence, by its word order: source, cue and the clause they govern.

The orders are those of reporting clauses in Quirk et al. (1985, 14.28–29): cue first ("X said that …"), cue
last ("…, X said", "…, said X"), cue inside ("…, X said, …"), and the prepositional "according to X".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from framelens.text import Range, Tokens, word_set
from framelens.voice.cues import CUES
from framelens.voice.phrases import (
    STOPS,
    SUBJECT_PRONOUNS,
    ends_inverted_subject,
    main_subject,
    opens_apposition,
    subject_before,
)

__all__ = ["Report", "find_reports"]

_CLAUSE_OPENERS = SUBJECT_PRONOUNS | word_set("""
    the a an this that these those there his her their its my our your no some any many most all both each
    every if what how why whether where who when such
""")
_BEFORE_INVERSION = frozenset({",", '"', "”", "''", "’", "'", "»"})
_ADDRESSEE_CUES = word_set("told tell tells telling assured assures warned reminded informed notified")
_HEADS = frozenset(word for word, (frame, _) in CUES.items() if frame != "noun") | {"according"}
_INFINITIVE_FRAMES = frozenset({"want", "say", "think"})


@dataclass(frozen=True, slots=True)
class Report:
    """Source, cue and content as token ranges; a missing source is None.

    ``certain`` marks the orders that leave no other reading: a cue of speech with "that" or a clause behind it, a
    cue behind a comma at the end, "according to", a cue of will with its infinitive. ``fixed`` reports come from set
    phrases (see `framelens.voice.patterns`) and hold whatever the tagger thinks.
    """

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    certain: bool = False
    fixed: bool = False


def find_reports(tokens: Tokens, bounds: Sequence[Range], quoted: Sequence[bool]) -> list[Report]:
    """All reports of a text whose cue stands outside quotation marks; ``bounds`` are the tokens of its sentences."""
    heads = [at for at, word in enumerate(tokens.lower) if word in _HEADS]
    reports: list[Report] = []
    first = 0
    for start, end in bounds:
        first = bisect_left(heads, start, first)
        last = bisect_left(heads, end, first)
        if first < last:
            reports += _in_sentence(tokens, start, end, heads[first:last], quoted)
    return reports


def _in_sentence(tokens: Tokens, start: int, end: int, heads: Sequence[int], quoted: Sequence[bool]) -> list[Report]:
    reports: list[Report] = []
    taken = start
    lower = tokens.lower
    for at in heads:
        if quoted[at] or at < taken:
            continue
        word = lower[at]
        report: Report | None = None
        if word == "according" and at + 1 < end and tokens.lower[at + 1] == "to":
            report = _according(tokens, start, at, end)
        elif word in CUES and _is_verb(tokens, start, at, end):
            report = _verb(tokens, start, at, end, quoted)
        if report is not None:
            reports.append(report)
            taken = max(report.cue[1], *(stop for _, stop in report.content)) if report.content else report.cue[1]
            if report.content and report.content[0][0] > at:
                # A report may stand inside what another one reports; only its own clause is closed here.
                taken = report.cue[1] + 1
    return reports


def _is_verb(tokens: Tokens, start: int, at: int, end: int) -> bool:
    """A capital inside a sentence makes a name of a cue ("United States"), but for headlines set in capitals."""
    if at == start or not tokens.words[at][0].isupper():
        return True
    long_words = [word for word in tokens.words[start : min(end, start + 24)] if len(word) > 3]
    return sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


def _according(tokens: Tokens, start: int, at: int, end: int) -> Report:
    stop = at + 2
    depth = 0
    while stop < end and stop - at < 40:
        word = tokens.words[stop]
        if word in {";", ":", "—", "–", "--"} or (word == "," and not opens_apposition(tokens, stop, end)):
            break
        if word in {".", "!", "?"} and stop >= end - 2:
            break
        depth += 1
        stop += 1
    source = (at + 2, stop)
    if at - start <= 1:
        return Report(source, (at, at + 2), ((min(stop + 1, end), end),) if stop + 1 < end else (), True)
    head = (start, at - 1 if tokens.words[at - 1] == "," else at)
    return Report(source, (at, at + 2), (head,), certain=True)


def _verb(tokens: Tokens, start: int, at: int, end: int, quoted: Sequence[bool]) -> Report | None:
    frame = CUES[tokens.lower[at]][0]
    participle = _participle(tokens, start, at, end, quoted)
    if participle is not None:
        return participle
    subject = subject_before(tokens, start, at, quoted)
    if frame == "say":
        tail = _postposed(tokens, start, at, end, subject)
        if tail is not None:
            return tail
    if subject is None:
        return None
    opening = _content_start(tokens, at, end, frame)
    if opening is None or opening >= end:
        return None
    certain = (
        tokens.lower[opening] == "that"
        or (frame == "want" and _infinitive_near(tokens, opening, end))
        or (opening == at + 1 and _is_certain(tokens, opening, frame))
    )
    return Report(subject, (at, at + 1), ((opening, _content_end(tokens, opening, end)),), certain)


def _infinitive_near(tokens: Tokens, opening: int, end: int) -> bool:
    """Whether "wants X to …" has its infinitive within a few words and nothing between that parts them."""
    for at in range(opening, min(end, opening + 6)):
        if tokens.lower[at] == "to":
            return True
        if tokens.words[at] in STOPS:
            return False
    return False


def _is_certain(tokens: Tokens, opening: int, frame: str) -> bool:
    """Whether a cue of this frame and the word behind it can only open a report."""
    word = tokens.lower[opening]
    if word == "for" and tokens.lower[opening - 1].startswith("call"):
        return True
    if frame == "want":
        return word == "to"
    return word.endswith("ing") or (
        word in SUBJECT_PRONOUNS | {"the", "if", "whether", "why", "how", "what"} and frame in {"say", "think"}
    )


def _postposed(tokens: Tokens, start: int, at: int, end: int, subject: Range | None) -> Report | None:
    """A cue behind its content: "…, X said." or "…, said X"."""
    if subject is not None and subject[0] - 1 > start and tokens.words[subject[0] - 1] in {",", "—", "–"}:
        after = tokens.lower[at + 1] if at + 1 < end else "."
        if after in {".", ",", "on", "in", "at", "during", "last", "this", "told"} or at + 2 >= end:
            content: list[Range] = [(_clause_start(tokens, start, subject[0] - 1), subject[0] - 1)]
            if after == "," and at + 2 < end:
                content.append((at + 2, end))
            return Report(subject, (at, at + 1), tuple(content), certain=True)
    if (
        subject is None
        and at - 1 > start
        and tokens.words[at - 1] in _BEFORE_INVERSION
        and tokens.lower[at].endswith(("d", "s", "t", "e"))
    ):
        stop = at + 1
        while stop < end and not ends_inverted_subject(tokens, stop, end) and stop - at < 30:
            stop += 1
        if stop > at + 1 and tokens.lower[at + 1] not in {"that", "to", "it", "on", "in", "by", "from"}:
            return Report((at + 1, stop), (at, at + 1), ((_clause_start(tokens, start, at - 1), at - 1),), True)
    return None


def _participle(tokens: Tokens, start: int, at: int, end: int, quoted: Sequence[bool]) -> Report | None:
    """A participle after a comma ("…, noting that …") says what the subject of its sentence says."""
    if not tokens.lower[at].endswith("ing") or at - 2 <= start or tokens.words[at - 1] not in {",", "—", "–"}:
        return None
    opening = _content_start(tokens, at, end, CUES[tokens.lower[at]][0])
    if opening is None or opening >= end:
        return None
    subject = main_subject(tokens, start, at, quoted)
    return Report(
        subject, (at, at + 1), ((opening, _content_end(tokens, opening, end)),), tokens.lower[opening] == "that"
    )


def _clause_start(tokens: Tokens, start: int, before: int) -> int:
    return start + 1 if tokens.lower[start] in {"but", "and", "so"} and before > start + 1 else start


def _content_start(tokens: Tokens, at: int, end: int, frame: str) -> int | None:
    """Where the clause, infinitive or object of a cue begins, if one follows."""
    following = at + 1
    if following >= end:
        return None
    word = tokens.lower[following]
    if word == ":":
        return following + 1
    if word == "that" or (word == "to" and frame in _INFINITIVE_FRAMES):
        return following
    if frame in {"say", "think"}:
        return _clause_behind(tokens, at, end)
    return following if word not in STOPS else None


def _clause_behind(tokens: Tokens, at: int, end: int) -> int | None:
    """Where a clause begins behind a cue of speech or thought, over an addressee or a time ("told them on Monday")."""
    following = at + 1
    addressed = tokens.lower[at] in _ADDRESSEE_CUES
    opens = tokens.lower[following] in _CLAUSE_OPENERS or tokens.words[following][0].isupper()
    if (opens and not addressed) or tokens.lower[following].endswith("ing"):
        return following
    for ahead in range(following, min(end, following + 12)):
        if tokens.lower[ahead] == "that":
            return ahead
        if tokens.words[ahead] in STOPS:
            break
    nearby = range(following, min(end, following + 8)) if addressed else ()
    return next(
        (ahead for ahead in nearby if tokens.lower[ahead] in SUBJECT_PRONOUNS or tokens.lower[ahead] == "to"), None
    )


def _content_end(tokens: Tokens, opening: int, end: int) -> int:
    stop = end
    while stop > opening and tokens.words[stop - 1] in {".", "!", "?", ";", ","}:
        stop -= 1
    return stop
