"""In how many of a group's articles each word stands, and whether it is the group's wording or its furniture.

A word counts once an article: counted by occurrences, log-odds are led by the topics of a few articles. Counted by
articles they would be led by what a site prints around all of them: "advertisement", "image caption", the
invitation to a newsletter, its own name. Such words always stand beside the same words, whereas a word that is
chosen again and again meets new neighbours (for which reason Kneser & Ney 1995 count a word by its neighbours). So
only varied words can be distinctive, and an outlet's own name counts nowhere.

The price: a word that an outlet knows in one phrase only ("tea" in "tea party") is taken for furniture as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

from framelens.compare.tally import Neighbours, word_tokens

__all__ = ["Usage", "own_name"]

_BITS = 64
_SIDE = (1 << _BITS) - 1
_WATCHED = 32  # articles whose neighbours are kept for a word: enough to see variety, and memory stays bounded
_VARIED = 3  # a word is varied if it has a different neighbour on either side in more than every third article


class Usage:
    """The words of a group in one voice. ``articles`` says in how many articles a word stands."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self._neighbours: dict[str, int] = {}

    def add(self, words: Mapping[str, Neighbours], outlet: str = "") -> None:
        """Add an article's words, except those of its outlet's own name."""
        name = own_name(outlet)
        for word, (before, after) in words.items():
            if word.removesuffix("'s") in name:
                continue
            self.articles[word] += 1
            if self.articles[word] <= _WATCHED:
                seen = 1 << _bit(before) | 1 << (_bit(after) + _BITS)
                self._neighbours[word] = self._neighbours.get(word, 0) | seen

    def is_varied(self, word: str) -> bool:
        """Whether a word meets different words before and after it, as no furniture does."""
        seen, watched = self._neighbours.get(word, 0), min(self.articles[word], _WATCHED)
        fewer = min((seen & _SIDE).bit_count(), (seen >> _BITS).bit_count())
        return _VARIED * fewer > watched


@lru_cache(maxsize=100_000)
def _bit(word: str) -> int:
    """A word's place among 64: a few different words share one, which blurs the count little below thirty."""
    return crc32(word.encode("utf-8", "surrogatepass")) % _BITS


@lru_cache(maxsize=10_000)
def own_name(outlet: str) -> frozenset[str]:
    """The words by which an outlet calls itself: its name's, its initials, and the name written as one."""
    words = word_tokens(outlet)
    initials = "".join(word[0] for word in words)
    runs = {"".join(words[:end]) for end in range(2, len(words) + 1)}
    short = {initials[:end] for end in range(3, len(words) + 1)} | ({initials} if len(words) > 1 else set())
    return frozenset({*words, *runs, *short})
