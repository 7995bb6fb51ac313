import pytest

from pipeline.morphology import convert
from tests.databases import database_of_2020, stems
from tests.taggers import tagger
from transforms.camel_analyser import CamelAnalyser
from transforms.known_words import fingerprint, known_word_bytes, open_known_words
from transforms.lexicon import load_lexicon

WORDS = ["كتاب", "والكتاب", "كُتّاب", "ان", "وكتاب", "ولد"]


def content(analyser, words, fingerprint="now"):
    """A file of what is known of some words."""
    known = analyser.know(words)
    return known_word_bytes(known, analyser.claims, {"fingerprint": fingerprint})


@pytest.fixture
def database(tmp_path):
    (tmp_path / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (tmp_path / "tiny.db").write_text(convert(database_of_2020(stems())))
    return tmp_path / "tiny.db"


@pytest.fixture
def analyser(database):
    return CamelAnalyser(load_lexicon(database), tagger(), "CONTEXT")


def with_known(database, known):
    return CamelAnalyser(load_lexicon(database), tagger(), "CONTEXT", known)


def test_words_from_a_file_are_those_that_would_be_looked_up(database, analyser, tmp_path):
    file = tmp_path / "known.arrow"
    file.write_bytes(content(analyser, WORDS))
    known = open_known_words(file, "now")
    assert len(known) == len(WORDS)
    found = [known.get(word)._replace(codes=known.codes(word)) for word in WORDS]
    assert found == analyser.know(WORDS)


def test_a_sentence_gets_the_same_rows_with_and_without_a_file(database, analyser, tmp_path):
    file = tmp_path / "known.arrow"
    file.write_bytes(content(analyser, WORDS[::2]))
    ahead = with_known(database, open_known_words(file, "now"))
    sentence = ["ان", "كُتّاب", ".", "ولد", "أدبلوك", "والكتاب"]
    expected = analyser.analyse([analyser.know(sentence)])
    assert ahead.analyse([ahead.know(sentence)]) == expected


def test_what_has_no_choices_is_left_out(analyser, tmp_path):
    file = tmp_path / "known.arrow"
    file.write_bytes(content(analyser, ["كتاب", "2015", "."]))
    known = open_known_words(file, "now")
    assert len(known) == 1
    assert known.get("2015") is None


def test_a_file_made_of_something_else_is_passed_over(analyser, tmp_path):
    file = tmp_path / "known.arrow"
    file.write_bytes(content(analyser, WORDS, "then"))
    assert open_known_words(file, "now") is None


@pytest.mark.parametrize("damaged", [b"", b"ARROW1", b"not a table"])
def test_a_damaged_or_missing_file_is_passed_over(tmp_path, damaged):
    file = tmp_path / "known.arrow"
    assert open_known_words(file, "now") is None
    file.write_bytes(damaged)
    assert open_known_words(file, "now") is None


def test_the_fingerprint_tells_databases_taggers_and_backoffs_apart(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    one, other = tmp_path / "a", tmp_path / "b"
    found = {
        fingerprint(one, one, "NONE"),
        fingerprint(other, one, "NONE"),
        fingerprint(one, other, "NONE"),
        fingerprint(one, one, "CONTEXT"),
    }
    assert len(found) == 4
    assert fingerprint(one, one, "NONE") in found
