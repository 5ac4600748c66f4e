"""Everything that turns outside bytes into articles."""

from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.reader import read_articles

__all__ = ["Format", "ReadOptions", "Rejected", "read_articles"]
