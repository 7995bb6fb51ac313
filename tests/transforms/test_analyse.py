import pickle
from functools import partial

import apache_beam as beam
import pytest
from apache_beam.testing import test_pipeline, util
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Shard, SplitArticle
from schemas.settings import AnalyseSettings
from tests.articles import analysis, annotated
from transforms.analyse import Analyse, AnalyseShards, WordMemory, analyse_shard, shared_memory
from transforms.camel_analyser import load_analyser
from transforms.known_words import KnownWord


class FakeAnalyser:
    """Knows every word but انفجر, and keeps what it is asked."""

    def __init__(self):
        self.asked = []

    def know(self, words):
        self.asked.extend(words)
        if "انفجر" in words:
            raise ValueError("cannot")
        return [KnownWord(word, b"", None, b"", self.row(word), {}) for word in words]

    def row(self, word):
        return analysis(word, analysis_source="backoff" if word == "لافروف" else "lexicon")

    def analyse(self, sentences):
        return [tuple(word.row for word in sentence) for sentence in sentences]


FAKE = FakeAnalyser()


def the_fake():
    return FAKE


def memory(capacity=9):
    return WordMemory(FakeAnalyser(), capacity)


def split(*texts, doc_id="d0"):
    article = annotated(doc_id, texts)
    return SplitArticle(article.article, article.sentences)


def test_a_word_is_asked_for_once_and_remembered():
    remembering = memory()
    first, new = remembering.look_up(["كتاب"])
    assert new == 1
    again, new = remembering.look_up(["كتاب"])
    assert (again, new) == (first, 0)
    assert remembering.analyser.asked == ["كتاب"]


def test_the_memory_is_bounded_and_forgets_what_was_asked_longest_ago():
    remembering = memory(2)
    for word in ("أ", "ب", "أ", "ج"):
        remembering.look_up([word])
    assert len(remembering) == 2
    assert [remembering.look_up([word])[1] for word in ("أ", "ج", "ب")] == [0, 0, 1]


def test_more_words_than_the_memory_holds_are_all_found():
    found, new = memory(2).look_up(["أ", "ب", "ج", "د"])
    assert (sorted(found), new) == (["أ", "ب", "ج", "د"], 4)


@given(st.lists(st.sets(st.sampled_from("أبجدهوز")), max_size=20), st.integers(1, 8))
def test_the_memory_never_changes_what_is_known(asked, capacity):
    remembering = memory(capacity)
    for words in asked:
        found, _ = remembering.look_up(sorted(words))
        assert {word: known.word for word, known in found.items()} == {w: w for w in words}
        assert len(remembering) <= capacity


def test_every_token_has_its_analysis():
    articles = split("قال لافروف في موسكو.", "ثم قال."), split("عاد.", doc_id="d1")
    done = analyse_shard(Shard(3, articles), memory()).articles
    for given_article, analysed in zip(articles, done, strict=True):
        assert analysed.article is given_article.article
        assert [[a.lemma for a in row] for row in analysed.analyses] == [
            list(sentence.tokens) for sentence in given_article.sentences
        ]


def test_an_article_that_fails_is_rejected_alone():
    articles = split("قال.", doc_id="d1"), split("انفجر الوضع."), split("عاد.", doc_id="d2")
    done = analyse_shard(Shard(0, articles), memory())
    assert [article.article.origin.doc_id for article in done.articles] == ["d1", "d2"]
    (rejection,) = done.rejections
    assert (rejection.stage, rejection.reason) == ("analyse", "internal")


def test_the_metrics_count_tokens_misses_and_guesses():
    remembering = memory()
    first = analyse_shard(Shard(0, (split("قال لافروف قال."),)), remembering)
    again = analyse_shard(Shard(1, (split("قال لافروف في موسكو."),)), remembering)
    names = ("analyse.tokens", "analyse.misses", "analyse.unknown")
    assert [first.metrics[name] for name in names] == [4, 3, 1]
    assert [again.metrics[name] for name in names] == [5, 2, 1]
    assert first.metrics["seconds.analyse"] > 0


def test_one_memory_serves_all_transforms_with_the_same_analyser():
    analyser = FakeAnalyser()
    assert shared_memory(analyser, 5) is shared_memory(analyser, 5)
    assert shared_memory(analyser, 5) is not shared_memory(FakeAnalyser(), 5)


def test_the_transform_pickles_and_loads_nothing_before_setup():
    load = partial(load_analyser, "no/such.db", "no/such.npz", "CONTEXT")
    pickle.loads(pickle.dumps(Analyse(AnalyseSettings(), load)))
    function = pickle.loads(pickle.dumps(AnalyseShards(load, 10)))
    with pytest.raises(FileNotFoundError, match="train-pos"):
        function.setup()


def test_the_transform_gives_a_shard_for_a_shard():
    shards = [Shard(0, (split("قال لافروف."),)), Shard(1, ())]

    def one_each(done):
        assert sorted((shard.index, len(shard.articles)) for shard in done) == [(0, 1), (1, 0)]

    with test_pipeline.TestPipeline("FnApiRunner") as pipeline:
        done = pipeline | beam.Create(shards) | Analyse(AnalyseSettings(), the_fake)
        util.assert_that(done, one_each)
