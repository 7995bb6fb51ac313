import pickle
import threading
import unicodedata
from dataclasses import fields
from functools import partial

import apache_beam as beam
import pytest
from apache_beam.testing import test_pipeline, util
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.morphology import DEFAULT_FOLDER, convert
from schemas.records import Shard, SplitArticle, TokenAnalysis
from schemas.settings import AnalyseSettings
from tests.articles import analysis, annotated
from tests.databases import database_of_2020, stems
from transforms import analyse
from transforms.analyse import (
    Analyse,
    AnalyseShards,
    CamelAnalyser,
    WordMemory,
    analyse_shard,
    load_analyser,
    model_view,
    shared_memory,
)
from transforms.lexicon import load_lexicon

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
SOURCES = {"lexicon", "spelling_variant", "backoff", "punctuation", "digit", "foreign"}
TOKENS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text("ابتكلمنهويأإآةىءپگیـًَّْ١2.،#", min_size=1, max_size=12),
)


class FakeAnalyser:
    """Knows every word but انفجر, and counts what it is asked."""

    def __init__(self):
        self.asked = []

    def analyse(self, word):
        self.asked.append(word)
        if word == "انفجر":
            raise ValueError("cannot")
        return analysis(word, analysis_source="backoff" if word == "لافروف" else "lexicon")


FAKE = FakeAnalyser()


def the_fake():
    return FAKE


def split(*texts, doc_id="d0"):
    article = annotated(doc_id, texts)
    return SplitArticle(article.article, article.sentences)


def is_valid(token, found):
    for field in fields(TokenAnalysis):
        value = getattr(found, field.name)
        if value is None:
            assert "None" in str(field.type), field.name
        elif isinstance(value, str):
            assert value != "", field.name
    assert "NOAN" not in "".join([found.lemma, found.diac, found.d3, found.atb]) or "NOAN" in token
    assert found.upos in UPOS
    assert found.analysis_source in SOURCES
    assert 0 < found.analysis_score <= 1
    assert found.analysis_count >= 1
    return True


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """An analyser with the database of `tests/databases.py`."""
    return tiny_analyser(tmp_path_factory.mktemp("tiny"), stems())


def tiny_analyser(folder, entries, backoff="NOAN_PROP"):
    (folder / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (folder / "tiny.db").write_text(convert(database_of_2020(entries)))
    return CamelAnalyser(load_lexicon(folder / "tiny.db"), backoff)


def test_the_lexicon_sees_words_without_marks_tatweel_and_persian_letters():
    assert model_view("كِتَابٌ") == "كتاب"
    assert model_view("كـــتاب") == "كتاب"
    assert model_view("یک") == "يك"
    assert model_view("أُدبلوك") == "أدبلوك"


def test_diacritics_of_the_author_do_not_change_the_analysis(tiny):
    assert tiny.analyse("كُتّاب") == tiny.analyse("كتاب") == tiny.analyse("كتـــاب")


def test_words_of_a_small_lexicon(tiny):
    book = tiny.analyse("والكتاب")
    assert (book.lemma, book.lemma_id, book.root) == ("كِتاب", "كِتاب_1", "ك.ت.ب")
    assert (book.prc2, book.prc0, book.stt) == ("wa_conj", "Al_det", "d")
    assert book.feats == "Definite=Def|Gender=Masc|Number=Sing"
    assert tiny.analyse("ان").analysis_source == "spelling_variant"
    assert tiny.analyse("ولد").lemma == "وَلَد"
    assert tiny.analyse("أدبلوك").analysis_source == "backoff"
    assert tiny.analyse("2015").pos == "digit"


def test_without_backoff_an_unknown_word_still_has_a_row(tmp_path):
    found = tiny_analyser(tmp_path, stems(), "NONE").analyse("أَدبلوك")
    assert is_valid("أَدبلوك", found)
    assert (found.lemma, found.upos, found.analysis_source) == ("أدبلوك", "X", "backoff")


def test_an_added_backoff_never_beats_the_lexicon(tmp_path, tiny):
    added = tiny_analyser(tmp_path, stems(), "ADD_PROP").analyse("لد")
    assert added.analysis_source == "lexicon"
    assert added.analysis_count > tiny.analyse("لد").analysis_count


def test_an_unheard_of_backoff_is_refused(tmp_path):
    with pytest.raises(ValueError, match="NOAN_PROP"):
        tiny_analyser(tmp_path, stems(), "GUESS")


def test_the_order_of_the_database_does_not_matter(tmp_path, tiny):
    reversed_ = tiny_analyser(tmp_path, stems()[::-1])
    for word in ("كتاب", "والكتاب", "وكتابه", "ان", "ولد", "أدبلوك", "والزنتان"):
        assert reversed_.analyse(word) == tiny.analyse(word)


@given(token=TOKENS)
def test_any_token_gets_a_valid_analysis(tiny, token):
    assert is_valid(token, tiny.analyse(token))


def test_a_word_is_analysed_once_and_remembered():
    analyser = FakeAnalyser()
    memory = WordMemory(analyser, 10)
    first, was_known = memory.look_up("كتاب")
    assert not was_known
    assert memory.look_up("كتاب") == (first, True)
    assert analyser.asked == ["كتاب"]


def test_the_memory_is_bounded_and_forgets_what_was_asked_longest_ago():
    memory = WordMemory(FakeAnalyser(), 2)
    for word in ("أ", "ب", "أ", "ج"):
        memory.look_up(word)
    assert len(memory) == 2
    assert [memory.look_up(word)[1] for word in ("أ", "ج", "ب")] == [True, True, False]


@given(st.lists(st.sampled_from("أبجدهوز"), max_size=60), st.integers(1, 8))
def test_the_memory_never_changes_an_analysis(words, capacity):
    analyser, memory = FakeAnalyser(), WordMemory(FakeAnalyser(), capacity)
    assert [memory.look_up(w)[0] for w in words] == [analyser.analyse(w) for w in words]
    assert len(memory) <= capacity


def test_every_token_has_its_analysis():
    article = split("قال لافروف في موسكو.", "ثم قال.")
    (done,) = analyse_shard(Shard(3, (article,)), WordMemory(FakeAnalyser(), 9)).articles
    assert done.article is article.article
    assert [[a.lemma for a in row] for row in done.analyses] == [
        list(sentence.tokens) for sentence in article.sentences
    ]


def test_an_article_that_fails_is_rejected_alone():
    articles = split("قال.", doc_id="d1"), split("انفجر الوضع."), split("عاد.", doc_id="d2")
    done = analyse_shard(Shard(0, articles), WordMemory(FakeAnalyser(), 9))
    assert [article.article.origin.doc_id for article in done.articles] == ["d1", "d2"]
    (rejection,) = done.rejections
    assert (rejection.stage, rejection.reason) == ("analyse", "internal")


def test_the_metrics_count_tokens_misses_and_unknown_words():
    memory = WordMemory(FakeAnalyser(), 9)
    first = analyse_shard(Shard(0, (split("قال لافروف قال."),)), memory)
    again = analyse_shard(Shard(1, (split("قال لافروف في موسكو."),)), memory)
    names = ("analyse.tokens", "analyse.misses", "analyse.unknown")
    assert [first.metrics[name] for name in names] == [4, 3, 1]
    assert [again.metrics[name] for name in names] == [5, 2, 1]
    assert first.metrics["seconds.analyse"] > 0


def test_one_memory_serves_all_transforms_with_the_same_analyser():
    analyser = FakeAnalyser()
    assert shared_memory(analyser, 5) is shared_memory(analyser, 5)
    assert shared_memory(analyser, 5) is not shared_memory(FakeAnalyser(), 5)


def test_a_database_is_loaded_once_however_many_threads_ask(monkeypatch):
    loads = []
    monkeypatch.setattr(analyse, "load_lexicon", lambda path: loads.append(path) or path)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(load_analyser("once.db", "NONE")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    assert len(set(map(id, found))) == 1


def test_the_transform_pickles_and_loads_nothing_before_setup():
    load = partial(load_analyser, "no/such.db", "NOAN_PROP")
    pickle.loads(pickle.dumps(Analyse(AnalyseSettings(), load)))
    function = pickle.loads(pickle.dumps(AnalyseShards(load, 10)))
    with pytest.raises(FileNotFoundError, match=r"pipeline\.morphology"):
        function.setup()


def test_the_transform_gives_a_shard_for_a_shard():
    shards = [Shard(0, (split("قال لافروف."),)), Shard(1, ())]

    def one_each(done):
        assert sorted((shard.index, len(shard.articles)) for shard in done) == [(0, 1), (1, 0)]

    with test_pipeline.TestPipeline("FnApiRunner") as pipeline:
        done = pipeline | beam.Create(shards) | Analyse(AnalyseSettings(), the_fake)
        util.assert_that(done, one_each)


def nfc(value):
    return value and unicodedata.normalize("NFC", value)


@pytest.fixture(scope="module")
def real():
    return load_analyser(str(DEFAULT_FOLDER / "almor-msa-r13.db"), "NOAN_PROP")


@pytest.mark.models
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("كتاب", {"lemma": "كِتاب", "root": "ك.ت.ب", "pattern": "1ِ2ا3", "gloss": "book"}),
        ("وموسكو", {"lemma": "مُوسْكُو", "prc2": "wa_conj", "upos": "PROPN", "root": None}),
        ("والكتاب", {"d3": "وَ+_ال+_كِتاب", "atb": "وَ+_الكِتاب", "stt": "d"}),
        ("يتوقع", {"lemma": "تَوَقَّع", "asp": "i", "per": "3", "vox": "a", "upos": "VERB"}),
        ("تتوقع", {"lemma": "تَوَقَّع", "per": "3", "gen": "f"}),
        ("للأمم", {"lemma": "أُمَّة", "prc1": "li_prep", "prc0": "Al_det", "num": "p"}),
        ("بأن", {"lemma": "أَنَّ", "lemma_id": "أَنَّ_1", "prc1": "bi_prep", "upos": "SCONJ"}),
        ("كتابها", {"enc0": "3fs_poss", "lemma": "كِتاب"}),
        ("ان", {"diac": "أَنَّ", "analysis_source": "spelling_variant"}),
        ("الى", {"diac": "إِلَى", "pos": "prep", "analysis_source": "spelling_variant"}),
        ("احمد", {"diac": "أَحْمَد", "upos": "PROPN"}),
        ("فى", {"diac": "فِي", "pos": "prep"}),
        ("كل", {"lemma": "كُلّ"}),
        ("ليس", {"lemma": "لَيْسَ", "upos": "VERB"}),
        ("سوريا", {"upos": "PROPN"}),
        ("خلال", {"pos": "prep"}),
        ("والزنتان", {"lemma": "زنتان", "analysis_source": "backoff", "root": None}),
        ("باركليز", {"lemma": "باركليز", "analysis_source": "backoff", "gloss": None}),
        ("2015", {"pos": "digit", "upos": "NUM"}),
        ("٣٫٥", {"pos": "digit", "lemma": "٣٫٥"}),
        ("«", {"pos": "punc", "upos": "PUNCT"}),
        ("Adblock", {"pos": "foreign", "feats": "Foreign=Yes"}),
        ("#سوريا", {"pos": "foreign", "upos": "X"}),
    ],
)
def test_known_words_with_the_real_database(real, word, expected):
    found = real.analyse(word)
    assert is_valid(word, found)
    for name, value in expected.items():  # camel-tools writes shadda before the vowel
        assert nfc(getattr(found, name)) == nfc(value), name


@pytest.mark.models
@settings(deadline=None)
@given(token=TOKENS)
@example("وآ")  # its guess has an empty root
def test_any_token_gets_a_valid_analysis_from_the_real_database(real, token):
    assert is_valid(token, real.analyse(token))
