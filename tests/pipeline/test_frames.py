import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from pipeline.frames import entities_frame, tokens_frame
from tests.conftest import ROOT
from tests.pipeline.query.corpora import make_corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("frames") / "corpus")


@pytest.fixture(params=["numpy_nullable", "pyarrow", None])
def rows(folder, request):
    backend = {"dtype_backend": request.param} if request.param else {}
    return pd.read_parquet(folder / "sentences", **backend)


def test_a_row_a_word_as_pandas_explodes_them(rows):
    words = tokens_frame(rows)
    lists = [list(each) for each in rows["tokens"]]
    assert list(words["tokens"]) == [word for each in lists for word in each]
    assert list(words.index) == [index for index, each in enumerate(lists) for _ in each]
    assert list(words["token_index"]) == [place for each in lists for place in range(len(each))]
    assert list(words["doc_id"].astype(str)) == [
        doc_id for doc_id, each in zip(rows["doc_id"], lists, strict=True) for _ in each
    ]


def test_types_are_those_of_the_values(rows):
    words = tokens_frame(rows)
    assert words["tokens"].dtype == "str"
    assert all(words[name].dtype == "category" for name in ("upos", "site", "prc1"))
    assert all(words[name].dtype == np.int32 for name in ("token_start", "token_index"))
    assert words["analysis_score"].dtype == np.float32
    assert words["root"].isna().sum() > 0
    assert words["published"].dtype.kind == "M" or "timestamp" in str(words["published"].dtype)


def test_words_stand_in_the_document_where_they_say(rows, folder):
    words = tokens_frame(rows)
    texts = pd.read_parquet(folder / "documents").set_index("doc_id")["text"]
    for word in words.itertuples():
        text = texts[word.doc_id]
        assert text[word.document_start : word.document_end] == word.tokens


def test_names_a_row_each(rows, folder):
    names = entities_frame(rows)
    texts = pd.read_parquet(folder / "documents").set_index("doc_id")["text"]
    assert list(names["entity_name"]) == ["سيرغي لافروف", "موسكو", "موسكو", "لافروف"]
    assert names["entity_type"].dtype == "category"
    assert list(names["entity_index"]) == [0, 1, 0, 0]
    for name in names.itertuples():
        assert texts[name.doc_id][name.document_start : name.document_end] == name.entity_text


def test_few_columns_are_enough(rows):
    assert list(tokens_frame(rows[["lemma"]])) == ["token_index", "lemma"]
    assert list(entities_frame(rows[["doc_id", "entity_type"]])) == [
        "doc_id", "entity_index", "entity_type",
    ]  # fmt: skip


def test_the_sentence_can_be_joined(rows):
    words = tokens_frame(rows[rows["doc_id"] != "aa11"])
    joined = words.join(rows["text"])
    assert all(row.tokens in row.text for row in joined.itertuples())


def test_no_rows_make_no_words(rows):
    empty = tokens_frame(rows.iloc[:0])
    assert len(empty) == 0
    assert empty["tokens"].dtype == "str"


def test_what_cannot_be_unfolded_is_refused(rows):
    with pytest.raises(ValueError, match="no column of a token"):
        tokens_frame(rows[["text"]])
    if isinstance(rows["lemma"].iloc[0], np.ndarray):
        broken = rows[["tokens", "lemma"]].copy()
        broken["lemma"] = broken["lemma"].map(lambda values: values[:-1])
        with pytest.raises(ValueError, match="lemma and tokens differ in length"):
            tokens_frame(broken)


def test_the_helper_is_cheap_to_import():
    code = (
        "import sys; from pipeline.frames import tokens_frame; "
        "print([name for name in ('apache_beam', 'torch', 'stanza', 'camel_tools', 'duckdb') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
