import json
from importlib.util import find_spec

import numpy as np
import pytest
from sklearn.metrics import f1_score

from framelens import Analyzer
from framelens.errors import InputError
from framelens.evaluation.baselines import baseline_figures, baseline_probabilities, random_folds
from framelens.evaluation.classification import sentence_figures
from framelens.evaluation.sentences import SentenceFields, evaluate_sentences

LOUD, PLAIN = "What a shameful farce this sorry council is!", "The vote is on Monday."
ROWS = [{"text": LOUD, "label": "opinion", "outlet": "Bugle"}, {"text": PLAIN, "label": "news", "outlet": "Wire"}] * 10


def test_macro_f1_and_its_interval_agree_with_drawing_sentences_one_by_one():
    rng = np.random.default_rng(1)
    truth = rng.random(400) < 0.3
    probability = np.clip(0.4 * truth + rng.normal(0.3, 0.25, 400), 0, 1)
    found = sentence_figures(truth, probability, 0.5, np.zeros(400, bool))
    draws = rng.integers(0, 400, (500, 400))
    drawn = [f1_score(truth[d], probability[d] >= 0.5, average="macro") for d in draws]
    assert found.macro_f1 == pytest.approx(f1_score(truth, probability >= 0.5, average="macro"))
    assert found.macro_f1_interval == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=0.02)


@pytest.mark.parametrize("positive", [True, False])
def test_a_class_that_is_nowhere_seen_does_not_lower_macro_f1(positive):
    truth = np.full(5, positive)
    assert sentence_figures(truth, truth.astype(float), 0.5, np.zeros(5, bool)).macro_f1 == 1


def test_a_baseline_never_sees_the_sentence_it_predicts():
    """Outlets that stand in one fold only tell nothing, so every sentence gets its fold's prior."""
    truth = np.array([True, False] * 10)
    outlets = [f"outlet {row}" for row in range(20)]
    found = baseline_probabilities(["A word."] * 20, truth, random_folds(truth), outlets)
    assert found.probabilities["outlet"] == pytest.approx(0.5, abs=0.05)


def test_outlet_and_length_are_learned_where_they_tell_the_label():
    result = evaluate_sentences(ROWS, Analyzer(), SentenceFields(group="outlet"), {"opinion"})
    assert result.baselines["outlet"].macro_f1 == result.baselines["length"].macro_f1 == 1
    assert result.baselines["majority"].macro_f1 == pytest.approx(1 / 3)
    assert result.model.macro_f1 == 1


def test_a_baseline_that_cannot_be_had_is_named_with_its_reason():
    left_out = evaluate_sentences(ROWS, Analyzer(), SentenceFields(), {"opinion"}).left_out
    assert "outlet" in left_out
    assert ("vader" in left_out) == (find_spec("vaderSentiment") is None)


def test_one_row_or_one_kind_of_row_has_no_baseline():
    for rows in (ROWS[:1], ROWS[::2]):
        result = evaluate_sentences(rows, Analyzer(), SentenceFields(), {"opinion"})
        assert not result.baselines
        assert set(result.left_out) == {"majority", "length", "outlet", "vader"}


def test_baselines_are_cut_where_a_rare_class_can_be_called():
    truth = np.array([True] * 4 + [False] * 36)
    texts = ["one two three four"] * 4 + ["one two"] * 36
    found = baseline_figures(truth, baseline_probabilities(texts, truth, random_folds(truth)))
    assert found["length"].macro_f1 == 1


def test_json_nests_the_baselines():
    printed = json.loads(json.dumps(evaluate_sentences(ROWS, Analyzer(), SentenceFields(), {"opinion"}).to_dict()))
    assert {"macro_f1", "auc", "brier", "ece", "n", "threshold", "coverage"} <= printed.keys()
    assert "macro_f1" in printed["baselines"]["length"]


def test_a_row_without_its_label_is_named():
    with pytest.raises(InputError, match="row 1"):
        evaluate_sentences([{"text": "A word."}], Analyzer(), SentenceFields(), {"opinion"})
