"""Who says what inside one sentence, by its word order: source, cue and the clause they govern.

The orders are those of reporting clauses in Quirk et al. (1985, 14.28–29): cue first ("X said that …"), cue
last ("…, X said", "…, said X"), cue inside ("…, X said, …"), and the prepositional "according to X".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framelens.voice.cues import CUES
from framelens.voice.tokens import Tokens

__all__ = ["Report", "Range", "find_reports"]

Range = tuple[int, int]

_STOPS = frozenset({"’", "‘", "'", "»", "«", "„", ",", ";", ":", "—", "–", "--", "(", ")", "[", "]", ".", "!", "?", '"', "“", "”", "''", "``"})
_CONJUNCTIONS = frozenset(
    """and but or that because while as when whereas although though if since after before which who whom
    what how why where whether so yet than until unless nor""".split()
)
_AUXILIARIES = frozenset(
    """has have had is are was were be been being do does did will would can could may might must should shall
    also repeatedly often once then later further previously again reportedly recently openly publicly privately
    just simply never not always even now still already long already flatly clearly strongly firmly initially
    n't 't 's 've 'd 'll 're ’t ’s ’ve ’d ’ll ’re don doesn didn won wouldn couldn can""".split()
)
_PREPOSITIONS = frozenset("of in on at for with by from to about against into over under during through".split())
_SUBJECT_PRONOUNS = frozenset("he she they it we i you one".split())
_CLAUSE_OPENERS = _SUBJECT_PRONOUNS | frozenset(
    """the a an this that these those there his her their its my our your no some any many most all both each
    every if what how why whether where who when such""".split()
)
_APPOSITION_OPENERS = frozenset({"a", "an", "the", "who", "whose", "his", "her", "its", "their", "chief", "former"})
_BEFORE_INVERSION = frozenset({",", '"', "”", "''", "’", "'", "»"})
_TIME_WORDS = frozenset(
    """on in at during after monday tuesday wednesday thursday friday saturday sunday yesterday today last this
    when while as during before""".split()
)
_SUBORDINATORS = frozenset("while although though as when after before since if because despite in on at by".split())
_VERBAL = frozenset("has have had is are was were do does did will would can could may might must should".split())
_ONLY_VERBS = frozenset("says said tells told thinks thought believes knows knew wrote writes adds insists argues".split())
_ADDRESSEE_CUES = frozenset("told tell tells telling assured assures warned reminded informed notified".split())
_INFINITIVE_FRAMES = frozenset({"want", "say", "think"})


@dataclass(frozen=True, slots=True)
class Report:
    """Source, cue and content as token ranges; a missing source is None.

    ``certain`` marks the orders that leave no other reading: a cue of speech with "that" or a clause behind it, a
    cue behind a comma at the end, "according to", a cue of will with its infinitive.
    """

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    certain: bool = False


def find_reports(tokens: Tokens, start: int, end: int, quoted: Sequence[bool]) -> list[Report]:
    """All reports in the sentence ``start … end`` (token indices) whose cue stands outside quotation marks."""
    reports: list[Report] = []
    taken = start
    for at in range(start, end):
        if quoted[at] or at < taken:
            continue
        word = tokens.lower[at]
        report: Report | None = None
        if word == "according" and at + 1 < end and tokens.lower[at + 1] == "to":
            report = _according(tokens, start, at, end)
        elif word in CUES and CUES[word][0] != "noun" and _is_verb(tokens, start, at, end):
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
        if word in {";", ":", "—", "–", "--"} or (word == "," and not _appositive(tokens, stop, end)):
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


def _appositive(tokens: Tokens, comma: int, end: int) -> bool:
    """Whether a comma opens an apposition to a name ("Ann Lee, a lawyer, …") that a further comma closes."""
    if comma + 1 >= end or tokens.lower[comma + 1] not in {"a", "an", "the", "who", "whose"}:
        return False
    return "," in tokens.words[comma + 1 : min(end, comma + 14)]


def _verb(tokens: Tokens, start: int, at: int, end: int, quoted: Sequence[bool]) -> Report | None:
    frame = CUES[tokens.lower[at]][0]
    participle = _participle(tokens, start, at, end, quoted)
    if participle is not None:
        return participle
    subject = _subject(tokens, start, at, quoted)
    if frame == "say":
        tail = _postposed(tokens, start, at, end, subject)
        if tail is not None:
            return tail
    if subject is None:
        return None
    opening = _content_start(tokens, at, end, frame)
    if opening is None:
        return None
    certain = tokens.lower[opening] == "that" or (frame == "want" and _infinitive_near(tokens, opening, end)) or (opening == at + 1 and _is_certain(tokens, opening, frame))
    return Report(subject, (at, at + 1), ((opening, _content_end(tokens, opening, end)),), certain)


def _infinitive_near(tokens: Tokens, opening: int, end: int) -> bool:
    """Whether "wants X to …" has its infinitive within a few words and nothing between that parts them."""
    for at in range(opening, min(end, opening + 6)):
        if tokens.lower[at] == "to":
            return True
        if tokens.words[at] in _STOPS:
            return False
    return False


def _is_certain(tokens: Tokens, opening: int, frame: str) -> bool:
    """Whether a cue of this frame and the word behind it can only open a report."""
    word = tokens.lower[opening]
    if frame == "want":
        return word == "to"
    return word.endswith("ing") or word in _SUBJECT_PRONOUNS | {"the", "if", "whether", "why", "how", "what"} and frame in {"say", "think"}


def _subject(tokens: Tokens, start: int, at: int, quoted: Sequence[bool]) -> Range | None:
    """The noun phrase before a cue verb, over its auxiliaries and an apposition between commas."""
    stop = at
    while stop > start and tokens.lower[stop - 1] in _AUXILIARIES:
        stop -= 1
    if stop > start and tokens.lower[stop - 1] in {"who", "which"}:
        stop -= 1
        if stop > start and tokens.words[stop - 1] == ",":
            stop -= 1
    elif stop > start + 1 and tokens.words[stop - 1] == ",":
        return _with_apposition(tokens, start, stop, quoted)
    begin = stop
    if begin > start and tokens.lower[begin - 1] in _SUBJECT_PRONOUNS:
        return None if quoted[begin - 1] else (begin - 1, stop)
    while begin > start and _inside_phrase(tokens, begin - 1) and not quoted[begin - 1] and stop - begin < 25:
        if tokens.lower[begin - 1] in _VERBAL or _is_finite_cue(tokens.lower[begin - 1]):
            break
        begin -= 1
    return (begin, stop) if begin < stop and tokens.lower[stop - 1] not in _PREPOSITIONS else None


def _is_finite_cue(word: str) -> bool:
    """Whether a word is a cue that can only be a verb: "noted", "says", "told"."""
    return CUES.get(word, ("noun",))[0] in {"say", "think"} and (word.endswith("ed") or word in _ONLY_VERBS)


def _with_apposition(tokens: Tokens, start: int, stop: int, quoted: Sequence[bool]) -> Range | None:
    begin = stop - 1
    while begin > start and tokens.words[begin - 1] != "," and stop - begin < 25:
        begin -= 1
    if begin - 1 <= start or quoted[begin - 1]:
        return None
    begin -= 1
    if tokens.lower[begin + 1] not in {"a", "an", "the", "who", "whose", "his", "her", "its", "their"}:
        return None
    while begin > start and _inside_phrase(tokens, begin - 1) and not quoted[begin - 1]:
        begin -= 1
    return (begin, stop - 1)


def _inside_phrase(tokens: Tokens, at: int) -> bool:
    word = tokens.lower[at]
    if word == "and":
        return tokens.words[at - 1][:1].isupper() and tokens.words[at + 1][:1].isupper()
    return word not in _STOPS and word not in _CONJUNCTIONS


def _postposed(tokens: Tokens, start: int, at: int, end: int, subject: Range | None) -> Report | None:
    """A cue behind its content: "…, X said." or "…, said X"."""
    if subject is not None and subject[0] - 1 > start and tokens.words[subject[0] - 1] in {",", "—", "–"}:
        after = tokens.lower[at + 1] if at + 1 < end else "."
        if after in {".", ",", "on", "in", "at", "during", "last", "this", "told"} or at + 2 >= end:
            content: list[Range] = [(_clause_start(tokens, start, subject[0] - 1), subject[0] - 1)]
            if after == "," and at + 2 < end:
                content.append((at + 2, end))
            return Report(subject, (at, at + 1), tuple(content), certain=True)
    if subject is None and at - 1 > start and tokens.words[at - 1] in _BEFORE_INVERSION and tokens.lower[at].endswith(("d", "s", "t", "e")):
        stop = at + 1
        while stop < end and not _ends_inverted_subject(tokens, stop, end) and stop - at < 30:
            stop += 1
        if stop > at + 1 and tokens.lower[at + 1] not in {"that", "to", "it", "on", "in", "by", "from"}:
            return Report((at + 1, stop), (at, at + 1), ((_clause_start(tokens, start, at - 1), at - 1),), True)
    return None


def _ends_inverted_subject(tokens: Tokens, at: int, end: int) -> bool:
    """Whether the name behind "…," said … is over: at a stop, or a comma that opens no apposition."""
    word = tokens.words[at]
    if word == "(":
        return False
    if word == ",":
        return not _appositive(tokens, at, end) and (at + 1 >= end or tokens.lower[at + 1] not in _APPOSITION_OPENERS)
    if word == ")":
        return False
    return word in _STOPS or tokens.lower[at] in _TIME_WORDS


def _participle(tokens: Tokens, start: int, at: int, end: int, quoted: Sequence[bool]) -> Report | None:
    """A participle after a comma ("…, noting that …") says what the subject of its sentence says."""
    if not tokens.lower[at].endswith("ing") or at - 2 <= start or tokens.words[at - 1] not in {",", "—", "–"}:
        return None
    opening = _content_start(tokens, at, end, CUES[tokens.lower[at]][0])
    if opening is None:
        return None
    subject = _main_subject(tokens, start, at, quoted)
    return Report(subject, (at, at + 1), ((opening, _content_end(tokens, opening, end)),), tokens.lower[opening] == "that")


def _main_subject(tokens: Tokens, start: int, before: int, quoted: Sequence[bool]) -> Range | None:
    """The noun phrase that opens a sentence, behind a subordinate clause or a connective if one comes first."""
    begin = start
    if tokens.lower[begin] in _SUBORDINATORS or tokens.lower[begin].endswith("ing"):
        comma = next((at for at in range(begin, before - 1) if tokens.words[at] == ","), None)
        if comma is None:
            return None
        begin = comma + 1
    elif tokens.lower[begin] in {"but", "and", "so", "yet"}:
        begin += 1
    stop = begin
    while stop < before and _inside_phrase(tokens, stop) and not quoted[stop] and stop - begin < 15:
        word = tokens.lower[stop]
        if stop > begin and (word in _VERBAL or CUES.get(word, ("noun",))[0] != "noun" or word.endswith("ed")):
            break
        stop += 1
    return (begin, stop) if begin < stop < before and stop - begin < 15 else None


def _clause_start(tokens: Tokens, start: int, before: int) -> int:
    return start + 1 if tokens.lower[start] in {"but", "and", "so"} and before > start + 1 else start


def _content_start(tokens: Tokens, at: int, end: int, frame: str) -> int | None:
    following = at + 1
    if following >= end:
        return None
    word = tokens.lower[following]
    if word in {"that", ":"} or (word in {"to"} and frame in _INFINITIVE_FRAMES):
        return following if word == "to" else following + (word == ":")
    if frame in {"say", "think"}:
        if word in _CLAUSE_OPENERS and tokens.lower[at] not in _ADDRESSEE_CUES:
            return following
        if tokens.words[following][:1].isupper() and tokens.lower[at] not in _ADDRESSEE_CUES:
            return following
        if word.endswith("ing"):
            return following
        for ahead in range(following, min(end, following + 12)):
            if tokens.lower[ahead] == "that":
                return ahead
            if tokens.words[ahead] in _STOPS:
                break
        if tokens.lower[at] in _ADDRESSEE_CUES:
            for ahead in range(following, min(end, following + 8)):
                if tokens.lower[ahead] in _SUBJECT_PRONOUNS | {"to"}:
                    return ahead
    elif frame == "judge" and word not in _STOPS:
        return following
    elif frame == "want":
        return following if word not in _STOPS else None
    return None


def _content_end(tokens: Tokens, opening: int, end: int) -> int:
    stop = end
    while stop > opening and tokens.words[stop - 1] in {".", "!", "?", ";", ","}:
        stop -= 1
    return stop
