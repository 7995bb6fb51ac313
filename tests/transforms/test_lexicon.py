from collections import Counter

import pytest

from pipeline.morphology import DEFAULT_FOLDER, convert
from tests.databases import database_of_2020
from tests.merging import merge
from transforms.lexicon import NORMALISED, load_lexicon


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    folder = tmp_path_factory.mktemp("morphology")
    (folder / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (folder / "tiny.db").write_text(convert(database_of_2020()))
    return load_lexicon(folder / "tiny.db")


def merged(lexicon, candidates):
    return [merge(lexicon, candidate) for candidate in candidates]


def test_a_missing_database_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"python -m pipeline\.morphology"):
        load_lexicon(tmp_path / "none.db")


def test_prefix_stem_and_suffix_that_go_together_are_found(lexicon):
    found = merged(lexicon, lexicon.analyses("والكتاب"))
    assert Counter(analysis["diac"] for analysis in found) == Counter(
        ["وَالكِتاب", "وَالكِتابُ", "وَالكُتّاب", "وَالكُتّابُ"]
    )
    assert {analysis["stt"] for analysis in found} == {"d"}


def test_an_article_does_not_go_with_a_pronoun(lexicon):
    assert [a["enc0"] for a in merged(lexicon, lexicon.analyses("كتابه"))] == ["3ms_poss"] * 2
    assert list(lexicon.analyses("الكتابه")) == []


def test_the_raw_lemma_is_kept_beside_the_stripped_one(lexicon):
    analysis = merged(lexicon, lexicon.analyses("كتاب"))[0]
    assert (analysis["lex"], analysis["lex_id"]) == ("كِتاب", "كِتاب_1")


def test_hamza_does_not_matter_to_the_search(lexicon):
    for word in ("ان", "أن", "إن"):
        assert [a["diac"] for a in merged(lexicon, lexicon.analyses(word))] == ["أَنَّ"]


def test_a_word_outside_the_lexicon_has_no_analyses_but_guesses(lexicon):
    assert list(lexicon.analyses("وأدبلوك")) == []
    guesses = merged(lexicon, lexicon.guesses("وأدبلوك", "PROP"))
    assert {(guess["lex"], guess["d3tok"]) for guess in guesses} == {
        ("وأدبلوك", "وأدبلوك"),
        ("أدبلوك", "وَأدبلوك"),
    }
    assert not any("NOAN" in str(value) for guess in guesses for value in guess.values())


def test_candidates_say_gender_and_number_of_the_form_where_the_lexicon_leaves_them_open(lexicon):
    candidate = next(iter(lexicon.analyses("كتاب")))
    assert candidate.stem.features["num"] == "-"
    assert (candidate.value("gen"), candidate.value("num")) == ("m", "s")
    assert candidate.value("unheard_of") == "-"


@pytest.mark.models
def test_words_are_normalised_as_camel_tools_does():
    load_lexicon(DEFAULT_FOLDER / "almor-msa-r13.db")
    from camel_tools.morphology.analyzer import DEFAULT_NORMALIZE_MAP

    letters = "".join(map(chr, range(0x600, 0x700)))
    assert letters.translate(NORMALISED) == DEFAULT_NORMALIZE_MAP.map_string(letters)


WORDS = """
كتاب وموسكو والكتاب يتوقع للأمم بأن ان الى احمد فى على كان وقال فيها سنكتبها أفلا لليبيا بالفلوجة
المسلحون المتحدة رئيس الوزراء وزير الخارجية الروسي لافروف سيرغي أدبلوك والزنتان شؤون مسؤولية هذا
""".split()


@pytest.mark.models
def test_the_search_finds_what_camel_tools_finds():
    path = DEFAULT_FOLDER / "almor-msa-r13.db"
    lexicon = load_lexicon(path)
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB

    camel = Analyzer(MorphologyDB(str(path)), "NOAN_PROP")
    names = "diac lex bw pos gloss root pattern prc3 prc2 prc1 prc0 enc0 d3tok atbtok".split()
    names += "asp cas gen num per mod stt vox rat pos_lex_logprob lex_logprob pos_logprob".split()
    for word in WORDS:
        theirs = [a for a in camel.analyze(word) if a["source"] != "backoff"]
        ours = merged(lexicon, lexicon.analyses(word))
        assert Counter(tuple(a[name] for name in names) for a in ours) == Counter(
            tuple(a[name] for name in names) for a in theirs
        )


def test_what_is_forgotten_is_read_anew(lexicon, monkeypatch):
    from transforms import lexicon as module

    words = ["والكتاب", "كتابه", "كتاب", "ولد"]
    expected = [merged(lexicon, lexicon.analyses(word)) for word in words]
    monkeypatch.setattr(module, "_ENDS_REMEMBERED", 1)
    monkeypatch.setattr(module, "_FEATURES_REMEMBERED", 1)
    forgetful = module.Lexicon(lexicon._tables)
    for _ in range(2):
        assert [merged(forgetful, forgetful.analyses(word)) for word in words] == expected
