"""Lexicons: curated entries of loaded language, kept as TOML that an editor can read and argue with."""

from framelens.lexicon.entries import CATEGORIES, Entry, Guards, Lexicon
from framelens.lexicon.inflection import surface_forms
from framelens.lexicon.loading import Problem, builtin_guards, builtin_lexicon, check_lexicon, load_lexicon

__all__ = [
    "CATEGORIES",
    "Entry",
    "Guards",
    "Lexicon",
    "Problem",
    "builtin_guards",
    "builtin_lexicon",
    "check_lexicon",
    "load_lexicon",
    "surface_forms",
]
