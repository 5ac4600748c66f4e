"""A folder that ``framelens corpus`` wrote → tallies."""
from pathlib import Path
def is_scored(path): return False
def compare_scored(paths, by, options): raise NotImplementedError
