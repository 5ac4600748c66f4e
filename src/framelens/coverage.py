"""Lexicon × corpus: what it hits, what it never hits, and what it may lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from framelens.lexicon import Entry, Lexicon, builtin_lexicon, surface_forms
from framelens.lexicon.inflection import spelling_variants
from framelens.matcher import Matcher
from framelens.text import Article, Document, TermMatch
from framelens.voice import read

__all__ = ["Coverage", "OutletCoverage", "Pair", "measure_coverage"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Endings of evaluative adjectives and adverbs. They overshoot ("cautious", "heroin-less"), which is why what is
# found is offered for review and never counted.
_LOADED_LOOKING = re.compile(
    r"\w{2,}(?:ous|ously|ful|fully|less|lessly|ishly|esque|ific|ifically|ical|ically|ingly|mania|phobe|monger\w*)$"
)
_COMMON_ENDINGS = re.compile(
    r"political|politically|medical|physical|critical|historical|typical|technical|local|logical|chemical"
    r"|clinical|religious|previous|previously|various|serious|seriously|numerous|obvious|obviously|careful"
    r"|carefully|useful|successful|successfully|powerful|peaceful|peacefully|unless|british|english|spanish"
    r"|irish|polish|publish|establish|specific|specifically|scientific|pacific|traffic|reportedly|allegedly"
    r"|accordingly|increasingly|religiously|anonymous|anonymously|continuous|continuously|simultaneously"
    r"|indigenous|wireless"
)


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """Hits and author words of one outlet's articles."""

    outlet: str
    articles: int
    words: int
    hits: int

    @property
    def per_1000_words(self) -> float:
        return 1000 * self.hits / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A partisan entry and its counterpart with how often each stands in the corpus, in any voice."""

    left: Entry
    right: Entry
    left_hits: int
    right_hits: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a lexicon finds in a corpus.

    ``hits`` counts matches by entry id in any voice, ``author_hits`` those in the author's; ``candidates`` are
    frequent words of the author's voice that end as evaluative words do and that no entry covers.
    """

    articles: int
    words: int
    hits: Counter[str]
    author_hits: Counter[str]
    outlets: tuple[OutletCoverage, ...]
    never: tuple[Entry, ...]
    candidates: tuple[tuple[str, int], ...]
    pairs: tuple[Pair, ...]

    @property
    def per_1000_words(self) -> float:
        """Hits in the author's voice per 1,000 author words."""
        return 1000 * self.author_hits.total() / self.words if self.words else 0.0

    def lines(self, balance: bool = False, limit: int = 30) -> Iterator[str]:
        """The findings as lines of text, ``limit`` rows of each list."""
        yield (
            f"{self.articles} articles, {self.words} author words: {self.author_hits.total()} hits in the author's "
            f"voice, {self.per_1000_words:.2f} per 1,000 words; {self.hits.total()} in any voice"
        )
        yield ""
        yield "outlet\tarticles\tauthor words\thits\tper 1,000 words"
        for row in self.outlets[:limit]:
            name = row.outlet or "(none)"
            yield f"{name}\t{row.articles}\t{row.words}\t{row.hits}\t{row.per_1000_words:.2f}"
        yield from _more(len(self.outlets), limit)
        yield ""
        yield f"commonest entries, author's voice ({len(self.author_hits)} entries hit)"
        yield from (f"{count}\t{entry}" for entry, count in self.author_hits.most_common(limit))
        yield ""
        yield f"entries never hit, in any voice: {len(self.never)}"
        yield from (f"{entry.id}\t{' | '.join(entry.forms)}" for entry in self.never[:limit])
        yield from _more(len(self.never), limit)
        yield ""
        yield "frequent words, author's voice, that no entry covers, with evaluative endings (to review, not proof)"
        yield from (f"{count}\t{word}" for word, count in self.candidates[:limit])
        if balance:
            yield from self._balance()

    def _balance(self) -> Iterator[str]:
        """Every pair, whatever the limit: a balance that leaves pairs out is none."""
        yield ""
        yield f"partisan pairs: {len(self.pairs)}, in any voice"
        yield "hits\tleft\thits\tright"
        for pair in self.pairs:
            left, right = " | ".join(pair.left.forms), " | ".join(pair.right.forms)
            yield f"{pair.left_hits}\t{left}\t{pair.right_hits}\t{right}"
        left_sum, right_sum = (sum(getattr(p, side) for p in self.pairs) for side in ("left_hits", "right_hits"))
        yield f"{left_sum}\tall left sides\t{right_sum}\tall right sides"


def _more(size: int, limit: int) -> Iterator[str]:
    if size > limit:
        yield f"… and {size - limit} more"


def measure_coverage(articles: Iterable[Article], lexicon: Lexicon | None = None) -> Coverage:
    """Read a corpus once with a lexicon, by default the built-in one; the learned lexicon has no part in it."""
    lexicon = lexicon or builtin_lexicon()
    matcher = Matcher([lexicon])
    hits: Counter[str] = Counter()
    author_hits: Counter[str] = Counter()
    outlets: dict[str, list[int]] = {}
    words: Counter[str] = Counter()
    for article in articles:
        document = read(article)
        matches, _ = matcher.match(document)
        own = [match for match in matches if match.voice == "author"]
        hits.update(match.entry or "" for match in matches)
        author_hits.update(match.entry or "" for match in own)
        row = outlets.setdefault(article.outlet or "", [0, 0, 0])
        for index, value in enumerate((1, _own_words(document), len(own))):
            row[index] += value
        words.update(_uncovered(document, matches))
    rows = sorted((OutletCoverage(name, *row) for name, row in outlets.items()), key=lambda r: (-r.articles, r.outlet))
    return Coverage(
        articles=sum(row.articles for row in rows),
        words=sum(row.words for row in rows),
        hits=hits,
        author_hits=author_hits,
        outlets=tuple(rows),
        never=tuple(entry for entry in lexicon.entries if not hits[entry.id]),
        candidates=_candidates(words, lexicon),
        pairs=_pairs(lexicon, hits),
    )


def _own_words(document: Document) -> int:
    words = document.words_by_voice()
    return words["author"] + words["scare"]


def _uncovered(document: Document, matches: Iterable[TermMatch]) -> Iterator[str]:
    """Lower-case words of the author's voice outside all hits; capitalised ones are mostly names."""
    covered = [match.span for match in matches]
    for sentence in document.sentences:
        if sentence.part != "body":
            continue
        near = [span for span in covered if span.overlaps(sentence.span)]
        for stretch, voice in document.voices.within(sentence.span):
            if voice != "author":
                continue
            for word in _WORD.finditer(document.text, stretch.start, stretch.end):
                if word[0].islower() and not any(s.start < word.end() and word.start() < s.end for s in near):
                    yield word[0].replace("’", "'")


def _candidates(words: Counter[str], lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    known = {
        variant
        for entry in lexicon.entries
        for form in surface_forms(entry.forms, entry.inflect)
        for variant in spelling_variants(form)
    }
    found = [
        (word, count)
        for word, count in words.items()
        if count >= 3 and word not in known and not _COMMON_ENDINGS.fullmatch(word) and _LOADED_LOOKING.match(word)
    ]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def _pairs(lexicon: Lexicon, hits: Counter[str]) -> tuple[Pair, ...]:
    """Each left-right pair once, even where both sides name each other."""
    by_id = {entry.id: entry for entry in lexicon.entries}
    pairs: dict[tuple[str, str], Pair] = {}
    for entry in lexicon.entries:
        other = by_id.get(entry.counterpart or "")
        if entry.side is None or other is None:
            continue
        left, right = (entry, other) if entry.side == "left" else (other, entry)
        pairs[left.id, right.id] = Pair(left, right, hits[left.id], hits[right.id])
    return tuple(pair for _, pair in sorted(pairs.items()))
