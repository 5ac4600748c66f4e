"""`framelens.compare`: rates with intervals over articles, log-odds, events, and what is written."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
import random
from collections import Counter
from html.parser import HTMLParser

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

from framelens.analyzer import Analyzer
from framelens.cli.compare import command
from framelens.cli.corpus import command as corpus_command
from framelens.compare import CompareOptions, Comparison, Rate, Tally, compare, gather, group_of, log_odds, tally
from framelens.compare.rates import Resampled
from framelens.compare.tally import vocabulary, word_tokens
from framelens.compare.terminal import print_comparison
from framelens.errors import InputError
from framelens.report import ArticleReport
from framelens.text import Article, Attribution, Document, Sentence, SentenceScore, Span

PLAIN = "The council met on Monday. It approved the budget by six votes to three. The mayor said the vote was final."
HEATED = (
    "The disgraceful regime butchered the budget on Monday. It was a shameful, outrageous sham. "
    "The tyrant who calls himself mayor smirked."
)


def articles(outlet: str, text: str, count: int) -> list[Article]:
    return [
        Article(f"{text} Item {i} was read.", id=f"{outlet}-{i}", outlet=outlet, title=outlet) for i in range(count)
    ]


def some_tally(group: str, *, loaded: int = 1, words: int = 100, text: str = "", terms: tuple[str, ...] = ()) -> Tally:
    return Tally(
        id=f"{group}-{loaded}-{words}",
        group=group,
        title="",
        outlet=group,
        published="",
        words={"author": words, "direct": 0, "indirect": 0, "scare": 0},
        loaded={"author": loaded, "direct": 0, "indirect": 0, "scare": 0},
        scored=10,
        editorializing=2,
        frames={"Political": 0.5},
        vocabulary=vocabulary((sentence, "author") for sentence in text.split(".")),
        terms={"author": Counter(terms), "quoted": Counter()},
    )


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(None)


@pytest.fixture(scope="module")
def comparison(analyzer: Analyzer) -> Comparison:
    mixed = [*articles("The Wire", PLAIN, 6), *articles("<b>The & Magazine</b>", HEATED, 6)]
    return compare(analyzer.pipe(mixed), options=CompareOptions(resamples=200, events=True))


def reference_z(own: dict[str, int], rest: dict[str, int], strength: float) -> dict[str, float]:
    """Monroe, Colaresi & Quinn (2008), equations 15, 18 and 22, written out word by word."""
    n_i, n_j = sum(own.values()), sum(rest.values())
    everything = {w: own.get(w, 0) + rest.get(w, 0) for w in {*own, *rest}}
    size = sum(everything.values())
    alpha = {w: strength * c / size for w, c in everything.items()}
    alpha_0 = sum(alpha.values())
    z = {}
    for w, a in alpha.items():
        y_i, y_j = own.get(w, 0), rest.get(w, 0)
        odds_i = (y_i + a) / (n_i + alpha_0 - y_i - a)
        odds_j = (y_j + a) / (n_j + alpha_0 - y_j - a)
        variance = 1 / (y_i + a) + 1 / (y_j + a)
        z[w] = (math.log(odds_i) - math.log(odds_j)) / math.sqrt(variance)
    return z


@pytest.mark.parametrize("strength", [1.0, 500.0, 20_000.0])
def test_log_odds_equal_an_independent_reference(strength: float) -> None:
    """z equals the paper's formula computed word by word, for words in one body or in both."""
    dice = random.Random(7)  # noqa: S311 - no secret
    words = [f"w{i}" for i in range(300)]
    own = {w: dice.randint(0, 40) for w in words[:250]}
    rest = {w: dice.randint(0, 90) for w in words[50:]}
    found = {item.text: item.z for item in log_odds(own, rest, strength=strength)}
    expected = reference_z({w: c for w, c in own.items() if c}, {w: c for w, c in rest.items() if c}, strength)
    assert found == pytest.approx(expected)


def test_log_odds_of_a_case_worked_by_hand() -> None:
    """Two words, 30:10 against 10:30, a prior of 40 words: alpha is 20 each, so odds are 50/30 and 30/50."""
    first = log_odds({"a": 30, "b": 10}, {"a": 10, "b": 30}, strength=40)[0]
    assert (first.text, first.count, first.rest_count) == ("a", 30, 10)
    assert first.log_odds == pytest.approx(2 * math.log(5 / 3))
    assert first.z == pytest.approx(2 * math.log(5 / 3) / math.sqrt(1 / 50 + 1 / 30))


def test_log_odds_of_terms_count_all_words() -> None:
    """With totals given, the words beside the listed ones count as one word that is left out of the answer."""
    listed = {i.text: i.z for i in log_odds({"sham": 5}, {"sham": 2}, totals=(100, 400))}
    whole = {i.text: i.z for i in log_odds({"sham": 5, "other": 95}, {"sham": 2, "other": 398})}
    assert listed["sham"] == pytest.approx(whole["sham"])


def test_log_odds_of_nothing() -> None:
    """An empty body sets nothing apart."""
    assert log_odds({}, {}) == []
    assert log_odds({"a": 1}, {}) == []


def test_intervals_resample_articles() -> None:
    """A bootstrap over articles agrees with the binomial spread of article draws, not of words."""
    counts = np.array([[10.0, 100.0]] * 50 + [[0.0, 100.0]] * 50)
    rate = Resampled(counts, resamples=4000, seed=1).rate(0, 1, 1000)
    spread = 1.96 * 100 * math.sqrt(0.25 / 100)  # half of 100 articles at 100 per 1,000
    assert rate.value == pytest.approx(50)
    assert rate.low == pytest.approx(50 - spread, abs=1.5)
    assert rate.high == pytest.approx(50 + spread, abs=1.5)


def test_one_article_has_no_interval() -> None:
    """Nothing can be said about the spread of one article."""
    (group,) = gather([some_tally("A")], by="outlet")
    assert group.loaded_per_1000_words == Rate(10.0)


def test_no_words_have_no_rate() -> None:
    """A group without author words has no rate rather than a rate of 0."""
    (group,) = gather([some_tally("A", words=0), some_tally("A", words=0, loaded=0)], by="outlet")
    assert group.loaded_per_1000_words == Rate(None)


def test_a_group_keeps_its_interval_beside_others() -> None:
    """The same seed gives the same intervals, whatever else is compared."""
    own = [some_tally("A", loaded=i) for i in range(8)]
    alone, beside = gather(own, by="x"), gather([some_tally("B"), *own], by="x")
    assert alone["A"].loaded_per_1000_words == beside["A"].loaded_per_1000_words


def test_rates_are_those_of_the_reports(analyzer: Analyzer) -> None:
    """A group of one article has the report's own figures."""
    report = analyzer.analyze(Article(HEATED, outlet="M"))
    (group,) = compare([report])
    assert group.loaded_per_1000_words.value == pytest.approx(report.per_1000_words)
    assert group.words == report.words
    assert {v: r.value for v, r in group.voice_shares.items()} == pytest.approx(report.voice_shares)


class _Model:
    """Calls every other sentence editorializing."""

    name, digest, threshold = "every-other", "0", 0.5

    def score(self, documents, matches, *, explain=False):
        return [
            tuple(SentenceScore(s.index, 0.9 - 0.8 * (s.index % 2), "uncertain") for s in document.sentences)
            for document in documents
        ]


def test_editorializing_shares_are_pooled_sentences() -> None:
    """With a model the share is that of all the group's sentences, and the model is named."""
    reports = Analyzer(_Model(), learned=False).pipe(articles("M", "One came. Two came. Three came.", 4))
    found = compare(reports)
    assert found["M"].editorializing_share == Rate(0.5, 0.5, 0.5)  # sentences 0 and 2 of four
    assert found.model == "every-other"
    assert float(next(csv.DictReader(io.StringIO(found.to_csv())))["editorializing_share"]) == 0.5
    assert "every-other" in found.to_html()


def test_a_tally_counts_each_voice_apart(analyzer: Analyzer) -> None:
    """Words that somebody is quoted with are not the author's vocabulary."""
    text = "Ruiz said walruses sing. Rain fell. Follow us"
    quoted = Attribution("indirect", (Span(10, 23),), Span(0, 4), Span(5, 9))
    scare = Attribution("scare", (Span(25, 29),))
    sentences = (
        Sentence(0, Span(0, 24), "body"),
        Sentence(1, Span(25, 35), "body"),
        Sentence(2, Span(36, 45), "boilerplate"),
    )
    report = ArticleReport(
        Document.read(Article(text), sentences).attributed((quoted, scare)), (), (), (), analyzer.provenance
    )
    counted = tally(report, "x")
    assert counted.vocabulary == {
        "author": {"ruiz": ("", "said"), "said": ("ruiz", ""), "fell": ("", "")},
        "quoted": {"walruses": ("", "sing"), "sing": ("walruses", "")},
    }
    assert counted.words == {"author": 3, "direct": 0, "indirect": 2, "scare": 1}


def test_heated_outlets_stand_above_plain_ones(comparison: Comparison) -> None:
    """Groups are sorted by rate, and the intervals of a heated and a plain outlet do not touch."""
    heated, plain = comparison
    assert plain.name == "The Wire"
    assert heated.loaded_per_1000_words.low > plain.loaded_per_1000_words.high  # type: ignore[operator]
    assert heated.editorializing_share is None
    assert {"shameful", "disgraceful"} & {d.text for d in heated.most("term", "author")}


# Sentences of which the first word stands between ever new ones.
ADJECTIVES = ("grey", "wet", "loud", "old", "vast", "calm", "odd", "late")
NOUNS = ("harbour", "winter", "council", "market", "bridge", "choir", "ferry", "orchard")


def varied(word: str, number: int) -> str:
    return f"{NOUNS[-1 - number % 8]} {word} {ADJECTIVES[number % 8]} {NOUNS[number % 8]}"


def distinctive(tallies: list[Tally], group: str, by: str = "outlet", **options: int) -> set[str]:
    found = gather(tallies, by=by, options=CompareOptions(**options))
    return {d.text for d in found[group].most("word", "author")}


OTHER = [some_tally("B", text=varied("filler", n)) for n in range(8)]


def test_words_of_few_articles_set_nothing_apart() -> None:
    """However frequent, a word of one article is that article's topic."""
    many = [some_tally("A", text=varied("budget", n)) for n in range(4)]
    one = some_tally("A", text=". ".join(varied("walrus", n) for n in range(8)))
    assert distinctive([*many, one, *OTHER], "A") == {"budget"}


def test_a_word_counts_once_an_article() -> None:
    """Said ten times in an article or once, a word has the same z, for only articles are counted."""
    once = [some_tally("A", text=f"{varied('budget', n)}. x") for n in range(4)]
    often = [some_tally("A", text=f"{varied('budget', n)}. x. " * 10) for n in range(4)]
    options = CompareOptions(min_articles=4)
    (first,) = [d for d in gather([*once, *OTHER], by="x", options=options)["A"].distinctive if d.text == "budget"]
    (second,) = [d for d in gather([*often, *OTHER], by="x", options=options)["A"].distinctive if d.text == "budget"]
    assert (first.articles, first.rest_articles) == (second.articles, second.rest_articles) == (4, 0)
    assert second.z == first.z


def test_furniture_sets_nothing_apart() -> None:
    """What a site prints around its articles, alone, in a fixed phrase or before a name, is not its wording."""
    around = "Advertisement. Sign up for our newsletter. Image caption Ruiz {name}. Follow {name} on Twitter"
    own = [some_tally("A", text=f"{varied('budget', n)}. {around.format(name=NOUNS[n])}") for n in range(8)]
    assert distinctive([*own, *OTHER], "A", words=50) == {"budget"}


def test_the_outlets_own_name_sets_nothing_apart() -> None:
    """Name, initials and the name written as one are left out for outlets, but not for topics called so."""
    words = ("Herald's", "HHN", "harbourherald", "tax")
    own = [some_tally("Harbour Herald - News", text=". ".join(varied(w, n) for w in words)) for n in range(8)]
    assert distinctive([*own, *OTHER], "Harbour Herald - News", words=50) == {"tax"}
    topic = [dataclasses.replace(some_tally("tax", text=varied("tax", n)), outlet="Herald") for n in range(8)]
    assert distinctive([*topic, *OTHER], "tax", by="topic", words=50) == {"tax"}


def test_words_of_most_articles_set_nothing_apart() -> None:
    """A word that more than half of all articles use is common, wherever it is used most."""
    own = [some_tally("A", text=f"{varied('said', n)}. {varied('tax', n + 3)}") for n in range(5)]
    other = [some_tally("B", text=varied("said" if n < 2 else "quiet", n)) for n in range(7)]
    found = distinctive([*own, *other], "A", words=50)
    assert "tax" in found
    assert "said" not in found


def test_distinctive_z_is_the_papers_over_articles() -> None:
    """From texts to z: articles counted by hand and put into the paper's formula give what a comparison says."""
    dice = random.Random(3)  # noqa: S311 - no secret
    words = ["tax", "fraud", "rain", "choir", "bridge", "vote", "ferry", "storm"]
    chosen = {g: [dice.sample(words, dice.randint(2, 6)) for _ in range(40)] for g in ("A", "B")}
    chosen["A"][:20] = [[*article, "scandal"] for article in chosen["A"][:20]]
    own, rest = (Counter(w for article in chosen[g] for w in set(article)) for g in ("A", "B"))
    tallies = [some_tally(g, text=" ".join(article * 2)) for g, articles_ in chosen.items() for article in articles_]
    found = {d.text: d.z for d in gather(tallies, by="x", options=CompareOptions(words=50, spread=1))["A"].distinctive}
    expected = {w: z for w, z in reference_z(own, rest, 500.0).items() if z > 0 and own[w] + rest[w] <= 40}
    assert found
    assert found == pytest.approx({w: expected[w] for w in found})


def test_distinctive_terms_are_odds_among_words() -> None:
    """A loaded term counts once an article too, against all words of that voice."""
    own = [some_tally("A", text="ten red tax", terms=("sham", "sham")) for _ in range(3)]
    other = [some_tally("B", text="ten red tax", terms=("sham",) if n else ()) for n in range(2)]
    (term,) = gather([*own, *other], by="x")["A"].most("term", "author")
    expected = reference_z({"sham": 3, "others": 6}, {"sham": 1, "others": 5}, 500.0)["sham"]
    assert (term.text, term.articles, term.rest_articles) == ("sham", 3, 1)
    assert term.z == pytest.approx(expected)


def test_words_are_words() -> None:
    """Abbreviations stay whole; numbers, initials, addresses and handles are no words."""
    text = "The U.S. said I’m late, J. Ruiz: see https://a.example/b or @ruiz, example.com, R-Texas, 2021 a"
    assert word_tokens(text) == ["the", "u.s.", "said", "i'm", "late", "ruiz", "see", "or", "texas", "a"]


def test_small_and_nameless_groups_are_counted_as_left_out() -> None:
    """Articles that are not shown are said to be so."""
    found = gather([some_tally("A")] * 3 + [some_tally("B"), some_tally("")], by="x", options=CompareOptions(2))
    assert [group.name for group in found] == ["A"]
    assert found.left_out == 2


def test_frames_met_late_were_at_zero_before() -> None:
    """A frame that an article lacks counts as 0 in its group's mean."""
    late = dataclasses.replace(some_tally("A"), frames={"Political": 0.5, "Morality": 0.9})
    (group,) = gather([some_tally("A"), some_tally("A"), late], by="x")
    assert group.frames["Morality"].value == pytest.approx(0.3)
    assert group.frames["Political"].value == pytest.approx(0.5)


def told(outlet: str, published: str, text: str) -> Article:
    return Article(text, id=f"{outlet}{published}", outlet=outlet, published=published, title=text[:50])


FLOOD = "Flood waters burst the Calder dam near Millbrook and rescue boats evacuated four hundred residents overnight."


def test_the_same_event_stands_side_by_side(analyzer: Analyzer) -> None:
    """Articles on one event within its days are set together; a like article a month later is another event."""
    stories = [
        told("A", "2021-03-01", f"{FLOOD} Officials praised crews."),
        told("B", "2021-03-02", f"Outrageous neglect! {FLOOD}"),
        told("C", "2021-04-20", FLOOD),
        told("C", "2021-03-01", "The orchestra opened its season with a symphony by a young composer."),
    ]
    found = compare(analyzer.pipe(stories), options=CompareOptions(events=True))
    (event,) = found.events
    assert [article.group for article in event.articles] == ["B", "A"]
    assert event.articles[0].terms[0] == "outrageous"


def test_an_undated_article_joins_no_dated_event(analyzer: Analyzer) -> None:
    """Among dated articles, one without a date may be years away from what it resembles."""
    stories = [told("A", "2021-03-01", FLOOD), told("B", "", FLOOD), told("C", "", FLOOD)]
    assert compare(analyzer.pipe(stories), options=CompareOptions(events=True)).events == ()


def test_undated_articles_are_compared_with_one_another(analyzer: Analyzer) -> None:
    """Plain files without dates can be set side by side."""
    stories = [Article(FLOOD, id="a"), Article(f"{FLOOD} Boats came late.", id="b")]
    assert len(compare(analyzer.pipe(stories), by="id", options=CompareOptions(events=True)).events) == 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs


def test_the_page_is_escaped_and_asks_nobody(comparison: Comparison) -> None:
    """The page holds plots, no markup from outlet names, and nothing loaded from elsewhere."""
    page = _Page()
    page.feed(comparison.to_html())
    assert page.tags["b"] == 0
    assert "&lt;b&gt;The &amp; Magazine&lt;/b&gt;" in comparison.to_html()
    assert page.tags["svg"] >= 4
    assert not [name for name, _ in page.attributes if name in {"src", "href"}]
    assert comparison.to_html().startswith("<!doctype html>")


def test_json_and_csv_hold_the_same_figures(comparison: Comparison) -> None:
    """CSV and JSON agree, and JSON needs nothing but JSON's types."""
    data = json.loads(comparison.to_json())
    rows = list(csv.DictReader(io.StringIO(comparison.to_csv())))
    assert [row["outlet"] for row in rows] == [group["name"] for group in data["groups"]]
    for row, group in zip(rows, data["groups"], strict=True):
        assert float(row["loaded_per_1000_words"]) == pytest.approx(group["loaded_per_1000_words"]["value"], abs=1e-4)
    assert comparison.to_csv("words").startswith("outlet,kind,voice,text,z")


def test_csv_cells_are_no_formulas() -> None:
    """A cell that a spreadsheet would run is defused."""
    assert "'=cmd()" in gather([some_tally("=cmd()")], by="x").to_csv()


@pytest.mark.parametrize("width", [40, 60, 80, 150])
def test_the_terminal_keeps_to_its_width(comparison: Comparison, width: int) -> None:
    """At any width no line is longer, no figure is cut, and a name cannot move the cursor."""
    hostile = dataclasses.replace(comparison.groups[0], name="Evil\x1b[2J\nHerald " + "x" * 60)
    shown = dataclasses.replace(comparison, groups=(hostile, *comparison.groups[1:]))
    out = io.StringIO()
    print_comparison(shown, Console(file=out, width=width))
    text = out.getvalue()
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "…" not in text
    rate = hostile.loaded_per_1000_words
    assert f"{rate.value:.2f} [{rate.low:.2f}, {rate.high:.2f}]" in text


def test_a_group_called_as_a_figure_keeps_both_columns() -> None:
    """Comparing by the column ``words`` does not hide how many words there are."""
    found = gather([some_tally("100")], by="words")
    (row,) = csv.DictReader(io.StringIO(found.to_csv()))
    assert (row["by words"], row["words"]) == ("100", "100")


@pytest.mark.parametrize(
    ("published", "year", "month"),
    [("2021-03-01", "2021", "2021-03"), ("2021", "2021", None), ("7/23/2016", None, None), (None, None, None)],
)
def test_periods_are_those_of_iso_dates(published: str | None, year: str | None, month: str | None) -> None:
    """A date that is not ISO belongs to no period, rather than to a year called 7/23."""
    article = Article("x", published=published)
    assert (group_of(article, "year"), group_of(article, "month")) == (year, month)


def test_an_unknown_field_names_those_there_are() -> None:
    """The library says what articles can be compared by."""
    with pytest.raises(InputError, match="no 'topic' to be compared by; they have outlet, id, title"):
        group_of(Article("x"), "topic")


def test_nothing_compared_is_no_error() -> None:
    """No articles give an empty comparison that can still be written."""
    empty = compare([], options=CompareOptions(events=True))
    assert (len(empty), empty.to_csv()) == (0, "")
    assert "<table" in empty.to_html()


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": f"{desk}{i}", "text": text + f" Item {i}.", "outlet": "O", "desk": desk, "published": f"202{i}-01-01"}
        for desk, text in (("news [x]", PLAIN), ("opinion", HEATED))
        for i in range(3)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_the_command_compares_by_any_column(jsonl) -> None:
    """``--by`` takes a column that articles themselves do not have."""
    done = CliRunner().invoke(command, [str(jsonl), "--by", "desk", "--model", "none", "-f", "json"])
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert (data["by"], [g["name"] for g in data["groups"]]) == ("desk", ["opinion", "news [x]"])


def test_the_command_prints_a_table(jsonl) -> None:
    """The terminal table names groups with brackets as they are, with intervals."""
    done = CliRunner().invoke(command, [str(jsonl), "--by", "desk", "--model", "none", "--events"])
    assert done.exit_code == 0, done.output
    assert "news [x]" in done.stdout
    assert "resamplings" in done.stdout


def test_missing_values_are_counted_and_unknown_columns_named(jsonl) -> None:
    """An article without a value is counted as not shown; a column that no article has is wrong usage."""
    with jsonl.open("a") as file:
        file.write(json.dumps({"id": "x", "text": PLAIN}) + "\n")
        file.write(json.dumps({"id": "y", "text": HEATED, "desk": None}) + "\n")
    done = CliRunner().invoke(command, [str(jsonl), "--by", "desk", "--model", "none", "-f", "json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["left_out"] == 2
    unknown = CliRunner().invoke(command, [str(jsonl), "--by", "dsk", "--model", "none"])
    assert unknown.exit_code == 2
    assert "no article has a column 'dsk'; there are desk, id, month, outlet," in unknown.stderr


def test_a_corpus_takes_columns_along(jsonl, tmp_path) -> None:
    """What ``--keep`` took along can be compared by, with the figures that the articles themselves give."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    out = tmp_path / "scored"
    done = CliRunner().invoke(corpus_command, [str(jsonl), "-o", str(out), "--model", "none", "--keep", "desk"])
    assert done.exception is None, done.output
    kept = CliRunner().invoke(command, [str(out), "--by", "desk", "-f", "csv"])
    direct = CliRunner().invoke(command, [str(jsonl), "--by", "desk", "--model", "none", "-f", "csv"])
    assert kept.stdout == direct.stdout
    with pytest.raises(InputError, match=r"there are desk, .*; `framelens corpus --keep topic` takes along"):
        CliRunner().invoke(command, [str(out), "--by", "topic"], catch_exceptions=False)


def test_the_command_compares_by_year(jsonl) -> None:
    """Periods are groups too."""
    done = CliRunner().invoke(command, [str(jsonl), "--by", "year", "--model", "none", "-f", "csv"])
    assert {row["year"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"2020", "2021", "2022"}


def test_a_scored_corpus_compares_like_its_articles(jsonl, tmp_path) -> None:
    """From the Parquet files of ``framelens corpus`` come the same figures as from the articles themselves."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    from framelens.compare.scored import compare_scored, is_scored
    from framelens.corpus.tables import TABLES, article_row, to_parquet
    from framelens.export import sentence_rows, term_rows
    from framelens.inputs import read_articles

    reports = list(Analyzer(None).pipe(read_articles([str(jsonl)])))
    rows = {
        "articles": [article_row(r) for r in reports],
        "sentences": [row for r in reports for row in sentence_rows(r)],
        "terms": [row for r in reports for row in term_rows(r)],
    }
    folder = tmp_path / "scored"
    for table in TABLES:
        (folder / table).mkdir(parents=True)
        (folder / table / "part-000000.parquet").write_bytes(to_parquet(table, rows[table]))
    assert is_scored(str(folder))
    assert not is_scored(str(tmp_path))
    options = CompareOptions(events=True)
    for by in ("outlet", "year"):
        from_disk, direct = compare_scored([folder], by, options), compare(reports, by, options)
        for table in ("groups", "words", "events"):
            assert from_disk.to_csv(table) == direct.to_csv(table)
    done = CliRunner().invoke(command, [str(folder), "--by", "month"])
    assert done.exit_code == 0, done.output
    with pytest.raises(InputError, match=r"no column 'frames' to compare by; there are .*outlet, published"):
        compare_scored([folder], "frames")
