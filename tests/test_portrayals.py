"""Portrayals: who is called what, in whose voice."""

import time

import pytest

from framelens import Article
from framelens.analyzer import read
from framelens.portrayals import portray
from framelens.text import Span, TermMatch


def labels_of(text: str, entity: str) -> list[str]:
    """The texts of the labels of the entity of that name."""
    return [label.text for p in portray(read(Article(text))) if p.entity == entity for label in p.labels]


CASES = [
    # epithets before the name
    ("The corrupt, brutal Belkov lost the vote.", "Belkov", ["corrupt", "brutal"]),
    ("They met the embattled Ostrander in May.", "Ostrander", ["embattled"]),
    ("Talks with the narco-terrorist Velkaban have failed.", "Velkaban", ["narco-terrorist"]),
    ("Voters trust their beloved Marta Lindqvist.", "Marta Lindqvist", ["beloved"]),
    ("He met former dictator Anton Reyk on a boat.", "Anton Reyk", ["former dictator"]),
    ("She wrote to billionaire Otto Brandl in June.", "Otto Brandl", ["billionaire"]),
    ("It was sold to the notorious Brandl Group.", "Brandl Group", ["notorious"]),
    ("The law was written for the greedy Norda Bank.", "Norda Bank", ["greedy"]),
    # labels after the name
    ("Velkaban terrorists took the bridge.", "Velkaban", ["terrorists"]),
    ("The army chased Velkaban fighters into the hills.", "Velkaban", ["fighters"]),
    ("Last week Orrin loyalists marched.", "Orrin", ["loyalists"]),
    ("Some Norda supporters wept.", "Norda", []),
    # appositions
    ("Ismet Karo, a prominent rebel leader and former teacher, spoke.", "Ismet Karo",
     ["prominent rebel leader", "former teacher"]),
    ("Lena Orth, the disgraced banker, fled.", "Lena Orth", ["disgraced banker"]),
    ("Norda Bank, a sinking ship of a lender, reported losses.", "Norda Bank", ["sinking ship"]),
    ("Otto Brandl, the group's founder, spoke.", "Otto Brandl", []),
    ("The embattled mayor, Joe Pike, refused to resign.", "Joe Pike", ["embattled mayor"]),
    ("Otto Brandl (a convicted swindler) left.", "Otto Brandl", ["convicted swindler"]),
    # predicates
    ("Dorn is a coward and a bully.", "Dorn", ["coward", "bully"]),
    ("Lena Orth was the architect of the plan.", "Lena Orth", ["architect"]),
    ("Belkov is corrupt.", "Belkov", ["corrupt"]),
    ("Belkov was a butcher in the war.", "Belkov", ["butcher"]),
    ("Lena Orth remains a hero to many.", "Lena Orth", ["hero"]),
    ("Belkov is expected in May.", "Belkov", []),
    ("Belkov is in town.", "Belkov", []),
    # naming
    ("Critics called Dorn a racist.", "Dorn", ["racist"]),
    ("The paper branded Lena Orth a traitor.", "Lena Orth", ["traitor"]),
    ("The court described Norda Bank as a criminal organization.", "Norda Bank", ["criminal organization"]),
    # verbs
    ("Ostrander slammed the council.", "Ostrander", ["slammed"]),
    ("Belkov has repeatedly threatened the press.", "Belkov", ["threatened"]),
    ("Ostrander walked home.", "Ostrander", []),
    ("Lena Orth openly boasted of it.", "Lena Orth", ["boasted"]),
    # institutions
    ("The struggling unity government fell.", "unity government", ["struggling"]),
    ("The struggling unity government met. Later the Velkan government fell.", "Velkan government", ["struggling"]),
    ("The Belkov regime jailed him.", "Belkov regime", ["regime"]),
    ("The Velkan government is corrupt. The cruel regime jailed him.", "Velkan government",
     ["corrupt", "cruel", "regime"]),
    ("The corrupt government resigned.", "government", ["corrupt"]),
    ("He praised the heroic Velkan army.", "Velkan army", ["heroic"]),
    # labels that mean somebody already named
    ("On Monday the Velkaban took the bridge. The terrorist group then left.", "Velkaban", ["terrorist group"]),
    ("President Ana Ruiz flew to the coast. The dictator ignored the protests.", "Ana Ruiz", ["dictator"]),
    ("On Monday the Velkaban took the bridge. The group then left.", "Velkaban", []),
    ("Ana Ruiz flew to the coast. The leader of the guild stayed.", "Ana Ruiz", []),
    # what only stands near a name
    ("The documents Orth kept were lost.", "Orth", []),
    ("Earlier this week, blogger Lena Orth wrote.", "Lena Orth", ["blogger"]),
    ("Norda Bank rejected Velkan demands in May.", "Velkan", []),
    ("The lawyer challenging Norda Bank spoke.", "Norda Bank", []),
    ("Marta Lindqvist defeated Lena Orth.", "Lena Orth", []),
    ("They hope to outwit Lena Orth.", "Lena Orth", []),
    ("At the Norda Bank, the immediate review began.", "Norda Bank", []),
    ("Ana Ruiz hailed as a saviour of the coast.", "Ana Ruiz", []),
    ("Lena Orth, 47-year-old Otto Brandl and others left.", "Otto Brandl", []),
    ("He has met former Velkaban spokesman Otto Brandl.", "Velkaban", []),
    ("It was, Lena Orth, a move of despair.", "Lena Orth", []),
    ("The corrupt Velkan government contractor slept.", "Velkan government", []),
    ("A corrupt government falls. Sensible government lasts.", "government", []),
    ("On Monday Lena Orth spoke. The radical left cheered.", "Lena Orth", []),
    ("Lena Orth is absolutely corrupt.", "Lena Orth", ["corrupt"]),
    ("Voters heard the openly corrupt Otto Brandl.", "Otto Brandl", ["openly corrupt"]),
    ("Lena Orth is not a coward.", "Lena Orth", []),
    # names
    ("Brandl met the greedy Otto W. Brandl.", "Otto W. Brandl", ["greedy"]),
    ("They met the timid Lena O’Dell.", "Lena O’Dell", ["timid"]),
    ("We saw the gloomy North Velka.", "North Velka", []),
    ("He fled the brutal North Velka regime.", "North Velka regime", ["brutal", "regime"]),
    ("Otto Brandl and the timid Lena Brandl came. The greedy Brandl left.", "Lena Brandl", ["timid", "greedy"]),
    ("Sometimes, critics say, this is a farce.", "Sometimes", []),
    # merging
    ("Ana Ruiz came. The ruthless Ruiz won.", "Ana Ruiz", ["ruthless"]),
    ("Mr. Dorn slept. The cowardly Dorn fled.", "Dorn", ["cowardly"]),
    ("The reclusive Ruiz came. Later Ana Ruiz left.", "Ana Ruiz", ["reclusive"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entity", "expected"), CASES, ids=[text[:45] for text, _, _ in CASES])
def test_labels_are_found_and_nothing_else(text: str, entity: str, expected: list[str]) -> None:
    """Each sentence gives its entity exactly these labels, in order of place."""
    assert labels_of(text, entity) == expected


def test_the_voice_of_a_label_is_the_voice_it_stands_in() -> None:
    """What a source calls somebody is not what the article calls them."""
    text = "“Dorn is a liar,” said Mrs. Hale.\n\nThe cowardly Dorn fled to the coast."
    (dorn,) = [p for p in portray(read(Article(text))) if p.entity == "Dorn"]
    assert [(label.text, label.voice) for label in dorn.labels] == [("liar", "direct"), ("cowardly", "author")]
    assert dorn.mentions == 2


def test_spans_point_at_the_labels() -> None:
    """A label's span gives its text back, without the quotation marks around it."""
    text = "The ‘tired’ Velkaban met the rebels.\n\nThe “heroic” Lena Orth watched."
    for portrayal in portray(read(Article(text))):
        for label in portrayal.labels:
            assert label.span.of(text) == label.text
            assert label.text.isalpha()


def test_a_loaded_term_labels_where_grammar_does_not_tell() -> None:
    """A judging word without a determiner counts when a lexicon knows it."""
    text = "They spoke with crackpot Otto Brandl."
    span = Span(text.index("crackpot"), text.index("crackpot") + 8)
    match = TermMatch(span, "crackpot", "crackpot", "test", "label", 0, "author")
    assert portray(read(Article(text)), ())[:1] == ()
    assert portray(read(Article(text)), (match,))[0].labels[0].text == "crackpot"


def test_a_headline_with_capitals_adds_no_entities() -> None:
    """In a headline only names that the text itself knows count, so that its verbs are no names."""
    text = "Velkaban Invites Foreign Rebels to Secret Talks\n\nOn Monday Velkaban terrorists took the bridge."
    assert [(p.entity, p.mentions) for p in portray(read(Article(text)))] == [("Velkaban", 2)]


@pytest.mark.parametrize("text", ["", "\n", "no names at all here.", "A.", "“”’ İ \ud800 ,", "Of The And"])
def test_a_text_without_names_has_no_portrayals(text: str) -> None:
    """Odd and empty texts give an empty tuple."""
    assert portray(read(Article(text))) == ()


def test_a_long_text_takes_linear_time() -> None:
    """Twice the text takes about twice the time, a run of capitals too."""

    def seconds(text: str) -> float:
        document = read(Article(text))
        start = time.process_time()
        portray(document)
        return time.process_time() - start

    for piece in ("The corrupt Belkov, a bully, slammed the timid Lena Orth. ", "Belkov Orth Dorn Ruiz "):
        seconds(piece * 200)
        assert seconds(piece * 4000) < 6 * seconds(piece * 1000) + 0.2
