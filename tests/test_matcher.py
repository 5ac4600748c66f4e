from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.lexicon import Entry, Lexicon, builtin_lexicon
from framelens.matcher import Matcher
from framelens.text import Article
from framelens.voice import read

SHIPPED = Matcher([builtin_lexicon()])


def lexicon(**changes):
    fields = {
        "id": "x", "forms": ("zorg",), "category": "name_calling", "alternatives": (), "note": "n", "source": "s",
        "hits": ("h",), "misses": ("m",),
    }  # fmt: skip
    return Lexicon("test", "en", "1", "CC0-1.0", (Entry(**{**fields, **changes}),), "0")


def found(text, *lexicons, **options):
    matches, suppressed = Matcher(lexicons, **options).match(read(Article(text)))
    return [m.text for m in matches], [s.reason for s in suppressed]


@pytest.mark.parametrize("text", ["The zorg left.", "ZORG!", "(zorg)", "zorg’s son", "a non-zorg"])
def test_whole_words_match_whatever_stands_around(text):
    assert len(found(text, lexicon())[0]) == 1


@pytest.mark.parametrize("text", ["zorgs", "azorg", "zorg_x", "zo rg", ""])
def test_parts_of_words_do_not_match(text):
    assert found(text, lexicon())[0] == []


def test_hyphen_spacing_and_inflection_variants_match():
    narco = lexicon(forms=("narco-zorg",), inflect="noun")
    for text in ("narco-zorg", "narco zorgs", "narcozorgs", "Narco–Zorg"):
        assert found(f"The {text} fled.", narco)[0] == [text]


def test_free_slot_takes_one_to_four_words():
    ram = lexicon(forms=("ram * through",))
    assert found("They ram the ugly bill through.", ram)[0] == ["ram the ugly bill through"]
    assert found("They ram through.", ram)[0] == []
    assert found("They ram one two three four five through.", ram)[0] == []


def test_attached_slot_takes_letters():
    assert found("The Ferrygate-gate row", lexicon(forms=("*-gate",)))[0] == ["Ferrygate-gate"]


def test_longest_hit_wins():
    two = Lexicon("t", "en", "1", "x", (*lexicon().entries, *lexicon(id="y", forms=("zorg party",)).entries), "0")
    assert found("The zorg party met.", two)[0] == ["zorg party"]


def test_later_lexicon_wins_over_an_earlier_one():
    own = lexicon(category="puffery")
    matches, _ = Matcher([lexicon(), own]).match(read(Article("The zorg left.")))
    assert [m.kind for m in matches] == ["puffery"]


@pytest.mark.parametrize(
    ("changes", "text", "reason"),
    [
        ({"exceptions": ("zorg cup",)}, "They won the Zorg Cup.", "exception"),
        ({"only_with": ("migrants",)}, "A zorg came.", "only beside"),
        ({}, "The word “zorg” offends.", "mention"),
        ({}, "He is not a zorg.", "denial"),
        ({"target": "people"}, "The zorg attack killed two.", "act"),
        ({"target": "people"}, "She was charged with being a zorg.", "charge"),
        ({"target": "people"}, "A U.N.-designated zorg group met.", "designation"),
        ({"voices": ("author",)}, "“A zorg came,” she said.", "counts only in voice"),
    ],
)
def test_guards_excuse_with_a_reason(changes, text, reason):
    matches, reasons = found(text, lexicon(**changes))
    assert matches == []
    assert reason in reasons[0]


def test_ignored_entries_categories_and_phrases_do_not_count():
    for name in ("x", "name_calling", "zorg"):
        assert found("The zorg left.", lexicon(), ignore=[name])[0] == []


def test_case_sensitive_entries_need_their_case():
    swamp = lexicon(forms=("the Swamp",), case=True)
    assert found("He fights the Swamp.", swamp)[0] == ["the Swamp"]
    assert found("He drains the swamp.", swamp)[0] == []


def test_every_match_says_the_text_it_covers_and_its_voice():
    text = "The terrorists fled. “Terrorists,” he said, “are cowards.”"
    matches, _ = SHIPPED.match(read(Article(text)))
    assert all(m.span.of(text) == m.text for m in matches)
    assert {m.voice for m in matches if m.span.start > 20} == {"direct"}


@given(st.text(max_size=300))
def test_no_text_breaks_the_matcher_and_spans_never_overlap(text):
    matches, suppressed = SHIPPED.match(read(Article(text)))
    spans = sorted([m.span for m in matches] + [s.span for s in suppressed])
    assert all(a.end <= b.start for a, b in pairwise(spans))
