import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from udtools import Validator

from pipeline.errors import RunError, UsageError
from pipeline.exports.export import export
from pipeline.provenance import make_provenance
from pipeline.publish import new_version, publish
from pipeline.rows import sentence_table
from pipeline.write import write_table
from schemas.columns import SCHEMA_VERSION
from tests.articles import annotated
from tests.conftest import ROOT, environment, warraq
from tests.pipeline.exports.test_conllu import check
from tests.pipeline.test_provenance import MODELS, OPTIONS, PLAN

ARTICLES = ["d2", "d0", "d1"]  # in the order of the run


def make_corpus(folder, version=SCHEMA_VERSION):
    """A published corpus of three articles, each in a shard of its own."""
    provenance = make_provenance(OPTIONS, MODELS, PLAN)
    with new_version(folder, "run") as made:
        for index, doc_id in enumerate(ARTICLES):
            name = f"sentences/run-{index:05d}-of-00003.parquet"
            write_table(sentence_table([annotated(doc_id)]), made, name, provenance)
        manifest = {"schema_version": version, "counts": {"sentences": 6}}
        (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        publish(folder, made)
    return folder


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


def sentence_ids(text):
    return [line[12:] for line in text.splitlines() if line.startswith("# sent_id = ")]


def test_sentences_come_in_the_order_of_the_corpus(corpus, tmp_path):
    export(corpus, str(tmp_path / "out.conllu"))
    text = (tmp_path / "out.conllu").read_text(encoding="utf-8")
    assert sentence_ids(text) == [f"{one}.{index}" for one in ARTICLES for index in (0, 1)]
    check(text, tmp_path / "again.conllu")


def test_a_copy_of_a_corpus_without_links_is_read(corpus, tmp_path):
    (tmp_path / "copy").mkdir()
    for name in ("sentences", "manifest.json"):
        subprocess.run(["cp", "-rL", corpus / name, tmp_path / "copy"], check=True)
    export(tmp_path / "copy", str(tmp_path / "out.conllu"))
    assert (tmp_path / "out.conllu").stat().st_size > 0


def test_standard_output_is_the_same_as_a_file(corpus, tmp_path):
    export(corpus, str(tmp_path / "out.conllu"))
    done = warraq("export", "--format", "conllu", "--corpus", corpus, "--output", "-")
    assert done.stdout == (tmp_path / "out.conllu").read_text(encoding="utf-8")
    assert done.stderr == ""


def test_reader_that_goes_away_is_no_error(corpus):
    command = f"{sys.executable} -m pipeline export --format conllu --corpus {corpus} --output -"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} | true"],
        cwd=ROOT, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_an_older_corpus_is_refused_with_what_mends_it(tmp_path):
    old = make_corpus(tmp_path / "old", version=1)
    with pytest.raises(UsageError, match=r"schema version 1, this program reads 2.*run"):
        export(old, str(tmp_path / "out.conllu"))
    assert not (tmp_path / "out.conllu").exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (
            ["--format", "conllu", "--corpus", "nowhere", "--output", "-"],
            "W304: nowhere: there is no corpus",
        ),
        (["--format", "xml", "--output", "-"], "--format"),
        (["--format", "conllu"], "--output"),
    ],
)
def test_bad_usage_has_code_2(arguments, named):
    done = warraq("export", *arguments, code=2)
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_output_that_cannot_be_written_is_refused(corpus, tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        export(corpus, str(tmp_path))
    with pytest.raises(UsageError, match="cannot be written"):
        export(corpus, str(tmp_path / "no" / "out.conllu"))


def test_a_damaged_corpus_leaves_the_old_file(corpus, tmp_path):
    (tmp_path / "out.conllu").write_text("old", encoding="utf-8")
    last = sorted((corpus / "sentences").glob("*.parquet"))[-1]
    last.write_bytes(last.read_bytes()[:100])
    with pytest.raises(RunError, match="cannot be exported"):
        export(corpus, str(tmp_path / "out.conllu"))
    assert (tmp_path / "out.conllu").read_text(encoding="utf-8") == "old"
    assert [path.name for path in Path(tmp_path).iterdir() if path.name.startswith("_")] == []


@pytest.mark.models
def test_the_seed_article_is_valid_and_reads_back(seed_corpus, tmp_path):
    export(seed_corpus, str(tmp_path / "seed.conllu"))
    text = (tmp_path / "seed.conllu").read_text(encoding="utf-8")
    check(text, tmp_path / "again.conllu")
    strict = Validator(lang="ud", level=3, output=io.StringIO())
    assert strict.validate_files([str(tmp_path / "seed.conllu")]).passed()
    assert "NER=B-PER" in text
    assert "\tو\tوَ\tCCONJ\tconj\t_\t" in text
