from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from framelens.errors import LexiconError
from framelens.lexicon import builtin_lexicon, check_lexicon, load_lexicon, surface_forms
from framelens.lexicon.inflection import spelling_variants
from framelens.matcher import check_examples

HEAD = '[lexicon]\nname = "mine"\nlanguage = "en"\nversion = "1"\nlicence = "CC0-1.0"\n'
ENTRY = """
[[entry]]
id = "ferry-gate"
forms = ["ferry-gate"]
category = "name_calling"
alternatives = ["ferry contract inquiry"]
note = "Makes an inquiry a scandal."
source = "Own house style"
hits = ["The ferry-gate affair drags on."]
misses = ["The ferry was open."]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def test_shipped_lexicon_has_nothing_to_mend():
    """Keys, categories, counterparts and forms that stand twice are all checked on load."""
    assert check_lexicon(Path(str(files("framelens.lexicons") / "en"))) == ()


def test_every_shipped_hit_hits_and_every_miss_misses():
    assert check_examples(builtin_lexicon()) == []


def test_shipped_lexicon_is_as_large_as_the_readme_says():
    lexicon = builtin_lexicon()
    assert len(lexicon.entries) >= 1200
    assert sum(len(surface_forms(e.forms, e.inflect)) for e in lexicon.entries) >= 6000


def test_every_partisan_term_has_its_counterpart_and_both_sides_are_even():
    entries = builtin_lexicon().entries
    sides = Counter(entry.side for entry in entries if entry.side)
    assert sides["left"] == sides["right"] > 0
    partisan = [entry for entry in entries if entry.category == "partisan_term"]
    by_id = {entry.id: entry for entry in entries}
    assert all(by_id[e.counterpart].side != e.side for e in partisan)


def test_own_list_loads(tmp_path):
    assert load_lexicon(write(tmp_path, HEAD + ENTRY)).entries[0].id == "ferry-gate"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("note =", "nota ="), "unknown key 'nota'"),
        (('source = "Own house style"\n', ""), "'source' is missing"),
        (('"name_calling"', '"rude"'), "unknown category 'rude'"),
        (('forms = ["ferry-gate"]', "forms = []"), "'forms' must not be empty"),
        (('id = "ferry-gate"', 'id = "Ferry Gate"'), "lower-case words joined by hyphens"),
        (("[[entry]]", "[[entry]]\nseverity = 9"), "'severity' is 9 (allowed: 1, 2, 3)"),
        (("[[entry]]", '[[entry]]\nvoices = ["loud"]'), "unknown voice 'loud'"),
        (("[[entry]]", '[[entry]]\nside = "left"'), "both 'side' and 'counterpart'"),
    ],
)
def test_a_mistake_is_refused_with_place_and_what_is_allowed(tmp_path, change, message):
    path = write(tmp_path, HEAD + ENTRY.replace(*change))
    with pytest.raises(LexiconError) as refused:
        load_lexicon(path)
    assert message in str(refused.value)
    assert f"{path}:7" in str(refused.value)


def test_a_form_that_stands_twice_is_refused(tmp_path):
    twice = ENTRY + ENTRY.replace('id = "ferry-gate"', 'id = "other"')
    assert "stands also in entry 'ferry-gate'" in str(check_lexicon(write(tmp_path, HEAD + twice))[0])


@pytest.mark.parametrize("text", ["", "[lexicon", HEAD.replace('"mine"', '""'), "x = 1"])
def test_what_is_no_lexicon_is_refused(tmp_path, text):
    with pytest.raises(LexiconError):
        load_lexicon(write(tmp_path, text))


def test_bytes_that_are_not_utf8_are_refused_with_their_place(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(LexiconError, match="byte 5"):
        load_lexicon(path)


def test_examples_that_do_not_hold_are_told(tmp_path):
    wrong = ENTRY.replace("The ferry was open.", "A ferry-gate again.")
    problems = check_examples(load_lexicon(write(tmp_path, HEAD + wrong)))
    assert problems == ["entry 'ferry-gate': the miss is counted: A ferry-gate again."]


@pytest.mark.parametrize(
    ("form", "inflect", "expected"),
    [
        ("thug", "noun", {"thug", "thugs"}),
        ("cry-baby", "noun", {"cry-baby", "cry-babies"}),
        ("slam", "verb", {"slam", "slams", "slammed", "slamming"}),
        ("ram through", "verb", {"ram through", "rams through", "rammed through", "ramming through"}),
        ("vilify", "verb", {"vilify", "vilifies", "vilified", "vilifying"}),
        ("gouge", "verb", {"gouge", "gouges", "gouged", "gouging"}),
        ("nasty", "adjective", {"nasty", "nastier", "nastiest"}),
        ("utterly", "none", {"utterly"}),
    ],
)
def test_regular_inflection(form, inflect, expected):
    assert set(surface_forms([form], inflect)) == expected


def test_spelling_variants():
    assert set(spelling_variants("narco-terrorist")) == {"narco-terrorist", "narco terrorist", "narcoterrorist"}
    assert set(spelling_variants("ram * through")) == {"ram * through"}


def test_the_table_of_all_entries_is_current() -> None:
    """lexicons/README.md ends with what `framelens lexicon list -f markdown` prints."""
    from framelens.lexicon.table import markdown_table

    _, _, table = (
        (Path(__file__).parent.parent / "lexicons" / "README.md").read_text("utf-8").partition("list -f markdown -->\n")
    )
    assert table.splitlines() == list(markdown_table(builtin_lexicon().entries))
