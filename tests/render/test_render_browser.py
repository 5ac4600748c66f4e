"""The HTML report in a real browser; skipped where there is none."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_samples import TEXT, provenance, sample_report, sentences_of, span_of

from framelens.render import html_fragment, to_html, to_html_many
from framelens.report import ArticleReport
from framelens.text import Article, Document, LexiconStamp, Portrayal, PortrayalLabel, Suppressed, TermMatch

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Chromium and chromedriver on the PATH"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

Open = Callable[[str], Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Open:
    def open_(html: str) -> Any:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8", newline="")
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get(path.as_uri())
        return browser

    return open_


def css(browser: Any, selector: str) -> list[Any]:
    return browser.find_elements("css selector", selector)


def requests(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def test_every_term_is_marked_once(open_page: Open) -> None:
    """The page holds as many marks as the JSON has terms, with the same words in the same order."""
    page = open_page(to_html(sample_report()))
    terms = sample_report().to_dict()["terms"]
    assert [mark.text for mark in css(page, "mark")] == [term["text"] for term in terms]  # type: ignore[attr-defined]


def test_text_is_unchanged(open_page: Open) -> None:
    """The text in the page is the article's, white space included."""
    page = open_page(to_html(sample_report()))
    assert page.execute_script("return document.querySelector('.fl-text').textContent") == TEXT


def test_quiet(open_page: Open) -> None:
    """Nothing is written to the console, and no request leaves the page."""
    page = open_page(to_html(sample_report()))
    css(page, "mark a")[0].click()
    assert page.get_log("browser") == []
    assert [url for url in requests(page) if not url.startswith(("file:", "data:"))] == []


def test_policy_forbids_requests(open_page: Open) -> None:
    """Even a script in the page could not send the article anywhere."""
    page = open_page(to_html(sample_report()))
    outcome = page.execute_async_script(
        "const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('sent'), () => done('refused'))"
    )
    assert outcome == "refused"
    assert "Content Security Policy" in " ".join(entry["message"] for entry in page.get_log("browser"))


def test_filters(open_page: Open) -> None:
    """Unticking a voice or a category hides its marks and no other, and takes them out of the tab order."""
    page = open_page(to_html(sample_report()))
    for name, value, count in [("voice", "direct", 2), ("kind", "label", 5)]:
        css(page, f'input[name="{name}"][value="{value}"]')[0].click()
        hidden = css(page, "mark[data-off]")
        assert len(hidden) == count
        assert all(mark.find_element("tag name", "a").get_attribute("tabindex") == "-1" for mark in hidden)
        assert {m.get_attribute(f"data-{name}") for m in hidden} >= {value}
    assert css(page, ".fl-count")[0].text == "4 of 9 terms shown"
    shown = css(page, "mark:not([data-off])")
    assert {m.get_attribute("data-voice") for m in shown} == {"author", "scare"}
    assert page.execute_script("return document.querySelector('.fl-text').textContent") == TEXT
    css(page, "button[data-all='1']")[0].click()
    assert css(page, "mark[data-off]") == []


def test_card_by_keyboard(open_page: Open) -> None:
    """Tab reaches a term and shows its card; Enter goes into it, Escape closes it and goes back to the term."""
    page = open_page(to_html(sample_report()))
    page.execute_script("document.querySelector('.fl-filters button:last-of-type').focus()")
    focused = page.switch_to.active_element
    focused.send_keys(Keys.TAB)
    focused = page.switch_to.active_element
    assert focused.text == "extremists"
    card = css(page, ".fl-card")[0]
    assert card.is_displayed()
    for words in ("own voice", "label", "Whether the label fits", "protesters", "Port Ansel style guide"):
        assert words in card.text
    focused.send_keys(Keys.ENTER)
    assert page.switch_to.active_element == card
    card.send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    assert page.switch_to.active_element.text == "extremists"


def test_card_by_hover(open_page: Open) -> None:
    """Pointing at a term shows its card."""
    page = open_page(to_html(sample_report()))
    target, card = css(page, "mark a")[3], css(page, ".fl-card")[0]

    def shown(_: object) -> bool:
        # Paragraphs off the screen are laid out when they come into view, which may move the target once.
        webdriver.ActionChains(page).move_to_element(target).perform()
        return "finally" in card.text

    WebDriverWait(page, 10).until(shown)


def hostile_report() -> ArticleReport:
    evil = '<script>document.title="owned"</script></mark></title><img src=x onerror=alert(1)> "\' javascript:alert(1)'
    text = f"{evil}\n\nThe vandals &amp; {evil} </style></textarea><!-- came back."
    article = Article(text, evil, evil, evil, "javascript:alert(1)", evil)
    document = Document.read(article, sentences_of(text))
    span = span_of(text, f"vandals &amp; {evil}")
    term = TermMatch(
        span, span.of(text), evil, evil, evil, 1, "author", 2, (evil,), evil, f"{evil} https://a.example/'\"<b>"
    )
    label = PortrayalLabel(evil, span, "author")
    return ArticleReport(
        document=document,
        terms=(term,),
        suppressed=(Suppressed(span, evil, evil, evil),),
        scores=(),
        provenance=replace(provenance(), framelens=evil, lexicons=(LexiconStamp(evil, evil, evil),)),
        portrayals=(Portrayal(evil, 1, (label,)),),
    )


@pytest.mark.parametrize("many", [1, 2])
def test_hostile_words_show_as_text(open_page: Open, many: int) -> None:
    """Markup and script addresses in text, title, outlet, dates, lexicon and provenance are only words."""
    report = hostile_report()
    page = open_page(to_html_many([report] * many))
    assert page.title != "owned"
    assert page.execute_script("return document.querySelector('.fl-text').textContent") == report.document.text
    assert len(css(page, "mark")) == many
    assert len(css(page, "script")) == 1
    assert css(page, "img") == []
    links = page.execute_script("return [...document.links].map(a => a.protocol)")
    assert set(links) <= {"file:", "https:"}
    css(page, "mark a")[0].send_keys(Keys.ENTER)
    assert "<script>" in css(page, ".fl-card")[0].text
    assert "<script>" in css(page, ".fl-byline")[0].text
    assert page.get_log("browser") == []


def test_fragments_live_side_by_side(open_page: Open) -> None:
    """Two fragments in one notebook page each have their own cards and filters."""
    other = replace(sample_report(), terms=sample_report().terms[:2])
    page = open_page(f"<!doctype html><title>n</title>{html_fragment(sample_report())}{html_fragment(other)}")
    css(page, "article:nth-of-type(1) button[data-all='']")[0].click()
    assert len(css(page, "mark[data-off]")) == 9
    assert page.get_log("browser") == []


def test_no_sideways_scrolling_on_a_phone(open_page: Open) -> None:
    """At 400 and 320 pixels nothing is wider than the screen."""
    page = open_page(to_html(sample_report()))
    for width in (400, 320):
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        assert page.execute_script("const page = document.documentElement; return page.scrollWidth <= page.clientWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_book_scrolls(open_page: Open) -> None:
    """A text of 100,000 words is there at once, and its end is reached."""
    paragraph = "The spineless council met again and the ferry stayed in port until the tide had turned. " * 5
    text = "The long story of a ferry\n\n" + "\n\n".join([paragraph] * 1250)
    document = Document.read(Article(text), sentences_of(text))
    report = ArticleReport(document, (), (), (), provenance())
    assert report.words > 100_000
    page = open_page(to_html(report))
    page.execute_script("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert page.execute_script("return window.scrollY") > 10_000


@pytest.mark.skipif("FRAMELENS_AXE" not in os.environ, reason="FRAMELENS_AXE does not name axe-core's axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(open_page: Open, scheme: str) -> None:
    """axe-core, run with a card open, finds nothing serious or critical in either colour scheme."""
    page = open_page(to_html(sample_report()))
    emulated = [{"name": "prefers-color-scheme", "value": scheme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": emulated})
    page.execute_script(Path(os.environ["FRAMELENS_AXE"]).read_text("utf-8"))
    for opened in (False, True):
        if opened:
            css(page, "mark a")[0].send_keys(Keys.ENTER)
        found = page.execute_async_script("const done = arguments[0]; axe.run().then(done)")["violations"]
        shown = [(v["id"], v["impact"], [n["html"][:120] for n in v["nodes"]]) for v in found]
        assert [v for v in shown if v[1] in {"serious", "critical"}] == []
