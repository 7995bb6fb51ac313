"""The corpus is opened by stock tools, without anything of ours on their path."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.models

PANDAS = """
import sys
import pandas as pd
rows = pd.read_parquet(sys.argv[1] + "/sentences")
assert "pipeline" not in sys.modules and "schemas" not in sys.modules
words = rows[["doc_id", "lemma", "upos"]].explode(["lemma", "upos"])
print(len(rows), len(words), int((words["upos"] == "NOUN").sum()))
"""
POLARS = """
import sys
import polars as pl
rows = pl.read_parquet(sys.argv[1] + "/sentences")
words = rows.select("doc_id", "lemma", "upos").explode("lemma", "upos")
print(len(rows), len(words), words.filter(pl.col("upos") == "NOUN").height)
"""
DUCKDB = """
import sys
import duckdb
rows = f"read_parquet('{sys.argv[1]}/sentences/*.parquet')"
print(*duckdb.sql(f'''
    with words as (select unnest(lemma) as lemma, unnest(upos) as upos from {rows})
    select (select count(*) from {rows}), count(*), count(*) filter (upos = 'NOUN') from words
''').fetchall()[0])
"""


def ask(script, corpus, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", script, str(corpus)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_pandas_polars_and_duckdb_read_the_same_corpus(seed_corpus, tmp_path):
    pandas, polars, duckdb = (
        ask(script, seed_corpus, tmp_path) for script in (PANDAS, POLARS, DUCKDB)
    )
    assert pandas == polars == duckdb
    assert int(pandas[0]) >= 17
