"""Letters that were read in a wrong encoding on their way here, by ftfy, and those that got lost."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["mend_letters"]

# Only texts with such a letter can hold what ftfy mends, which takes longer than all other repairs.
_SUSPECT = re.compile("[\x7f-\xff\ufffd]")
# A closing quotation mark whose last byte, which stands for no letter of Windows-1252, was dropped on the way.
_CUT_MARK = re.compile(r"â€(?=[\s.,;:!?)\]]|$)")
_LOST_APOSTROPHE = re.compile("(?<=\\w)\ufffd(?=(?:s|t|d|m|re|ve|ll)\\b)", re.IGNORECASE)
_LOST_CLOSING = re.compile("(“[^“”\ufffd\n]*)\ufffd(?!\\w)")
_LOST_PAIR = re.compile("(?<!\\w)\ufffd(?=\\w)([^\ufffd\n]*[\\w,.!?…])\ufffd(?!\\w)")
_LOST = "\ufffd"


@cache
def _config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    # What is left out is how somebody wrote, not what a wrong encoding made of it.
    return TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def mend_letters(text: str) -> tuple[str, int]:
    """The text with mojibake undone, and how many of its letters are lost for good."""
    if _SUSPECT.search(text) is None:
        return text, 0
    from ftfy import fix_text

    mended = fix_text(_CUT_MARK.sub("â€\x9d", text), _config())
    if _LOST in mended:
        mended = _LOST_APOSTROPHE.sub("’", mended)
        mended = _LOST_PAIR.sub(r"“\1”", _LOST_CLOSING.sub(r"\1”", mended))
    return mended, mended.count(_LOST)
