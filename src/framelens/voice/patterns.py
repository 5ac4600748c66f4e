"""Set phrases that say whose words stand where, so fixed that the tagger is not asked about them.

"The judge, Ann Ash, told Rook that …", "which engineers say …", "in the words of Doran, …", "…, as Vint put it",
"called him a …", "was denounced as … by …", "the jury was told that …".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from framelens.text import Range, Tokens, word_set
from framelens.voice.clauses import Report
from framelens.voice.cues import CUES, REPORTING
from framelens.voice.phrases import AUXILIARIES, STOPS, noun_before

__all__ = ["find_patterns"]

_TELLING = word_set("told tells tell warned warns assured assures reminded reminds informed informs advised advises")
_LABELLING = word_set("""
    called calls call calling described describes describe describing branded brands branding labelled labels labeled
    labelling dubbed dubs denounced denounces denouncing dismissed dismisses dismissing hailed hails hailing condemned
    condemns condemning accused accuses accuse accusing portrayed portrays decried derided deemed characterised
    characterized likened""")
_NAMING = word_set(
    "called calls call calling branded brands branding labelled labels labeled labelling dubbed dubs deemed"
)
_BE = word_set("is are was were be been being 's ’s")
_HEARERS = word_set("court jury jurors inquest tribunal hearing inquiry judges magistrates trial")
_WORDS_OF = word_set("words view opinion eyes account telling")
_WE = (["i"], ["we"], ["one"], ["you"])
_RELATIVES = word_set("which that who whom")
_OPENERS = word_set("the a an this that these those it he she they his her its their there no")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The tokens of one sentence, and which of all tokens stand between quotation marks."""

    tokens: Tokens
    start: int
    end: int
    quoted: Sequence[bool]

    def word(self, at: int) -> str:
        return self.tokens.lower[at] if self.start <= at < self.end else ""

    def until(self, at: int, stops: frozenset[str]) -> int:
        """The first place from ``at`` on that holds a stop outside quotation marks, or the end."""
        return next((n for n in range(at, self.end) if self.word(n) in stops and not self.quoted[n]), self.end)

    def clause_end(self) -> int:
        end = self.end
        while end > self.start and self.tokens.words[end - 1] in {".", "!", "?", ";", ","}:
            end -= 1
        return end

    def report(self, source: Range | None, cue: Range, content: Range | None = None) -> Report:
        """A fixed report; one that speaks for itself has no content of its own."""
        kept = () if content is None or content[0] >= content[1] else (content,)
        return Report(source, cue, kept, certain=True, fixed=True)


def find_patterns(tokens: Tokens, bounds: Sequence[Range], quoted: Sequence[bool]) -> list[Report]:
    """All fixed reports of a text; ``bounds`` are the tokens of its sentences."""
    heads = [at for at, word in enumerate(tokens.lower) if word in _HEADS and not quoted[at]]
    found: list[Report] = []
    first = 0
    for start, end in bounds:
        first = bisect_left(heads, start, first)
        last = bisect_left(heads, end, first)
        opens = tokens.lower[start] in _OPENINGS if start < end else False
        if first < last or opens:
            sentence = _Sentence(tokens, start, end, quoted)
            opening = _opening(sentence) if opens else None
            found += [] if opening is None else [opening]
            for at in heads[first:last]:
                report = next((report for rule in _RULES if (report := rule(sentence, at)) is not None), None)
                found += [] if report is None else [report]
    return found


def _opening(s: _Sentence) -> Report | None:
    """A set phrase: "In the words of X, …", "To X, …", "If X is to be believed, …" at the beginning of a sentence."""
    first, at = s.word(s.start), s.start
    if first in {"from", "and"}:
        return _from(s, at)
    comma = s.until(at, frozenset({","}))
    if comma >= min(s.end - 2, at + 14):
        return None
    content = (comma + 1, s.clause_end())
    if first == "in" and s.word(at + 1) == "the" and s.word(at + 2) in _WORDS_OF and s.word(at + 3) == "of":
        return s.report((at + 4, comma), (at, at + 4), content)
    if first == "if" and [s.word(n) for n in range(comma - 3, comma)] == ["to", "be", "believed"]:
        stop = comma - 4
        return s.report((at + 1, stop), (stop, comma), content) if s.word(stop) in _BE else None
    names = s.tokens.words[at + 1 : comma]
    named = 0 < len(names) <= 4 and all(word[0].isupper() for word in names)
    if first == "to" and (named or (len(names) == 1 and names[0] in {"critics", "supporters", "opponents", "many"})):
        return s.report((at + 1, comma), (at, at + 1), content) if s.word(comma + 1) in _OPENERS else None
    return None


def _put_it(s: _Sentence, at: int) -> Report | None:
    """A set phrase: "…, as X put it" and "As X put it, …"."""
    if s.word(at) not in {"put", "puts"} or s.word(at + 1) != "it":
        return None
    opens = next((n for n in range(at - 1, max(s.start, at - 10) - 1, -1) if s.word(n) == "as"), None)
    if opens is None or opens + 1 >= at:
        return None
    content = (at + 3, s.clause_end()) if opens <= s.start + 1 else (s.start, opens - (s.word(opens - 1) == ","))
    return s.report((opens + 1, at), (at, at + 2), content)


def _relative(s: _Sentence, at: int) -> Report | None:
    """A set phrase: "…, which engineers say is …, …" and "which the mayor called a …"."""
    word = s.word(at)
    if REPORTING.get(word) is None or word.endswith("ing"):
        return None
    opens = next((n for n in range(at - 2, max(s.start, at - 7) - 1, -1) if s.word(n) in _RELATIVES), None)
    if opens is None or s.word(opens - 1) != "," or any(s.word(n) in STOPS | AUXILIARIES for n in range(opens + 1, at)):
        return None
    if s.word(at + 1) in STOPS:
        return None
    follows = s.word(at + 1) in AUXILIARIES or (word in _LABELLING and s.word(at + 1) in {"a", "an", "the", "as"})
    if not follows:
        return None
    begin = at + 1 + (s.word(at + 1) == "as")
    return s.report((opens + 1, at), (at, at + 1), (begin, min(s.until(begin, frozenset({",", ";"})), s.clause_end())))


def _heard(s: _Sentence, at: int) -> Report | None:
    """Hearers that say nothing ("the court heard …"), and "X was quoted as saying …"."""
    word = s.word(at)
    if word in {"heard", "hears"} and any(s.word(n) in _HEARERS for n in range(max(s.start, at - 3), at)):
        begin = at + 1 + (s.word(at + 1) == "that")
        return s.report(None, (at, at + 1), (begin, s.clause_end()))
    if word == "quoted" and s.word(at + 1) == "as" and s.word(at + 2) == "saying":
        who = noun_before(s.tokens, s.start, at, s.quoted)
        return s.report(who, (at, at + 3), (at + 3 + (s.word(at + 3) == "that"), s.clause_end()))
    return None


def _told(s: _Sentence, at: int) -> Report | None:
    """X, the mayor, told Y that …; what somebody was told has no speaker."""
    word = s.word(at)
    if word not in _TELLING:
        return None
    before = at - 1
    while s.word(before) in {"also", "then", "later", "not", "n't", "never", "repeatedly"}:
        before -= 1
    passive = s.word(before) in _BE
    that = next(
        (n for n in range(at + 1, min(s.end, at + 11)) if s.word(n) in {"that", ":", ","} or s.quoted[n]), s.end
    )
    opens = s.word(that) == "that"
    content = (that + 1, s.clause_end()) if opens else _behind_addressee(s, at)
    if passive:
        return s.report(None, (at, at + 1), content) if opens and that == at + 1 else None
    source = noun_before(s.tokens, s.start, at, s.quoted)
    if source is None or s.word(source[0]) in {"i", "we"}:
        return None
    return s.report(source, (at, at + 1), content)


def _behind_addressee(s: _Sentence, at: int) -> Range | None:
    """The clause behind an addressee that no "that" opens: "told the committee the scheme was …"."""
    for n in range(at + 2, min(s.end, at + 8)):
        if s.word(n) in STOPS or s.quoted[n] or s.word(n) in {"to", "about", "of", "how", "why", "when"}:
            return None
        if s.word(n) in _OPENERS and s.word(n - 1) not in _OPENERS:
            return n, s.clause_end()
    return None


def _in_words(s: _Sentence, at: int) -> Report | None:
    """…, in the words of X, …"""
    if s.word(at) not in _WORDS_OF or s.word(at + 1) != "of" or [s.word(at - 2), s.word(at - 1)] != ["in", "the"]:
        return None
    comma = s.until(at + 2, frozenset({",", "."}))
    if at - 2 <= s.start or comma >= min(s.end, at + 12):
        return None
    before = (s.start, at - 2 - (s.word(at - 3) == ","))
    content = (comma + 1, s.clause_end()) if comma + 2 < s.end else before
    return s.report((at + 2, comma), (at - 2, at + 2), content)


def _labelled(s: _Sentence, at: int) -> Report | None:
    """X called Y a …, X accused Y of …, Y was denounced as … by X."""
    word = s.word(at)
    if word not in _LABELLING or s.word(at - 1) in {"so", "-"}:
        return None
    if any(s.word(n) in _BE for n in range(max(s.start, at - 2), at)) or s.word(at + 1) in {"as", "by"}:
        return _was_labelled(s, at)
    joint = frozenset({"of"} if word.startswith("accus") else {"as", "to"} if word == "likened" else {"as"})
    if word in _NAMING:
        joint |= {"a", "an"}
    link = s.until(at + 2, joint | STOPS)
    source = noun_before(s.tokens, s.start, at, s.quoted)
    if source is None or link >= min(s.clause_end(), at + 12) or s.word(link) not in joint:
        return None
    if s.tokens.lower[source[0] : source[1]] in _WE or s.word(source[1] - 1) in CUES:
        return None
    begin = link if s.word(link) in {"a", "an"} else link + 1
    return s.report(source, (at, at + 1), (begin, min(s.until(begin, frozenset({";", ","})), s.clause_end())))


def _was_labelled(s: _Sentence, at: int) -> Report | None:
    """Y was denounced as … by X, or by X as …; without "by" nobody is named."""
    if s.word(at + 1) == "by":
        link = s.until(at + 2, STOPS | {"as"})
        if s.word(link) != "as":
            return None
        end = min(s.until(link + 1, frozenset({",", ";"})), s.clause_end())
        return s.report((at + 2, link), (at, at + 1), (link + 1, end))
    if s.word(at + 1) != "as" and not (s.word(at) in _NAMING and s.word(at + 1) in {"a", "an"}):
        return None
    begin = at + 1 + (s.word(at + 1) == "as")
    agent = next((n for n in range(s.clause_end() - 1, begin, -1) if s.word(n) == "by" and not s.quoted[n]), None)
    if agent is None:
        return s.report(None, (at, at + 1), (begin, min(s.until(begin, frozenset({",", ";"})), s.clause_end())))
    return s.report((agent + 1, min(s.until(agent + 1, STOPS), s.clause_end())), (at, at + 1), (begin, agent))


def _from(s: _Sentence, at: int) -> Report | None:
    """A set phrase: "And from X:" and "From the desk of X." as a whole sentence before a quotation."""
    if s.word(at) == "and":
        at += 1
    if s.word(at) != "from" or s.end - at > 12 or s.tokens.words[s.end - 1] not in {":", "."}:
        return None
    if [s.word(n) for n in range(at + 1, at + 4)] == ["the", "desk", "of"]:
        return s.report((at + 4, s.end - 1), (at, at + 4))
    named = all(word[0].isupper() for word in s.tokens.words[at + 1 : s.end - 1])
    return s.report((at + 1, s.end - 1), (at, at + 1)) if named and s.tokens.words[s.end - 1] == ":" else None


_RULES: tuple[Callable[[_Sentence, int], Report | None], ...] = (
    _put_it,
    _in_words,
    _relative,
    _heard,
    _told,
    _labelled,
)
_HEADS = frozenset(REPORTING) | _TELLING | _LABELLING | {"put", "puts", *_WORDS_OF, "heard", "hears", "quoted"}
_OPENINGS = frozenset({"in", "to", "if", "from", "and"})
