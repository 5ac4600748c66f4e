"""Frames: names, evidence, voices, passages and speed."""

import csv
import time
from importlib.resources import files

import pytest

from framelens import Article
from framelens.analyzer import read
from framelens.errors import LexiconError
from framelens.frames import FRAMES, score_frames
from framelens.frames.lexicon import FrameLexicon, frame_lexicon, parse_lexicon
from framelens.frames.model import frame_model
from framelens.text import FrameScore

TRIAL = (
    "Judge halts the mayor's decree\n\n"
    "A district court judge ruled on Monday that the mayor's decree is unconstitutional. Lawyers for the "
    "plaintiffs had sued the city in May, and the attorney general joined the lawsuit. The ruling will be "
    "appealed to the supreme court, the mayor's lawyer said."
)

HOSPITAL = (
    "Measles spreads\n\n"
    "Doctors at the hospital treated forty patients for measles this week. The outbreak began in a school "
    "where few children had received the vaccine. Health officials said the disease could infect hundreds "
    "more, and asked parents to vaccinate."
)

WAR = (
    "Troops cross the river\n\n"
    "Soldiers crossed the river before dawn, and artillery shelled the town. The army said that rebels "
    "had fired missiles at its base. Tanks followed the infantry, and the air force bombed a weapons "
    "depot near the border."
)

MARKET = (
    "Prices rise again\n\n"
    "Inflation rose to six percent in March, the central bank said. Economists had expected prices to "
    "slow. Higher interest rates have hurt the housing market, and unemployment is rising as companies "
    "cut jobs and wages."
)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        (TRIAL, "Legality_Constitutionality_and_jurisprudence"),
        (HOSPITAL, "Health_and_safety"),
        (WAR, "Security_and_defense"),
        (MARKET, "Economic"),
    ],
)
def test_the_plain_subject_of_an_article_is_its_first_frame(text: str, frame: str) -> None:
    """An article wholly about one matter has that matter's frame first, and has it."""
    scores = score_frames(read(Article(text)))
    assert scores[0].frame == frame
    assert scores[0].used


def test_scores_fall_and_stay_between_0_and_1() -> None:
    """The strongest frame comes first; only known names appear; shares of voices sum to one."""
    scores = score_frames(read(Article(TRIAL)))
    assert [s.score for s in scores] == sorted((s.score for s in scores), reverse=True)
    assert {s.frame for s in scores} <= set(FRAMES)
    for score in scores:
        assert 0 < score.score < 1
        assert score.author + score.quoted == pytest.approx(1)


def test_passages_are_the_words_that_carry_the_frame() -> None:
    """Passages are ordered spans of the unaltered text."""
    score = next(s for s in score_frames(read(Article(HOSPITAL))) if s.frame == "Health_and_safety")
    words = [span.of(HOSPITAL).lower() for span in score.passages]
    assert {"measles", "doctors", "hospital", "patients", "vaccine"} <= set(words)
    assert list(score.passages) == sorted(score.passages)


def test_the_authors_evidence_stands_apart_from_the_quoted() -> None:
    """A frame that only a quotation carries is quoted evidence."""
    text = 'She said: "The virus, the epidemic and the hospital."\nThe band played on.'
    score = next(s for s in score_frames(read(Article(text))) if s.frame == "Health_and_safety")
    assert (score.author, score.quoted) == (0, 1)


def test_boilerplate_counts_for_nothing() -> None:
    """An invitation to a newsletter about health is no health frame."""
    text = "The band played on.\nSign up here for our newsletter on vaccines, hospitals and disease."
    assert all(s.frame != "Health_and_safety" for s in score_frames(read(Article(text))))


@pytest.mark.parametrize("text", ["", "\n\n", "Xyzzy plugh.", "İİİ \ud800 ‘’", "a" * 10_000])
def test_a_text_without_evidence_has_no_frames(text: str) -> None:
    """Nothing found is an empty tuple, and odd text breaks nothing."""
    assert score_frames(read(Article(text))) == ()


def test_one_half_is_the_threshold() -> None:
    """Scores are scaled so that every frame's threshold is the same."""
    assert FrameScore("Economic", 0.5).used
    assert not FrameScore("Economic", 0.499).used


def test_a_stem_takes_any_ending_and_a_word_none() -> None:
    """A star stands for the rest of a word; without it the word stands as it is."""
    lexicon = FrameLexicon({"econom*": {0: 1.0}, "tax": {0: 2.0}, "tax cut*": {0: 3.0}})
    text = "economics, macroeconomic, taxi, tax, tax cuts"
    assert [text[h.start : h.end] for h in lexicon.hits(text)] == ["economics", "tax", "tax cuts"]


def test_of_overlapping_forms_the_longest_counts_once() -> None:
    """A phrase is not counted again as its words."""
    lexicon = FrameLexicon({"trade": {0: 1.0}, "trade war": {0: 3.0}, "war": {7: 3.0}})
    assert [h.weights for h in lexicon.hits("a trade war and a war of trade")] == [{0: 3.0}, {7: 3.0}, {0: 1.0}]


def test_every_frame_has_hundreds_of_words() -> None:
    """The shipped lexicon covers each frame with at least 150 forms."""
    weights = parse_lexicon(files("framelens.frames").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    for index, frame in enumerate(FRAMES):
        assert sum(index in frames for frames in weights.values()) >= 150, frame
    assert frame_lexicon() is frame_lexicon()


def test_an_unknown_frame_or_degree_is_refused() -> None:
    """The message says what is wrong and what is allowed."""
    with pytest.raises(LexiconError, match="unknown frame 'Economy'; allowed are Economic"):
        parse_lexicon('[weights]\nstrong = 3.0\n[frames.Economy]\nstrong = "tax"')
    with pytest.raises(LexiconError, match="unknown degree 'huge'; allowed are strong"):
        parse_lexicon('[weights]\nstrong = 3.0\n[frames.Economic]\nhuge = "tax"')


def test_the_annotation_knows_only_the_codebook() -> None:
    """The own annotation holds ids and frame names, no text, each article once."""
    table = files("framelens.training").joinpath("annotation", "frames.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert len({row["article"] for row in rows}) == len(rows) == 398
    assert all(1 <= len(row["frames"].split()) <= 6 and set(row["frames"].split()) <= set(FRAMES) for row in rows)


def test_the_model_is_one_row_a_frame() -> None:
    """Weights are 14 × 14; a frame's own evidence speaks for it."""
    model = frame_model()
    assert model.weights.shape == (14, 14)
    assert all(model.weights[i, i] == model.weights[i].max() > 0 for i in range(14))


def test_a_long_text_takes_linear_time() -> None:
    """A megabyte is scored in seconds, not minutes, and its passages stay few."""
    document = read(Article((WAR + "\n\n" + MARKET + "\n\n") * 1500))
    start = time.process_time()
    scores = score_frames(document)
    assert time.process_time() - start < 5
    assert max(len(s.passages) for s in scores) <= 40
