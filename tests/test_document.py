from hypothesis import given
from hypothesis import strategies as st

from framelens.text import Attribution, Document, Span, normalise

TEXT = "“We won,” she said, noting that the mess was over."


def document(*attributions):
    return Document.sentence(TEXT).attributed(attributions)


def test_inner_quotation_speaks_louder_than_the_paraphrase_around_it():
    found = document(Attribution("indirect", (Span(0, 30),)), Attribution("direct", (Span(5, 10),)))
    assert [found.voices.at(i) for i in (0, 4, 5, 9, 10, 29, 30)] == [
        "indirect", "indirect", "direct", "direct", "indirect", "indirect", "author",
    ]  # fmt: skip


def test_block_is_direct_and_endorsed_paraphrase_is_the_authors():
    assert document(Attribution("block", (Span(0, 9),))).voices.at(3) == "direct"
    assert document(Attribution("indirect", (Span(0, 9),), stance="endorsing")).voices.at(3) == "author"


def test_source_and_cue_do_not_make_a_quoted_sentence_mixed():
    speech = Attribution("direct", (Span(1, 8),), source=Span(10, 13), cue=Span(14, 18))
    short = "“We won,” she said."
    found = Document.sentence(short).attributed((speech,))
    assert found.sentence_voice(found.sentences[0]) == "direct"


spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: Span(min(p), max(p) + 1))


@given(st.lists(st.tuples(st.sampled_from(["direct", "indirect", "scare", "block"]), spans), max_size=6))
def test_voice_spans_tile_any_stretch_and_agree_with_voice_at(drawn):
    found = document(*(Attribution(kind, (span,)) for kind, span in drawn))
    whole = Span(0, len(TEXT))
    tiles = list(found.voices.within(whole))
    assert "".join(span.of(TEXT) for span, _ in tiles) == TEXT
    assert all(found.voices.at(i) == voice for span, voice in tiles for i in range(span.start, span.end))


@given(st.text())
def test_normalising_keeps_every_offset(text):
    assert len(normalise(text)) == len(text)


def test_normalising_keeps_offsets_where_lower_case_is_longer():
    assert normalise("İİ “X”\u00a0–") == 'İİ "x" -'
