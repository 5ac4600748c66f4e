"""The words before a colon at the head of a paragraph: a speaker's name, or a dateline, a kicker, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framelens.text import Span, word_set

__all__ = ["Label", "label_of"]

_NAME = r"[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|of|de|the|van|von|for|al|bin)){0,6}"
# NAME (constituency, time, "voice-over"), AGE, ROLE: — the brackets and all behind the first comma are no part of it.
_LABEL = re.compile(
    rf"\s*(?:\d\d?[:.]\d\d\s+)?(?P<name>{_NAME})"
    r"(?P<seat>(?:\s*\([^()\n]{1,60}\)){0,2})(?P<role>(?:,\s?[^,:.!?\n]{1,40}){0,3})(?P<cue>\s?[:.])\s+(?=\S)"
)
_TITLE = re.compile(
    r"(?:The\s+)?(?:Mr|Mrs|Ms|Miss|Dr|Sir|Sen|Rep|Gov|Prof|Lord|Lady|Speaker|Chair|Chairman|Chairwoman|President|"
    r"Minister|Secretary|Senator|Mayor|Judge|Justice|Host|Interviewer|Reporter|Moderator|Presenter)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s*(?:aged\s+)?\d\d\b")
# What may stand before a colon at the head of a headline and says what follows.
_SAYERS = word_set("""
    court report study poll survey police minister officials official president mayor judge jury inquiry review lawyer
    lawyers expert experts watchdog union doctors scientists coroner prosecutor prosecutors witness witnesses source
    sources ministry government senator governor pope king army regulator auditors
    investigators researchers analysts""")
_NO_SPEAKER = word_set("""
    update correction editor's editor’s note related read more watch photo photos image video source sources also p.s.
    ps example question tip warning by contact follow listen advertisement summary bottom line live exclusive breaking
    analysis opinion editorial revealed review obituary verdict rating price topics credit pictures serves where when
    director starring cast genre venue fury shock horror explainer explained comment column letter letters quiz recipe
    interview profile feature focus special fact check podcast gallery tags category ingredients method location date
    time duration cost tickets score result""")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its name, where its colon stands, and where what it labels begins.

    ``person`` is true where title, age, seat or capitals leave no doubt that somebody speaks.
    """

    name: Span
    mark: int
    content: int
    words: str
    person: bool

    @property
    def says(self) -> bool:
        """Whether a headline so labelled reports what the name before the colon says."""
        last = self.words.lower().split()[-1]
        return last in _SAYERS or self.person


def label_of(text: str, block: Span) -> Label | None:
    """The label of a paragraph that could be a speaker's."""
    match = _LABEL.match(text, block.start, min(block.end, block.start + 140))
    if match is None:
        return None
    name = match["name"]
    words = name.lower().split()
    titled = _TITLE.match(name) is not None
    if match["cue"].strip() == "." and name not in {"Q", "A"} and not (titled and name.split()[-1].isupper()):
        return None
    aged = _AGE.match(match["role"]) is not None
    sure = aged or bool(match["seat"]) or titled
    if (
        (words[0] in _NO_SPEAKER and not sure)
        or (words[0] == "the" and not titled)
        or words[-1] in {"said", "says", "wrote", "writes", "reads", "tweeted"}
    ):
        return None
    roled = bool(match["role"]) and not aged and len(words) > 1 and not any(c.isdigit() for c in match["role"])
    person = aged or (titled and len(words) > 1) or bool(match["seat"]) or (roled and name.isupper())
    return Label(Span(*match.span("name")), match.end("cue") - 1, match.end(), name, person)
