"""The tables are the contract with readers: a change of them is a change of schema version."""

import json
from pathlib import Path

import pytest

from schemas import documents, quarantine, sentences
from schemas.columns import SCHEMA_VERSION
from schemas.records import TokenAnalysis

TABLES = {"sentences": sentences, "documents": documents, "quarantine": quarantine}
STORED = Path(__file__).with_name(f"schema-v{SCHEMA_VERSION}.json")


def as_json(table):
    return {
        field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in table.SCHEMA
    }


def test_schema_is_the_one_stored_for_this_version():
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert {name: as_json(table) for name, table in TABLES.items()} == stored


def test_version_2_added_one_column_to_version_1():
    """What CONTRIBUTING says of the step from one version to the next."""
    old, new = (
        json.loads(STORED.with_name(f"schema-v{version}.json").read_text(encoding="utf-8"))
        for version in (1, 2)
    )
    added = new["sentences"].pop("entity_id")
    assert added == "list<element: int32 not null> not null"
    assert new == old


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_is_described_in_the_arrow_field(table):
    for field in table.SCHEMA:
        assert field.metadata[b"description"].decode().strip()


def test_columns_of_the_analysis_are_the_fields_of_its_record():
    names = [column.name for column in sentences.ANALYSIS]
    assert names == list(TokenAnalysis._fields)


def test_contract_columns_are_there():
    contract = set("""
        sentence_id doc_id sentence_index paragraph_index block path site published text start end
        source_start source_end tokens token_start token_end lemma lemma_id root pattern pos upos
        feats diac gloss bw d3 atb prc3 prc2 prc1 prc0 enc0 asp cas gen num per mod stt vox rat
        analysis_source analysis_score analysis_count entity_text entity_type entity_start
        entity_end entity_token_start entity_token_end entity_name entity_id entity_score
    """.split())  # fmt: skip
    assert contract <= set(sentences.SCHEMA.names)
