import numpy as np

from framelens.classifier import EditorializingClassifier
from framelens.features import WordTable
from framelens.training.examples import Example
from framelens.training.folds import cross_validate, group_folds, markdown_table

LOUD, PLAIN = "What a shameful farce this sorry council is!", "The vote in ward {} is on Monday."


def examples(count=60):
    rows = [(LOUD if n % 2 else PLAIN.format(n), n % 2) for n in range(count)]
    return [
        Example(text, float(label), bool(label), "babe", f"outlet {n % 11}", f"topic {n % 13}", False)
        for n, (text, label) in enumerate(rows)
    ]


def test_a_group_is_never_split_over_folds():
    groups = [f"outlet {n % 11}" for n in range(110)]
    folds = group_folds(groups)
    assert len(set(folds)) == 5
    assert all(len({fold for fold, name in zip(folds, groups, strict=True) if name == group}) == 1 for group in groups)


def test_folds_judge_what_their_model_never_saw_beside_baselines():
    rows = examples()
    classifier = EditorializingClassifier(
        WordTable.random([r.text for r in rows], 0), filters=8, epochs=6, word_dropout=0.0
    )
    figures = cross_validate(rows, group_folds([r.group for r in rows]), classifier)
    assert figures["framelens"].n == len(rows)
    assert figures["framelens"].macro_f1 > 0.9
    assert {"majority", "length", "outlet"} <= figures.keys()
    assert markdown_table({"by outlet": figures}).count("\n") == 1 + len(figures)
    assert np.isfinite(figures["framelens"].brier)
