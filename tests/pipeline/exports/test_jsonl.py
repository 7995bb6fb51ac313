import json

import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.exports.export import export
from schemas.sentences import SCHEMA
from tests.pipeline.query.corpora import make_corpus


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


def test_lines_are_the_rows_of_the_corpus(corpus, tmp_path):
    export(corpus, str(tmp_path / "out.jsonl"), "jsonl")
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "قال" in text
    lines = [json.loads(line) for line in text.splitlines()]
    rows = pd.read_parquet(corpus / "sentences")
    assert [list(line) for line in lines] == [SCHEMA.names] * len(rows)
    for line, row in zip(lines, rows.to_dict("records"), strict=True):
        assert line["tokens"] == list(row["tokens"])
        assert line["entity_start"] == list(row["entity_start"])
        assert line["text"] == row["text"]


def test_pandas_reads_them_as_it_reads_the_corpus(corpus, tmp_path):
    export(corpus, str(tmp_path / "out.jsonl"), "jsonl")
    lines = pd.read_json(tmp_path / "out.jsonl", lines=True, dtype=False)
    rows = pd.read_parquet(corpus / "sentences")
    assert list(pd.to_datetime(lines["published"])) == list(rows["published"])
    assert list(map(list, lines["lemma"])) == list(map(list, rows["lemma"]))


def test_the_first_articles_only(corpus, tmp_path):
    export(corpus, str(tmp_path / "out.jsonl"), "jsonl", articles=2)
    lines = pd.read_json(tmp_path / "out.jsonl", lines=True)
    assert list(lines["doc_id"]) == ["aa11", "aa11", "aa22"]
    with pytest.raises(UsageError, match="at least 1"):
        export(corpus, str(tmp_path / "out.jsonl"), "jsonl", articles=0)
