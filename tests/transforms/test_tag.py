from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import AnalysedArticle, Shard
from schemas.settings import TagSettings
from tests.transforms.builders import article
from transforms.entities import TokenTag, spans_of
from transforms.tag import Tag, batches, load_tagger, tag_sentences, tag_shard
from transforms.tokens import tokenise

NAMES = {"لافروف": "S-PER", "موسكو": "S-LOC", "وموسكو": "S-LOC"}


class FakeTagger:
    """Knows a few names, remembers its batches, fails on a sentence with `poison`."""

    def __init__(self) -> None:
        self.batches: list[list[Sequence[str]]] = []

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TokenTag]]:
        self.batches.append(list(sentences))
        if any("سم" in words for words in sentences):
            raise RuntimeError("poison")
        return [[TokenTag(NAMES.get(word, "O"), 0.5) for word in words] for words in sentences]


class ForgetfulTagger(FakeTagger):
    """Loses the last token of a sentence with `poison`."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[TokenTag]]:
        return [[TokenTag("O", 0.5)] * (len(words) - ("سم" in words)) for words in sentences]


def shard(*articles: AnalysedArticle) -> Shard[AnalysedArticle]:
    return Shard(3, articles, (), {"seconds.tag": 1.0})


def test_entities_of_each_sentence() -> None:
    made = tag_shard(shard(article("a", "قال لافروف في موسكو.", "ثم عاد.")), FakeTagger(), 100)
    (tagged,) = made.articles
    found = [[(e.text, e.type, e.start, e.end) for e in row] for row in tagged.entities]
    assert found == [[("لافروف", "PER", 4, 10), ("موسكو", "LOC", 14, 19)], []]


def test_mentions_of_an_article_are_settled_and_numbered_together() -> None:
    sure = FakeTagger()
    sure.tag = lambda sentences: [  # type: ignore[method-assign]
        [TokenTag("S-PER" if word == "لافروف" and "قال" in words else "O", 0.9) for word in words]
        for words in sentences
    ]
    made = tag_shard(shard(article("a", "قال لافروف.", "ثم عاد لافروف.")), sure, 100)
    (tagged,) = made.articles
    assert [[(e.name, e.id) for e in row] for row in tagged.entities] == [[("لافروف", 0)]] * 2


def test_shard_counts_what_it_tagged() -> None:
    made = tag_shard(shard(article("a", "ثم عاد.", "ثم عاد.")), FakeTagger(), 100)
    assert made.index == 3
    assert made.metrics["tag.sentences"] == 2
    assert made.metrics["tag.tokens"] == 6
    assert made.metrics["seconds.tag"] > 1.0


@pytest.mark.parametrize("tagger", [FakeTagger(), ForgetfulTagger()])
def test_only_the_article_with_the_failing_sentence_is_rejected(tagger: FakeTagger) -> None:
    made = tag_shard(shard(article("a", "ثم عاد."), article("b", "شرب سم ثم")), tagger, 100)
    assert [done.article.origin.doc_id for done in made.articles] == ["a"]
    (rejected,) = made.rejections
    assert (rejected.stage, rejected.reason) == ("tag", "model_failure")
    assert rejected.message.startswith("sentence 0 could not be tagged")


def test_the_same_sentence_is_tagged_once() -> None:
    tagger = FakeTagger()
    tag_sentences(tagger, [("ثم", "عاد"), ("ثم", "عاد")], 100)
    assert tagger.batches == [[("ثم", "عاد")]]


SENTENCES = st.lists(st.lists(st.sampled_from("ابجدهوز"), max_size=9).map(tuple), max_size=20)


@given(SENTENCES, st.integers(1, 30), st.randoms())
def test_batches_do_not_depend_on_the_order_of_sentences(
    sentences: list[tuple[str, ...]], limit: int, chance: object
) -> None:
    made = list(batches(sentences, limit))
    shuffled = list(sentences)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(batches(shuffled, limit)) == made
    assert sorted(words for batch in made for words in batch) == sorted({*sentences} - {()})
    assert all(len(batch) == 1 or sum(map(len, batch)) <= limit for batch in made)


def test_a_sentence_without_tokens_has_no_entities() -> None:
    empty = article("a", "ثم عاد.")
    blank = replace(empty.sentences[0], tokens=(), token_start=(), token_end=())
    made = tag_shard(shard(replace(empty, sentences=(blank,), analyses=((),))), FakeTagger(), 9)
    assert made.articles[0].entities == ((),)


def test_transform_pickles_and_runs() -> None:
    transform = pickle.loads(pickle.dumps(Tag(TagSettings(), FakeTagger)))
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        shards = pipeline | beam.Create([shard(article("a", "قال لافروف."))]) | transform
        names = shards | beam.Map(lambda made: made.articles[0].entities[0][0].name)
        assert_that(names, equal_to(["لافروف"]))


def test_module_loads_neither_torch_nor_stanza() -> None:
    code = "import sys, transforms.tag; sys.exit('torch' in sys.modules or 'stanza' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


MODELS = Path(__file__).parents[2] / "models" / "ner"
load = partial(load_tagger, str(MODELS / "tagger.pt"), str(MODELS / "vectors.pt"))
SEED = Path(__file__).parents[2] / "seeds" / "syriantelegraph-lavrov-palmyra.txt"


def seed_sentences() -> list[tuple[str, ...]]:
    lines = SEED.read_text(encoding="utf-8").replace(". ", ".\n").splitlines()
    return [words for words in (tokenise(line).words for line in lines) if words]


def labels(tags: Sequence[TokenTag]) -> list[str]:
    return [tag.label for tag in tags]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="none"):
        load_tagger(str(tmp_path / "none.pt"), str(tmp_path / "none.pt"))


@pytest.mark.models
def test_loader_pickles_and_loads_once() -> None:
    assert pickle.loads(pickle.dumps(load))() is load()


@pytest.mark.models
def test_loads_and_tags_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    from transforms.stanza_tagger import StanzaTagger

    tagger = StanzaTagger(MODELS / "tagger.pt", MODELS / "vectors.pt")
    assert len(tagger.tag([("زار", "موسكو")])[0]) == 2


@pytest.mark.models
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("لافروف", {"PER"}),
        ("سيرغي لافروف", {"PER"}),
        ("باولو جنتيلوني", {"PER"}),
        ("جون كيري", {"PER"}),
        ("موسكو", {"LOC"}),
        ("تدمر", {"LOC"}),
        ("إيطاليا", {"LOC"}),
        ("داعش", {"PER", "LOC", "ORG", "MISC"}),
    ],
)
def test_names_of_the_seed_article_are_found(name: str, kinds: set[str]) -> None:
    sentences = seed_sentences()
    found = {
        (" ".join(words[span.start : span.end]), span.type)
        for words, tags in zip(sentences, load().tag(sentences), strict=True)
        for span in spans_of(labels(tags))
    }
    assert {(name, kind) for kind in kinds} & found


@pytest.mark.models
def test_labels_of_a_sentence_do_not_depend_on_its_batch() -> None:
    sentences = sorted(set(seed_sentences()), key=lambda words: (len(words), words))
    together = load().tag(sentences)
    for words, tags in zip(sentences, together, strict=True):
        (alone,) = load().tag([words])
        assert labels(alone) == labels(tags)
        assert [tag.score for tag in alone] == pytest.approx([tag.score for tag in tags], abs=2e-3)


@pytest.mark.models
def test_new_words_do_not_run_out_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    from transforms import stanza_tagger

    monkeypatch.setattr(stanza_tagger, "SPARE_ROWS", 10)
    tagger = stanza_tagger.StanzaTagger(MODELS / "tagger.pt", MODELS / "vectors.pt")
    sentences = seed_sentences()
    invented = [[*words, "قرطفلون", *(f"زغب{'ط' * n}" for n in range(20))] for words in sentences]
    first = [tagger.tag([words]) for words in invented]
    table = tagger._table
    assert first == [tagger.tag([words]) for words in invented]
    assert tagger._table is table  # a second one beside it would take as much again


@pytest.mark.models
def test_threads_that_share_the_tagger_get_what_one_gets() -> None:
    sentences = seed_sentences()
    expected = [load().tag([words]) for words in sentences]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda words: load().tag([words]), sentences * 3))
    assert found == expected * 3
