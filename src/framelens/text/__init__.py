"""A text and what is found in it: the types that travel between all rooms, and the one reading they share."""

from framelens.text.article import PARTS, Article, Part, Sentence, Span
from framelens.text.attribution import (
    VOICES,
    Attribution,
    AttributionKind,
    SentenceVoice,
    Stance,
    Voice,
    Voices,
)
from framelens.text.document import Document
from framelens.text.findings import (
    Contribution,
    FrameScore,
    Genre,
    GenreEvidence,
    GenreLabel,
    Label,
    LexiconStamp,
    ModelStamp,
    Portrayal,
    PortrayalLabel,
    Provenance,
    SentenceScore,
    Suppressed,
    TermMatch,
)
from framelens.text.normalise import encodable, normalise
from framelens.text.segment import segment
from framelens.text.tokens import Range, Tokens, paragraphs, tokenise, word_set

__all__ = [
    "PARTS",
    "VOICES",
    "Article",
    "Attribution",
    "AttributionKind",
    "Contribution",
    "Document",
    "FrameScore",
    "Genre",
    "GenreEvidence",
    "GenreLabel",
    "Label",
    "LexiconStamp",
    "ModelStamp",
    "Part",
    "Portrayal",
    "PortrayalLabel",
    "Provenance",
    "Range",
    "Sentence",
    "SentenceScore",
    "SentenceVoice",
    "Span",
    "Stance",
    "Suppressed",
    "TermMatch",
    "Tokens",
    "Voice",
    "Voices",
    "encodable",
    "normalise",
    "paragraphs",
    "segment",
    "tokenise",
    "word_set",
]
