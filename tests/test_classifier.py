import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.pipeline import make_pipeline

from framelens import Analyzer, ModelError
from framelens.classifier import EditorializingClassifier
from framelens.model_io import load_model, save_model

OPINION = ["What a shameful farce this is!", "We must stop this madness.", "Surely nobody believes such lies."]
REPORT = ["The vote is on Monday.", "Prices rose 3 percent in May.", "The court heard two witnesses."]
X, Y = (OPINION + REPORT) * 4, ([1] * 3 + [0] * 3) * 4
DEFAULT = Path(str(files("framelens.models") / "default"))


def small(**parameters):
    return EditorializingClassifier(filters=8, epochs=6, word_dropout=0.0, dropout=0.0, **parameters)


def test_it_learns_and_keeps_to_the_estimators_contract():
    fitted = small().fit(X, Y)
    assert fitted.predict(OPINION + REPORT).tolist() == [1, 1, 1, 0, 0, 0]
    assert np.allclose(fitted.predict_proba(X).sum(axis=1), 1)
    assert clone(fitted).get_params() == fitted.get_params()
    assert small(random_state=3).fit(X, Y).decision_function(X) == pytest.approx(
        small(random_state=3).fit(X, Y).decision_function(X)
    )


def test_it_works_in_pipelines_grids_and_folds():
    assert len(cross_val_predict(make_pipeline(small()), X, Y, cv=2, method="predict_proba")) == len(X)
    assert GridSearchCV(small(), {"filters": [4, 8]}, cv=2).fit(X, Y).best_params_["filters"] in (4, 8)


def test_unfitted_or_wrong_input_is_refused():
    with pytest.raises(NotFittedError):
        small().predict(X)
    for wrong, labels in (([], []), (X, [2] * len(X)), (X, [1])):
        with pytest.raises(ValueError, match=r"needs|labels"):
            small().fit(wrong, labels)


def test_logit_is_the_sum_of_its_named_contributions():
    report = Analyzer(explain=True).analyze("\n".join([*OPINION, *REPORT, "“A sham,” she said."]))
    for score in report.scores:
        assert sum(c.value for c in score.contributions) == pytest.approx(score.logit, abs=1e-4)


def test_a_score_does_not_depend_on_the_batch():
    analyzer = Analyzer()
    together = [report.scores[0].logit for report in analyzer.pipe(X)]
    assert together == pytest.approx([analyzer.analyze(text).scores[0].logit for text in X], abs=1e-4)


def test_a_saved_model_scores_as_before(tmp_path):
    fitted = small().fit(X, Y)
    save_model(tmp_path / "m", fitted, {"name": "m", "threshold": 0.5, "margin": 0.1, "base_rate": 0.5}, "card")
    loaded = load_model(tmp_path / "m").classifier
    assert loaded.decision_function(X) == pytest.approx(fitted.decision_function(X), abs=0.15)


def alter(folder, change):
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config.update(change)
    (folder / "config.json").write_text(json.dumps(config), "utf-8")


@pytest.mark.parametrize("change", [{"threshold": 0.1}, {"version": 99}, {"arrays_sha256": "0"}])
def test_an_altered_model_is_refused(tmp_path, change):
    folder = tmp_path / "m"
    shutil.copytree(DEFAULT, folder)
    alter(folder, change)
    with pytest.raises(ModelError):
        load_model(folder)


def test_a_model_with_a_pickle_beside_it_is_refused(tmp_path):
    folder = tmp_path / "m"
    shutil.copytree(DEFAULT, folder)
    (folder / "model.pkl").write_bytes(b"\x80")
    with pytest.raises(ModelError, match=r"model\.pkl"):
        load_model(folder)


def test_base_rate_moves_every_probability_the_same_way():
    model = load_model()
    rare = Analyzer(model.at_base_rate(0.05)).analyze("A sham.").scores[0]
    assert rare.probability < Analyzer(model).analyze("A sham.").scores[0].probability


SENTENCES = ("{} met reporters on Monday.", "The mayor thanked {} for the report.", "{} make up a third of the town.")
GROUPS = ("Christians", "Muslims", "Jews", "Democrats", "Republicans", "women", "men", "immigrants", "Black voters")


def test_neutral_sentences_about_groups_are_not_called_editorializing():
    """At most one in fifty, and no group's mean lies far from the others'."""
    texts = [sentence.format(group) for sentence in SENTENCES for group in GROUPS]
    scores = [report.scores[0] for report in Analyzer().pipe(texts)]
    assert sum(score.label == "editorializing" for score in scores) <= 0.02 * len(texts)
