"""Everything that turns outside bytes into articles."""

from framelens.inputs.known import KnownColumns
from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.reader import read_articles
from framelens.inputs.records import KeptArticle, ScoredArticle

__all__ = ["Format", "KeptArticle", "KnownColumns", "ReadOptions", "Rejected", "ScoredArticle", "read_articles"]
