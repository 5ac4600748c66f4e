"""Whose words: who is quoted or reported where in an article, and by which cue."""

from framelens.voice.assemble import attribute

__all__ = ["attribute"]
