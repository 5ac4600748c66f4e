"""Before and after a page's article is found: quotations that markup alone shows, and pages that hold no article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from framelens.inputs.fragment import quoted

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["link_texts", "no_article", "parse_page"]

_SHELL = re.compile(
    r"(?:enable|turn on|activate|requires?|without) (?:\w+ ){0,2}(?:javascript|cookies)"
    r"|javascript (?:is|to be|has been) (?:\w+ )?(?:disabled|enabled|required|off)"
    r"|\b(?:404|403|410|500|502|503)\b (?:error|not found|forbidden|page)"
    r"|(?:page|article|story) (?:you \w+ (?:\w+ )*)?"
    r"(?:not found|can(?:no|')t be found|could not be found|does(?: not|n't) exist"
    r"|no longer (?:exists|available)|has (?:been )?(?:moved|removed|expired))|page not found|access (?:is )?denied"
    r"|(?:accept|manage|reject) (?:all )?(?:\w+ )?(?:cookies|consent|preferences)"
    r"|we (?:and our \w+ )?(?:\w+ )?use (?:\w+ )?cookies"
    r"|value your privacy|privacy (?:settings|choices|preferences)|are you (?:a )?(?:human|robot)|not a robot"
    r"|unusual (?:traffic|activity)|verify(?:ing)? (?:that )?you are|checking your browser|security check|captcha"
    r"|temporarily unavailable|service unavailable|in your (?:country|region)|legal reasons"
    r"|(?:subscribe|log ?in|sign ?in|register) (?:now )?to (?:continue|read|keep|view|access)|ad ?blocker",
    re.IGNORECASE,
)
_LONG = 150  # words beyond which a page is no mere notice, whatever it says of cookies
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")


def parse_page(page: str) -> HtmlElement | None:
    """The page as a tree, `<q>` and block quotations in quotation marks; None where there is nothing to parse."""
    from trafilatura import load_html

    tree: HtmlElement | None = load_html(page)
    if tree is not None:
        for element in tree.iter("q"):
            element.text = "“" + (element.text or "")
            last = element[-1] if len(element) else None
            if last is None:
                element.text += "”"
            else:
                last.tail = (last.tail or "") + "”"
            element.tag = "span"
        for block in tree.iter("blockquote"):
            _quote(block)
    return tree


def _quote(block: HtmlElement) -> None:
    """Put marks around the paragraphs of a block quotation that has none; who is named behind a dash stays outside."""
    paragraphs = [p for p in block.iter("p") if "".join(p.itertext()).strip()] or [block]
    for paragraph in paragraphs:
        text = "".join(paragraph.itertext())
        if quoted(text) == text or re.match(r"\s*[—–-]", text):
            continue
        _wrap(paragraph)


def _wrap(element: HtmlElement) -> None:
    element.text = "“" + (element.text or "").lstrip()
    inner = [child for child in element if child.tag not in {"cite", "footer", "p"}]
    if inner and inner[-1].tail and inner[-1].tail.strip():
        inner[-1].tail = inner[-1].tail.rstrip() + "”"
    elif inner:
        inner[-1].tail = "”" + (inner[-1].tail or "")
    else:
        element.text = element.text.rstrip() + "”"


def link_texts(tree: HtmlElement) -> frozenset[str]:
    """What a page's links say; on a front page that is most of what it says."""
    return frozenset(" ".join("".join(link.itertext()).split()) for link in tree.iter("a"))


def no_article(title: str | None, paragraphs: Sequence[str], links: frozenset[str], fewest: int) -> str | None:
    """Why the text of a page is no article; None where it may be one, of at least ``fewest`` words."""
    words = _words(paragraphs)
    said = f"{title or ''}\n" + "\n".join(paragraphs)
    if words < _LONG and (notice := _SHELL.search(said)):
        return f"is no news page: it says {' '.join(notice[0].split())!r}"
    if words < fewest:
        return f"is no news page: {words} words of text"
    linked = _words(p for p in paragraphs if " ".join(p.split()).removeprefix("- ") in links)
    sentences = _words(p for p in paragraphs if _SENTENCE_END.search(p) and len(p.split()) > 4)
    if linked > 0.5 * words or (linked > 0.15 * words and sentences < 0.3 * words):
        return f"is no news page: of its {words} words hardly any stand in sentences, as on a front page"
    return None


def _words(paragraphs: Iterable[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
