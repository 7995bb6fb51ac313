from dataclasses import asdict

import pytest
import yaml

from pipeline.errors import UsageError
from pipeline.exports.export import export
from pipeline.exports.huggingface import dataset_card, features
from pipeline.provenance import make_provenance
from schemas import documents, sentences
from tests.pipeline.query.corpora import make_corpus
from tests.pipeline.test_provenance import MODELS, OPTIONS, PLAN

datasets = pytest.importorskip("datasets")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("huggingface")
    export(make_corpus(path / "corpus"), str(path / "data"), "huggingface")
    return path / "data"


@pytest.fixture
def load(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)

    def loaded(*name):
        return datasets.load_dataset(
            str(folder), *name, split="train", cache_dir=str(tmp_path / "cache")
        )

    return loaded


def test_datasets_loads_the_folder(load):
    rows = load()
    assert rows["doc_id"][:] == ["aa11", "aa11", "aa22", "bb33", "bb33"]
    assert rows[0]["tokens"] == ["قال", "سيرغي", "لافروف", "في", "موسكو", "."]
    assert rows[0]["published"].isoformat() == "2016-03-24T10:00:00"
    assert rows[0]["root"][1] is None
    texts = load("documents")
    assert texts[1]["text"] == "كتب لافروف في استقبال معلما جديد."


@pytest.mark.parametrize("table", [sentences, documents])
def test_types_are_those_that_datasets_finds_itself(table):
    (listed,) = yaml.safe_load(features(table.COLUMNS)).values()
    stated = datasets.Features._from_yaml_list(listed)
    assert stated == datasets.Features.from_arrow_schema(table.SCHEMA)


def test_the_card_is_one_that_the_hub_reads(folder):
    from huggingface_hub import DatasetCard

    text = (folder / "README.md").read_text(encoding="utf-8")
    card = DatasetCard(text)
    assert card.data.language == ["ar"]
    assert card.data.license == "other"
    assert card.data.size_categories == ["n<1K"]
    assert [config["config_name"] for config in card.data.configs] == ["sentences", "documents"]
    assert "3 documents, 5 sentences" in card.text
    assert "| ALMOR | r13 | GPL-2.0 |" in card.text
    assert "read.empty 1" in card.text
    assert "| `lemma` | list<" in card.text


def test_a_corpus_that_grows_every_night_has_a_card():
    made = make_provenance(OPTIONS, MODELS, PLAN)
    counts = {"documents": 3, "rejected": 2, "sentences": 2_000_000}
    card = dataset_card({"schema_version": 2, **asdict(made), "counts": counts})
    assert "3 documents, 2,000,000 sentences:" in card
    assert "1M<n<10M" in card
    assert "Rejected inputs: in all 2." in card


def test_articles_cannot_be_left_out(tmp_path):
    corpus = make_corpus(tmp_path / "corpus")
    with pytest.raises(UsageError, match="takes the whole corpus"):
        export(corpus, str(tmp_path / "data"), "huggingface", articles=1)
