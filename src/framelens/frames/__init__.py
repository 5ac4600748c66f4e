"""Article → the generic frames of the Policy Frames Codebook."""

from framelens.frames.codebook import FRAMES
from framelens.frames.scoring import score_frames

__all__ = ["FRAMES", "score_frames"]
