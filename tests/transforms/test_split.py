import itertools
import pickle
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given

from schemas.records import Shard
from schemas.settings import CleanSettings, SplitSettings
from tests.transforms.articles import any_text, raw_article, thorough
from transforms.clean import clean_article
from transforms.normalise import normalise
from transforms.shards import RejectedArticleError
from transforms.split import Split, split_article, split_shard
from transforms.tokens import tokenise

SEED = Path(__file__).parents[2] / "seeds" / "syriantelegraph-lavrov-palmyra.txt"
KEEP = CleanSettings(keep_boilerplate=True, min_arabic_share=0)


def split(source, **limits):
    return split_article(clean_article(raw_article(source), KEEP), SplitSettings(**limits))


def test_the_seed():
    article = clean_article(raw_article(SEED.read_text(encoding="utf-8")), CleanSettings())
    sentences = split_article(article, SplitSettings()).sentences
    assert len(sentences) == 18
    assert sentences[0].block == "title"
    assert [sentence.index for sentence in sentences] == list(range(18))
    assert sentences[-1].paragraph_index == 16
    assert sentences[14].text.startswith("وأضاف أن الموقف الروسي “معروف")


def test_a_long_sentence_breaks_at_the_comma_nearest_to_even_pieces():
    text = "كلمة " * 8 + "كلمة، " + "كلمة " * 2 + "كلمة، " + "كلمة " * 6
    sentences = split(text, max_sentence_tokens=12).sentences
    assert [len(sentence.tokens) for sentence in sentences] == [10, 10]
    assert sentences[0].split_reason == "length_comma"
    assert sentences[1].split_reason == "block_end"


def test_without_a_comma_it_breaks_before_a_conjunction():
    sentences = split("كلمة " * 9 + "وأضاف الوزير " + "كلمة " * 8, max_sentence_tokens=12).sentences
    assert sentences[0].split_reason == "length_conjunction"
    assert sentences[1].text.startswith("وأضاف")


def test_a_word_that_has_its_own_waw_is_no_conjunction():
    sentences = split("كلمة " * 9 + "وزير " + "كلمة " * 8, max_sentence_tokens=12).sentences
    assert [sentence.split_reason for sentence in sentences] == ["length_space", "block_end"]


@pytest.mark.parametrize("text", ["كلمة " * 1000, "كلمة،" * 1000, "«" + "12؛" * 999, "اa" * 1000])
def test_no_sentence_is_longer_than_the_limit(text):
    sentences = split(text, max_sentence_tokens=50).sentences
    assert max(len(sentence.tokens) for sentence in sentences) <= 50
    assert sum(len(sentence.tokens) for sentence in sentences) == len(tokenise(text).words)


def test_a_paragraph_of_five_megabytes_without_a_stop_ends():
    assert len(split("كلمة أخرى ثم كلمة، " * 150_000).sentences) > 5_000


@pytest.mark.parametrize("unit", [". ", "ا.", "a.", "؟ ", '."', "(", "..؟", "“."])
def test_a_megabyte_of_one_pattern_ends(unit):
    article = split("قال " + unit * (300_000 // len(unit)))
    words = [word for sentence in article.sentences for word in sentence.tokens]
    assert words == list(tokenise(article.article.text).words)


def test_an_article_without_a_token_is_rejected():
    article = clean_article(raw_article("خبر عاجل"), KEEP)
    empty = type(article)(
        origin=article.origin,
        metadata=article.metadata,
        source_length=0,
        text="",
        alignment=article.alignment,
        blocks=(),
        removed=(),
        language="ar",
        arabic_share=0.0,
    )
    with pytest.raises(RejectedArticleError) as rejected:
        split_article(empty, SplitSettings())
    assert rejected.value.reason == "no_text"


@thorough
@given(any_text)
def test_every_visible_character_is_in_exactly_one_sentence(source):
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    text, covered = done.article.text, 0
    for index, sentence in enumerate(done.sentences):
        assert sentence.index == index
        assert text[covered : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        covered = sentence.end
        block = done.article.blocks[sentence.paragraph_index]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert block.kind == sentence.block
    assert text[covered:].strip() == ""


@thorough
@given(any_text)
def test_tokens_are_those_of_the_sentence_and_at_most_the_limit(source):
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    for sentence in done.sentences:
        tokens = (sentence.tokens, sentence.token_start, sentence.token_end)
        assert tokens == tuple(tokenise(sentence.text))
        assert 1 <= len(sentence.tokens) <= 10
        for word, start, end in zip(*tokens, strict=True):
            assert sentence.text[start:end] == word


@thorough
@given(any_text)
def test_source_spans_never_fall_and_give_the_sentence_back(source):
    """Where a sentence shares no source stretch with its neighbours, its source makes its text."""
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    spans = [(0, 0), *((one.source_start, one.source_end) for one in done.sentences)]
    for (start, end), (next_start, next_end) in itertools.pairwise(spans):
        assert start <= next_start < next_end <= len(source)
        assert end <= next_end
    starts, ends = done.article.alignment.starts, done.article.alignment.ends
    for one in done.sentences:
        alone = one.start == 0 or ends[one.start - 1] <= starts[one.start]
        alone = alone and (one.end == len(ends) or ends[one.end - 1] <= starts[one.end])
        again = normalise(source[one.source_start : one.source_end]).text
        if alone:
            assert again == one.text


def test_a_shard_is_split_and_bad_articles_are_kept_apart():
    article = clean_article(raw_article("قال الوزير نعم. ثم غادر."), KEEP)
    done = split_shard(Shard(1, (article,)), SplitSettings())
    assert len(done.articles[0].sentences) == 2
    assert done.metrics["seconds.split"] > 0


def test_the_transform_pickles_and_runs():
    split_transform = pickle.loads(pickle.dumps(Split(SplitSettings())))
    article = clean_article(raw_article("قال الوزير نعم. ثم غادر."), KEEP)
    with beam.Pipeline("FnApiRunner") as pipeline:
        shards = pipeline | beam.Create([Shard(0, (article,))]) | split_transform
        counts = shards | beam.Map(lambda shard: len(shard.articles[0].sentences))
        assert_that(counts, equal_to([2]))
