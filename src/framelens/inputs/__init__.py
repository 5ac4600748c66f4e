"""Everything that turns outside bytes into articles."""

from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.reader import read_articles
from framelens.inputs.records import ScoredArticle

__all__ = ["Format", "ReadOptions", "Rejected", "ScoredArticle", "read_articles"]
