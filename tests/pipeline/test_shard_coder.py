from types import SimpleNamespace

import apache_beam as beam
import pytest

from pipeline import graph
from pipeline.models import find_models
from pipeline.shard_coder import ShardCoder
from schemas.records import Rejection, Shard
from schemas.settings import Settings

SHARD = Shard(3, (), (Rejection("خبر.txt", "0", "abc", "read", "empty", "لا نص"),), {"x": 1.0})


def test_a_shard_comes_back_as_it_was():
    coder = ShardCoder()
    assert coder.decode(coder.encode(SHARD)) == SHARD


def test_the_size_of_a_shard_is_told_without_encoding_it():
    not_to_be_pickled = (lambda: None,) * 2
    assert ShardCoder().estimate_size(Shard(0, not_to_be_pickled)) > 0


@pytest.mark.models
def test_every_step_hands_shards_on_with_this_coder(tmp_path):
    settings = Settings()
    pipeline = beam.Pipeline()
    nothing = SimpleNamespace(shards=[])
    graph.build(pipeline, nothing, settings, find_models(settings), None, tmp_path)
    built = pipeline.to_runner_api().components
    coders = {
        transform.unique_name: built.coders[built.pcollections[output].coder_id].spec.payload
        for transform in built.transforms.values()
        for output in transform.outputs.values()
    }
    for step in ("Take up", "Clean", "Deduplicate", "Split", "Analyse", "Tag"):
        assert b"ShardCoder" in coders[step], step
