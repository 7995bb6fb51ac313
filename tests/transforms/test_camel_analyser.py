import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.morphology import convert
from schemas.records import TokenAnalysis
from tests.databases import database_of_2020, stems
from tests.taggers import tagger
from transforms import camel_analyser
from transforms.camel_analyser import CamelAnalyser, load_analyser, model_view
from transforms.lemma_priors import Count, LemmaPriors, lemma_key
from transforms.lexicon import load_lexicon

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
SOURCES = {"lexicon", "spelling_variant", "backoff", "punctuation", "digit", "foreign"}
TOKENS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text("ابتكلمنهويأإآةىءپگیـًَّْ١2.،#", min_size=1, max_size=12),
)


def is_valid(token, found):
    """Whether every column of an analysis holds what its description says."""
    for name, kind in TokenAnalysis.__annotations__.items():
        value = getattr(found, name)
        if value is None:
            assert "None" in str(kind), name
        elif isinstance(value, str):
            assert value != "", name
    assert "NOAN" not in "".join([found.lemma, found.diac, found.d3, found.atb]) or "NOAN" in token
    assert found.upos in UPOS
    assert found.analysis_source in SOURCES
    assert 0 < found.analysis_score <= 1
    assert found.analysis_count >= 1
    return True


def tiny_analyser(folder, entries, backoff="CONTEXT", model=None):
    (folder / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (folder / "tiny.db").write_text(convert(database_of_2020(entries)))
    return CamelAnalyser(load_lexicon(folder / "tiny.db"), model or tagger(), backoff)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """An analyser with the database of `tests/databases.py`."""
    return tiny_analyser(tmp_path_factory.mktemp("tiny"), stems())


def analyse(analyser, *words):
    known = dict(zip(words, analyser.know(words), strict=True))
    return analyser.analyse([[known[word] for word in words]])[0]


def one(analyser, word):
    return analyse(analyser, word)[0]


def test_the_lexicon_sees_words_without_marks_tatweel_and_persian_letters():
    assert model_view("كِتَابٌ") == "كتاب"
    assert model_view("كـــتاب") == "كتاب"
    assert model_view("یک") == "يك"
    assert model_view("أُدبلوك") == "أدبلوك"


def test_words_of_a_small_lexicon(tiny):
    book = one(tiny, "والكتاب")
    assert (book.lemma, book.lemma_id, book.root) == ("كِتاب", "كِتاب_1", "ك.ت.ب")
    assert (book.prc2, book.prc0, book.stt) == ("wa_conj", "Al_det", "d")
    assert book.feats == "Definite=Def|Gender=Masc|Number=Sing"
    assert one(tiny, "ان").analysis_source == "spelling_variant"
    assert one(tiny, "ولد").lemma == "وَلَد"
    assert one(tiny, "أدبلوك").analysis_source == "backoff"
    assert one(tiny, "2015").pos == "digit"


def test_diacritics_of_the_author_choose_among_analyses(tiny):
    assert one(tiny, "كِتاب").lemma == "كِتاب"
    assert one(tiny, "كُتّاب").lemma == "كاتِب"
    assert one(tiny, "كتـــاب") == one(tiny, "كتاب")


def test_the_sentence_chooses_among_analyses(tmp_path):
    model = tagger(values=["cas=n", "cas=u"], after={"ان": {"cas=n": 9.0}})
    analyser = tiny_analyser(tmp_path, stems(), model=model)
    assert [row.cas for row in analyse(analyser, "ولد", "كتاب", "ان")][1] == "u"
    assert [row.cas for row in analyse(analyser, "ان", "كتاب", "ولد")][1] == "n"


def test_counts_of_the_treebank_give_the_present_part_of_speech(tmp_path):
    counted = LemmaPriors({lemma_key("كِتاب"): (Count("noun_quant", -3.0),)}, {}, {})
    analyser = tiny_analyser(tmp_path, stems(), model=tagger(counted))
    assert one(analyser, "كتاب").pos == "noun_quant"


def test_without_backoff_an_unknown_word_still_has_a_row(tmp_path):
    found = one(tiny_analyser(tmp_path, stems(), "NONE"), "أَدبلوك")
    assert is_valid("أَدبلوك", found)
    assert (found.lemma, found.upos, found.analysis_source) == ("أدبلوك", "X", "backoff")


def test_a_name_is_offered_besides_the_lexicons_analyses(tmp_path, tiny):
    alone = tiny_analyser(tmp_path, stems(), "NOAN_PROP")
    assert one(tiny, "لد").analysis_count > one(alone, "لد").analysis_count
    assert one(tiny, "لد").analysis_source == "lexicon"


def test_an_unheard_of_backoff_is_refused(tmp_path):
    with pytest.raises(ValueError, match="NOAN_PROP"):
        tiny_analyser(tmp_path, stems(), "GUESS")


def test_the_order_of_the_database_does_not_matter(tmp_path, tiny):
    reversed_ = tiny_analyser(tmp_path, stems()[::-1])
    for word in ("كتاب", "والكتاب", "وكتابه", "ان", "ولد", "أدبلوك", "والزنتان"):
        assert one(reversed_, word) == one(tiny, word)


@given(token=TOKENS)
def test_any_token_gets_a_valid_analysis(tiny, token):
    assert is_valid(token, one(tiny, token))


def test_every_word_of_every_sentence_has_its_row(tiny):
    words = ["كتاب", ".", "ولد"]
    known = dict(zip(words, tiny.know(words), strict=True))
    given = [[], ["كتاب", "."], [], ["."], ["ولد", "كتاب"]]
    rows = tiny.analyse([[known[word] for word in sentence] for sentence in given])
    assert [len(row) for row in rows] == [0, 2, 0, 1, 2]
    assert tiny.analyse([]) == []
    assert tiny.analyse([[]]) == [()]


def test_rows_are_made_again_when_they_are_not_remembered(tiny):
    known = dict(zip(["كتاب", "ان"], tiny.know(["كتاب", "ان"]), strict=True))
    (first,) = tiny.analyse([[known["كتاب"]]])
    known["كتاب"].rows.clear()
    assert tiny.analyse([[known["كتاب"], known["ان"]]])[0][0] == first[0]


def test_many_sentences_go_through_in_parts_that_do_not_matter(tiny, monkeypatch):
    words = ["كتاب", "ان", "ولد", "،"]
    known = tiny.know(words)
    sentences = [known[: 1 + number % 4] for number in range(50)]
    whole = tiny.analyse(sentences)
    monkeypatch.setattr(camel_analyser, "_TOKENS_AT_ONCE", 3)
    assert tiny.analyse(sentences) == whole


def test_an_analyser_is_loaded_once_however_many_threads_ask(monkeypatch):
    loads = []
    monkeypatch.setattr(camel_analyser, "load_lexicon", lambda path: loads.append(path) or path)
    monkeypatch.setattr(camel_analyser, "load_context_model", lambda path: tagger())
    monkeypatch.setattr(camel_analyser, "fingerprint", lambda *_: "")
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(load_analyser("once.db", "t", "NONE")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    assert len(set(map(id, found))) == 1
