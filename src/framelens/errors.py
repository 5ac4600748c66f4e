"""The exceptions that framelens raises on purpose.

::

    FramelensError
    ├── InputError          an article, record or file cannot be read
    ├── LexiconError        a lexicon file is refused
    ├── ModelError          a model folder is refused
    └── MissingExtraError   an optional dependency is not installed (also an ImportError)
"""

__all__ = ["FramelensError", "InputError", "LexiconError", "MissingExtraError", "ModelError"]


class FramelensError(Exception):
    """Any failure that framelens foresees; its message names the input, the place and the remedy."""


class InputError(FramelensError):
    """An article, record or file cannot be read."""


class LexiconError(FramelensError):
    """A lexicon is refused; the message holds the path, the line, what is wrong and what is allowed."""


class ModelError(FramelensError):
    """A model folder is missing, altered, of an unknown version, or holds something unsafe."""


class MissingExtraError(FramelensError, ImportError):
    """A feature needs an optional dependency that is not installed."""

    def __init__(self, feature: str, extra: str, error: ImportError | None = None) -> None:
        # A dependency that is there may lack one of its own, which the extra's name would hide.
        missing = f" ({error})" if error is not None else ""
        super().__init__(f"{feature} needs an optional dependency{missing}: pip install 'framelens[{extra}]'")
