import json

import pytest

from pipeline.errors import RunError, UsageError
from pipeline.exports.export import export
from pipeline.places import place
from pipeline.query.concordance import concordance
from pipeline.query.corpus import open_corpus, quoted
from tests.pipeline.query.corpora import make_corpus


def test_tables_are_views_in_the_order_of_the_corpus(corpus):
    ask = corpus.connection.execute
    ids = [row[0] for row in ask("SELECT doc_id FROM sentences").fetchall()]
    assert ids == ["aa11", "aa11", "aa22", "bb33", "bb33"]
    assert ask("SELECT count(*) FROM documents").fetchone() == (3,)
    assert ask("SELECT count(*), count(reason) FROM quarantine").fetchone() == (0, 0)


def test_a_corpus_without_a_row_can_be_asked(tmp_path):
    empty = open_corpus(make_corpus(tmp_path / "corpus", articles={}))
    assert empty.connection.execute("SELECT count(lemma) FROM sentences").fetchone() == (0,)


def test_a_corpus_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="there is no corpus; `run` or `nightly` makes one"):
        open_corpus(tmp_path / "nowhere")


def test_another_schema_version_says_what_to_do(tmp_path):
    folder = make_corpus(tmp_path / "corpus")
    path = folder / "manifest.json"
    path.write_text(json.dumps({"schema_version": 1}), encoding="utf-8")
    with pytest.raises(UsageError, match=r"schema version 1, .*make it again"):
        open_corpus(folder)


def test_a_damaged_corpus_is_no_usage_error(tmp_path):
    folder = make_corpus(tmp_path / "corpus")
    for path in (folder / "sentences").glob("*.parquet"):
        path.write_bytes(b"PAR1 broken")
    with pytest.raises(RunError, match="cannot be read"):
        open_corpus(folder)


def test_a_quotation_mark_ends_no_text():
    assert quoted("l'art") == "'l''art'"


def test_a_corpus_on_a_store_is_asked_and_exported(tmp_path):
    corpus = make_corpus(place("memory://shelf/corpus"))
    (hit, *_) = concordance(open_corpus(corpus), '[lemma="قال"] [entity="PER"]+')
    assert hit.match == "قال سيرغي لافروف"
    for form in ("jsonl", "brat", "huggingface"):
        export(corpus, str(tmp_path / form), form)
    assert "سيرغي" in (tmp_path / "brat" / "aa11.txt").read_text(encoding="utf-8")
