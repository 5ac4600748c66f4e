import json

import pytest

from framelens import Analyzer
from framelens.counterparts import counterpart_groups
from framelens.errors import InputError
from framelens.evaluation.even_handedness import evaluate_swaps
from framelens.features import TOKEN


@pytest.fixture(scope="module")
def figures():
    return evaluate_swaps(Analyzer())


def test_mirrored_words_are_single_tokens_and_stand_in_one_group_only():
    groups = counterpart_groups()
    words = [word for group in groups for word in group]
    assert all(len(group) > 1 for group in groups)
    assert len(words) == len(set(words))
    assert all(TOKEN.fullmatch(word) and word == word.lower() for word in words)


def test_the_battery_is_as_large_as_promised(figures):
    """At least 25 neutral templates with 40 identities, and 60 sentences whose names are swapped."""
    assert figures.neutral_sentences >= 25 * 40
    assert figures.swaps >= 60 * 20
    assert {g.group for g in figures.groups} >= {"religions", "nationalities", "genders", "parties", "governors"}


def test_plain_reports_are_not_called_editorializing_for_whom_they_are_about(figures):
    assert figures.neutral_editorializing_share <= 0.02


def test_names_move_the_shipped_model_no_more_than_was_reached(figures):
    """The aims are .02 and .10."""
    assert figures.mean_change <= 0.035
    assert figures.max_change <= 0.60


def test_a_change_is_the_difference_of_two_fillings(figures):
    worst = figures.worst[0]
    slot = worst.template[worst.template.index("{") : worst.template.index("}") + 1]
    first, second = Analyzer().pipe(worst.template.replace(slot, name) for name in (worst.first, worst.second))
    # `pipe` reads a text as an article, whose only sentence is this one.
    assert first.scores[0].probability - second.scores[0].probability == pytest.approx(worst.change, abs=1e-3)


def test_without_a_model_there_is_nothing_to_swap():
    with pytest.raises(InputError, match="model"):
        evaluate_swaps(Analyzer(None))


def test_figures_are_plain_json(figures):
    assert json.loads(json.dumps(figures.to_dict()))["groups"][0]["swaps"] > 0
