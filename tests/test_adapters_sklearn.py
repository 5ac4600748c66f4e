"""`framelens.adapters.sklearn`: framing features inside scikit-learn."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

from framelens.adapters.sklearn import FramingFeatures
from framelens.analyzer import Analyzer

TEXTS = [
    "The council met on Monday and approved the budget.",
    "The disgraceful regime butchered the budget, an outrageous sham.",
    "“This is a shameful sham,” said Ana Ruiz, a teacher.",
    "",
]


@pytest.fixture(scope="module")
def fitted() -> FramingFeatures:
    return FramingFeatures(model=None).fit(TEXTS)


def test_features_are_the_reports_figures(fitted: FramingFeatures) -> None:
    """Each column holds what the report says, in the order of the names."""
    frame = pd.DataFrame(fitted.transform(TEXTS), columns=fitted.get_feature_names_out())
    reports = list(Analyzer(None).pipe(TEXTS))
    assert list(frame["words"]) == [report.words for report in reports]
    assert list(frame["loaded_per_1000_words"]) == pytest.approx([report.per_1000_words for report in reports])
    assert frame["quoted_per_1000_words"][2] > 0
    assert not frame["editorializing_share"].any()
    assert not frame.isna().any(axis=None)
    categories = [c for c in frame if c.endswith("_per_1000_words") and not c.startswith(("loaded_per", "quoted_per"))]
    assert len(categories) == 10
    assert frame[categories].sum(axis=1)[1] == pytest.approx(frame["loaded_per_1000_words"][1])


def test_all_kinds_of_columns_are_taken(fitted: FramingFeatures) -> None:
    """Lists, series, arrays, one-column frames and a named column give the same rows."""
    expected = fitted.transform(TEXTS)
    frame = pd.DataFrame({"other": 1, "body": TEXTS})
    shapes = [pd.Series(TEXTS), np.array(TEXTS, dtype=object), np.array(TEXTS)[:, None], frame[["body"]], tuple(TEXTS)]
    for texts in shapes:
        np.testing.assert_array_equal(fitted.transform(texts), expected)
    named = FramingFeatures(model=None, column="body").fit(frame)
    np.testing.assert_array_equal(named.transform(frame), expected)


def test_it_gives_a_data_frame_when_asked() -> None:
    """``set_output("pandas")`` gives named columns."""
    frame = FramingFeatures(model=None).set_output(transform="pandas").fit_transform(TEXTS)
    assert isinstance(frame, pd.DataFrame)
    assert frame.columns[0] == "words"


def test_init_only_stores() -> None:
    """A clone has the same parameters, the very objects, and is not fitted."""
    ignore = ("sham",)
    original = FramingFeatures(model=None, ignore=ignore)
    assert original.get_params() == {"model": None, "column": None, "lexicons": (), "ignore": ignore, "learned": True}
    assert clone(original.fit(TEXTS)).get_params() == original.get_params()
    with pytest.raises(NotFittedError):
        clone(original).transform(TEXTS)


@pytest.mark.parametrize(
    "check",
    [
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_estimators_unfitted",
        "check_get_params_invariance",
        "check_mixin_order",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_set_output_transform",
        "check_set_params",
        "check_valid_tag_types",
    ],
)
def test_scikit_learns_own_checks(check: str) -> None:
    """The checks of scikit-learn that do not feed numbers pass; ``check_estimator`` runs few of them for texts."""
    run = getattr(estimator_checks, check, None)
    if run is None:
        pytest.skip(f"this scikit-learn has no {check}")
    run("FramingFeatures", FramingFeatures(model=None))


def test_it_stands_in_pipelines(fitted: FramingFeatures) -> None:
    """A pipeline learns from the features; a column transformer picks the text column; both pickle."""
    drop = ["words", "loaded_per_1000_words"]
    columns = ColumnTransformer([("framing", FramingFeatures(model=None), "body")]).set_output(transform="pandas")
    features = columns.fit_transform(pd.DataFrame({"body": TEXTS}))
    assert [f"framing__{name}" for name in drop] == [c for c in features.columns if c.split("__")[1] in drop]
    pipeline = make_pipeline(FramingFeatures(model=None), _Selected(), LogisticRegression()).fit(TEXTS, [0, 1, 0, 0])
    again = pickle.loads(pickle.dumps(pipeline))  # noqa: S301 - our own bytes
    assert list(again.predict(TEXTS)) == list(pipeline.predict(TEXTS))


class _Selected:
    """Without a model one column is missing throughout."""

    def fit(self, X, y=None):  # noqa: N803
        return self

    def transform(self, X):  # noqa: N803
        return np.nan_to_num(X)

    def __sklearn_tags__(self):
        return FramingFeatures().__sklearn_tags__()


def test_mistakes_are_named(fitted: FramingFeatures) -> None:
    """One string, missing texts and unclear columns are refused with what to do."""
    with pytest.raises(TypeError, match="wrap it in a list"):
        fitted.transform("one text")
    with pytest.raises(TypeError, match="text 1 is of type NoneType"):
        fitted.transform(["a", None])
    with pytest.raises(ValueError, match="name the text column"):
        fitted.transform(pd.DataFrame({"a": ["x"], "b": ["y"]}))
    with pytest.raises(ValueError, match="one column"):
        fitted.transform(np.array([["a", "b"]]))


def test_no_texts_give_no_rows(fitted: FramingFeatures) -> None:
    """An empty list gives an empty matrix with all columns."""
    assert fitted.transform([]).shape == (0, len(fitted.get_feature_names_out()))


def test_a_generator_is_read_once() -> None:
    """`fit_transform` gives a row for each text of a generator; `fit`, which would use it up, refuses one."""
    rows = FramingFeatures(model=None).fit_transform(text for text in TEXTS)
    np.testing.assert_array_equal(rows, FramingFeatures(model=None).fit_transform(TEXTS))
    with pytest.raises(TypeError, match="only once"):
        FramingFeatures(model=None).fit(text for text in TEXTS)


def test_learned_terms_have_a_column() -> None:
    """The columns of all kinds add up to the rate of loaded terms, also with the learned lexicon; none is NaN."""
    frame = FramingFeatures().set_output(transform="pandas").fit_transform(["Furious union boss slammed the sham.", ""])
    kinds = [c for c in frame if c.endswith("_per_1000_words") and not c.startswith(("loaded_per", "quoted_per"))]
    assert frame[kinds].sum(axis=1)[0] == pytest.approx(frame["loaded_per_1000_words"][0])
    assert not frame.isna().any(axis=None)
