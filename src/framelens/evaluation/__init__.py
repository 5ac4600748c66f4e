"""Measures against annotated corpora, counted the same way for every version."""
